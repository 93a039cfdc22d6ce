// What a consumer holds as a member of its group, and how that follows what the broker assigns. Invariants: a partition that it
// keeps is not touched; one that it is to give up stays in hand, as far as the broker is told, until the work on it has
// settled, the program was told and the last commit is answered; one that comes begins where the group has committed, or where
// the rule says; what is lost is dropped at once.
import { VarveError } from '../domain/error.ts'
import type { AssignedPartitionOutput, GroupPartition } from '../protocol/grpc/messages.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { GroupCallbacks } from './group-callbacks.ts'
import type { GroupCommits } from './group-commits.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'
import { HeldPartition, heldKey } from './held-partition.ts'
import { PartitionCursor } from './partition-cursor.ts'
import type { RecordFeed } from './record-feed.ts'
import { pauseBefore } from './retry.ts'

/** Whoever works on what is handed out: the loop of the program, or what runs its handler. */
export interface GroupWork {
  /**
   * Resolves when nothing of these is being worked on any more and nothing of them will be begun; what was finished has been told.
   * Their `leaving` has aborted before.
   * @param timeoutMs how long giving them up may take in all, with what comes after this
   */
  settled(partitions: readonly HeldPartition[], timeoutMs: number): Promise<void>
  /** These were given up or lost: nothing of them counts any more. */
  gone(partitions: readonly HeldPartition[]): void
}

export interface GroupHoldingsParts {
  readonly context: ClientContext
  readonly settings: GroupConsumerSettings
  readonly warnings: WarningListeners
  readonly feed: RecordFeed
  readonly callbacks: GroupCallbacks
  readonly commits: GroupCommits
  readonly work: () => GroupWork
  readonly rebalanceTimeoutMs: () => number
  /** Partitions were given up: the broker is to know. */
  readonly onGivenUp: () => void
  /** Ends the consumer. */
  readonly onFatal: (error: unknown) => void
  readonly stopping: AbortSignal
}

export class GroupHoldings {
  private readonly parts: GroupHoldingsParts
  private readonly held = new Map<string, HeldPartition>()
  /** By the names that programs use: the one that came last. */
  private readonly places = new Map<string, HeldPartition>()
  private readonly byCursor = new WeakMap<PartitionCursor, HeldPartition>()
  private readonly givingUp = new Set<Promise<void>>()
  /** Those that came last are opened. */
  private lastOpening: Promise<void> = Promise.resolve()

  constructor(parts: GroupHoldingsParts) {
    this.parts = parts
  }

  /** Everything in hand, also what is being given up. */
  all(): HeldPartition[] {
    return [...this.held.values()]
  }

  /** What the broker is told to be in hand. */
  owned(): GroupPartition[] {
    return this.all().map(({ topic, partition, topicId }) => ({ topic, partition, topicId }))
  }

  /** Some of it is not given up yet. */
  get isGivingUp(): boolean {
    return this.givingUp.size > 0
  }

  /** Undefined when it is not held. */
  find(where: TopicPartition): HeldPartition | undefined {
    return this.places.get(placeKey(where))
  }

  /** The one that a cursor reads; undefined when it is not held any more. */
  of(cursor: PartitionCursor): HeldPartition | undefined {
    const held = this.byCursor.get(cursor)
    return held?.isGone === true ? undefined : held
  }

  /** Resolves when what came last is read, or is gone again. */
  get opening(): Promise<void> {
    return this.lastOpening
  }

  /** Reading may have moved some of them. */
  noticeMoves(): void {
    for (const held of this.held.values()) held.noticeMove()
  }

  /** All that the member may have from now on. */
  apply(assigned: readonly AssignedPartitionOutput[]): void {
    const wanted = new Set(assigned.map(heldKey))
    const leaving = this.all().filter((held) => held.isHere && !wanted.has(held.key))
    // One that is still being given up comes again, if it is meant, when the broker knows that it was.
    const added = assigned.filter((partition) => !this.held.has(heldKey(partition)))
    if (leaving.length > 0) this.giveUp(leaving, this.parts.rebalanceTimeoutMs())
    if (added.length > 0) {
      const come = added.map((partition) => new HeldPartition(partition))
      for (const held of come) {
        this.held.set(held.key, held)
        this.places.set(placeKey(held), held)
      }
      this.lastOpening = this.open(come)
    }
  }

  /** The member was put out and joins again: nothing can be committed any more. */
  loseAll(error: VarveError): void {
    const lost = this.all()
    this.parts.warnings.tell({
      kind: 'membership-lost',
      message: `this consumer was put out of group ${this.parts.settings.group} and joins again; ${lost.length} partitions are lost: ${error.message}`,
      error,
    })
    this.lose(lost)
  }

  /** The consumer has ended: what it still holds is lost. */
  dropAll(): void {
    this.lose(this.all())
  }

  /** One partition is not held any more, as the broker says. */
  loseOne(held: HeldPartition, error: VarveError): void {
    if (held.isGone) return
    const { topic, partition } = held
    const message = `${topic}/${partition} is lost: ${error.message}`
    this.parts.warnings.tell({ kind: 'partition-lost', message, topic, partition, error })
    this.lose([held])
    this.parts.onGivenUp()
  }

  /** Gives up everything; resolves when that is done. @param timeoutMs how long it may take */
  async giveUpAll(timeoutMs: number): Promise<void> {
    const here = this.all().filter((held) => held.isHere)
    if (here.length > 0) this.giveUp(here, timeoutMs)
    await Promise.all(this.givingUp)
  }

