// A consumer that shares the partitions of its topics with the other members of its group. Made by `consumer.subscribe`.
// Invariants: a record is handed out only while its partition is held; a commit covers only what the program has finished; a
// partition that is given up was committed before, and one that is lost is told to be; partitions that stay are read on without
// a pause, whatever happens to others.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListener } from './client-warning.ts'
import { checkPlace, checkStart } from './consumer-settings.ts'
import type {
  ConsumerBatch,
  ConsumerRecord,
  StartPosition,
  TopicPartition,
} from './consumer-types.ts'
import { ConsumerWatch, type StuckListener } from './consumer-watch.ts'
import { within } from './group-callbacks.ts'
import { type CommitItem, goneError } from './group-commits.ts'
import { checkGroupClose, checkGroupConsumerOptions } from './group-consumer-settings.ts'
import type {
  CommitOptions,
  GroupAssignment,
  GroupCloseOptions,
  GroupConsumerOptions,
  GroupOffset,
  GroupPosition,
  OffsetToCommit,
} from './group-consumer-types.ts'
import { GroupMember } from './group-member.ts'
import { type GroupConsumerStatistics, statisticsOf } from './group-statistics.ts'
import { HandlerWork } from './handler-work.ts'
import type { HeldPartition } from './held-partition.ts'
import { LoopWork } from './loop-work.ts'
import { refuseUnknown, requireInteger, requireList, requireText } from './option-check.ts'
import { checkRunOptions } from './processing-settings.ts'
import type { RunOptions } from './processing-types.ts'
import { wireInteger } from './wire-values.ts'

type GroupListening =
  | [event: 'warning', listener: WarningListener]
  | [event: 'stuck' | 'recovered', listener: StuckListener]

/** A loop that was left for so long, with the consumer still in its group, is told of. */
const LOOP_LEFT_MS = 1_000

export class GroupConsumer implements AsyncIterable<ConsumerRecord> {
  private readonly context: ClientContext
  private readonly member: GroupMember
  private readonly loop: LoopWork
  private readonly watch: ConsumerWatch
  /** Of the present run, or of the last one. */
  private handlers: HandlerWork | undefined
  private isRunning = false
  private stopLeftTimer: () => void = () => undefined

  /** Made by `Consumer.subscribe`. @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP */
  constructor(context: ClientContext, options: GroupConsumerOptions, onClosed: () => void) {
    this.context = context
    this.loop = new LoopWork(context.clock)
    this.member = new GroupMember({
      context,
      settings: checkGroupConsumerOptions(options),
      work: () => (this.isRunning ? (this.handlers ?? this.loop) : this.loop),
      onStart: () => {
        this.watch.start()
      },
      onEnding: () => {
        this.watch.stop()
      },
      onClosed,
    })
    const { member, loop } = this
    this.watch = new ConsumerWatch({ member, loop, isInLoop: () => !this.isRunning })
  }

  /** The group's id. */
  get group(): string {
    return this.member.settings.group
  }

  /** Undefined while it is no member. */
  get memberId(): string | undefined {
    return this.member.session.member?.memberId
  }

  /** As the broker told it last; undefined while it is no member. */
  get memberEpoch(): number | undefined {
    return this.member.session.member?.memberEpoch
  }

  /**
   * Record by record, until `maxRecords` were handed out or `close`. A record is finished when the program comes for the next one.
   * Leaving the loop keeps the membership and the place: read on, or close.
   * @throws VarveError what ended the reading; when it ended the membership, the partitions have gone to others
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ConsumerRecord, void, undefined> {
    const { member, loop } = this
    const { reader } = member.feed
    this.beginLoop()
    try {
      for (let batch = await this.next(); batch !== undefined; batch = await this.next()) {
        const { held, current } = batch
        while (member.isCertain) {
          const record = reader.takeRecord(current)
          if (record === undefined) break
          loop.take(held.handOut(current.leaderEpoch))
          yield record
          loop.putDown()
        }
      }
    } finally {
      this.endLoop()
    }
  }

  /** The same, a stored batch at a time: less work a record. */
  async *batches(): AsyncGenerator<ConsumerBatch, void, undefined> {
    const { member, loop } = this
    this.beginLoop()
    try {
      for (let next = await this.next(); next !== undefined; next = await this.next()) {
        const batch = member.feed.reader.takeBatch(next.current)
        if (batch === undefined) continue
        loop.take(next.held.handOut(next.current.leaderEpoch))
        yield batch
        loop.putDown()
      }
    } finally {
      this.endLoop()
    }
  }

