// The producer: takes records in, bounded in memory, and tells for each where it lies and how durably. Invariants: every
// accepted record gets exactly one result; records of one partition that are acknowledged lie in the order of their sends, each
// once unless idempotence is off; what is not yet delivered never exceeds `bufferBytes`. docs/CLIENT.md says what happens when a
// connection breaks.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset } from '../domain/offset.ts'
import { shownValue } from '../domain/shown-value.ts'
import { BATCH_HEADER_BYTES } from '../record/batch-header.ts'
import { loadCodec } from '../record/codec.ts'
import { encodeBatch, encodedRecordBytes } from '../record/encode-batch.ts'
import type { ClientContext } from './client-context.ts'
import { tracedAppend, tracedSend, tracedTrySend } from './client-traces.ts'
import { type WarningListener, WarningListeners } from './client-warning.ts'
import { type CloseOptions, checkClose } from './close-options.ts'
import { FlushBarrier } from './flush-barrier.ts'
import { refusal, requireList, requireText } from './option-check.ts'
import {
  outgoingBytes,
  outgoingHeaders,
  outgoingRecord,
  outgoingTimestamp,
} from './outgoing-record.ts'
import { PartitionChoice } from './partition-choice.ts'
import { checkProducerOptions, type ProducerSettings } from './producer-settings.ts'
import type {
  AppendReport,
  AppendRequest,
  DeliveryReport,
  OnDelivery,
  ProducerOptions,
  ProducerRecord,
} from './producer-types.ts'
import { type AcceptedRecord, RecordAccumulator } from './record-accumulator.ts'
import { checkAppend, checkRecord, requirePartition } from './record-check.ts'
import { SendBuffer } from './send-buffer.ts'
import { type KnownTopic, TopicCache } from './topic-cache.ts'
import { TraceHeaders } from './trace-propagation.ts'
import { fromWireDurability, partError, toWireDurability } from './wire-values.ts'

/** A record that was accepted and waits for what is to be known of its topic. */
interface WaitingRecord extends AcceptedRecord {
  acceptedMs: number | undefined
  readonly partition: number | undefined
}

export class Producer {
  private readonly context: ClientContext
  private readonly settings: ProducerSettings
  private readonly warnings = new WarningListeners()
  private readonly traceHeaders: TraceHeaders
  private readonly topics: TopicCache
  private readonly buffer: SendBuffer
  private readonly barrier = new FlushBarrier()
  private readonly accumulator: RecordAccumulator
  private readonly choice: PartitionChoice
  private readonly waiting = new Map<string, WaitingRecord[]>()
  private readonly stopping = new AbortController()
  private readonly onClosed: () => void
  private codecLoaded: Promise<void> | undefined
  private isCodecLoaded = false
  private closing: Promise<void> | undefined

  /** Made by `Varve.producer`. @throws VarveError INVALID_ARGUMENT */
  constructor(context: ClientContext, options: ProducerOptions, onClosed: () => void) {
    this.context = context
    this.settings = checkProducerOptions(options)
    this.onClosed = onClosed
    this.traceHeaders = new TraceHeaders(this.settings.propagation, this.warnings)
    // Many calls at once may listen to it; each takes its listener away.
    setMaxListeners(0, this.stopping.signal)
    this.topics = new TopicCache(context, this.warnings)
    this.buffer = new SendBuffer({
      clock: context.clock,
      capacityBytes: this.settings.bufferBytes,
      maxWaitMs: this.settings.maxBlockMs,
    })
    this.accumulator = new RecordAccumulator({
      ...this.settings,
      context,
      warnings: this.warnings,
      codec: this.settings.compression,
      onSettled: (bufferBytes, recordCount, generation) => {
        this.buffer.giveBack(bufferBytes)
        this.barrier.leave(generation, recordCount)
      },
      onOldMetadata: (topic) => {
        this.topics.forget(topic)
      },
      onBatchClosed: (topic, partition) => {
        this.choice.batchClosed(topic, partition)
      },
    })
    this.choice = new PartitionChoice({
      random: context.random,
      partitioner: this.settings.partitioner,
      depth: (topic, partition) => this.accumulator.depth(topic, partition),
    })
  }

