// How far a group is behind in one partition: in records, in the age of the oldest record that is not committed (by that record's own
// timestamp, read from the log) and in stored bytes. Invariant: a number is what the log says or it is missing, with the reason beside it.
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { LogBounds, PartitionLog } from '../../storage/engine.ts'
import { countText } from './explain-words.ts'
import type { OldestRecords } from './oldest-record.ts'

/** What was measured of one partition. */
export interface MeasuredLag {
  readonly startOffset: number
  readonly readableEndOffset: number
  readonly lagRecords: number
  /** Undefined at the end, when it was not asked for, cannot be read or carries none. */
  readonly oldestTimestampMs: number | undefined
  /** Nothing is left to be committed. */
  readonly isAtEnd: boolean
  /** 0 at the end; undefined when it was not asked for or is not known. */
  readonly lagBytes: number | undefined
  /** Why something is missing; OFFSET_OUT_OF_RANGE: what is committed lies outside of what is kept. */
  readonly error: VarveError | undefined
}

/** Retention may take away what is being measured. */
const ATTEMPTS_MAX = 3

/**
 * Where records that are not committed begin.
 * @param committed undefined for nothing: then all that is kept is to be read
 */
function backlogStart(bounds: LogBounds, committed: number | undefined): Offset {
  return committed === undefined || committed < bounds.start ? bounds.start : (committed as Offset)
}

/** Records that are not committed. */
export function backlogRecords(bounds: LogBounds, committed: number | undefined): number {
  return Math.max(0, bounds.readableEnd - backlogStart(bounds, committed))
}

/** OFFSET_OUT_OF_RANGE when what is committed lies outside of what is kept. */
export function rangeError(
  bounds: LogBounds,
  committed: number | undefined,
): VarveError | undefined {
  const { start, end } = bounds
  if (committed === undefined || (committed >= start && committed <= end)) return undefined
  const text =
    committed < start
      ? `offset ${committed} is committed, and the partition begins at ${start}: ${countText(start - committed, 'record')} gone`
      : `offset ${committed} is committed, and the partition ends at ${end}`
  return new VarveError('OFFSET_OUT_OF_RANGE', text, {
    details: { offset: committed, startOffset: start, endOffset: end },
  })
}

/**
 * Measures one partition; what cannot be had is told in the result.
 * @param options.withTime costs a read of a batch where that is not known yet
 * @param options.withBytes costs a look into the index and at some headers
 * @throws what is no VarveError
 */
export async function measureLag(
  log: PartitionLog,
  committed: number | undefined,
  options: {
    readonly withTime: boolean
    readonly withBytes: boolean
    readonly oldest: OldestRecords
  },
): Promise<MeasuredLag> {
  for (let attempt = 1; ; attempt++) {
    const bounds = log.bounds()
    const from = backlogStart(bounds, committed)
    const known = {
      startOffset: bounds.start,
      readableEndOffset: bounds.readableEnd,
      lagRecords: backlogRecords(bounds, committed),
      error: rangeError(bounds, committed),
    }
    if (from >= bounds.readableEnd) {
      // Of a log that ends before what is committed nobody knows how far it is behind.
      const isAtEnd = committed === undefined || committed <= bounds.end
      const lagBytes = isAtEnd ? 0 : undefined
      return { ...known, isAtEnd, oldestTimestampMs: undefined, lagBytes }
    }
    const unread = { ...known, isAtEnd: false, oldestTimestampMs: undefined, lagBytes: undefined }
    try {
      const [record, lagBytes] = await Promise.all([
        options.withTime ? options.oldest.from(log, from) : undefined,
        options.withBytes ? log.bytesFrom(from) : undefined,
      ])
      const timestampMs = record?.timestampMs ?? -1
      return { ...unread, lagBytes, oldestTimestampMs: timestampMs < 0 ? undefined : timestampMs }
    } catch (error) {
      if (!isVarveError(error)) throw error
      const isMoved = isVarveError(error, 'OFFSET_OUT_OF_RANGE') && log.bounds().start > from
      if (!isMoved || attempt === ATTEMPTS_MAX) return { ...unread, error }
    }
  }
}
