// A broker in memory behind the client's transport interface, on a virtual clock: it stores batches, answers after a delay,
// and fails where the test says so. What it stores is what was sent, so that a test can compare order and contents. Idempotent
// producers are judged by the rules that the engines ask.

import type {
  CallOptions,
  ClientTransport,
  GroupSessionStream,
  Health,
  ProduceStream,
  ProduceStreamEvents,
  ReplayStream,
  SubscriptionEvents,
  SubscriptionStream,
  UnaryCalls,
  UnaryMethod,
} from '../../../src/client/transport.ts'
import { VarveError } from '../../../src/domain/error.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import type {
  FetchRequest,
  FetchResultOutput,
  InitProducerIdRequest,
  ListOffsetsRequest,
  ListOffsetsResultOutput,
  ProduceEntry,
  ProduceResultOutput,
  ProduceStreamBatch,
  StatusOutput,
  SubscribeInit,
  VerifyResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { toStatus } from '../../../src/protocol/grpc/status.ts'
import {
  batchLastOffset,
  batchRecordCount,
  readBatchHeader,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
} from '../../../src/record/batch-header.ts'
import { type DecodedRecord, decodeBatch } from '../../../src/record/decode-batch.ts'
import { validateBatch } from '../../../src/record/validate-batch.ts'
import { ProducerAllowance } from '../../../src/storage/producer-allowance.ts'
import {
  duplicateResult,
  ProducerStates,
  producerBatchOf,
} from '../../../src/storage/producer-states.ts'
import { SimulatedSubscription } from './simulated-subscription.ts'

/** What becomes of a produced entry: stored, refused, or the stream breaks before or after it was stored. */
export type Fate = 'store' | VarveError | 'break-before' | 'break-after'

interface SimulatedPartition {
  startOffset: number
  endOffset: number
  epoch: number
  batches: Buffer[]
  producers: ProducerStates
}

interface SimulatedTopic {
  id: string
  maxMessageBytes: number
  partitions: SimulatedPartition[]
}

interface OpenStream {
  readonly events: ProduceStreamEvents
  isOpen: boolean
  answers: Promise<void>
}

export class SimulatedBroker implements ClientTransport {
  readonly address = 'simulated:7070'
  readonly topics = new Map<string, SimulatedTopic>()
  /** Asked for every entry that arrives. */
  fateOf: (entry: ProduceEntry) => Fate = () => 'store'
  /** Asked for every answer to a producer that wants an id or the next epoch: an error instead. */
  identityErrorOf: () => VarveError | undefined = () => undefined
  /** The identities that were given out. */
  readonly identities: { producerId: number; producerEpoch: number }[] = []
  /** Asked for every partition of every fetch: an error instead of data. */
  fetchErrorOf: (topic: string, partition: number, offset: number) => VarveError | undefined = () =>
    undefined
  /** May change the bytes of an answer, as a bad line would. */
  spoil: (bytes: Buffer) => Buffer = (bytes) => bytes
  /** Asked for every subscription: an error instead. */
  subscribeErrorOf: () => VarveError | undefined = () => undefined
  subscribedPartitionsMax = 1_000
  /** Open subscriptions. */
  readonly subscriptions = new Set<SimulatedSubscription>()
  /** Says nothing on subscriptions, not even that it is alive, as behind a line that swallows everything. */
  isMute = false
  /** Of subscriptions. */
  bytesPerSecond = Infinity
  isUp = true
  /** The next producing stream is over in the turn in which it is ready. */
  endsNextStreamAtOnce = false
  /** What a stream breaks with, unless the broker is merely away. */
  breakError: VarveError | undefined
  latencyMs = 1
  inFlightMax = 64
  /** Most messages that were under way at once, and most entries of one partition, under way and within a message. */
  readonly seen = {
    messages: 0,
    perPartition: 0,
    perMessage: 0,
    fetches: 0,
    subscriptions: 0,
    entries: 0,
  }
  private readonly clock: Clock
  private readonly streams = new Set<OpenStream>()
  private readonly arrivals = new Set<() => void>()
  private readonly underWay = new Map<string, number>()
  private messagesUnderWay = 0
  isClosed = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  createTopic(name: string, partitions = 1, maxMessageBytes = 1_048_588): SimulatedTopic {
    const topic: SimulatedTopic = {
      id: `id-of-${name}-${this.topics.size}`,
      maxMessageBytes,
      partitions: Array.from({ length: partitions }, newPartition),
    }
    this.topics.set(name, topic)
    return topic
  }

