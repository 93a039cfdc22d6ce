// Collects records into batches by partition and sees each batch through: closes it when it is full or has waited long
// enough, numbers it when the producer is idempotent, hands it to the sender, gives it up when its time is over, and tells every
// record's delivery its result exactly once. Per partition the order of `add` is the order in the log among records that are
// acknowledged. What an answer means is decided in batch-outcomes.ts, what may be sent in partition-queue.ts.

import type { Durability } from '../domain/durability.ts'
import { isVarveError, VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Cancel } from '../platform/clock.ts'
import type { CodecName } from '../record/codec.ts'
import { BatchOutcomes } from './batch-outcomes.ts'
import { BatchRooms } from './batch-rooms.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { LingerLine } from './linger-line.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import type { OutgoingRecord } from './outgoing-record.ts'
import { PartitionQueue } from './partition-queue.ts'
import { PartitionSequence } from './partition-sequence.ts'
import { type EncodedBatch, ProduceSender } from './produce-sender.ts'
import { ProducerIdentities } from './producer-identities.ts'
import type { OnDelivery } from './producer-types.ts'
import { mayPass } from './retry.ts'
import type { KnownTopic } from './topic-cache.ts'
import { toWireDurability } from './wire-values.ts'

export interface AccumulatorOptions {
  readonly context: ClientContext
  readonly warnings: WarningListeners
  readonly durability: Durability | undefined
  readonly codec: CodecName
  readonly batchBytes: number
  /** The most that accepted records may take. */
  readonly bufferBytes: number
  readonly lingerMs: number
  readonly deliveryTimeoutMs: number
  readonly idempotence: boolean
  readonly maxInFlight: number
  readonly retryUnknown: boolean
  /** Records were delivered or have failed: their share of the send buffer and their generation. */
  readonly onSettled: (bufferBytes: number, recordCount: number, generation: number) => void
  /** What is known of a topic was shown to be old. */
  readonly onOldMetadata: (topic: string) => void
  /** A batch takes no more records; the next without key may go elsewhere. */
  readonly onBatchClosed: (topic: string, partition: number) => void
}

export interface AcceptedRecord extends OutgoingRecord {
  readonly bufferBytes: number
  readonly generation: number
  readonly onDelivery: OnDelivery
  /** Monotonic moment; undefined: just now. */
  readonly acceptedMs: number | undefined
}

export class RecordAccumulator {
  private readonly options: AccumulatorOptions
  private readonly sender: ProduceSender
  private readonly outcomes: BatchOutcomes
  private readonly identities: ProducerIdentities
  private readonly queues = new Map<string, PartitionQueue[]>()
  private readonly lingering: LingerLine
  private readonly rooms: BatchRooms
  private stopExpiry: Cancel | undefined
  /** The moment that it is planned for. */
  private expiryMs = Infinity
  private unreachable: VarveError | undefined
  private fenced: VarveError | undefined
  private isStopped = false
  /** Batches whose deliveries wait for their results. */
  private unsettledBatches = 0

  constructor(options: AccumulatorOptions) {
    this.options = options
    this.rooms = new BatchRooms(options.bufferBytes)
    const { context, warnings } = options
    const onUnreachable = (error: VarveError): void => {
      this.unreachable = error
    }
    this.lingering = new LingerLine(context.clock, (queue) => {
      this.makeDue(queue)
    })
    this.identities = new ProducerIdentities({
      context,
      warnings,
      isWanted: () => this.unsettledBatches > 0,
      onRetry: onUnreachable,
    })
    this.outcomes = new BatchOutcomes({
      context,
      warnings,
      retryUnknown: options.retryUnknown,
      onChanged: (queue) => {
        this.goOn(queue)
      },
      onSettled: (batch, tell) => {
        this.settled(batch, tell)
      },
      onSplit: () => {
        this.unsettledBatches++
      },
      onOldMetadata: options.onOldMetadata,
      onFenced: (error) => {
        this.fence(error)
      },
    })
    this.sender = new ProduceSender({
      context,
      durability: toWireDurability(options.durability),
      warnings,
      events: {
        encodeNext: (queue) => this.encodeNext(queue),
        sent: (queue) => {
          this.offer(queue)
        },
        answered: (sent, result) => {
          this.outcomes.answered(sent, result)
        },
        broken: (sent, error) => {
          this.outcomes.broken(sent, error)
        },
        unreachable: onUnreachable,
      },
    })
  }

