// What people and programs can know of groups beside using them: descriptions, explanations, lag, rates, metrics and warnings. Invariants:
// nothing here decides or stores anything; the one timer of all groups runs only while there are any, and after `close` nothing runs.

import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import { partitionOf, topicIdOf } from '../../coordinator/partition-key.ts'
import { isVarveError, type VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { nextTurn } from '../../platform/next-turn.ts'
import type { LogBounds } from '../../storage/engine.ts'
import { describeGroup, sightOf } from './describe-group.ts'
import { explainGroup } from './explain-group.ts'
import type { GroupAccess } from './group-actors.ts'
import { GroupBacklogs } from './group-backlogs.ts'
import { GroupChronicle } from './group-chronicle.ts'
import type { GroupDescription, GroupExplanation } from './group-descriptions.ts'
import { reportGroups } from './group-metrics.ts'
import { groupNotFound } from './group-not-found.ts'
import type { GroupObserver } from './group-observer.ts'
import type { GroupPresence } from './group-presence.ts'
import type { CommitOutcome } from './group-service.ts'
import { GroupTraffic } from './group-traffic.ts'
import { OldestRecords } from './oldest-record.ts'
import type { PartitionLookup } from './partition-lookup.ts'

export interface GroupInsightParts {
  readonly groups: Pick<GroupAccess, 'read'>
  readonly lookup: PartitionLookup
  readonly presence: GroupPresence
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: Limits
  /** Streams of members that are open. */
  readonly sessions: () => number
  /** Calls that wait for commits. */
  readonly waiting: () => number
}

export class GroupInsight implements GroupObserver {
  readonly #parts: GroupInsightParts
  readonly #traffic: GroupTraffic
  readonly #oldest: OldestRecords
  readonly #backlogs: GroupBacklogs
  readonly #chronicle: GroupChronicle
  readonly #closing = new AbortController()
  readonly #stopMetrics: Cancel
  #stopTimer: Cancel | undefined

  constructor(parts: GroupInsightParts) {
    const { lookup, clock, log, metrics, limits } = parts
    const traffic = new GroupTraffic({ source: lookup, clock, limits })
    const oldest = new OldestRecords(limits)
    const backlogs = new GroupBacklogs({ traffic, lookup, oldest, clock, log, limits })
    const chronicle = new GroupChronicle({ clock, log, metrics, limits })
    this.#parts = parts
    this.#traffic = traffic
    this.#oldest = oldest
    this.#backlogs = backlogs
    this.#chronicle = chronicle
    this.#stopMetrics = reportGroups(
      metrics,
      {
        groups: () => traffic.groups,
        conditions: () => chronicle.conditions(),
        members: (groupId) => chronicle.members(groupId),
        unsettledMs: (groupId) => chronicle.unsettledMs(groupId),
        rates: (groupId) => traffic.sampledRates(groupId),
        backlogs: (groupId) => backlogs.of(groupId),
        wallMs: () => clock.wallMs(),
        ...{ sessions: parts.sessions, waiting: parts.waiting },
      },
      limits,
    )
  }

  loaded(state: GroupState): void {
    this.#traffic.loaded(state)
    this.#chronicle.loaded(state)
    this.#setTimer()
  }

  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void {
    this.#traffic.stored(groupId, events, state)
    this.#chronicle.stored(groupId, events, state)
    this.#setTimer()
  }

  /** A commit was answered with these. */
  committed(outcomes: readonly CommitOutcome[]): void {
    for (const { error } of outcomes) {
      if (error !== undefined) this.#chronicle.refusedCommit(error.code)
    }
  }

  /** A commit was refused as a whole. */
  refusedCommit(error: VarveError): void {
    this.#chronicle.refusedCommit(error.code)
  }

  /**
   * See GroupService.
   * @throws VarveError GROUP_NOT_FOUND · NOT_READY
   */
  async describe(
    groupId: string,
    options: { readonly withLagTime: boolean },
  ): Promise<GroupDescription> {
    const { groups, lookup, presence, clock } = this.#parts
    const sight = await groups.read(groupId, ({ state, deadlines }) =>
      sightOf(existing(groupId, state), deadlines, {
        ...{ lookup, lastTopics: this.#traffic.subscribed(groupId) },
        presenceOf: (memberId) => presence.member(groupId, memberId),
        monotonicMs: clock.monotonicMs(),
      }),
    )
    return await describeGroup(sight, {
      ...{ lookup, clock, oldest: this.#oldest, withLagTime: options.withLagTime },
      rates: this.#traffic.rates(groupId),
      signal: this.#closing.signal,
    })
  }

  /**
   * See GroupService.
   * @throws VarveError GROUP_NOT_FOUND · NOT_READY
   */
  async explain(groupId: string): Promise<GroupExplanation> {
    const { groups, lookup, presence, clock, limits } = this.#parts
    const steps = await groups.read(groupId, ({ state, deadlines }) =>
      explainGroup(existing(groupId, state), {
        ...{ deadlines, limits, topics: lookup.topics },
        lastTopics: this.#traffic.subscribed(groupId),
        presenceOf: (memberId) => presence.member(groupId, memberId),
        departed: presence.departed(groupId),
        boundsOf: (topicId, partition) => this.#boundsOf(topicId, partition),
        endBefore: (key, ageMs) => this.#traffic.endBefore(topicIdOf(key), partitionOf(key), ageMs),
        ...{ monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() },
      }),
    )
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      await nextTurn()
    }
  }

  /** Stops looking; descriptions under way end with NOT_READY. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#stopTimer?.()
    this.#stopMetrics()
    await this.#backlogs.stop()
  }

  #boundsOf(topicId: TopicId, partition: number): LogBounds | VarveError {
    try {
      return this.#parts.lookup.bounds(topicId, partition)
    } catch (error) {
      if (isVarveError(error)) return error
      throw error
    }
  }

  /** Unless it is set, or there is nothing to look at. */
  #setTimer(): void {
    if (this.#stopTimer !== undefined || this.#closing.signal.aborted) return
    if (this.#traffic.isEmpty) return
    const { clock, limits } = this.#parts
    this.#stopTimer = clock.after(limits.groupTrafficIntervalMs, () => {
      this.#stopTimer = undefined
      this.#traffic.sample()
      this.#backlogs.look().catch((error: unknown) => {
        this.#parts.log.error('group_look_failed', { error })
      })
      this.#setTimer()
    })
  }
}

/** @throws VarveError GROUP_NOT_FOUND */
function existing(groupId: string, state: GroupState | undefined): GroupState {
  if (state !== undefined) return state
  throw groupNotFound(groupId)
}
