// Where a consumer stands in one partition. `position` is the offset of the next record to be handed out, `fetchOffset`
// what to ask for next; fetched batches lie between the two. A change from outside (seek, pause) begins a new `era`, by
// which answers to older questions are known and dropped.
import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { TopicPartition } from './consumer-types.ts'

export class PartitionCursor implements TopicPartition {
  readonly topic: string
  readonly partition: number
  position: Offset
  fetchOffset: Offset
  /** Reading stops before it; Infinity when it does not stop. */
  endOffset: number
  /** The end was found in the log, not given by the user: it shrinks when the log is cut. */
  readonly isEndPinned: boolean
  /** Of the last fetched batch; undefined after a seek. */
  leaderEpoch: number | undefined
  isPaused = false
  /** Whoever works on its records has no room for more, and what waited for that took the room of others. */
  isHeldBack = false
  /** An error of this partition waits to be dealt with; nothing is asked for before that. */
  isHeld = false
  /** As the broker last said. */
  readableEndOffset: number | undefined
  era = 0
  /** Not before this monotonic moment is it asked for again. */
  notBeforeMs = -Infinity
  /** Failures in a row, for the backoff. */
  failures = 0
  /** Why it cannot be read at the moment; it is tried again. */
  lastError: VarveError | undefined
  /** A damaged batch arrived from here; it is fetched once more before it is believed. */
  refetchedAt: Offset | undefined

  constructor(
    where: TopicPartition,
    options: { position: Offset; endOffset: number; isEndPinned: boolean },
  ) {
    this.topic = where.topic
    this.partition = where.partition
    this.position = options.position
    this.fetchOffset = options.position
    this.endOffset = options.endOffset
    this.isEndPinned = options.isEndPinned
  }

  /** Everything up to the end was handed out. */
  get isFinished(): boolean {
    return this.position >= this.endOffset
  }

  /** Everything that the broker had last said to be readable was handed out. */
  get isCaughtUp(): boolean {
    return this.readableEndOffset !== undefined && this.position >= this.readableEndOffset
  }

  /**
   * The log ends here now. What may be read of a log shrinks only when it was cut: an end that was found in it before may never
   * be reached again, so the read ends here too.
   * @returns whether it did
   */
  shrinkEnd(logEnd: number): boolean {
    if (!this.isEndPinned || logEnd >= this.endOffset) return false
    this.endOffset = logEnd
    return true
  }

  /** The broker is to send nothing of it for now. */
  get isOnHold(): boolean {
    return this.isPaused || this.isHeldBack
  }

  /** There is something to ask for. */
  get wantsData(): boolean {
    return !this.isOnHold && !this.isHeld && this.fetchOffset < this.endOffset
  }

  /** Goes to an offset; what was fetched for the old place is void. */
  moveTo(offset: Offset): void {
    this.position = offset
    this.dropFetched()
    this.refetchedAt = undefined
    this.notBeforeMs = -Infinity
    this.failures = 0
  }

  /** What was fetched ahead is void; it will be fetched again. */
  dropFetched(): void {
    this.era++
    this.isHeld = false
    this.fetchOffset = this.position
    this.leaderEpoch = undefined
  }
}