  /**
   * Takes a record in. With `isUrgent` it does not wait for more.
   * @returns whether a new batch was begun for it
   * @throws VarveError BATCH_TOO_LARGE · PRODUCER_FENCED: nothing was taken
   */
  add(topic: KnownTopic, partition: number, accepted: AcceptedRecord, isUrgent: boolean): boolean {
    if (this.fenced !== undefined) throw this.fenced
    const queue = this.queueOf(topic.name, partition)
    const open = this.openBatchFor(queue, topic, accepted)
    const batch = open ?? this.beginBatch(queue, topic, accepted)
    batch.append(accepted)
    if (isUrgent) batch.isDue = true
    // One more record in a batch that waits changes nothing of what it waits for.
    if (open === undefined || isUrgent) this.offer(queue)
    return open === undefined
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
    this.isStopped = true
    this.outcomes.stop()
    this.identities.stop()
    this.lingering.clear()
    this.sender.stop(this.failAll(error, 'the producer was closed'))
    this.endExpiry()
    this.queues.clear()
  }

  private queueOf(topic: string, partition: number): PartitionQueue {
    let queues = this.queues.get(topic)
    if (queues === undefined) {
      queues = []
      this.queues.set(topic, queues)
    }
    return (queues[partition] ??= new PartitionQueue(topic, partition, {
      inFlightMax: this.options.maxInFlight,
      sequence: this.options.idempotence ? new PartitionSequence() : undefined,
    }))
  }

  private *allQueues(): Generator<PartitionQueue> {
    for (const queues of this.queues.values()) {
      // Sparse: only partitions that were sent to.
      for (const queue of queues) if (queue as PartitionQueue | undefined) yield queue
    }
  }

  /** The batch that the record goes into; undefined when a new one must be begun. */
  private openBatchFor(
    queue: PartitionQueue,
    topic: KnownTopic,
    accepted: AcceptedRecord,
  ): OutgoingBatch | undefined {
    const { open } = queue
    if (open === undefined) return undefined
    const isSameGeneration = open.options.generation === accepted.generation
    if (isSameGeneration && open.hasRoom(accepted.bufferBytes, this.batchBytesMax(topic))) {
      return open
    }
    this.closeBatch(queue, open)
    return undefined
  }

  private beginBatch(
    queue: PartitionQueue,
    topic: KnownTopic,
    accepted: AcceptedRecord,
  ): OutgoingBatch {
    const nowMs = this.options.context.clock.monotonicMs()
    const batch = new OutgoingBatch(
      {
        codec: this.options.codec,
        lingerDueMs: nowMs + this.options.lingerMs,
        deliveryDueMs: (accepted.acceptedMs ?? nowMs) + this.options.deliveryTimeoutMs,
        generation: accepted.generation,
      },
      this.rooms.take(queue.expectedBatchBytes, this.batchBytesMax(topic)),
    )
    queue.batches.push(batch)
    this.unsettledBatches++
    this.planExpiry(batch)
    return batch
  }

  private batchBytesMax(topic: KnownTopic): number {
    return Math.min(this.options.batchBytes, topic.batchBytesMax)
  }

  private closeBatch(queue: PartitionQueue, batch: OutgoingBatch): void {
    batch.close()
    queue.expectedBatchBytes = batch.bytes
    this.lingering.delete(queue)
    this.options.onBatchClosed(queue.topic, queue.partition)
  }

  private makeDue(queue: PartitionQueue): void {
    for (const batch of queue.batches) batch.isDue = true
    this.offer(queue)
  }

  /** Something changed in the queue. */
  private goOn(queue: PartitionQueue): void {
    const { next } = queue
    if (next === undefined) return
    if (next.options.lingerDueMs <= this.options.context.clock.monotonicMs()) next.isDue = true
    this.offer(queue)
  }

  /** To the sender, if the next batch can go; else what it waits for is set going. */
  private offer(queue: PartitionQueue): void {
    const { next } = queue
    if (next === undefined) return
    if (queue.obstacle === 'numbering') this.mend(queue)
    if (queue.obstacle === 'identity') this.identify(queue)
    if (queue.isReady) this.sender.offer(queue)
    else if (next.isOpen && !next.isDue) this.lingering.add(queue)
  }

  private mend(queue: PartitionQueue): void {
    if (!queue.mend()) return
    this.options.warnings.tell({
      kind: 'epoch-raised',
      message: `${queue.topic}/${queue.partition} goes on under a new epoch of the producer: it is not known what became of a batch, or the broker has forgotten the ones before it`,
      topic: queue.topic,
      partition: queue.partition,
    })
  }

  private identify(queue: PartitionQueue): void {
    const { sequence } = queue
    if (sequence === undefined || queue.isIdentifying) return
    const used = sequence.usedIdentity
    const known = this.identities.known(used)
    if (known !== undefined) {
      sequence.adopt(known)
      return
    }
    queue.isIdentifying = true
    this.identities.next(used).then(
      (identity) => {
        queue.isIdentifying = false
        sequence.adopt(identity)
        if (!this.isStopped) this.goOn(queue)
      },
      (error: unknown) => {
        queue.isIdentifying = false
        if (!isVarveError(error)) throw error
        if (this.isStopped) return
        // Nobody waited any more when it was given up; somebody may again.
        if (!mayPass(error)) this.failQueue(queue, error)
        else this.goOn(queue)
      },
    )
  }