  /**
   * Sends one record; resolves when it is as durable as asked for. While the buffer is full the record waits in line.
   * Records of one partition keep the order of the calls, awaited or not.
   * @throws VarveError (the promise rejects) INVALID_ARGUMENT · CLOSED · BUFFER_FULL · UNKNOWN_TOPIC · UNKNOWN_PARTITION ·
   *   BATCH_TOO_LARGE · DELIVERY_TIMEOUT · BROKER_UNAVAILABLE · any refusal of the broker
   */
  send(record: ProducerRecord): Promise<DeliveryReport> {
    return tracedSend(record, () => this.deliver(record))
  }

  private deliver(record: ProducerRecord): Promise<DeliveryReport> {
    return new Promise((resolve, reject) => {
      const accepted = this.accept(record, settlerOf(resolve, reject))
      accepted.acceptedMs = this.context.clock.monotonicMs()
      this.buffer.take(
        accepted.bufferBytes,
        () => {
          this.place(record.topic, accepted)
          // Others wait for room behind this one: what is here must go out, not linger.
          if (this.buffer.isAwaited) this.accumulator.hurry()
        },
        (error) => {
          this.giveUp(accepted, error, false)
        },
      )
      if (this.buffer.isAwaited) this.accumulator.hurry()
    })
  }

  /**
   * Sends one record if the buffer has room, without a promise a record: `onDelivery` gets its result.
   * @returns false when there is no room: nothing was taken, wait for `ready()`.
   * @throws VarveError INVALID_ARGUMENT · CLOSED · BATCH_TOO_LARGE
   */
  trySend(record: ProducerRecord, onDelivery: OnDelivery): boolean {
    if (typeof onDelivery !== 'function') {
      throw refusal('onDelivery', `onDelivery must be a function, not ${shownValue(onDelivery)}`)
    }
    return tracedTrySend(record, onDelivery, this.take)
  }

  /** A field, so that it can be handed on for each record without a closure. */
  private readonly take = (record: ProducerRecord, onDelivery: OnDelivery): boolean => {
    const accepted = this.accept(record, onDelivery)
    if (!this.buffer.tryTake(accepted.bufferBytes)) {
      this.barrier.leave(accepted.generation)
      this.accumulator.hurry()
      return false
    }
    this.place(record.topic, accepted)
    return true
  }

