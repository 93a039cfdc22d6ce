// The consumer: reads partitions in order, record by record or batch by batch, from any place, without an end or up to one.
// Invariants: per partition every readable record from the start on is handed out once, in offset order, and nothing else;
// `position` is exact after every record; a stop, a jump or a gap always has an error or a warning that says so. Memory is
// bounded by `prefetchBytes` and one fetch. Across partitions no order is promised.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { PartitionOffset } from './admin-types.ts'
import type { ClientContext } from './client-context.ts'
import { HandOutTrace } from './client-traces.ts'
import { type WarningListener, WarningListeners } from './client-warning.ts'
import {
  type ConsumerSettings,
  checkAssignments,
  checkConsumerOptions,
  checkPlace,
  checkStart,
} from './consumer-settings.ts'
import type {
  Assignment,
  ConsumerBatch,
  ConsumerOptions,
  ConsumerRecord,
  StartPosition,
  TopicPartition,
} from './consumer-types.ts'
import { listOffsets } from './list-offsets.ts'
import { requireList } from './option-check.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { PositionRule } from './position-rule.ts'
import { type CurrentBatch, RecordReader } from './record-reader.ts'
import { RecordSupply } from './record-supply.ts'
import { mayPass, retryRead } from './retry.ts'
import { type CursorRequest, openCursors } from './start-positions.ts'
import { TopicWatch } from './topic-watch.ts'

/** Where a consumer stands in one partition. */
export interface PartitionPosition extends TopicPartition {
  /** The offset of the next record. */
  readonly position: Offset
  /** Reading stops before it; undefined when it does not stop. */
  readonly endOffset: number | undefined
  /** As the broker last said; undefined before the first answer. */
  readonly readableEndOffset: number | undefined
  /** Everything that the broker had last said to be readable was handed out. */
  readonly isCaughtUp: boolean
  readonly isPaused: boolean
  readonly isFinished: boolean
}

export class Consumer implements AsyncIterable<ConsumerRecord> {
  private readonly context: ClientContext
  private readonly settings: ConsumerSettings
  private readonly warnings = new WarningListeners()
  private readonly onClosed: () => void
  private readonly supply: RecordSupply
  private readonly rule: PositionRule
  private readonly reader: RecordReader
  private readonly watch: TopicWatch
  private readonly handOut = new HandOutTrace()
  private readonly stopping = new AbortController()
  private opening: Promise<void> | undefined
  private isOpen = false
  private isReading = false
  private isClosed = false
  private wake: (() => void) | undefined

  /** Made by `Varve.consumer`. @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
  constructor(context: ClientContext, options: ConsumerOptions, onClosed: () => void) {
    this.context = context
    this.settings = checkConsumerOptions(options)
    this.onClosed = onClosed
    this.supply = new RecordSupply({
      context,
      settings: this.settings,
      warnings: this.warnings,
      onChange: () => {
        this.notify()
      },
    })
    this.rule = new PositionRule(this.settings, this.warnings)
    this.reader = new RecordReader({
      settings: this.settings,
      queue: this.supply.queue,
      rule: this.rule,
      onMoved: () => {
        this.supply.restart()
      },
    })
    // Many calls at once may listen to it; each takes its listener away.
    setMaxListeners(0, this.stopping.signal)
    this.watch = new TopicWatch({
      context,
      warnings: this.warnings,
      topics: this.settings.topics,
      maxAgeMs: this.settings.until === undefined ? this.settings.metadataMaxAgeMs : Infinity,
      signal: this.stopping.signal,
    })
  }

  /** Record by record, until all ends are reached, `maxRecords` were handed out, or `close`. Leaving the loop keeps the place. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ConsumerRecord, void, undefined> {
    this.beginReading()
    try {
      for (let current = await this.fill(); current !== undefined; current = await this.fill()) {
        for (;;) {
          const record = this.reader.takeRecord(current)
          if (record === undefined) break
          yield record
        }
      }
    } finally {
      this.endReading()
    }
  }

  /** The same, a stored batch at a time: less work a record. */
  async *batches(): AsyncGenerator<ConsumerBatch, void, undefined> {
    this.beginReading()
    try {
      for (let current = await this.fill(); current !== undefined; current = await this.fill()) {
        yield this.reader.takeBatch(current)
      }
    } finally {
      this.endReading()
    }
  }

