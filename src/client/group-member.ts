// A consumer in a group from the inside: what holds its session, its partitions, its reading and its commits together. Whoever
// works on the records (a loop, a handler) asks `next` and tells what is finished. Invariants: records are handed out only of
// partitions that are held, and only while it is certain that they are; what ends the consumer makes it leave the group, so that
// others take over, and is thrown to the program.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type { ClientContext } from './client-context.ts'
import { WarningListeners } from './client-warning.ts'
import { callbackError, GroupCallbacks, within } from './group-callbacks.ts'
import { GroupCommits } from './group-commits.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'
import type { GroupCloseOptions } from './group-consumer-types.ts'
import { GroupHoldings, type GroupWork, isOfMissingTopic } from './group-holdings.ts'
import { GroupProgress, type ProgressSource } from './group-progress.ts'
import { GroupSessionLoop } from './group-session-loop.ts'
import type { HeldPartition } from './held-partition.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { RecordFeed } from './record-feed.ts'
import type { CurrentBatch } from './record-reader.ts'
import { mayPass } from './retry.ts'

/** A batch to hand out from, and the partition that it is of. */
export interface GroupBatch {
  readonly held: HeldPartition
  readonly current: CurrentBatch
}

/** How long a consumer that has failed may take to leave its group. */
const LEAVE_TIMEOUT_MS = 5_000
/** Of the time for a close what is kept for the last commit and the leave. */
const LAST_WORDS_MS = 1_000

export class GroupMember {
  readonly context: ClientContext
  readonly settings: GroupConsumerSettings
  readonly warnings = new WarningListeners()
  readonly feed: RecordFeed
  readonly session: GroupSessionLoop
  readonly holdings: GroupHoldings
  readonly commits: GroupCommits
  private readonly onStart: () => void
  private readonly onEnding: () => void
  private readonly onClosed: () => void
  private readonly stopping = new AbortController()
  private readonly progress: GroupProgress
  private readonly joined: Promise<void>
  private resolveJoined: () => void = () => undefined
  private rejectJoined: (error: unknown) => void = () => undefined
  private stopCommitTimer: Cancel | undefined
  private failure: { readonly error: unknown } | undefined
  private closing: Promise<void> | undefined
  private isClosed = false

  /**
   * @param options.work who works on what is handed out now
   * @param options.onStart called when it begins to join
   * @param options.onEnding called when it is about to leave: it is closed, or has failed
   * @param options.onClosed called when it was closed
   */
  constructor(options: {
    context: ClientContext
    settings: GroupConsumerSettings
    work: () => GroupWork & ProgressSource
    onStart: () => void
    onEnding: () => void
    onClosed: () => void
  }) {
    const { context, settings, work } = options
    this.context = context
    this.settings = settings
    this.onStart = options.onStart
    this.onEnding = options.onEnding
    this.onClosed = options.onClosed
    const { warnings } = this
    const stopping = this.stopping.signal
    setMaxListeners(0, stopping)
    this.joined = new Promise((resolve, reject) => {
      this.resolveJoined = resolve
      this.rejectJoined = reject
    })
    // Who does not wait for it hears of it from the loop.
    this.joined.catch(() => undefined)
    this.feed = new RecordFeed({
      context,
      settings: settings.reading,
      warnings,
      stopping,
      mayPass: (error) => mayPass(error) || isOfMissingTopic(error),
      onMoved: () => {
        this.holdings.noticeMoves()
      },
    })
    const onFatal = (error: unknown): void => {
      this.fail(error)
    }
    this.commits = new GroupCommits({
      context,
      settings,
      warnings,
      member: () => this.session.member,
      onTaken: (held, error) => {
        this.holdings.loseOne(held, error)
      },
      onNoMember: (error, joins) => {
        this.session.foundOver(error, joins)
      },
      onFatal,
      stopping,
    })
    this.holdings = new GroupHoldings({
      context,
      settings,
      warnings,
      feed: this.feed,
      callbacks: new GroupCallbacks({
        context,
        settings,
        warnings,
        onThrown: (error) => {
          this.fail(callbackError(error))
        },
      }),
      commits: this.commits,
      work,
      rebalanceTimeoutMs: () => this.session.rebalanceTimeoutMs,
      onGivenUp: () => {
        if (!this.isClosing) this.session.ownedChanged()
      },
      onFatal,
      stopping,
    })
    this.progress = new GroupProgress(context, work)
    this.session = new GroupSessionLoop({
      context,
      settings,
      warnings,
      owned: () => this.holdings.owned(),
      isGivingUp: () => this.holdings.isGivingUp,
      progress: (isAll) => this.progress.of(this.holdings.all(), isAll),
      onAssigned: (assigned) => {
        // Who is going takes nothing more.
        if (!this.isClosing && this.failure === undefined) this.holdings.apply(assigned)
        this.resolveJoined()
      },
      onLost: (error) => {
        this.holdings.loseAll(error)
      },
      onFatal,
      onChange: this.feed.notify,
    })
  }

  get isClosing(): boolean {
    return this.closing !== undefined
  }

  /** What ended the consumer; undefined while nothing has. */
  get failed(): { readonly error: unknown } | undefined {
    return this.failure
  }

  /** Joins the group, if that has not begun. */
  start(): void {
    if (this.session.hasStarted) return
    this.session.start()
    this.onStart()
    this.armCommits()
  }

