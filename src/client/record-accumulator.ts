// Collects records into batches by partition and sees each batch through: closes it when it is full or has waited long
// enough, hands it to the sender, sends it again or in halves where the rule says so, and tells every record's delivery its
// result exactly once. Per partition the order of `add` is the order in the log among records that are acknowledged.

import type { Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset, offsetAfter } from '../domain/offset.ts'
import type { Cancel } from '../platform/clock.ts'
import type { ProduceResultOutput } from '../protocol/grpc/messages.ts'
import type { CodecName } from '../record/codec.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { LingerLine } from './linger-line.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import type { OutgoingRecord } from './outgoing-record.ts'
import { PartitionQueue } from './partition-queue.ts'
import { judgeProduceFailure, showsOldMetadata } from './produce-rule.ts'
import { ProduceSender } from './produce-sender.ts'
import type { OnDelivery } from './producer-types.ts'
import type { KnownTopic } from './topic-cache.ts'
import { fromWireDurability, partError, toWireDurability } from './wire-values.ts'

export interface AccumulatorOptions {
  readonly context: ClientContext
  readonly warnings: WarningListeners
  readonly durability: Durability | undefined
  readonly codec: CodecName
  readonly batchBytes: number
  readonly lingerMs: number
  readonly deliveryTimeoutMs: number
  readonly retryUnknown: boolean
  /** Records were delivered or have failed: their share of the send buffer and their generation. */
  readonly onSettled: (bufferBytes: number, recordCount: number, generation: number) => void
  /** What is known of a topic was shown to be old. */
  readonly onOldMetadata: (topic: string) => void
  /** A batch takes no more records; the next without key may go elsewhere. */
  readonly onBatchClosed: (topic: string, partition: number) => void
}

export interface AcceptedRecord {
  readonly record: OutgoingRecord
  readonly bufferBytes: number
  readonly generation: number
  readonly onDelivery: OnDelivery
  /** Monotonic moment. */
  readonly acceptedMs: number
}

export class RecordAccumulator {
  private readonly options: AccumulatorOptions
  private readonly sender: ProduceSender
  private readonly queues = new Map<string, PartitionQueue[]>()
  private readonly lingering: LingerLine
  private stopExpiry: Cancel | undefined
  private readonly stopBackoffs = new Set<Cancel>()
  private unreachable: VarveError | undefined
  /** Batches whose deliveries wait for their results. */
  private unsettledBatches = 0

  constructor(options: AccumulatorOptions) {
    this.options = options
    this.lingering = new LingerLine(options.context.clock, (queue) => {
      this.makeDue(queue)
    })
    this.sender = new ProduceSender({
      context: options.context,
      durability: toWireDurability(options.durability),
      warnings: options.warnings,
      events: {
        encodeFirst: (queue) => this.encodeFirst(queue),
        answered: (queue, result) => {
          this.answered(queue, result)
        },
        broken: (queue, error) => {
          // A broker that stops answers what it took before it ends the stream. Anything else that ends a stream says
          // nothing of the batches under way, least of all that they were refused.
          this.rejected(queue, error.code === 'NOT_READY' ? error : unknownEffectOf(error))
        },
        unreachable: (error) => {
          this.unreachable = error
        },
      },
    })
  }

  /**
   * Takes a record in. With `isUrgent` it does not wait for more.
   * @throws VarveError BATCH_TOO_LARGE: nothing was taken
   */
  add(topic: KnownTopic, partition: number, accepted: AcceptedRecord, isUrgent: boolean): void {
    const queue = this.queueOf(topic.name, partition)
    const batch = this.batchFor(queue, topic, accepted)
    batch.append(accepted.record, accepted.bufferBytes, accepted.onDelivery)
    if (isUrgent) batch.isDue = true
    if (queue.isReady) this.sender.offer(queue)
    else if (!queue.isInFlight && !batch.isDue) this.lingering.add(queue)
  }

  /** Whether a batch for this partition is collecting records. */
  isCollecting(topic: string, partition: number): boolean {
    return this.queues.get(topic)?.[partition]?.open !== undefined
  }

  /** How many batches wait for a partition. */
  depth(topic: string, partition: number): number {
    return this.queues.get(topic)?.[partition]?.batches.length ?? 0
  }

  /** Nothing that is here waits for more records any longer. */
  hurry(): void {
    this.lingering.clear()
    for (const queue of this.allQueues()) this.makeDue(queue)
  }

