// When a new segment is begun: one rule for every engine that keeps segments, so that retention removes in the same steps
// everywhere. Pure. Kafka's rule (LogSegment.shouldRoll), but an empty segment is never left for another: a batch larger than
// segment.bytes gets a segment of its own.
import type { TopicSettings } from '../domain/topic-settings.ts'

export const OFFSET_INDEX_ENTRY_BYTES = 8
export const TIME_INDEX_ENTRY_BYTES = 12

/** Offsets in the indexes are kept as distances from the base of their segment, in 31 bits. */
const RELATIVE_OFFSET_MAX = 2 ** 31 - 1

/** The segment that would receive the batch, before it does. */
export interface RollingSegment {
  readonly baseOffset: number
  /** Bytes of batches. */
  readonly bytes: number
  /** The largest timestamp of the first batch; undefined while there is none. Negative: the batch has no timestamp. */
  readonly firstTimestampMs: number | undefined
  readonly offsetIndexEntries: number
  /** Without the final entry that is added when the segment is left. */
  readonly timeIndexEntries: number
}

export interface IncomingBatch {
  readonly bytes: number
  /** The offset that its last record will get. */
  readonly lastOffset: number
  readonly maxTimestampMs: number
}

export type RollReason = 'size' | 'age' | 'index-full' | 'offset-distance'

type RollSettings = Pick<TopicSettings, 'segmentBytes' | 'segmentMs' | 'segmentIndexBytes'>

/** Why `batch` must go to a new segment; undefined when it goes to `segment`. */
export function rollReason(
  segment: RollingSegment,
  batch: IncomingBatch,
  settings: RollSettings,
): RollReason | undefined {
  if (segment.bytes === 0) return undefined
  if (segment.bytes + batch.bytes > settings.segmentBytes) return 'size'
  if (batch.lastOffset - segment.baseOffset > RELATIVE_OFFSET_MAX) return 'offset-distance'
  const first = segment.firstTimestampMs
  if (first !== undefined && first >= 0 && batch.maxTimestampMs - first > settings.segmentMs) {
    return 'age'
  }
  const offsetEntriesMax = Math.floor(settings.segmentIndexBytes / OFFSET_INDEX_ENTRY_BYTES)
  // One place is kept for the final entry.
  const timeEntriesMax = Math.floor(settings.segmentIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1
  const isFull =
    segment.offsetIndexEntries >= offsetEntriesMax || segment.timeIndexEntries >= timeEntriesMax
  return isFull ? 'index-full' : undefined
}