  addPartitions(name: string, total: number): void {
    const { partitions } = this.topic(name)
    while (partitions.length < total) partitions.push(newPartition())
  }

  /** The stored records of a partition. */
  records(topic: string, partition: number): DecodedRecord[] {
    const { batches } = this.partition(topic, partition)
    return batches.flatMap((batch) => [...decodeBatch(batch)])
  }

  values(topic: string, partition: number): string[] {
    return this.records(topic, partition).map(({ value }) => String(value))
  }

  /** A loss of what was only written: the log ends before its last batch, and producers are known as of then. */
  loseLastBatch(topic: string, partition: number): void {
    const log = this.partition(topic, partition)
    log.batches.pop()
    log.endOffset = 0
    log.producers.clear()
    for (const batch of log.batches) {
      const { lastOffset } = readBatchHeader(batch)
      log.endOffset = lastOffset + 1
      const sent = producerBatchOf(batch, 0)
      if (sent !== undefined) log.producers.replay(sent, lastOffset, this.clock.wallMs())
    }
  }

  /** Everything that is connected breaks; nothing connects until `isUp` again. */
  goDown(): void {
    this.isUp = false
    for (const stream of [...this.streams]) this.breakStream(stream)
    this.breakSubscriptions()
    this.wakeFetches()
  }

  /** Every open subscription breaks; others may be opened. */
  breakSubscriptions(error: VarveError = down()): void {
    for (const subscription of [...this.subscriptions]) subscription.end(error)
  }

  connected(signal?: AbortSignal): Promise<void> {
    return this.wait(0, signal)
  }