  /** Fails whatever is left and ends the stream. */
  stop(error: VarveError): void {
    this.stopExpiry?.()
    for (const stop of this.stopBackoffs) stop()
    this.stopBackoffs.clear()
    this.lingering.clear()
    let isAbrupt = false
    for (const queue of this.allQueues()) {
      isAbrupt ||= queue.batches.length > 0
      if (queue.isInFlight && queue.first !== undefined) {
        queue.first.unknownError ??= new VarveError(
          'DELIVERY_TIMEOUT',
          `a record for ${queue.topic}/${queue.partition} was sent but not acknowledged before the producer was closed`,
          { details: { topic: queue.topic, partition: queue.partition } },
        )
      }
      for (const batch of queue.batches.splice(0)) this.fail(batch, error)
    }
    this.sender.stop(isAbrupt)
    this.queues.clear()
  }

  private queueOf(topic: string, partition: number): PartitionQueue {
    let queues = this.queues.get(topic)
    if (queues === undefined) {
      queues = []
      this.queues.set(topic, queues)
    }
    return (queues[partition] ??= new PartitionQueue(topic, partition))
  }

  private *allQueues(): Generator<PartitionQueue> {
    for (const queues of this.queues.values()) {
      // Sparse: only partitions that were sent to.
      for (const queue of queues) if (queue as PartitionQueue | undefined) yield queue
    }
  }

  private batchFor(
    queue: PartitionQueue,
    topic: KnownTopic,
    accepted: AcceptedRecord,
  ): OutgoingBatch {
    const { open } = queue
    const bytesMax = Math.min(this.options.batchBytes, topic.batchBytesMax)
    if (open !== undefined) {
      const isSameGeneration = open.options.generation === accepted.generation
      if (isSameGeneration && open.hasRoom(accepted.bufferBytes, bytesMax)) return open
      this.closeBatch(queue, open)
      if (queue.isReady) this.sender.offer(queue)
    }
    const nowMs = this.options.context.clock.monotonicMs()
    const batch = new OutgoingBatch({
      codec: this.options.codec,
      lingerDueMs: nowMs + this.options.lingerMs,
      deliveryDueMs: accepted.acceptedMs + this.options.deliveryTimeoutMs,
      generation: accepted.generation,
    })
    queue.batches.push(batch)
    this.unsettledBatches++
    this.planExpiry(batch)
    return batch
  }

  private closeBatch(queue: PartitionQueue, batch: OutgoingBatch): void {
    batch.close()
    this.lingering.delete(queue)
    this.options.onBatchClosed(queue.topic, queue.partition)
  }

  private makeDue(queue: PartitionQueue): void {
    for (const batch of queue.batches) batch.isDue = true
    if (queue.isReady) this.sender.offer(queue)
  }

  private encodeFirst(queue: PartitionQueue): Buffer | undefined {
    for (;;) {
      const batch = queue.first
      if (batch === undefined || !queue.isReady) return undefined
      if (batch.isOpen) this.closeBatch(queue, batch)
      try {
        const encoded = batch.encode()
        if (encoded.length <= LIMITS.batchBytesMax) {
          batch.attempts++
          return encoded
        }
        this.rejected(queue, tooLarge(encoded.length))
      } catch (error) {
        if (!(error instanceof VarveError)) throw error
        queue.batches.shift()
        this.fail(batch, error)
      }
    }
  }

  private answered(queue: PartitionQueue, result: ProduceResultOutput): void {
    const batch = queue.first
    if (batch === undefined) return
    if (result.error) {
      this.rejected(queue, partError(result.error, queue))
      return
    }
    queue.batches.shift()
    const durability = fromWireDurability(result.durability)
    const isStored = durability !== 'none' && result.baseOffset >= 0
    if (durability === undefined || (!isStored && durability !== 'none')) {
      this.fail(batch, new VarveError('INTERNAL', "the broker's answer lacks offset or durability"))
    } else {
      const baseOffset = isStored ? admitOffset(result.baseOffset, 'base_offset') : undefined
      this.settled(batch, () => {
        batch.deliver((index, timestampMs) => ({
          topic: queue.topic,
          partition: queue.partition,
          offset: baseOffset === undefined ? undefined : offsetAfter(baseOffset, index),
          timestampMs: result.logAppendTimeMs >= 0 ? result.logAppendTimeMs : timestampMs,
          durability,
        }))
      })
    }
    this.goOn(queue)
  }