  /**
   * Resolves when at least a quarter of the buffer is free.
   * @throws VarveError BUFFER_FULL after `maxBlockMs` · CLOSED
   */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = Math.floor(this.settings.bufferBytes / 4)
      this.buffer.take(
        bytes,
        () => {
          this.buffer.giveBack(bytes)
          resolve()
        },
        reject,
      )
      if (this.buffer.isAwaited) this.accumulator.hurry()
    })
  }

  /**
   * Sends several records, in order; each succeeds or fails on its own.
   * @returns the reports in the order of the records
   * @throws VarveError the first failure in that order, when all are settled
   */
  async sendMany(records: Iterable<ProducerRecord>): Promise<DeliveryReport[]> {
    if (typeof (records as Partial<typeof records> | undefined)?.[Symbol.iterator] !== 'function') {
      requireList('records', records, '[{ topic, value }]')
    }
    const results = await Promise.allSettled(Array.from(records, (record) => this.send(record)))
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    })
  }

  /**
   * Stores records of one partition together, at once and in one call: all with consecutive offsets, or none. With
   * `expectedOffset` only if they get exactly that offset. Independent of `send`; it is never repeated by itself, so that
   * a failure whose `effect` is `unknown` can be examined.
   * @throws VarveError UNEXPECTED_OFFSET (details `endOffset`) · BATCH_TOO_LARGE · EMPTY_BATCH · any refusal of the broker
   */
  async append(request: AppendRequest): Promise<AppendReport> {
    checkAppend(request)
    return await tracedAppend(request, () => this.appendOnce(request))
  }

  private async appendOnce(request: AppendRequest): Promise<AppendReport> {
    this.refuseIfClosed()
    // Before the first wait: the trace of the caller.
    const traceHeaders = this.traceHeaders.current()
    await this.loadCodec()
    const { topic, partition } = request
    const { clock, transport, requestTimeoutMs } = this.context
    const nowMs = clock.wallMs()
    const batches = encodeBatch(
      request.records.map((record) => outgoingRecord(record, nowMs, traceHeaders)),
      { codec: this.settings.compression },
    )
    const expected = request.expectedOffset
    const response = await transport.call(
      'produce',
      {
        durability: toWireDurability(this.settings.durability),
        entries: [
          {
            topic,
            partition,
            records: { batches },
            ...(expected === undefined
              ? {}
              : { expectedOffset: admitOffset(expected, 'expectedOffset') }),
          },
        ],
      },
      { timeoutMs: requestTimeoutMs },
    )
    const result = response.results[0]
    if (result?.error) throw partError(result.error, { topic, partition })
    const durability = result === undefined ? undefined : fromWireDurability(result.durability)
    if (result === undefined || durability === undefined) {
      throw new VarveError('INTERNAL', "the broker's answer lacks a result")
    }
    return {
      topic,
      partition,
      baseOffset: durability === 'none' ? undefined : admitOffset(result.baseOffset, 'base_offset'),
      recordCount: request.records.length,
      durability,
    }
  }

  /** Sends what is here without waiting for more; resolves when all of it was delivered or has failed. Never rejects. */
  async flush(): Promise<void> {
    const settled = this.barrier.wait()
    this.accumulator.hurry()
    await settled
  }

  /**
   * Takes no more records, waits for those that were accepted, and lets go of everything. Safe to call twice.
   * @param options.timeoutMs after it what is left fails with CLOSED; unless told, until its delivery timeout.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    checkClose(options)
    this.closing ??= this.closeAfter(options.timeoutMs)
    await this.closing
  }

  /** Bytes of records that were accepted and are neither delivered nor failed. */
  get bufferedBytes(): number {
    return this.buffer.usedBytes
  }

  /** Calls the listener when something went wrong and the producer goes on. */
  on(event: 'warning', listener: WarningListener): this {
    if ((event as unknown) === 'warning') this.warnings.add(listener)
    return this
  }

  off(event: 'warning', listener: WarningListener): this {
    if ((event as unknown) === 'warning') this.warnings.remove(listener)
    return this
  }

  private accept(record: ProducerRecord, onDelivery: OnDelivery): WaitingRecord {
    this.refuseIfClosed()
    const { clock } = this.context
    checkRecord(record)
    requireText('topic', record.topic)
    const { partition } = record
    if (partition !== undefined) requirePartition(partition)
    const timestampMs = outgoingTimestamp(record.timestampMs, clock.wallMs())
    const headers = outgoingHeaders(record.headers, this.traceHeaders.current())
    const key = outgoingBytes(record.key, 'key')
    const value = outgoingBytes(record.value, 'value')
    const bufferBytes = encodedRecordBytes({ key, value, headers, timestampMs })
    const bytesMax = Math.min(this.settings.bufferBytes, LIMITS.decompressedBatchBytesMax)
    if (bufferBytes + BATCH_HEADER_BYTES > bytesMax) {
      throw new VarveError(
        'BATCH_TOO_LARGE',
        `a record of ${bufferBytes} bytes is above the limit of ${bytesMax}`,
        { details: { topic: record.topic, bytes: bufferBytes, bytesMax } },
      )
    }
    return {
      timestampMs,
      headers,
      key,
      value,
      partition,
      bufferBytes,
      generation: this.barrier.enter(),
      onDelivery,
      acceptedMs: undefined,
    }
  }

  /** The record has its share of the buffer: to its batch, or in line behind the question about its topic. */
  private place(topic: string, accepted: WaitingRecord): void {
    const known = this.topics.get(topic)
    const isKnown =
      known !== undefined &&
      this.isCodecLoaded &&
      (accepted.partition === undefined || accepted.partition < known.partitions)
    if (!isKnown || (this.waiting.size > 0 && this.waiting.has(topic))) this.wait(topic, accepted)
    else {
      if (this.addToBatch(known, accepted)) this.refreshWhenOld(known)
    }
  }

  /** @returns whether a new batch was begun for it */
  private addToBatch(topic: KnownTopic, accepted: WaitingRecord): boolean {
    try {
      const partition =
        accepted.partition ?? this.choice.choose(topic.name, accepted, topic.partitions)
      if (partition >= topic.partitions) {
        throw new VarveError(
          'UNKNOWN_PARTITION',
          `${topic.name} has no partition ${partition}: it has ${topic.partitions}, numbered from 0`,
          { details: { topic: topic.name, partition } },
        )
      }
      const isUrgent = accepted.generation < this.barrier.generation
      return this.accumulator.add(topic, partition, accepted, isUrgent)
    } catch (error) {
      if (!(error instanceof VarveError)) throw error
      this.giveUp(accepted, error, true)
      return false
    }
  }

  private wait(topic: string, accepted: WaitingRecord): void {
    accepted.acceptedMs ??= this.context.clock.monotonicMs()
    const line = this.waiting.get(topic)
    if (line !== undefined) {
      line.push(accepted)
      return
    }
    this.waiting.set(topic, [accepted])
    const { maxBlockMs } = this.settings
    Promise.all([this.topics.ask(topic, maxBlockMs, this.stopping.signal), this.loadCodec()]).then(
      ([known]) => {
        for (const record of this.takeWaiting(topic)) this.addToBatch(known, record)
      },
      (error: unknown) => {
        if (!(error instanceof VarveError)) throw error
        for (const record of this.takeWaiting(topic)) this.giveUp(record, error, true)
      },
    )
  }

  private takeWaiting(topic: string): WaitingRecord[] {
    const line = this.waiting.get(topic) ?? []
    this.waiting.delete(topic)
    return line
  }

  private refreshWhenOld(known: KnownTopic): void {
    const ageMs = this.context.clock.monotonicMs() - known.askedMs
    if (ageMs < this.settings.metadataMaxAgeMs) return
    this.topics.ask(known.name, 0, this.stopping.signal).catch((error: unknown) => {
      // What was known goes on being used; a real trouble shows in the next delivery.
      if (!(error instanceof VarveError)) throw error
    })
  }

  private giveUp(accepted: AcceptedRecord, error: VarveError, hasBuffer: boolean): void {
    accepted.onDelivery(error)
    if (hasBuffer) this.buffer.giveBack(accepted.bufferBytes)
    this.barrier.leave(accepted.generation)
  }

  private loadCodec(): Promise<void> {
    this.codecLoaded ??= loadCodec(this.settings.compression).then(() => {
      this.isCodecLoaded = true
    })
    return this.codecLoaded
  }

  private refuseIfClosed(): void {
    if (this.closing !== undefined) throw new VarveError('CLOSED', 'the producer was closed')
  }

  private async closeAfter(timeoutMs: number | undefined): Promise<void> {
    const flushed = this.flush()
    if (timeoutMs === undefined) await flushed
    else {
      const timer = new AbortController()
      const late = this.context.clock.sleep(timeoutMs, timer.signal).catch(() => undefined)
      await Promise.race([flushed, late])
      timer.abort()
    }
    const error = new VarveError(
      'CLOSED',
      'the producer was closed before the record was delivered',
    )
    this.buffer.refuseAll(error)
    for (const topic of [...this.waiting.keys()]) {
      for (const record of this.takeWaiting(topic)) this.giveUp(record, error, true)
    }
    this.accumulator.stop(error)
    this.stopping.abort(error)
    this.onClosed()
  }
}

function settlerOf(
  resolve: (report: DeliveryReport) => void,
  reject: (error: VarveError) => void,
): OnDelivery {
  return (result) => {
    if (result instanceof VarveError) reject(result)
    else resolve(result)
  }
}
