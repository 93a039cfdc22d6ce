// Reads the journal of groups from its log, batch by batch, and joins again what was spread over several. Invariants: batches
// follow each other without a hole; what was begun and not finished (a crash, a full disk) is left out, and never joined with
// what was stored after it.
import { isVarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import { readBatchHeader } from '../../record/batch-header.ts'
import { type DecodedRecord, decodeBatch } from '../../record/decode-batch.ts'
import { eachBatch } from '../../record/stored-batch.ts'
import type { PartitionLog } from '../../storage/engine.ts'
import { CUT_HEADER, JournalDamage, OF_HEADER, PART_HEADER } from './journal-record.ts'

/** Bytes that are read at a time. */
const READ_BYTES = 1024 * 1024

/** A record as the journal was asked to store it. */
export interface JournalRecord {
  /** Undefined for the journal's own. */
  readonly groupId: string | undefined
  readonly value: Buffer
  /** The offset; of a value that was cut, that of its last piece. */
  readonly position: number
  readonly timeMs: number
}

export interface JournalBatch {
  readonly baseOffset: number
  readonly nextOffset: number
  readonly bytes: number
  readonly timeMs: number
  /** Those that are whole with this batch, in order. */
  readonly records: readonly JournalRecord[]
}

/**
 * The batches from `from`, at which one must begin, up to before `end`, which is at most where the log is readable to.
 * @throws JournalDamage · VarveError CORRUPT_LOG · OFFSET_OUT_OF_RANGE when they were deleted meanwhile · STORAGE_FAILED · NOT_READY
 */
export async function* readJournal(
  log: PartitionLog,
  from: number,
  end: number,
): AsyncGenerator<JournalBatch, void, undefined> {
  const parts = new PartJoiner()
  let next = from
  while (next < end) {
    const { chunks, nextOffset, bytes } = await log.read({
      offset: next as Offset,
      maxBytes: READ_BYTES,
      atLeastOneBatch: true,
      endOffset: end as Offset,
    })
    if (bytes === 0) throw new JournalDamage(next, 'what follows is not there')
    for (const chunk of chunks) {
      for (const batch of eachBatch(chunk)) {
        const { baseOffset, lastOffset, maxTimestampMs: timeMs } = readBatchHeader(batch)
        if (baseOffset !== next) {
          throw new JournalDamage(next, `the next batch begins at offset ${baseOffset}`)
        }
        next = lastOffset + 1
        const records: JournalRecord[] = []
        for (const record of recordsOf(batch, baseOffset)) {
          records.push(...parts.take(record))
        }
        yield { baseOffset, nextOffset: next, bytes: batch.length, timeMs, records }
      }
    }
    next = Math.max(next, nextOffset)
  }
}

/** @throws JournalDamage where the bytes of a batch are not its records */
function recordsOf(batch: Buffer, position: number): DecodedRecord[] {
  try {
    return [...decodeBatch(batch)]
  } catch (error) {
    if (!isVarveError(error)) throw error
    throw new JournalDamage(position, `${error.code}: ${error.message}`)
  }
}

/** Holds what was begun until its last part is there. */
class PartJoiner {
  #whole: JournalRecord[] = []
  #pieces: Buffer[] = []
  #key: string | undefined
  #parts = 0
  #of = 0

  /** The records that are whole with this one. */
  take(record: DecodedRecord): readonly JournalRecord[] {
    const { part, of, isCut } = partOf(record)
    const groupId = record.key?.toString()
    if (part === undefined) {
      this.#clear()
      return [{ ...whereIs(record), groupId, value: valueOf(record) }]
    }
    if (part === 0) {
      this.#clear()
      this.#key = groupId
      this.#of = of
    } else if (part !== this.#parts || of !== this.#of || groupId !== this.#key) {
      throw new JournalDamage(record.offset, `part ${part} of ${of} does not follow`)
    }
    this.#parts++
    this.#pieces.push(valueOf(record))
    if (!isCut) {
      const value = Buffer.concat(this.#pieces)
      this.#whole.push({ ...whereIs(record), groupId, value })
      this.#pieces = []
    }
    if (this.#parts < of) return []
    const whole = this.#whole
    if (this.#pieces.length > 0) throw new JournalDamage(record.offset, 'its last piece is missing')
    this.#clear()
    return whole
  }

  #clear(): void {
    this.#whole = []
    this.#pieces = []
    this.#key = undefined
    this.#parts = 0
    this.#of = 0
  }
}

function whereIs(record: DecodedRecord): Pick<JournalRecord, 'position' | 'timeMs'> {
  return { position: record.offset, timeMs: record.timestampMs }
}

function valueOf(record: DecodedRecord): Buffer {
  if (record.value === null) throw new JournalDamage(record.offset, 'the record has no value')
  return record.value
}

function partOf(record: DecodedRecord): { part: number | undefined; of: number; isCut: boolean } {
  if (record.headers.length === 0) return { part: undefined, of: 1, isCut: false }
  const headers = new Map(record.headers.map(({ key, value }) => [key, value?.toString() ?? '']))
  const part = numberOf(headers.get(PART_HEADER))
  const of = numberOf(headers.get(OF_HEADER))
  const isCut = headers.has(CUT_HEADER)
  const known = 2 + (isCut ? 1 : 0)
  if (part === undefined || of === undefined || part >= of || headers.size !== known) {
    throw new JournalDamage(record.offset, 'its headers are not of the journal')
  }
  return { part, of, isCut }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