  /** Resolves when it is a member and what came with that is read. @throws VarveError what ended it */
  async ready(): Promise<void> {
    this.refuseIfClosed()
    this.start()
    await this.joined
    await this.holdings.opening
    if (this.failure !== undefined) throw this.failure.error
  }

  /** @throws VarveError CLOSED */
  refuseIfClosed(): void {
    if (this.isClosing) throw new VarveError('CLOSED', 'the consumer was closed')
  }

  /** @throws VarveError CLOSED · what ended the consumer */
  refuseIfGone(): void {
    if (this.isClosed) throw new VarveError('CLOSED', 'the consumer was closed')
    if (this.failure !== undefined) throw this.failure.error
  }

  /** It is certain that what is held still is. */
  get isCertain(): boolean {
    return this.session.certainForMs > 0
  }

  /** The batch to hand out from, waiting for one if need be; undefined at the end. @throws what ended the reading or the consumer */
  async next(asker?: {
    /** It wants nothing more. */
    readonly isStopping: boolean
    /** It has room for a batch of the partition. */
    accepts(held: HeldPartition): boolean
  }): Promise<GroupBatch | undefined> {
    const { feed } = this
    const accepts =
      asker === undefined
        ? undefined
        : (cursor: PartitionCursor): boolean => {
            const held = this.holdings.of(cursor)
            // One that is not held any more goes the way of everything that came for it.
            return held === undefined || asker.accepts(held)
          }
    feed.cameBack()
    for (;;) {
      if (this.failure !== undefined) throw this.failure.error
      if (this.isClosing || asker?.isStopping === true) return undefined
      feed.refuseIfAborted()
      this.start()
      if (feed.reader.isLimitReached) return undefined
      // Who has slept may have been put out: nothing is handed out before the broker has answered.
      const current = this.isCertain ? feed.next(accepts) : undefined
      if (current !== undefined) {
        const held = this.holdings.of(current.cursor)
        if (held !== undefined) return { held, current }
        feed.reader.drop()
        continue
      }
      await feed.waitForMore(Infinity)
    }
  }

  /** Ends the consumer for a reason: it leaves the group, and the program is told. */
  fail(error: unknown): void {
    if (this.failure !== undefined || this.isClosing) return
    this.failure = { error }
    this.onEnding()
    this.rejectJoined(error)
    this.stopCommitTimer?.()
    this.feed.notify()
    void this.goOut()
  }

  /** What was finished is committed if that can be; then the others get the partitions. */
  private async goOut(): Promise<void> {
    await this.flush(this.holdings.all(), LAST_WORDS_MS)
    await this.leave(false, LEAVE_TIMEOUT_MS)
    this.holdings.dropAll()
  }

  private async flush(partitions: readonly HeldPartition[], timeoutMs: number): Promise<void> {
    const isMember = this.session.member !== undefined
    if (!isMember || this.settings.commitIntervalMs === undefined) return
    await within(this.context, this.commits.flush(partitions), timeoutMs)
  }

  /** Finishes what is in hand, commits, leaves, and lets go of everything. Never rejects. Safe to call twice. */
  close(options: Required<GroupCloseOptions>): Promise<void> {
    this.closing ??= this.end(options)
    return this.closing
  }

  private async end({ timeoutMs, isComingBack }: Required<GroupCloseOptions>): Promise<void> {
    const { context, holdings } = this
    const endMs = context.clock.monotonicMs() + timeoutMs
    const leftMs = (): number => Math.max(0, endMs - context.clock.monotonicMs())
    // Those that call at once see that it is closing.
    await Promise.resolve()
    this.onEnding()
    this.feed.notify()
    this.stopCommitTimer?.()
    const lastWordsMs = Math.min(LAST_WORDS_MS, timeoutMs / 4)
    if (this.failure === undefined) {
      const giveUpMs = leftMs() - lastWordsMs
      await within(context, holdings.giveUpAll(giveUpMs), giveUpMs)
      const unfinished = holdings.all()
      if (unfinished.length > 0) {
        this.tellUnfinished(unfinished)
        await this.flush(unfinished, leftMs() / 2)
      }
    }
    await this.leave(isComingBack, leftMs())
    holdings.dropAll()
    this.isClosed = true
    this.rejectJoined(new VarveError('CLOSED', 'the consumer was closed'))
    this.stopping.abort(new VarveError('CLOSED', 'the consumer was closed'))
    this.feed.close()
    this.onClosed()
  }

  private tellUnfinished(unfinished: readonly HeldPartition[]): void {
    const names = unfinished.slice(0, 5).map(({ topic, partition }) => `${topic}/${partition}`)
    const more = unfinished.length > names.length ? ' ...' : ''
    this.warnings.tell({
      kind: 'close-unfinished',
      message: `the consumer was closed before the program had finished with ${names.join(', ')}${more}: what was not finished is read again by whoever gets them`,
    })
  }

  private async leave(isComingBack: boolean, timeoutMs: number): Promise<void> {
    const timeout = new AbortController()
    const stopTimer = this.context.clock.after(timeoutMs, () => {
      timeout.abort()
    })
    await this.session.leave(isComingBack, timeout.signal)
    stopTimer()
  }

  /** Commits what was finished, again and again; one such commit at a time. */
  private armCommits(): void {
    const { commitIntervalMs } = this.settings
    if (commitIntervalMs === undefined || this.isClosing || this.failure !== undefined) return
    this.stopCommitTimer = this.context.clock.after(commitIntervalMs, () => {
      void this.commits.flush(this.holdings.all()).then(() => {
        this.armCommits()
      })
    })
  }
}