  private encodeNext(queue: PartitionQueue): EncodedBatch | undefined {
    for (;;) {
      const batch = queue.next
      if (batch === undefined || !queue.isReady) return undefined
      if (batch.isOpen) this.closeBatch(queue, batch)
      batch.sequence ??= queue.sequence?.assign(batch.recordCount)
      try {
        const bytes = batch.encode()
        if (bytes.length <= LIMITS.batchBytesMax) return { batch, bytes }
        this.outcomes.rejected(queue, batch, tooLarge(bytes.length))
      } catch (error) {
        if (!isVarveError(error)) throw error
        queue.remove(batch, false)
        this.outcomes.fail(batch, error)
        this.goOn(queue)
      }
    }
  }

  /** Another producer writes under the same id: whatever this one sends is refused from now on. */
  private fence(cause: VarveError): void {
    this.fenced ??= new VarveError(
      'PRODUCER_FENCED',
      `another producer writes under the id of this one, which may not write any more: make a new producer (${cause.message})`,
      { details: cause.details, cause },
    )
    this.failAll(this.fenced, 'the producer was fenced')
  }

  /** @returns whether there was anything */
  private failAll(error: VarveError, reason: string): boolean {
    let hadAny = false
    for (const queue of this.allQueues()) {
      hadAny ||= queue.batches.length > 0
      this.failQueue(queue, error, reason)
    }
    return hadAny
  }

  private failQueue(queue: PartitionQueue, error: VarveError, reason?: string): void {
    const { topic, partition } = queue
    for (const batch of [...queue.batches]) {
      if (batch.isInFlight && reason !== undefined) {
        batch.becameUnclear(
          new VarveError(
            'DELIVERY_TIMEOUT',
            `a record for ${topic}/${partition} was sent but not acknowledged before ${reason}`,
            { details: { topic, partition } },
          ),
        )
      }
      if (!batch.isInFlight) queue.remove(batch, false)
      this.outcomes.fail(batch, error)
    }
  }

  private planExpiry(batch: OutgoingBatch): void {
    const { deliveryDueMs } = batch.options
    // A record that waited long for its topic may be due before those that came later and are here already.
    if (deliveryDueMs >= this.expiryMs) return
    this.endExpiry()
    const { clock } = this.options.context
    this.expiryMs = deliveryDueMs
    this.stopExpiry = clock.after(deliveryDueMs - clock.monotonicMs(), () => {
      this.endExpiry()
      this.expire()
    })
  }

  private endExpiry(): void {
    this.stopExpiry?.()
    this.stopExpiry = undefined
    this.expiryMs = Infinity
  }

  private expire(): void {
    const nowMs = this.options.context.clock.monotonicMs()
    let next: OutgoingBatch | undefined
    for (const queue of this.allQueues()) {
      const late = queue.batches.filter((batch) => batch.options.deliveryDueMs <= nowMs)
      for (const batch of late) {
        if (!batch.isSettled) this.outcomes.fail(batch, this.timeoutOf(queue, batch))
        // One that is under way keeps its place until its answer tells what became of it.
        if (!batch.isInFlight) queue.remove(batch, false)
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
    const { topic, partition } = queue
    return new VarveError(
      'DELIVERY_TIMEOUT',
      `a record for ${topic}/${partition} ${becameOf(batch)} within ${this.options.deliveryTimeoutMs} ms` +
        (cause === undefined ? '' : `: ${cause.message}`),
      {
        details: { topic, partition, attempts: batch.attempts },
        cause,
        // What was never sent cannot be stored.
        ...(batch.attempts === 0 ? { effect: 'none' as const } : {}),
      },
    )
  }

  private settled(batch: OutgoingBatch, tell: () => void): void {
    if (batch.isSettled) return
    const { bufferBytes, recordCount } = batch
    this.unsettledBatches--
    tell()
    this.rooms.giveBack(batch.takeSpareRoom())
    if (this.unsettledBatches === 0) {
      // Nothing is left to watch.
      this.endExpiry()
    }
    this.options.onSettled(bufferBytes, recordCount, batch.options.generation)
  }
}

function becameOf(batch: OutgoingBatch): string {
  if (batch.attempts === 0) return 'was not sent'
  const isUnclear = batch.isInFlight || batch.unknownError !== undefined
  return isUnclear ? 'was sent (it may be stored) but not acknowledged' : 'was not taken'
}

function tooLarge(bytes: number): VarveError {
  return new VarveError(
    'BATCH_TOO_LARGE',
    `a batch of ${bytes} bytes is above the limit of ${LIMITS.batchBytesMax}`,
    { details: { bytes, bytesMax: LIMITS.batchBytesMax } },
  )
}