  /**
   * Fixes where reading begins and ends, if that is not done yet: reading does it by itself. Await it when records that are
   * produced afterwards must be seen from `latest`.
   * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · BROKER_UNAVAILABLE ...
   */
  async ready(): Promise<void> {
    this.refuseIfClosed()
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined
      throw error
    })
    await this.opening
  }

  /**
   * Reads exactly these partitions from now on, whatever was read before.
   * @throws VarveError as `ready` · INVALID_ARGUMENT, also when a partition is there twice
   */
  async assign(assignments: readonly Assignment[]): Promise<void> {
    this.refuseIfClosed()
    checkAssignments('assign', assignments)
    const cursors = await this.openCursors(assignments.map((entry) => this.requestOf(entry)))
    this.watch.stop()
    this.opening = Promise.resolve()
    this.isOpen = true
    this.replaceCursors(cursors)
  }

  /**
   * Goes to another place in a partition; the next record comes from there. The end of a bounded read stays.
   * @throws VarveError INVALID_ARGUMENT when the partition is not assigned · INVALID_OFFSET · INVALID_TIMESTAMP
   */
  async seek(where: TopicPartition, to: StartPosition): Promise<void> {
    checkPlace(where)
    checkStart('to', to)
    await this.ready()
    const cursor = this.cursorOf(where)
    if (typeof to === 'number') cursor.moveTo(admitOffset(to))
    else {
      const { topic, partition } = where
      const [answer] = await this.retrying(() =>
        listOffsets(this.context, [{ topic, partition, at: to }], this.stopping.signal),
      )
      if (answer === undefined) throw new VarveError('INTERNAL', 'the broker answered nothing')
      if (answer instanceof VarveError) throw answer
      cursor.moveTo(admitOffset(answer.offset))
    }
    this.changed()
  }

  /** Hands out nothing more of these partitions, or of all; their places are kept. @throws VarveError INVALID_ARGUMENT */
  pause(partitions?: readonly TopicPartition[]): void {
    for (const cursor of this.cursorsOf(partitions)) {
      cursor.isPaused = true
      // What was fetched ahead of it must not fill the budget of the others.
      cursor.dropFetched()
    }
    this.changed()
  }

  /** Goes on where the partitions were paused. @throws VarveError INVALID_ARGUMENT */
  resume(partitions?: readonly TopicPartition[]): void {
    for (const cursor of this.cursorsOf(partitions)) cursor.isPaused = false
    this.changed()
  }

  /** The offset of the next record of a partition. @throws VarveError INVALID_ARGUMENT when it is not assigned */
  position(where: TopicPartition): Offset {
    return this.cursorOf(where).position
  }

  /** Where the consumer stands in every partition that it reads; empty before it is `ready`. */
  positions(): PartitionPosition[] {
    return this.supply.cursors.map((cursor) => ({
      topic: cursor.topic,
      partition: cursor.partition,
      position: cursor.position,
      endOffset: cursor.endOffset === Infinity ? undefined : cursor.endOffset,
      readableEndOffset: cursor.readableEndOffset,
      isCaughtUp: cursor.isCaughtUp,
      isPaused: cursor.isPaused,
      isFinished: cursor.isFinished,
    }))
  }

  /** Ends the loop, if one is running, after its current record, and lets go of everything. Safe to call twice. */
  close(): Promise<void> {
    if (!this.isClosed) {
      this.isClosed = true
      this.supply.stop()
      this.supply.clear()
      this.reader.drop()
      this.stopping.abort(new VarveError('CLOSED', 'the consumer was closed'))
      this.notify()
      this.onClosed()
    }
    return Promise.resolve()
  }

  /** Calls the listener when something went wrong and the consumer goes on. */
  on(event: 'warning', listener: WarningListener): this {
    if ((event as unknown) === 'warning') this.warnings.add(listener)
    return this
  }

  off(event: 'warning', listener: WarningListener): this {
    if ((event as unknown) === 'warning') this.warnings.remove(listener)
    return this
  }

  private beginReading(): void {
    this.refuseIfClosed()
    if (this.isReading) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        'the consumer is being read already: one loop at a time',
      )
    }
    this.isReading = true
    this.settings.signal?.addEventListener('abort', this.notify)
    this.supply.start()
  }

  private endReading(): void {
    this.handOut.end()
    this.isReading = false
    this.settings.signal?.removeEventListener('abort', this.notify)
    this.supply.stop()
  }

  /** The batch to hand out from, waiting for one if need be; undefined at the end. */
  private async fill(): Promise<CurrentBatch | undefined> {
    this.handOut.end()
    for (;;) {
      if (this.isClosed) return undefined
      const { signal } = this.settings
      if (signal?.aborted === true) {
        throw new VarveError('CANCELLED', 'reading was cancelled', { cause: signal.reason })
      }
      if (!this.isOpen) {
        await this.orStopped(this.ready())
        continue
      }
      if (this.reader.isLimitReached) return undefined
      const current = this.reader.next()
      if (current !== undefined) {
        this.handOut.begin(current.cursor, () => current.records.slice(current.index))
        return current
      }
      const failure = this.supply.takeFailure()
      if (failure !== undefined) throw failure
      if (this.supply.cursors.every((cursor) => cursor.isFinished)) return undefined
      this.watchTopics()
      this.supply.pump()
      const stopTimer = this.context.clock.after(this.watch.dueInMs, this.notify)
      await this.change()
      stopTimer()
    }
  }

  private async open(): Promise<void> {
    const { topics, assign } = this.settings
    if (topics.length === 0 && assign.length === 0) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        'nothing to read: give topics, assign, or call assign()',
      )
    }
    const take = async (partitions: readonly Assignment[]): Promise<void> => {
      this.replaceCursors(await this.openCursors(partitions.map((entry) => this.requestOf(entry))))
    }
    if (topics.length > 0) await this.watch.refresh(take)
    else await take(assign)
    this.isOpen = true
  }

  private requestOf(assignment: Assignment): CursorRequest {
    const { topic, partition } = assignment
    const { from, until } = this.settings
    return {
      topic,
      partition,
      start: assignment.offset ?? from,
      until: assignment.until ?? until,
    }
  }

  private openCursors(requests: readonly CursorRequest[]): Promise<PartitionCursor[]> {
    const outside = (answer: PartitionOffset, start: number): Offset =>
      this.rule.placeFor(answer, start)
    return this.retrying(() => openCursors(this.context, requests, outside, this.stopping.signal))
  }

  private retrying<Result>(read: () => Promise<Result>): Promise<Result> {
    const { requestTimeoutMs } = this.context
    return retryRead(
      this.context,
      {
        timeoutMs: requestTimeoutMs,
        signal: this.stopping.signal,
        onRetry: (error) => {
          this.warnings.tell({ kind: 'retrying', message: error.message, error })
        },
      },
      read,
    )
  }

  private replaceCursors(cursors: readonly PartitionCursor[]): void {
    for (const cursor of this.supply.cursors) cursor.era++
    this.reader.drop()
    this.supply.clear()
    this.supply.cursors = cursors
    this.changed()
  }

  /** Asks for new partitions when it is time, beside the reading. */
  private watchTopics(): void {
    if (!this.watch.isDue) return
    this.watch
      .refresh(async (added) => {
        // All that is in them is new: `latest` would lose what came before we noticed.
        const cursors = await this.openCursors(
          added.map((where) => ({ ...where, start: 'earliest', until: undefined })),
        )
        // Something else was assigned meanwhile.
        if (this.watch.hasStopped) return
        this.supply.cursors = [...this.supply.cursors, ...cursors]
        for (const { topic, partition } of added) {
          const message = `${topic} has a new partition ${partition}, which is read from its beginning`
          this.warnings.tell({ kind: 'partitions-added', message, topic, partition })
        }
        this.changed()
      })
      .catch((error: unknown) => {
        if (!(error instanceof VarveError)) throw error
        if (this.isClosed || this.watch.hasStopped) return
        // What is read goes on without it, or rides the outage out itself; the next look comes in its time.
        if (!mayPass(error)) this.supply.fail(error)
        else this.warnings.tell({ kind: 'retrying', message: error.message, error })
      })
      .finally(this.notify)
  }

  private cursorOf(where: TopicPartition): PartitionCursor {
    checkPlace(where)
    this.refuseUntilReady()
    const cursor = this.supply.cursors.find(
      ({ topic, partition }) => topic === where.topic && partition === where.partition,
    )
    if (cursor !== undefined) return cursor
    throw new VarveError(
      'INVALID_ARGUMENT',
      `${where.topic}/${where.partition} is not assigned to this consumer`,
    )
  }

  private cursorsOf(partitions: readonly TopicPartition[] | undefined): readonly PartitionCursor[] {
    this.refuseUntilReady()
    if (partitions === undefined) return this.supply.cursors
    requireList('partitions', partitions, '[{ topic, partition }]')
    return partitions.map((where) => this.cursorOf(where))
  }

  private refuseUntilReady(): void {
    if (this.isOpen) return
    throw new VarveError(
      'INVALID_ARGUMENT',
      'the consumer has no partitions yet: await consumer.ready() first',
    )
  }

  private changed(): void {
    this.supply.restart()
    this.notify()
  }

  /** Resolves at the next change. */
  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }

  private readonly notify = (): void => {
    const { wake } = this
    this.wake = undefined
    wake?.()
  }

  /** The promise, or nothing as soon as the consumer is closed or its signal aborts; the loop looks why. */
  private async orStopped(promise: Promise<void>): Promise<void> {
    await Promise.race([promise, this.change()])
    // The other one may fail later, when nobody listens any more.
    promise.catch(() => undefined)
  }

  private refuseIfClosed(): void {
    if (this.isClosed) throw new VarveError('CLOSED', 'the consumer was closed')
  }
}
