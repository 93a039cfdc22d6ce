// The consumer: reads partitions in order, record by record or batch by batch, from any place, without an end or up to one.
// Invariants: per partition every readable record from the start on is handed out once, in offset order, and nothing else;
// `position` is exact after every record; a stop, a jump or a gap always has an error or a warning that says so. Memory is
// bounded by `prefetchBytes` and one fetch. Across partitions no order is promised.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { ClientContext } from './client-context.ts'
import { type WarningListener, WarningListeners } from './client-warning.ts'
import type { CloseOptions } from './close-options.ts'
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
  PartitionPosition,
  StartPosition,
  TopicPartition,
} from './consumer-types.ts'
import { GroupConsumer } from './group-consumer.ts'
import { inheritedOptions } from './group-consumer-settings.ts'
import type { GroupConsumerOptions } from './group-consumer-types.ts'
import { requireList } from './option-check.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { positionOf, RecordFeed } from './record-feed.ts'
import type { CurrentBatch } from './record-reader.ts'
import { mayPass } from './retry.ts'
import type { CursorRequest } from './start-positions.ts'
import { TopicWatch } from './topic-watch.ts'

export class Consumer implements AsyncIterable<ConsumerRecord> {
  private readonly settings: ConsumerSettings
  private readonly warnings = new WarningListeners()
  private readonly onClosed: () => void
  private readonly feed: RecordFeed
  private readonly watch: TopicWatch
  private readonly stopping = new AbortController()
  private opening: Promise<void> | undefined
  private isOpen = false
  private isClosed = false
  private readonly context: ClientContext
  private readonly options: ConsumerOptions
  private subscribed: GroupConsumer | undefined

  /** Made by `Varve.consumer`. @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
  constructor(context: ClientContext, options: ConsumerOptions, onClosed: () => void) {
    this.context = context
    this.options = options
    this.settings = checkConsumerOptions(options)
    this.onClosed = onClosed
    // Many calls at once may listen to it; each takes its listener away.
    setMaxListeners(0, this.stopping.signal)
    const { signal } = this.stopping
    this.feed = new RecordFeed({
      context,
      settings: this.settings,
      warnings: this.warnings,
      stopping: signal,
    })
    this.watch = new TopicWatch({
      context,
      warnings: this.warnings,
      topics: this.settings.topics,
      maxAgeMs: this.settings.until === undefined ? this.settings.metadataMaxAgeMs : Infinity,
      signal,
    })
  }

  /**
   * Reads as a member of a group, which shares out the partitions: by what this returns, in place of this consumer. How records are
   * read (`prefetchBytes`, `signal` ...) may be said here or of the consumer; what is read only here.
   * @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP
   */
  subscribe(options: GroupConsumerOptions): GroupConsumer {
    this.refuseIfClosed()
    const inherited = inheritedOptions(this.options)
    if (this.opening !== undefined || this.isOpen || this.feed.isBeingRead) {
      throw new VarveError('INVALID_ARGUMENT', 'the consumer is read on its own already')
    }
    this.subscribed = new GroupConsumer(this.context, { ...inherited, ...options }, this.onClosed)
    return this.subscribed
  }

