// Hosts the consumer groups of the broker: puts the parts together, opens and closes them. Each part has a file of its own. Invariants:
// nothing is answered before what is stored is known, and where that is damaged nothing but that is answered, while the rest of the
// broker works; after `close` nothing of the groups runs any more.
import { checkGroupId } from '../../coordinator/check-wishes.ts'
import { partitionKey } from '../../coordinator/partition-key.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Random } from '../../platform/random.ts'
import type { RequestGate } from '../request-gate.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import { type AwaitedPosition, CommitWaits } from './commit-waits.ts'
import { positionsOf } from './committed-positions.ts'
import { GroupActors } from './group-actors.ts'
import type {
  GroupDescription,
  GroupExplanation,
  GroupPage,
  GroupSummary,
} from './group-descriptions.ts'
import { GroupHistory } from './group-history.ts'
import { GroupInsight } from './group-insight.ts'
import type { GroupJournal } from './group-journal.ts'
import type { GroupPartition, GroupSession, SessionEvents } from './group-membership.ts'
import type { GroupObserver } from './group-observer.ts'
import { commitOffsets, fetchOffsets, type GroupOffsetsParts } from './group-offsets.ts'
import { GroupPresence } from './group-presence.ts'
import type {
  CommitOutcome,
  CommitRequest,
  CommittedPosition,
  GroupService,
  HistoryPage,
  HistoryRequest,
  ResetOutcome,
  ResetRequest,
  WaitForCommitOutcome,
  WaitForCommitRequest,
} from './group-service.ts'
import { GroupSessions } from './group-sessions.ts'
import { summaryOf } from './group-summary.ts'
import { GroupUpkeep } from './group-upkeep.ts'
import { PartitionLookup } from './partition-lookup.ts'

/** When a journal is asked again that could not be read yet. */
const LOAD_RETRY_MS = 1_000

export interface GroupHostParts {
  readonly catalog: TopicCatalog
  /** Makes the journal, which is the host's own. */
  readonly openJournal: (onCheckpointDue: () => void) => GroupJournal
  readonly gate: RequestGate
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Where groups are counted and measured; nowhere unless told. */
  readonly metrics: Metrics
  readonly limits: Limits
}