  /** The first batch of the queue was refused, or its fate is unknown. */
  private rejected(queue: PartitionQueue, error: VarveError): void {
    const batch = queue.first
    if (batch === undefined) return
    batch.lastError = error
    if (error.effect === 'unknown') batch.unknownError ??= error
    if (showsOldMetadata(error)) this.options.onOldMetadata(queue.topic)
    if (batch.isSettled) {
      queue.batches.shift()
      this.goOn(queue)
      return
    }
    const { recordCount } = batch
    switch (judgeProduceFailure(error, { recordCount, retryUnknown: this.options.retryUnknown })) {
      case 'fail':
        queue.batches.shift()
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
        queue.batches.splice(0, 1, ...batch.split())
        this.unsettledBatches++
        break
      case 'retry':
        this.backOff(queue, batch)
        return
    }
    this.goOn(queue)
  }

  private backOff(queue: PartitionQueue, batch: OutgoingBatch): void {
    const { clock, random } = this.options.context
    queue.isBackingOff = true
    const stop = clock.after(backoffMs(batch.attempts, random), () => {
      this.stopBackoffs.delete(stop)
      queue.isBackingOff = false
      this.goOn(queue)
    })
    this.stopBackoffs.add(stop)
  }

  /** Something changed at the head of the queue. */
  private goOn(queue: PartitionQueue): void {
    const { first } = queue
    if (first === undefined) return
    if (first.options.lingerDueMs <= this.options.context.clock.monotonicMs()) first.isDue = true
    if (queue.isReady) this.sender.offer(queue)
    else if (!queue.isInFlight && !queue.isBackingOff) this.lingering.add(queue)
  }

  private planExpiry(batch: OutgoingBatch): void {
    if (this.stopExpiry !== undefined) return
    const { clock } = this.options.context
    this.stopExpiry = clock.after(batch.options.deliveryDueMs - clock.monotonicMs(), () => {
      this.stopExpiry = undefined
      this.expire()
    })
  }

  private expire(): void {
    const nowMs = this.options.context.clock.monotonicMs()
    let next: OutgoingBatch | undefined
    for (const queue of this.allQueues()) {
      const late = queue.batches.filter((batch) => batch.options.deliveryDueMs <= nowMs)
      for (const batch of late) {
        const isInFlight = queue.isInFlight && batch === queue.first
        // One that is under way keeps its place, so that the next does not overtake it.
        if (!isInFlight) queue.batches.splice(queue.batches.indexOf(batch), 1)
        if (!batch.isSettled) this.fail(batch, this.timeoutOf(queue, batch))
      }
      for (const batch of queue.batches) {
        if (batch.isSettled) continue
        if (next === undefined || batch.options.deliveryDueMs < next.options.deliveryDueMs)
          next = batch
      }
      if (late.length > 0) this.goOn(queue)
    }
    if (next !== undefined) this.planExpiry(next)
  }

  private timeoutOf(queue: PartitionQueue, batch: OutgoingBatch): VarveError {
    const cause = batch.lastError ?? this.unreachable
    const was = batch.attempts === 0 ? 'was not sent' : 'was sent but not acknowledged'
    return new VarveError(
      'DELIVERY_TIMEOUT',
      `a record for ${queue.topic}/${queue.partition} ${was} within ${this.options.deliveryTimeoutMs} ms` +
        (cause === undefined ? '' : `: ${cause.message}`),
      {
        details: { topic: queue.topic, partition: queue.partition, attempts: batch.attempts },
        cause,
      },
    )
  }

  private fail(batch: OutgoingBatch, error: VarveError): void {
    this.settled(batch, () => {
      batch.fail(error)
    })
  }

  private settled(batch: OutgoingBatch, tell: () => void): void {
    if (batch.isSettled) return
    const { bufferBytes, recordCount } = batch
    this.unsettledBatches--
    tell()
    if (this.unsettledBatches === 0) {
      // Nothing is left to watch.
      this.stopExpiry?.()
      this.stopExpiry = undefined
    }
    this.options.onSettled(bufferBytes, recordCount, batch.options.generation)
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

function tooLarge(bytes: number): VarveError {
  return new VarveError(
    'BATCH_TOO_LARGE',
    `a batch of ${bytes} bytes is above the limit of ${LIMITS.batchBytesMax}`,
    { details: { bytes, bytesMax: LIMITS.batchBytesMax } },
  )
}