  /**
   * Calls a handler with every record (or batch), several at a time where `concurrency` allows it, until the consumer is closed. What
   * is committed is the part without gaps: everything before it is finished. When it fails, the consumer was closed: what was
   * under way has ended and is committed, and its partitions have gone to others.
   * @throws VarveError INVALID_ARGUMENT · HANDLER_FAILED when a handler failed and `onFailure` stops · what ended the reading or the consumer
   */
  async run<Key = Buffer | null, Value = Buffer | null>(
    options: RunOptions<Key, Value>,
  ): Promise<void> {
    const settings = checkRunOptions(options)
    this.beginLoop()
    this.handlers = new HandlerWork(this.member, settings, this.watch.progress)
    this.isRunning = true
    try {
      await this.handlers.run()
      if (this.member.isClosing) await this.close()
    } catch (error) {
      await this.close()
      throw error
    } finally {
      this.isRunning = false
      this.endLoop()
    }
  }

  /** How it gets on, in numbers. */
  statistics(): GroupConsumerStatistics {
    return statisticsOf(this.member, this.watch, this.positions(), this.handlers?.counts)
  }

  /**
   * Joins the group, if that is not done yet (reading does it by itself), and resolves when that is done and what came at once is
   * read. Others may have to give partitions up first: those come later.
   * @throws VarveError INVALID_GROUP_ID · UNSUPPORTED_ASSIGNOR · GROUP_FULL · UNRELEASED_INSTANCE_ID · BROKER_UNAVAILABLE ...
   */
  ready(): Promise<void> {
    return this.member.ready()
  }

  /**
   * Commits: everything that was finished, and what is in the hands of the program now; or what is given: records (each, and all
   * before it, counts as finished) or offsets. Tried again for as long as one request may take; resolves when all of it is committed.
   * @throws VarveError the first refusal: NOT_OWNER · COMMIT_REWIND · OFFSET_OUT_OF_RANGE · METADATA_TOO_LARGE · REQUEST_TIMEOUT ...
   */
  async commit(
    what?: ConsumerRecord | ConsumerBatch | OffsetToCommit | readonly OffsetToCommit[],
    options: CommitOptions = {},
  ): Promise<void> {
    const { member } = this
    member.refuseIfGone()
    refuseUnknown('commit', options, { allowRewind: true })
    const items = what === undefined ? this.finishedItems() : this.itemsOf(what, options)
    const commit = member.commits.commit(items)
    if (!(await within(this.context, commit, this.context.requestTimeoutMs))) {
      throw new VarveError('REQUEST_TIMEOUT', 'the commit was not answered in time; it is tried on')
    }
    const refused = (await commit).find((outcome) => outcome !== undefined)
    if (refused !== undefined) throw refused
  }

  /** What the group has committed, of these partitions or of all that are held. @throws VarveError GROUP_NOT_FOUND · BROKER_UNAVAILABLE ... */
  async committed(partitions?: readonly TopicPartition[]): Promise<GroupOffset[]> {
    this.member.refuseIfGone()
    const asked = partitions ?? this.assignment()
    if (asked.length === 0) return []
    requireList('partitions', asked, '[{ topic, partition }]')
    for (const where of asked) checkPlace(where)
    const { transport, requestTimeoutMs } = this.context
    const answer = await transport.call(
      'fetchOffsets',
      {
        group: this.group,
        partitions: asked.map(({ topic, partition }) => ({ topic, partition })),
      },
      { timeoutMs: requestTimeoutMs },
    )
    return answer.offsets.map(({ topic, partition, offset, metadata }) => ({
      topic,
      partition,
      offset: offset === undefined ? undefined : admitOffset(wireInteger(offset, 'offset')),
      metadata,
    }))
  }

  /** The partitions that it holds, sorted; not those that it is giving up. */
  assignment(): GroupAssignment[] {
    return this.member.holdings
      .all()
      .filter((held) => held.isHere)
      .map(({ assignment }) => assignment)
      .sort(byPlace)
  }

  /** Where it stands in every partition that it holds, sorted. */
  positions(): GroupPosition[] {
    return this.member.holdings
      .all()
      .map(({ position }) => position)
      .sort(byPlace)
  }

  /** Hands out nothing more of these partitions, or of all that are held; they stay held. @throws VarveError NOT_OWNER */
  pause(partitions?: readonly TopicPartition[]): void {
    this.setPaused(partitions, true)
  }

  /** Goes on where the partitions were paused. @throws VarveError NOT_OWNER */
  resume(partitions?: readonly TopicPartition[]): void {
    this.setPaused(partitions, false)
  }

  /**
   * Goes to another place in a partition that it holds; the next record comes from there, and the next commit is of there.
   * @throws VarveError NOT_OWNER · INVALID_OFFSET · INVALID_TIMESTAMP
   */
  async seek(where: TopicPartition, to: StartPosition): Promise<void> {
    checkStart('to', to)
    const held = this.heldAt(where)
    const offset = await this.member.feed.offsetOf(where, to)
    if (!held.isHere) throw goneError(held)
    held.seek(offset)
    this.member.feed.changed()
  }

  /**
   * Ends the loop after the record or batch in hand, calls `onPartitionsRevoked`, commits what was finished, leaves the group and lets
   * go of everything. Inside the loop leave the loop first: it waits for the record in hand. Never rejects. Safe to call twice.
   * @throws VarveError INVALID_ARGUMENT
   */
  close(options: GroupCloseOptions = {}): Promise<void> {
    this.stopLeftTimer()
    return this.member.close(checkGroupClose(options, this.member.settings.instanceId))
  }