export class GroupHost implements GroupService {
  readonly lookup: PartitionLookup
  readonly presence: GroupPresence
  readonly #parts: GroupHostParts
  readonly #journal: GroupJournal
  readonly #groups: GroupActors
  readonly #sessions: GroupSessions
  readonly #waits: CommitWaits
  readonly #upkeep: GroupUpkeep
  readonly #observers: GroupObserver[]
  readonly #offsetsParts: GroupOffsetsParts
  readonly #history: GroupHistory
  readonly #insight: GroupInsight
  #loading: Promise<void> | undefined
  #checkpointing: Promise<void> | undefined
  #stopRetry: Cancel | undefined
  #isClosing = false
  /** Why nothing can be answered. */
  #trouble: VarveError | undefined = new VarveError(
    'NOT_READY',
    'the consumer groups are being read from storage',
  )

  constructor(parts: GroupHostParts) {
    const { catalog, gate, clock, random, log, limits } = parts
    const journal = parts.openJournal(() => {
      this.#startCheckpoint()
    })
    const lookup = new PartitionLookup(catalog)
    const presence = new GroupPresence({ clock, topics: lookup.topics, limits })
    const groups = new GroupActors({
      ...{ journal, lookup, clock, limits, log },
      observer: {
        stored: (...round) => {
          for (const observer of this.#observers) observer.stored(...round)
        },
      },
      onRefused: (groupId, command, error) => {
        if (command.kind !== 'commit' && command.kind !== 'heartbeat') return
        if (command.memberId !== undefined) presence.refused(groupId, command.memberId)
        if (command.kind === 'commit') this.#insight.refusedCommit(error)
      },
    })
    this.#parts = parts
    this.#journal = journal
    this.lookup = lookup
    this.presence = presence
    this.#groups = groups
    this.#sessions = new GroupSessions({ groups, lookup, presence, gate, random, limits })
    this.#waits = new CommitWaits({ clock, limits, groups })
    this.#upkeep = new GroupUpkeep({ groups, lookup, clock, log, limits })
    this.#insight = new GroupInsight({
      ...{ groups, lookup, presence, clock, log, limits },
      metrics: parts.metrics,
      sessions: () => this.sessions,
      waiting: () => this.waiting,
    })
    this.#observers = [presence, this.#sessions, this.#waits, this.#insight]
    this.#offsetsParts = { groups, lookup, limits }
    this.#history = new GroupHistory({ groups, journal, lookup, clock, log, limits })
    lookup.onChange(({ id }) => {
      if (lookup.topics.byId(id) === undefined) this.#waits.topicDeleted(id)
    })
  }

  /** The groups, for the parts that serve requests. */
  get groups(): GroupActors {
    return this.#groups
  }

  /** Streams of members that are open. */
  get sessions(): number {
    return this.#sessions.size
  }

  /** Calls that wait for commits. */
  get waiting(): number {
    return this.#waits.size
  }

  /**
   * Reads the groups that are stored, and serves them. Never fails: what cannot be read is what every request is answered from
   * then on; what storage may give later is asked for again. To be called once, when all topics are in the catalog.
   */
  async load(): Promise<void> {
    const { clock, log } = this.#parts
    const startedMs = clock.monotonicMs()
    try {
      for (const state of await this.#journal.load()) {
        for (const observer of this.#observers) observer.loaded(state)
        this.#groups.adopt(state)
      }
    } catch (error) {
      this.#trouble = asTrouble(error)
      if (this.#trouble.code === 'NOT_READY' || this.#trouble.code === 'STORAGE_FAILED') {
        this.#loadLater()
      }
      if (this.#trouble.code !== 'NOT_READY') log.error('groups_not_loaded', { error })
      return
    }
    if (this.#isClosing) return
    this.#trouble = undefined
    const groups = this.#groups.size
    if (groups > 0) {
      log.info('groups_loaded', { groups, durationMs: Math.round(clock.monotonicMs() - startedMs) })
    }
    this.#upkeep.start()
  }

  /** Ends sessions and waiting calls with NOT_READY: the broker stops. The gate is closed before. */
  endWaits(): void {
    this.#isClosing = true
    this.#stopRetry?.()
    this.#sessions.close()
    this.#waits.close()
  }

  /** Stores what spares the next start work, and lets go of everything. To be called when no request is under way any more. */
  async close(): Promise<void> {
    await this.#loading
    await Promise.all([this.#upkeep.stop(), this.#insight.close()])
    await this.#checkpointing
    if (this.#journal.isCheckpointWorthwhile) await this.#checkpoint()
    await this.#groups.stop()
    await this.#journal.close()
  }

  #loadLater(): void {
    if (this.#isClosing) return
    this.#stopRetry = this.#parts.clock.after(LOAD_RETRY_MS, () => {
      this.#loading = this.load()
    })
  }

  #startCheckpoint(): void {
    this.#checkpointing ??= this.#checkpoint().finally(() => {
      this.#checkpointing = undefined
    })
  }

  async #checkpoint(): Promise<void> {
    try {
      await this.#journal.checkpoint((groupId, use) =>
        this.#groups.hold(groupId, ({ state }) => use(state)),
      )
    } catch (error) {
      // The journal is as long as it was, and whole.
      this.#parts.log.warn('group_checkpoint_failed', { error })
    }
  }

  openSession(peer: string, events: SessionEvents): GroupSession {
    this.#check()
    return this.#sessions.openSession(peer, events)
  }

  async commit(request: CommitRequest): Promise<readonly CommitOutcome[]> {
    return await this.#run(async () => {
      const outcomes = await commitOffsets(this.#offsetsParts, request)
      this.#insight.committed(outcomes)
      return outcomes
    })
  }

  async fetchOffsets(
    group: string,
    partitions?: readonly GroupPartition[],
    asOfMs?: number,
  ): Promise<readonly CommittedPosition[]> {
    return await this.#run(() =>
      asOfMs === undefined
        ? fetchOffsets(this.#offsetsParts, group, partitions)
        : this.#history.offsetsAsOf(group, partitions, asOfMs),
    )
  }

  async reset(request: ResetRequest): Promise<ResetOutcome> {
    return await this.#run(() => this.#history.reset(request))
  }

  async history(request: HistoryRequest): Promise<HistoryPage> {
    return await this.#run(() => this.#history.history(request))
  }

  async snapshot(
    ...request: Parameters<GroupService['snapshot']>
  ): ReturnType<GroupService['snapshot']> {
    return await this.#run(() => this.#history.snapshot(...request))
  }

  async restore(request: Parameters<GroupService['restore']>[0]): Promise<ResetOutcome> {
    return await this.#run(() => this.#history.restore(request))
  }

  async deleteSnapshot(group: string, name: string): Promise<void> {
    await this.#run(() => this.#history.deleteSnapshot(group, name))
  }

  async fork(request: Parameters<GroupService['fork']>[0]): ReturnType<GroupService['fork']> {
    return await this.#run(() => this.#history.fork(request))
  }

  async list(page: { readonly after?: string; readonly limit: number }): Promise<GroupPage> {
    return await this.#run(async () => {
      const ids = this.#groups.ids()
      const { after, limit } = page
      const first = after === undefined ? 0 : ids.findIndex((id) => id > after)
      const asked = first === -1 ? [] : ids.slice(first, first + Math.max(1, limit))
      const groups = await Promise.all(
        asked.map((id) => this.#groups.read(id, ({ state }) => state && summaryOf(state))),
      )
      const last = asked.at(-1)
      const isLast = last === undefined || last === ids.at(-1)
      const present = groups.filter((group): group is GroupSummary => group !== undefined)
      return { groups: present, ...(isLast ? {} : { next: last }) }
    })
  }

  async describe(
    group: string,
    options: { readonly withLagTime: boolean },
  ): Promise<GroupDescription> {
    return await this.#run(() => this.#insight.describe(group, options))
  }

  async explain(group: string): Promise<GroupExplanation> {
    return await this.#run(() => this.#insight.explain(group))
  }

  async delete(group: string): Promise<void> {
    await this.#run(() => this.#groups.run(group, { kind: 'delete' }))
  }

  async waitForCommit(
    request: WaitForCommitRequest,
    signal: AbortSignal,
  ): Promise<WaitForCommitOutcome> {
    const { limits } = this.#parts
    const { group, maxWaitMs } = request
    return await this.#run(async () => {
      checkGroupId(group, limits)
      if (Number.isNaN(maxWaitMs) || maxWaitMs < 0) {
        const text = `max_wait_ms must not be negative, as ${maxWaitMs} is`
        throw new VarveError('INVALID_ARGUMENT', text, { details: { field: 'max_wait_ms' } })
      }
      const places = request.positions.map((position) => this.lookup.find(position))
      const isReached = await this.#waits.wait(group, this.#awaited(request), {
        maxWaitMs: Math.min(maxWaitMs, limits.commitWaitMsMax),
        signal,
      })
      const offsets = await this.#groups.read(group, ({ state }) => positionsOf(state, places))
      return { isReached, offsets }
    })
  }

  /** Of several positions in one partition the last one counts: it says the others too. */
  #awaited({ positions }: WaitForCommitRequest): AwaitedPosition[] {
    const limit = this.#parts.limits.commitWaitPositionsMax
    if (positions.length > limit) {
      const text = `a call waits for at most ${limit} positions, not ${positions.length}`
      throw new VarveError('TOO_MANY_ITEMS', text, { details: { limit } })
    }
    const awaited = new Map<string, AwaitedPosition>()
    for (const position of positions) {
      const { topicId, topic, partition } = this.lookup.find(position)
      const { offset } = position
      if (!Number.isSafeInteger(offset) || offset < 0) {
        const text = `an offset is an integer from 0 to 2^53-1, not ${offset}`
        throw new VarveError('INVALID_OFFSET', text, { details: { topic, partition } })
      }
      const key = partitionKey(topicId, partition)
      if ((awaited.get(key)?.offset ?? -1) < offset) {
        awaited.set(key, { key, topic, partition, offset })
      }
    }
    return [...awaited.values()]
  }

  #run<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    return this.#parts.gate.run(async () => {
      this.#check()
      return await action()
    })
  }

  /** @throws VarveError why no group can be served */
  #check(): void {
    this.#parts.gate.check()
    if (this.#trouble !== undefined) throw this.#trouble
  }
}

function asTrouble(error: unknown): VarveError {
  if (isVarveError(error)) return error
  return new VarveError('CORRUPT_LOG', 'the stored consumer groups cannot be read', {
    details: { firstBad: 0 },
    cause: error,
  })
}
