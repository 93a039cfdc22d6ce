// Holds the entries of index files against the batches of their log, in one walk along both. By Kafka's rules (DumpLogSegments), so that
// what passes here passes there: an entry of the offset index names the last offset of the batch that begins at its position; an
// entry of the time index the largest timestamp up to the batch with its offset. Pure.
import type { BatchHeader } from '../../record/batch-header.ts'
import { readOffsetEntry, readTimeEntry } from '../../storage/file/index-entries.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../../storage/roll-rule.ts'

/** What is wrong with an index, at which entry. Positions and offsets say what part of the log it concerns. */
export interface IndexProblem {
  /** Number of the entry; undefined when it concerns the file. */
  readonly entry: number | undefined
  readonly message: string
  /** Where in the log the entry points, if anywhere. */
  readonly position?: number
  readonly offset?: number
}

const PROBLEMS_MAX = 1_000

/** How far the entries are to be held against the log; what lies beyond is made anew at the next start anyway. */
export interface IndexLimit {
  readonly position: number
  readonly offset: number
}

export const WHOLE_LOG: IndexLimit = { position: Infinity, offset: Infinity }

abstract class IndexCheck {
  readonly problems: IndexProblem[] = []
  /** At the end of an index that is still written to a crash leaves what was not synced yet: no damage unless good entries follow. */
  #unsure: IndexProblem[] = []
  protected readonly bytes: Buffer
  protected readonly baseOffset: number
  protected readonly limit: IndexLimit
  protected readonly count: number
  /** The entry that is looked at next. */
  protected at = 0

  constructor(bytes: Buffer, baseOffset: number, limit: IndexLimit, entryBytes: number) {
    this.bytes = bytes
    this.baseOffset = baseOffset
    this.limit = limit
    this.count = Math.floor(bytes.length / entryBytes)
    if (bytes.length % entryBytes !== 0 && limit === WHOLE_LOG) {
      const rest = bytes.length % entryBytes
      this.add(
        undefined,
        `its size of ${bytes.length} bytes is no multiple of ${entryBytes}: ${rest} are left over`,
      )
    }
  }

  protected add(
    entry: number | undefined,
    message: string,
    where: { position?: number; offset?: number } = {},
  ): void {
    const problem = { entry, message, ...where }
    if (this.limit !== WHOLE_LOG) this.#unsure.push(problem)
    else if (this.problems.length < PROBLEMS_MAX) this.problems.push(problem)
  }

  /** The entry is right: what was wrong before it was in the part that is relied on. */
  protected confirm(): void {
    if (this.#unsure.length === 0) return
    this.problems.push(...this.#unsure.slice(0, PROBLEMS_MAX - this.problems.length))
    this.#unsure = []
  }
}

/** Of a `.index` file. */
export class OffsetIndexCheck extends IndexCheck {
  #lastOffset: number
  #lastPosition = -1

  constructor(bytes: Buffer, baseOffset: number, limit = WHOLE_LOG) {
    super(bytes, baseOffset, limit, OFFSET_INDEX_ENTRY_BYTES)
    this.#lastOffset = baseOffset - 1
  }

  /** Where the last entry that was looked at points; 0 when there is none. */
  get lastPosition(): number {
    return Math.max(0, this.#lastPosition)
  }

  /** The next good batch of the log. */
  visit(header: BatchHeader, position: number): void {
    this.#passUpTo(position, header)
  }

  /** No batch follows. */
  finish(): void {
    this.#passUpTo(Infinity, undefined)
  }

  #passUpTo(position: number, header: BatchHeader | undefined): void {
    while (this.at < this.count) {
      const entry = readOffsetEntry(this.bytes, this.at * OFFSET_INDEX_ENTRY_BYTES, this.baseOffset)
      const isBeyond = entry.position >= this.limit.position || entry.offset >= this.limit.offset
      if (isBeyond) {
        this.at = this.count
        return
      }
      const isRising = entry.position > this.#lastPosition && entry.offset > this.#lastOffset
      if (isRising && entry.position > position) return
      const number = this.at++
      if (!isRising) {
        this.add(
          number,
          `it does not rise: offset ${entry.offset} at ${entry.position} after ${this.#lastOffset} at ${this.#lastPosition}`,
        )
        continue
      }
      this.#lastPosition = entry.position
      this.#lastOffset = entry.offset
      if (header === undefined || entry.position < position) {
        this.add(number, `no batch begins at ${entry.position}, where it points`, entry)
      } else if (header.lastOffset !== entry.offset) {
        this.add(
          number,
          `the batch at ${entry.position} ends with offset ${header.lastOffset}, not ${entry.offset}`,
          entry,
        )
      } else this.confirm()
    }
  }
}

/** Of a `.timeindex` file. */
export class TimeIndexCheck extends IndexCheck {
  #lastTimestampMs = -Infinity
  #lastOffset: number
  #largestMs = -Infinity

  constructor(bytes: Buffer, baseOffset: number, limit = WHOLE_LOG) {
    super(bytes, baseOffset, limit, TIME_INDEX_ENTRY_BYTES)
    this.#lastOffset = baseOffset - 1
  }

  visit(header: BatchHeader): void {
    this.#passUpTo(header.lastOffset, header)
    this.#largestMs = Math.max(this.#largestMs, header.maxTimestampMs)
  }

  /** @param isClosed the segment is not written any more, so its last entry must have its largest timestamp. */
  finish(isClosed: boolean): void {
    this.#passUpTo(Infinity, undefined)
    if (isClosed && this.#largestMs > this.#lastTimestampMs && this.problems.length === 0) {
      this.add(undefined, `it ends early: the largest timestamp of the log is ${this.#largestMs}`)
    }
  }

  #passUpTo(lastOffset: number, header: BatchHeader | undefined): void {
    while (this.at < this.count) {
      const entry = readTimeEntry(this.bytes, this.at * TIME_INDEX_ENTRY_BYTES, this.baseOffset)
      if (entry.offset >= this.limit.offset) {
        this.at = this.count
        return
      }
      const isRising = entry.timestampMs > this.#lastTimestampMs && entry.offset >= this.#lastOffset
      if (isRising && entry.offset > lastOffset) return
      const number = this.at++
      const { offset, timestampMs } = entry
      if (!isRising) {
        this.add(
          number,
          `it does not rise: ${timestampMs} at offset ${offset} after ${this.#lastTimestampMs} at offset ${this.#lastOffset}`,
        )
        continue
      }
      this.#lastTimestampMs = timestampMs
      this.#lastOffset = offset
      if (header === undefined || offset < lastOffset) {
        this.add(number, `no batch ends with offset ${offset}`, { offset })
      } else if (header.maxTimestampMs !== timestampMs) {
        this.add(
          number,
          `the largest timestamp of the batch that ends with offset ${offset} is ${header.maxTimestampMs}, not ${timestampMs}`,
          { offset },
        )
      } else if (this.#largestMs > timestampMs) {
        this.add(
          number,
          `a batch before offset ${offset} has the larger timestamp ${this.#largestMs}`,
          { offset },
        )
      } else this.confirm()
    }
  }
}