  async call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']> {
    await this.wait(this.latencyMs, options.signal)
    const answer = await this.answer(method, request, options)
    if (!this.isUp) throw down()
    return answer as UnaryCalls[Method]['response']
  }

  async openSubscription(
    init: SubscribeInit,
    events: SubscriptionEvents,
    options: CallOptions,
  ): Promise<SubscriptionStream> {
    await this.wait(this.latencyMs, options.signal)
    const error = this.subscribeErrorOf()
    if (error !== undefined) throw error
    this.seen.subscriptions++
    const subscription = new SimulatedSubscription({
      clock: this.clock,
      latencyMs: this.latencyMs,
      init,
      events,
      read: (topic, partition, offset, bytes) => {
        this.seen.fetches++
        return this.readPartition(topic, partition, offset, bytes)
      },
      speaks: () => this.isUp && !this.isMute,
      bytesPerSecond: () => this.bytesPerSecond,
      partitionsMax: this.subscribedPartitionsMax,
      onEnd: (ended) => this.subscriptions.delete(ended),
    })
    this.subscriptions.add(subscription)
    return subscription
  }

  async openProduceStream(
    _init: unknown,
    events: ProduceStreamEvents,
    options: CallOptions,
  ): Promise<ProduceStream> {
    await this.wait(this.latencyMs, options.signal)
    const stream: OpenStream = { events, isOpen: true, answers: Promise.resolve() }
    this.streams.add(stream)
    if (this.endsNextStreamAtOnce) {
      this.endsNextStreamAtOnce = false
      this.endStream(stream, undefined)
    }
    return {
      inFlightMax: this.inFlightMax,
      send: (batch) => {
        this.receive(stream, batch)
        return true
      },
      finish: () => {
        void stream.answers.then(() => {
          this.endStream(stream, undefined)
        })
      },
      cancel: () => {
        this.breakStream(stream)
      },
    }
  }

  openReplay(): Promise<ReplayStream> {
    return Promise.reject(new VarveError('UNSUPPORTED', 'not simulated'))
  }

  openGroupSession(): Promise<GroupSessionStream> {
    return Promise.reject(new VarveError('UNSUPPORTED', 'not simulated'))
  }

  async *verify(): AsyncGenerator<VerifyResponseOutput> {
    throw new VarveError('UNSUPPORTED', 'not simulated')
  }

  checkHealth(): Promise<Health> {
    return Promise.resolve(this.isUp ? 'serving' : 'not-serving')
  }

  close(): void {
    this.isClosed = true
  }

  private receive(stream: OpenStream, message: ProduceStreamBatch): void {
    if (!stream.isOpen) return
    const entries = message.entries ?? []
    this.messagesUnderWay++
    this.seen.messages = Math.max(this.seen.messages, this.messagesUnderWay)
    this.seen.entries += entries.length
    for (const entry of entries) this.count(entry, 1)
    for (const { topic, partition } of entries) {
      const same = entries.filter((one) => one.topic === topic && one.partition === partition)
      this.seen.perMessage = Math.max(this.seen.perMessage, same.length)
    }
    const delay = this.clock.sleep(this.latencyMs)
    stream.answers = stream.answers.then(async () => {
      await delay
      this.messagesUnderWay--
      for (const entry of entries) this.count(entry, -1)
      if (!stream.isOpen) return
      const results: ProduceResultOutput[] = []
      for (const entry of entries) {
        const fate = this.fateOf(entry)
        if (fate === 'break-before') {
          this.breakStream(stream)
          return
        }
        results.push(fate instanceof VarveError ? failed(entry, fate) : this.store(entry))
        if (fate === 'break-after') {
          this.breakStream(stream)
          return
        }
      }
      stream.events.onAck({ correlationId: Number(message.correlationId), results })
    })
  }

  private count(entry: ProduceEntry, change: number): void {
    const name = `${entry.topic}/${entry.partition}`
    const now = (this.underWay.get(name) ?? 0) + change
    this.underWay.set(name, now)
    this.seen.perPartition = Math.max(this.seen.perPartition, now)
  }

  private store(entry: ProduceEntry): ProduceResultOutput {
    const topic = this.topics.get(entry.topic ?? '')
    if (topic === undefined) return failed(entry, unknownTopic(entry.topic ?? ''))
    const partition = topic.partitions[entry.partition ?? 0]
    if (partition === undefined) {
      return failed(entry, new VarveError('UNKNOWN_PARTITION', 'no such partition'))
    }
    const batch = Buffer.from(entry.records?.batches as Buffer)
    try {
      validateBatch(batch, {
        validation: 'full',
        maxBytes: topic.maxMessageBytes,
        timestampType: 'CreateTime',
        nowMs: this.clock.wallMs(),
        beforeMaxMs: Infinity,
        afterMaxMs: Infinity,
      })
    } catch (error) {
      if (error instanceof VarveError) return failed(entry, error)
      throw error
    }
    const sent = producerBatchOf(batch, 0)
    if (sent !== undefined) {
      try {
        const kept = partition.producers.duplicateOf(sent)
        if (kept !== undefined) {
          const { baseOffset } = duplicateResult(kept, 'synced')
          return {
            ...failed(entry, undefined),
            baseOffset,
            recordCount: batchRecordCount(batch, 0),
            durability: 'DURABILITY_SYNCED',
            duplicate: true,
          }
        }
      } catch (error) {
        if (error instanceof VarveError) return failed(entry, error)
        throw error
      }
      const lastOffset = partition.endOffset + batchRecordCount(batch, 0) - 1
      partition.producers.add(sent, lastOffset, this.clock.wallMs())
      partition.producers.keep()
    }
    const baseOffset = partition.endOffset
    setBatchBaseOffset(batch, 0, baseOffset)
    setBatchLeaderEpoch(batch, 0, partition.epoch)
    partition.batches.push(batch)
    partition.endOffset += batchRecordCount(batch, 0)
    this.wakeFetches()
    return {
      ...failed(entry, undefined),
      baseOffset,
      recordCount: batchRecordCount(batch, 0),
      durability: 'DURABILITY_SYNCED',
    }
  }

  private async answer(
    method: UnaryMethod,
    request: unknown,
    options: CallOptions,
  ): Promise<unknown> {
    if (method === 'describeTopic')
      return { topic: this.describe((request as { name: string }).name) }
    if (method === 'listOffsets') {
      const { partitions = [] } = request as ListOffsetsRequest
      return { results: partitions.map((question) => this.listOffset(question)) }
    }
    if (method === 'fetch') return { results: await this.fetch(request as FetchRequest, options) }
    if (method === 'produce') {
      const { entries } = request as { entries: ProduceEntry[] }
      return { results: entries.map((entry) => this.store(entry)) }
    }
    if (method === 'initProducerId') return this.identify(request as InitProducerIdRequest)
    throw new VarveError('UNSUPPORTED', `${method} is not simulated`)
  }

  private identify({ producerId, producerEpoch }: InitProducerIdRequest): {
    producerId: number
    producerEpoch: number
  } {
    const error = this.identityErrorOf()
    if (error !== undefined) throw error
    const identity =
      producerId === undefined
        ? { producerId: 1_000 + this.identities.length, producerEpoch: 0 }
        : { producerId: Number(producerId), producerEpoch: Number(producerEpoch) + 1 }
    this.identities.push(identity)
    return identity
  }

  private describe(name: string): unknown {
    const topic = this.topic(name)
    const settings = [{ name: 'max.message.bytes', value: String(topic.maxMessageBytes) }]
    return {
      name,
      id: topic.id,
      partitions: topic.partitions.map((_, partition) => ({ partition })),
      settings,
    }
  }

  private listOffset({
    topic = '',
    partition = 0,
    position,
    timestampMs,
  }: NonNullable<ListOffsetsRequest['partitions']>[number]): ListOffsetsResultOutput {
    const { startOffset, endOffset, epoch } = this.partition(topic, partition)
    let found: { offset: number; timestampMs: number } | undefined
    if (timestampMs !== undefined) {
      found = this.records(topic, partition).find(
        (record) => record.timestampMs >= Number(timestampMs),
      )
    }
    const named = position === 'OFFSET_POSITION_EARLIEST' ? startOffset : endOffset
    return {
      topic,
      partition,
      offset: found?.offset ?? named,
      timestampMs: found?.timestampMs ?? -1,
      leaderEpoch: epoch,
      startOffset,
      readableEndOffset: endOffset,
      error: null,
    }
  }

  private async fetch(request: FetchRequest, options: CallOptions): Promise<FetchResultOutput[]> {
    this.seen.fetches++
    const read = (): FetchResultOutput[] => {
      let budget = Number(request.maxBytes)
      return (request.partitions ?? []).map(({ topic = '', partition = 0, offset = 0 }) => {
        const result = this.readPartition(topic, partition, Number(offset), budget)
        budget -= result.records?.batches?.length ?? 0
        return result
      })
    }
    const isAnswer = (results: FetchResultOutput[]): boolean =>
      results.some((result) => result.error !== null || (result.records?.batches?.length ?? 0) > 0)
    let results = read()
    const endMs = this.clock.monotonicMs() + Number(request.maxWaitMs)
    while (!isAnswer(results) && this.isUp && this.clock.monotonicMs() < endMs) {
      await this.arrival(endMs - this.clock.monotonicMs(), options.signal)
      results = read()
    }
    return results
  }

  private readPartition(
    topic: string,
    partition: number,
    offset: number,
    budget: number,
  ): FetchResultOutput {
    const { startOffset, endOffset, batches } = this.partition(topic, partition)
    const answer: FetchResultOutput = {
      topic,
      partition,
      records: { batches: Buffer.alloc(0), form: 'batches' },
      startOffset,
      readableEndOffset: endOffset,
      nextOffset: offset,
      error: null,
    }
    let error = this.fetchErrorOf(topic, partition, offset)
    if (offset < startOffset || offset > endOffset) {
      error ??= new VarveError('OFFSET_OUT_OF_RANGE', 'outside', {
        details: { startOffset, endOffset },
      })
    }
    if (error !== undefined) return { ...answer, error: toStatus(error) as StatusOutput }
    const chosen: Buffer[] = []
    let bytes = 0
    for (const batch of batches) {
      if (batchLastOffset(batch, 0) < offset) continue
      if (bytes + batch.length > budget && chosen.length > 0) break
      if (budget <= 0) break
      chosen.push(batch)
      bytes += batch.length
    }
    const last = chosen.at(-1)
    if (last === undefined) return answer
    return {
      ...answer,
      records: { batches: this.spoil(Buffer.concat(chosen)), form: 'batches' },
      nextOffset: batchLastOffset(last, 0) + 1,
    }
  }

  private arrival(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        stop()
        this.arrivals.delete(wake)
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      const wake = (): void => {
        end(resolve)
      }
      const onAbort = (): void => {
        end(() => {
          reject(new VarveError('CANCELLED', 'cancelled'))
        })
      }
      const stop = this.clock.after(delayMs, wake)
      this.arrivals.add(wake)
      signal?.addEventListener('abort', onAbort)
    })
  }

  private wakeFetches(): void {
    for (const wake of [...this.arrivals]) wake()
    for (const subscription of this.subscriptions) subscription.wake()
  }

  private async wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.clock.sleep(delayMs, signal)
    } catch (error) {
      throw new VarveError('CANCELLED', 'cancelled', { cause: error })
    }
    if (!this.isUp) throw down()
  }

  private breakStream(stream: OpenStream): void {
    const error = new VarveError('BROKER_UNAVAILABLE', 'the connection broke')
    this.endStream(stream, this.breakError ?? error)
  }

  private endStream(stream: OpenStream, error: VarveError | undefined): void {
    if (!stream.isOpen) return
    stream.isOpen = false
    this.streams.delete(stream)
    stream.events.onEnd(error)
  }

  private topic(name: string): SimulatedTopic {
    const topic = this.topics.get(name)
    if (topic === undefined) throw unknownTopic(name)
    return topic
  }

  private partition(topic: string, partition: number): SimulatedPartition {
    const found = this.topic(topic).partitions[partition]
    if (found === undefined) throw new VarveError('UNKNOWN_PARTITION', 'no such partition')
    return found
  }
}

function newPartition(): SimulatedPartition {
  return {
    startOffset: 0,
    endOffset: 0,
    epoch: 1,
    batches: [],
    producers: new ProducerStates(new ProducerAllowance()),
  }
}

function failed(entry: ProduceEntry, error: VarveError | undefined): ProduceResultOutput {
  return {
    topic: entry.topic ?? '',
    partition: entry.partition ?? 0,
    baseOffset: -1,
    recordCount: 0,
    durability: 'DURABILITY_UNSPECIFIED',
    error: error === undefined ? null : (toStatus(error) as StatusOutput),
    parts: [],
    duplicate: false,
    logAppendTimeMs: -1,
    startOffset: 0,
  }
}

function down(): VarveError {
  return new VarveError('BROKER_UNAVAILABLE', 'no broker at simulated:7070')
}

function unknownTopic(name: string): VarveError {
  return new VarveError('UNKNOWN_TOPIC', `no topic ${name}`)
}
