// What came of one partition, checked and put where it belongs: records into the queue; an error that may pass into a wait;
// any other error into the queue, behind the records before it.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import { batchLeaderEpoch } from '../record/batch-header.ts'
import { eachBatch } from '../record/stored-batch.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { FetchedQueue } from './fetched-queue.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { endText } from './position-rule.ts'

export class Arrivals {
  private readonly context: ClientContext
  private readonly warnings: WarningListeners
  private readonly queue: FetchedQueue
  private readonly mayPass: (error: VarveError) => boolean

  /** @param options.mayPass which errors are waited out */
  constructor(options: {
    context: ClientContext
    warnings: WarningListeners
    queue: FetchedQueue
    mayPass: (error: VarveError) => boolean
  }) {
    this.context = options.context
    this.warnings = options.warnings
    this.queue = options.queue
    this.mayPass = options.mayPass
  }

  /**
   * Batches from the cursor's `fetchOffset` up to `next`; may be none.
   * @throws VarveError INTERNAL when that makes no sense
   */
  records(cursor: PartitionCursor, bytes: Buffer, next: number): void {
    cursor.failures = 0
    cursor.lastError = undefined
    const nextOffset = admitOffset(next, 'next_offset')
    const { fetchOffset } = cursor
    if (nextOffset < fetchOffset || (bytes.length > 0 && nextOffset === fetchOffset)) {
      throw unexpectedAnswer(`next_offset ${nextOffset} to a read from ${fetchOffset}`)
    }
    if (nextOffset === fetchOffset) return
    cursor.leaderEpoch = lastLeaderEpoch(bytes) ?? cursor.leaderEpoch
    cursor.fetchOffset = nextOffset
    this.push(cursor, bytes, nextOffset)
  }

  /** Where the log ends, as the broker says with or after what it sent. @returns whether the read ends there now, which it did not */
  readableEnd(cursor: PartitionCursor, end: number): boolean {
    cursor.readableEndOffset = end
    cursor.lastError = undefined
    // Below what was read the broker answers with an error, which says more.
    if (end < cursor.fetchOffset || !cursor.shrinkEnd(end)) return false
    const { topic, partition } = cursor
    this.warnings.tell({ kind: 'log-cut', message: endText(end), topic, partition })
    return true
  }

  /** The partition cannot be read, for now or until its reader has decided what is to become of it. */
  error(cursor: PartitionCursor, error: VarveError): void {
    if (this.mayPass(error)) {
      cursor.failures++
      cursor.lastError = error
      const waitMs = backoffMs(cursor.failures, this.context.random)
      cursor.notBeforeMs = this.context.clock.monotonicMs() + waitMs
      this.warnings.tell({
        kind: 'retrying',
        message: `reading ${cursor.topic}/${cursor.partition} will be tried again: ${error.message}`,
        topic: cursor.topic,
        partition: cursor.partition,
        error,
      })
      return
    }
    cursor.isHeld = true
    this.push(cursor, Buffer.alloc(0), cursor.fetchOffset, error)
  }

  private push(
    cursor: PartitionCursor,
    bytes: Buffer,
    nextOffset: Offset,
    error?: VarveError,
  ): void {
    this.queue.push({ cursor, era: cursor.era, bytes, nextOffset, error })
  }
}

/** The error of an answer that no broker should give. */
export function unexpectedAnswer(what: string): VarveError {
  return new VarveError('INTERNAL', `the broker answered with ${what}`)
}

/** The epoch of the last batch; undefined when there is none or the bytes do not hang together, which the reader will find. */
function lastLeaderEpoch(bytes: Buffer): number | undefined {
  let epoch: number | undefined
  try {
    for (const batch of eachBatch(bytes)) epoch = batchLeaderEpoch(batch, 0)
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    return undefined
  }
  return epoch
}
