// What the answer to a batch, or the lack of one, means: delivered, sent again, sent in halves, given another number, or given
// up. Invariants: a batch whose fate is open is never sent under another number; one that is given up with its fate open makes
// the partition go on under a later epoch, so that it can neither be doubled nor arrive behind what follows it.
import { VarveError } from '../domain/error.ts'
import { admitOffset, offsetAfter } from '../domain/offset.ts'
import type { Cancel } from '../platform/clock.ts'
import type { ProduceResultOutput } from '../protocol/grpc/messages.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { judgeProduceFailure, showsOldMetadata } from './produce-rule.ts'
import type { SentBatch } from './produce-sender.ts'
import type { DeliveryReport } from './producer-types.ts'
import { fromWireDurability, partError } from './wire-values.ts'

export interface BatchOutcomesOptions {
  readonly context: ClientContext
  readonly warnings: WarningListeners
  /** Without an idempotent producer: whether what may be stored is sent again. */
  readonly retryUnknown: boolean
  /** Something changed in the queue: it may have something to send. */
  readonly onChanged: (queue: PartitionQueue) => void
  /** The deliveries of the batch are told their results by `tell`. */
  readonly onSettled: (batch: OutgoingBatch, tell: () => void) => void
  /** One batch became two. */
  readonly onSplit: () => void
  readonly onOldMetadata: (topic: string) => void
  /** The broker takes nothing from this producer any more. */
  readonly onFenced: (error: VarveError) => void
}

export class BatchOutcomes {
  private readonly options: BatchOutcomesOptions
  private readonly stopBackoffs = new Set<Cancel>()

  constructor(options: BatchOutcomesOptions) {
    this.options = options
  }

  /** The broker answered. */
  answered({ queue, batch }: SentBatch, result: ProduceResultOutput): void {
    if (result.error) {
      const error = partError(result.error, queue)
      const isFirst = !queue.isRecovering
      this.rejected(queue, batch, error)
      if (isFirst && queue.isBackingOff) this.tellRetrying(queue, error)
      return
    }
    queue.isRecovering = false
    queue.remove(batch, true)
    const durability = fromWireDurability(result.durability)
    const isStored = durability !== 'none' && result.baseOffset >= 0
    if (durability === undefined || (!isStored && durability !== 'none')) {
      this.fail(batch, new VarveError('INTERNAL', "the broker's answer lacks offset or durability"))
    } else {
      const baseOffset = isStored ? admitOffset(result.baseOffset, 'base_offset') : undefined
      const { topic, partition } = queue
      const { logAppendTimeMs, duplicate } = result
      const reportOf = (index: number, timestampMs: number): DeliveryReport => ({
        topic,
        partition,
        offset: baseOffset === undefined ? undefined : offsetAfter(baseOffset, index),
        timestampMs: logAppendTimeMs >= 0 ? logAppendTimeMs : timestampMs,
        durability,
      })
      this.options.onSettled(batch, () => {
        batch.deliver(duplicate ? (...of) => ({ ...reportOf(...of), duplicate: true }) : reportOf)
      })
    }
    this.options.onChanged(queue)
  }

  /** The stream broke before the answer. */
  broken({ queue, batch }: SentBatch, error: VarveError): void {
    // A broker that stops answers what it took before it ends the stream. Anything else that ends a stream says nothing of
    // the batches under way, least of all that they were refused.
    this.rejected(queue, batch, error.code === 'NOT_READY' ? error : unknownEffectOf(error))
  }

  /** The batch was refused, or its fate is unknown. */
  rejected(queue: PartitionQueue, batch: OutgoingBatch, error: VarveError): void {
    batch.lastError = error
    if (error.effect === 'unknown') batch.becameUnclear(error)
    if (showsOldMetadata(error)) this.options.onOldMetadata(queue.topic)
    if (batch.sequence !== undefined && error.code === 'PRODUCER_FENCED') {
      this.options.onFenced(error)
      return
    }
    queue.isRecovering = true
    if (batch.isSettled) queue.remove(batch, false)
    else if (batch.sequence !== undefined && error.code === 'OUT_OF_ORDER_SEQUENCE') {
      this.outOfOrder(queue, batch, error)
    } else this.judge(queue, batch, error)
    this.options.onChanged(queue)
  }