  /** Calls the listener when something went wrong and the consumer goes on. */
  on(event: 'warning', listener: WarningListener): this
  /** Calls the listener when it does not go on, and when it does again. Who has none for `stuck` gets a warning of the process. */
  on(event: 'stuck' | 'recovered', listener: StuckListener): this
  on(...[event, listener]: GroupListening): this {
    if (event === 'warning') this.member.warnings.add(listener)
    else if (event === 'stuck' || (event as unknown) === 'recovered')
      this.watch.add(event, listener)
    return this
  }

  off(event: 'warning', listener: WarningListener): this
  off(event: 'stuck' | 'recovered', listener: StuckListener): this
  off(...[event, listener]: GroupListening): this {
    if (event === 'warning') this.member.warnings.remove(listener)
    else if (event === 'stuck' || (event as unknown) === 'recovered') {
      this.watch.remove(event, listener)
    }
    return this
  }

  private beginLoop(): void {
    this.member.refuseIfClosed()
    this.member.feed.begin()
    this.stopLeftTimer()
    this.loop.begin()
  }

  private endLoop(): void {
    this.member.feed.end()
    this.loop.left('the program has left its loop')
    if (this.member.isClosing || this.member.failed !== undefined) return
    this.stopLeftTimer = this.context.clock.after(LOOP_LEFT_MS, () => {
      const held = this.assignment().length
      this.member.warnings.tell({
        kind: 'loop-left',
        message: `the program has left its loop, and its consumer stays in group ${this.group}: ${held} partitions wait for it; read on, or close the consumer`,
      })
    })
  }

  private async next(): ReturnType<GroupMember['next']> {
    try {
      return await this.member.next()
    } catch (error) {
      const text = error instanceof VarveError ? `${error.code}: ${error.message}` : String(error)
      this.loop.failed(`the loop has ended with ${text}`)
      throw error
    }
  }

  private setPaused(partitions: readonly TopicPartition[] | undefined, isPaused: boolean): void {
    if (partitions !== undefined) requireList('partitions', partitions, '[{ topic, partition }]')
    const held =
      partitions === undefined
        ? this.member.holdings.all().filter(({ isHere }) => isHere)
        : partitions.map((where) => this.heldAt(where))
    for (const one of held) one.isPaused = isPaused
    const cursors = held.flatMap(({ cursor }) => (cursor === undefined ? [] : [cursor]))
    this.member.feed.setPaused(cursors, isPaused)
  }

  private finishedItems(): CommitItem[] {
    const held = this.loop.finishInHand()
    if (held?.isGone === true) throw goneError(held)
    return this.member.commits.itemsOf(this.member.holdings.all())
  }

  private itemsOf(
    what: ConsumerRecord | ConsumerBatch | OffsetToCommit | readonly OffsetToCommit[],
    { allowRewind = false }: CommitOptions,
  ): CommitItem[] {
    const list = Array.isArray(what) ? what : [what]
    return list.flatMap((entry: ConsumerRecord | ConsumerBatch | OffsetToCommit): CommitItem[] => {
      const held = this.heldAt(entry, { isLeavingToo: true })
      if ('nextOffset' in entry) return this.itemAt(held, entry.nextOffset, allowRewind)
      if ('timestampMs' in entry) {
        return this.itemAt(held, admitOffset(entry.offset + 1), allowRewind)
      }
      const { metadata = '', leaderEpoch = -1 } = entry
      requireText('metadata', metadata)
      requireInteger('leaderEpoch', leaderEpoch, { min: -1 })
      const [offset, { moves }] = [admitOffset(entry.offset), held]
      return [{ held, offset, moves, leaderEpoch, metadata, allowRewind }]
    })
  }

  /** Of something that was handed out: it is finished with that. None where more is committed already. */
  private itemAt(held: HeldPartition, offset: Offset, allowRewind: boolean): CommitItem[] {
    const inHand = this.loop.inHandOf(held)
    const leaderEpoch = inHand?.leaderEpoch ?? -1
    if (inHand !== undefined) held.finish({ ...inHand, nextOffset: offset })
    const isRewind = allowRewind || held.committable?.isRewind === true
    const { committedOffset, moves } = held
    if (!isRewind && committedOffset !== undefined && offset <= committedOffset) return []
    return [{ held, offset, moves, leaderEpoch, metadata: '', allowRewind: isRewind }]
  }

  /** @throws VarveError NOT_OWNER */
  private heldAt(
    where: TopicPartition,
    { isLeavingToo = false }: { readonly isLeavingToo?: boolean } = {},
  ): HeldPartition {
    checkPlace(where)
    const held = this.member.holdings.find(where)
    if (held !== undefined && (held.isHere || (isLeavingToo && held.isLeaving))) return held
    throw goneError(where)
  }
}

function byPlace(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1
  return a.partition - b.partition
}