  private giveUp(leaving: readonly HeldPartition[], timeoutMs: number): void {
    const done = this.giveUpInOrder(leaving, timeoutMs).finally(() => {
      this.givingUp.delete(done)
    })
    this.givingUp.add(done)
  }

  /** The work on them settles, the program is told, what was finished is committed, and the broker knows. */
  private async giveUpInOrder(leaving: readonly HeldPartition[], timeoutMs: number): Promise<void> {
    const { parts } = this
    for (const held of leaving) held.beginLeaving()
    this.read()
    await parts.work().settled(leaving, timeoutMs)
    const kept = leaving.filter((held) => !held.isGone)
    if (kept.length === 0) return
    await parts.callbacks.call('onPartitionsRevoked', kept, timeoutMs)
    if (parts.settings.commitIntervalMs !== undefined) await parts.commits.flush(kept)
    const given = kept.filter((held) => !held.isGone)
    if (given.length === 0) return
    this.remove(given)
    parts.onGivenUp()
  }

  /** The cursors to read are those of what is here. */
  private read(): void {
    const { feed } = this.parts
    const cursors: PartitionCursor[] = []
    for (const { isHere, cursor } of this.held.values()) {
      if (isHere && cursor !== undefined) cursors.push(cursor)
    }
    feed.supply.cursors = cursors
    feed.changed()
  }

  private lose(lost: readonly HeldPartition[]): void {
    this.remove(lost)
    this.read()
    if (lost.length === 0) return
    void this.parts.callbacks.call('onPartitionsLost', lost, this.parts.rebalanceTimeoutMs())
  }

  private remove(gone: readonly HeldPartition[]): void {
    for (const held of gone) {
      held.end()
      if (this.held.get(held.key) === held) this.held.delete(held.key)
      if (this.places.get(placeKey(held)) === held) this.places.delete(placeKey(held))
    }
    this.parts.work().gone(gone)
  }

  /** The program is told, then they are read. */
  private async open(come: readonly HeldPartition[]): Promise<void> {
    const { parts } = this
    await parts.callbacks.call('onPartitionsAssigned', come, parts.rebalanceTimeoutMs())
    const places: readonly Place[] = come.map((held) => ({
      held,
      offset: held.soughtOffset ?? held.assignment.committedOffset,
    }))
    this.begin(places)
    // Finding a place takes questions to the broker: nobody else waits for that.
    const unknown = places.filter(({ offset }) => offset === undefined).map(({ held }) => held)
    for (let attempt = 1; ; attempt++) {
      const open = unknown.filter((held) => held.isHere && held.cursor === undefined)
      if (open.length === 0) return
      try {
        await this.openByRule(open)
        return
      } catch (error) {
        if (parts.stopping.aborted) return
        if (!(error instanceof VarveError)) throw error
        if (error.kind !== 'transient' && !isOfMissingTopic(error)) {
          parts.onFatal(error)
          return
        }
        const message = `where reading begins is asked for again: ${error.message}`
        parts.warnings.tell({ kind: 'retrying', message, error })
        await pauseBefore(attempt, this.parts.context, this.parts.stopping)
      }
    }
  }

  /** @throws VarveError NO_COMMITTED_OFFSET · what the broker answers */
  private async openByRule(open: readonly HeldPartition[]): Promise<void> {
    const { settings, feed, commits } = this.parts
    const { from } = settings
    if (from === 'none') {
      const names = open.map(({ topic, partition }) => `${topic}/${partition}`).join(', ')
      throw new VarveError(
        'NO_COMMITTED_OFFSET',
        `group ${settings.group} has committed nothing for ${names}, and from is none`,
      )
    }
    const found = await feed.openCursors(
      open.map(({ topic, partition }) => ({ topic, partition, start: from, until: undefined })),
    )
    const here = open
      .map((held, index) => ({ held, cursor: found[index] }))
      .filter(({ held }) => held.isHere)
    // A later look would find another place, and skip what came in between: so this one is committed before anything is read.
    const isChosen = from !== 'earliest'
    for (const { held, cursor } of here)
      if (cursor !== undefined) this.start(held, cursor, isChosen)
    if (isChosen && settings.commitIntervalMs !== undefined) {
      await commits.flush(here.map(({ held }) => held))
    }
    this.read()
  }

  private begin(places: readonly Place[]): void {
    for (const { held, offset } of places) {
      if (offset === undefined || !held.isHere) continue
      const cursor = new PartitionCursor(held, {
        position: offset,
        endOffset: Infinity,
        isEndPinned: false,
      })
      // The log may have been cut below what was committed: the epoch tells.
      const isCommitted = offset === held.assignment.committedOffset
      if (isCommitted && held.assignedEpoch >= 0) cursor.leaderEpoch = held.assignedEpoch
      this.start(held, cursor, false)
    }
    this.read()
  }

  private start(held: HeldPartition, cursor: PartitionCursor, isChosen: boolean): void {
    if (held.soughtOffset !== undefined) cursor.moveTo(held.soughtOffset)
    this.byCursor.set(cursor, held)
    held.open(cursor, isChosen && held.soughtOffset === undefined)
  }
}

interface Place {
  readonly held: HeldPartition
  readonly offset: HeldPartition['soughtOffset']
}

/** A number has no slash: the last one parts the two. */
function placeKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}

/** The group is told of topics in its own time: until then a topic that has vanished is waited for. */
export function isOfMissingTopic(error: VarveError): boolean {
  return error.code === 'UNKNOWN_TOPIC' || error.code === 'UNKNOWN_PARTITION'
}