  fail(batch: OutgoingBatch, error: VarveError): void {
    this.options.onSettled(batch, () => {
      batch.fail(error)
    })
  }

  stop(): void {
    for (const stop of this.stopBackoffs) stop()
    this.stopBackoffs.clear()
  }

  private judge(queue: PartitionQueue, batch: OutgoingBatch, error: VarveError): void {
    const { recordCount } = batch
    const retryUnknown = batch.sequence !== undefined || this.options.retryUnknown
    switch (judgeProduceFailure(error, { recordCount, retryUnknown })) {
      case 'fail':
        queue.remove(batch, false)
        this.fail(batch, error)
        break
      case 'split':
        this.options.warnings.tell({
          kind: 'batch-split',
          message: `a batch of ${recordCount} records goes on in halves: ${error.message}`,
          topic: queue.topic,
          partition: queue.partition,
          error,
        })
        queue.batches.splice(queue.batches.indexOf(batch), 1, ...batch.split())
        this.options.onSplit()
        break
      case 'retry':
        this.backOff(queue, batch)
        break
    }
  }

  /**
   * The broker waits for another number of this producer. Behind a batch that is sent again that is as it should be, and behind
   * a gap. Else the broker lost what it knew of the producer, with the end of its log or without.
   */
  private outOfOrder(queue: PartitionQueue, batch: OutgoingBatch, error: VarveError): void {
    const { sequence } = queue
    if (sequence === undefined || batch.sequence === undefined || queue.batches[0] !== batch) return
    // Only a broker that remembers the producer can tell that the batch is not stored.
    const isRemembered = error.details['cause'] === 'gap'
    if (batch.mayBeStored && !isRemembered) {
      queue.remove(batch, false)
      this.fail(batch, error)
      return
    }
    const { gap } = sequence
    const isExpected = gap !== undefined && gap.ordinal < batch.sequence.ordinal
    if (!isExpected || batch.mayBeStored) {
      batch.mayBeStored = false
      sequence.lose(batch.sequence, true)
    }
    if (isExpected) return
    this.options.warnings.tell({
      kind: 'producer-forgotten',
      message: `the broker does not remember this producer in ${queue.topic}/${queue.partition} as it was (it was silent for long, or the broker lost its latest records): the producer goes on there under a new epoch by itself, and nothing is stored twice`,
      topic: queue.topic,
      partition: queue.partition,
      error,
    })
    this.backOff(queue, batch)
  }

  /** Once, until something is delivered there again. */
  private tellRetrying(queue: PartitionQueue, error: VarveError): void {
    const { topic, partition } = queue
    this.options.warnings.tell({
      kind: 'retrying',
      message: `sending to ${topic}/${partition} will be tried again: ${error.message}`,
      ...{ topic, partition, error },
    })
  }

  private backOff(queue: PartitionQueue, batch: OutgoingBatch): void {
    if (queue.isBackingOff) return
    const { clock, random } = this.options.context
    queue.isBackingOff = true
    const stop = clock.after(backoffMs(batch.attempts, random), () => {
      this.stopBackoffs.delete(stop)
      queue.isBackingOff = false
      this.options.onChanged(queue)
    })
    this.stopBackoffs.add(stop)
  }
}

/** What broke a stream says nothing of the batches under way, whatever its own effect is. */
function unknownEffectOf(error: VarveError): VarveError {
  if (error.effect === 'unknown') return error
  return new VarveError(
    'BROKER_UNAVAILABLE',
    `the stream ended before the answer: ${error.message}`,
    { cause: error },
  )
}