  /** Record by record, until all ends are reached, `maxRecords` were handed out, or `close`. Leaving the loop keeps the place. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ConsumerRecord, void, undefined> {
    this.beginReading()
    try {
      for (let current = await this.fill(); current !== undefined; current = await this.fill()) {
        for (;;) {
          const record = this.feed.reader.takeRecord(current)
          if (record === undefined) break
          yield record
        }
      }
    } finally {
      this.feed.end()
    }
  }

  /** The same, a stored batch at a time: less work a record. */
  async *batches(): AsyncGenerator<ConsumerBatch, void, undefined> {
    this.beginReading()
    try {
      for (let current = await this.fill(); current !== undefined; current = await this.fill()) {
        const batch = this.feed.reader.takeBatch(current)
        if (batch !== undefined) yield batch
      }
    } finally {
      this.feed.end()
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
    const cursors = await this.feed.openCursors(assignments.map((entry) => this.requestOf(entry)))
    this.watch.stop()
    this.opening = Promise.resolve()
    this.isOpen = true
    this.feed.replace(cursors)
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
    cursor.moveTo(await this.feed.offsetOf(where, to))
    this.feed.changed()
  }

  /** Hands out nothing more of these partitions, or of all; their places are kept. @throws VarveError INVALID_ARGUMENT */
  pause(partitions?: readonly TopicPartition[]): void {
    this.feed.setPaused(this.cursorsOf(partitions), true)
  }

  /** Goes on where the partitions were paused. @throws VarveError INVALID_ARGUMENT */
  resume(partitions?: readonly TopicPartition[]): void {
    this.feed.setPaused(this.cursorsOf(partitions), false)
  }

  /** The offset of the next record of a partition. @throws VarveError INVALID_ARGUMENT when it is not assigned */
  position(where: TopicPartition): Offset {
    return this.cursorOf(where).position
  }

  /** Where the consumer stands in every partition that it reads; empty before it is `ready`. */
  positions(): PartitionPosition[] {
    return this.feed.supply.cursors.map(positionOf)
  }

  /** Ends the loop, if one is running, after its current record, and lets go of everything. Safe to call twice. */
  close(options: CloseOptions = {}): Promise<void> {
    if (this.subscribed !== undefined) return this.subscribed.close(options)
    if (!this.isClosed) {
      this.isClosed = true
      this.stopping.abort(new VarveError('CLOSED', 'the consumer was closed'))
      this.feed.close()
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
    this.feed.begin()
  }

  /** The batch to hand out from, waiting for one if need be; undefined at the end. */
  private async fill(): Promise<CurrentBatch | undefined> {
    const { feed } = this
    feed.cameBack()
    for (;;) {
      if (this.isClosed) return undefined
      feed.refuseIfAborted()
      if (!this.isOpen) {
        // Until then the consumer may be closed, or its signal abort.
        await feed.orChange(this.ready())
        continue
      }
      if (feed.reader.isLimitReached) return undefined
      const current = feed.next()
      if (current !== undefined) return current
      if (feed.supply.cursors.every((cursor) => cursor.isFinished)) return undefined
      this.watchTopics()
      await feed.waitForMore(this.watch.dueInMs)
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
      this.feed.replace(
        await this.feed.openCursors(partitions.map((entry) => this.requestOf(entry))),
      )
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

  /** Asks for new partitions when it is time, beside the reading. */
  private watchTopics(): void {
    if (!this.watch.isDue) return
    this.watch
      .refresh(async (added) => {
        // All that is in them is new: `latest` would lose what came before we noticed.
        const cursors = await this.feed.openCursors(
          added.map((where) => ({ ...where, start: 'earliest', until: undefined })),
        )
        // Something else was assigned meanwhile.
        if (this.watch.hasStopped) return
        this.feed.supply.cursors = [...this.feed.supply.cursors, ...cursors]
        for (const { topic, partition } of added) {
          const message = `${topic} has a new partition ${partition}, which is read from its beginning`
          this.warnings.tell({ kind: 'partitions-added', message, topic, partition })
        }
        this.feed.changed()
      })
      .catch((error: unknown) => {
        if (!(error instanceof VarveError)) throw error
        if (this.isClosed || this.watch.hasStopped) return
        // What is read goes on without it, or rides the outage out itself; the next look comes in its time.
        if (!mayPass(error)) this.feed.supply.fail(error)
        else this.warnings.tell({ kind: 'retrying', message: error.message, error })
      })
      .finally(this.feed.notify)
  }

  private cursorOf(where: TopicPartition): PartitionCursor {
    checkPlace(where)
    this.refuseUntilReady()
    const cursor = this.feed.supply.cursors.find(
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
    if (partitions === undefined) return this.feed.supply.cursors
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

  private refuseIfClosed(): void {
    if (this.isClosed) throw new VarveError('CLOSED', 'the consumer was closed')
    if (this.subscribed !== undefined) {
      const message = 'the consumer reads in a group: use what subscribe returned'
      throw new VarveError('INVALID_ARGUMENT', message)
    }
  }
}
