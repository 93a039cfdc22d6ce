// Tells the log and the metrics what happens in groups: who comes and goes, when a rebalance has settled and how long it took, what is
// committed and refused. Invariants: only what is stored is told; lines are bounded for each group and time, and what was
// left out is counted in the next one; no series has a group's name here.
import { conditionOf, type GroupCondition } from '../../coordinator/group-condition.ts'
import type { GroupEvent, RemovalReason } from '../../coordinator/group-event.ts'
import type { GroupState, MemberId } from '../../coordinator/group-state.ts'
import type { ErrorCode } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Counter, Histogram, Metrics } from '../../platform/metrics.ts'
import type { GroupObserver } from './group-observer.ts'

/** Members that go by themselves; all others are put out. */
const OWN_REASONS: ReadonlySet<RemovalReason> = new Set(['left', 'rejoined'])

export interface GroupChronicleParts {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: Pick<Limits, 'groupLogLinesMax' | 'groupLogIntervalMs'>
}

/** A group as it was told of last. */
interface ToldGroup {
  condition: GroupCondition
  members: number
  /** Since when it is not settled, by the monotonic clock. */
  unsettledMs: number | undefined
  readonly clientIds: Map<MemberId, string>
  linesFromMs: number
  lines: number
  unsaid: number
}

export class GroupChronicle implements GroupObserver {
  readonly #parts: GroupChronicleParts
  readonly #groups = new Map<string, ToldGroup>()
  readonly #commits: Counter
  readonly #rebalances: Counter
  readonly #rebalanceSeconds: Histogram

  constructor(parts: GroupChronicleParts) {
    const { metrics } = parts
    this.#parts = parts
    this.#commits = metrics.counter('varve_group_commits_total')
    this.#rebalances = metrics.counter('varve_group_rebalances_total')
    this.#rebalanceSeconds = metrics.histogram('varve_group_rebalance_seconds')
  }

  /** How many groups are in which condition. */
  conditions(): Readonly<Record<GroupCondition, number>> {
    const counts = { empty: 0, assigning: 0, reconciling: 0, stable: 0 }
    for (const { condition } of this.#groups.values()) counts[condition]++
    return counts
  }

  /** Members of a group. */
  members(groupId: string): number {
    return this.#groups.get(groupId)?.members ?? 0
  }

  /** For how long a group has not been settled; 0 when it is. */
  unsettledMs(groupId: string): number {
    const since = this.#groups.get(groupId)?.unsettledMs
    return since === undefined ? 0 : Math.max(0, this.#parts.clock.monotonicMs() - since)
  }

  loaded(state: GroupState): void {
    const group = this.#newGroup(state.groupId)
    for (const { id, wishes } of state.members.values()) group.clientIds.set(id, wishes.clientId)
    this.#follow(group, state)
  }

  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void {
    const group = this.#groups.get(groupId) ?? this.#newGroup(groupId)
    let isOther = false
    for (const event of events) isOther = this.#tell(groupId, group, event) || isOther
    if (state === undefined) {
      this.#groups.delete(groupId)
      return
    }
    if (!isOther) return
    const since = group.unsettledMs
    this.#follow(group, state)
    if (group.condition !== 'stable') return
    if (since !== undefined || events.some(({ kind }) => kind === 'group-epoch')) {
      this.#settled(groupId, { group, state, since })
    }
  }

  /** A commit, or one partition of it, was refused. */
  refusedCommit(code: ErrorCode): void {
    this.#parts.metrics.counter('varve_group_commits_refused_total', { code }).add()
  }

  /** @returns whether members or their assignment may be others. */
  #tell(groupId: string, group: ToldGroup, event: GroupEvent): boolean {
    switch (event.kind) {
      case 'offsets-committed':
        this.#commits.add(event.offsets.length)
        return false
      case 'offsets-reset':
      case 'offsets-removed':
      case 'snapshot-taken':
      case 'snapshot-removed':
      case 'target-member':
      case 'group-deleted':
        return false
      case 'group-epoch':
        this.#rebalances.add()
        return true
      case 'member-wishes':
        if (!group.clientIds.has(event.memberId)) {
          this.#joined(groupId, group, { memberId: event.memberId, ...event.wishes })
        }
        return true
      case 'member-replaced':
        if (event.memberId !== event.successorId) {
          this.#gone(groupId, group, { memberId: event.memberId, reason: 'rejoined' })
          this.#joined(groupId, group, { memberId: event.successorId, ...event.wishes })
        }
        return true
      case 'member-removed':
        this.#gone(groupId, group, event)
        return true
      case 'group-created':
      case 'target-epoch':
      case 'member-current':
        return true
    }
  }

  #joined(
    groupId: string,
    group: ToldGroup,
    { memberId, clientId }: { readonly memberId: MemberId; readonly clientId: string },
  ): void {
    group.clientIds.set(memberId, clientId)
    const unsaid = this.#mayTell(group)
    if (unsaid === undefined) return
    this.#parts.log.info('group_member_joined', { group: groupId, memberId, clientId, ...unsaid })
  }

  #gone(
    groupId: string,
    group: ToldGroup,
    { memberId, reason }: { readonly memberId: MemberId; readonly reason: RemovalReason },
  ): void {
    const clientId = group.clientIds.get(memberId) ?? ''
    group.clientIds.delete(memberId)
    this.#parts.metrics.counter('varve_group_departures_total', { reason }).add()
    const unsaid = this.#mayTell(group)
    if (unsaid === undefined) return
    const fields = { group: groupId, memberId, clientId, reason, ...unsaid }
    if (OWN_REASONS.has(reason)) this.#parts.log.info('group_member_left', fields)
    else this.#parts.log.warn('group_member_put_out', fields)
  }

  /** What a line has to say besides; undefined when there may be none now. */
  #mayTell(group: ToldGroup): { readonly unsaid?: number } | undefined {
    const { clock, limits } = this.#parts
    const nowMs = clock.monotonicMs()
    if (nowMs - group.linesFromMs >= limits.groupLogIntervalMs) {
      group.linesFromMs = nowMs
      group.lines = 0
    }
    if (group.lines >= limits.groupLogLinesMax) {
      group.unsaid++
      return undefined
    }
    group.lines++
    const { unsaid } = group
    group.unsaid = 0
    return unsaid === 0 ? {} : { unsaid }
  }

  #settled(
    groupId: string,
    about: {
      readonly group: ToldGroup
      readonly state: GroupState
      readonly since: number | undefined
    },
  ): void {
    const { group, state, since } = about
    const nowMs = this.#parts.clock.monotonicMs()
    const durationMs = Math.max(0, nowMs - (since ?? nowMs))
    this.#rebalanceSeconds.observe(durationMs / 1_000)
    const unsaid = this.#mayTell(group)
    if (unsaid === undefined) return
    this.#parts.log.info('group_rebalanced', {
      ...{ group: groupId, epoch: state.epoch, members: state.members.size },
      ...{ partitions: state.owners.size, durationMs: Math.round(durationMs), ...unsaid },
    })
  }

  #follow(group: ToldGroup, state: GroupState): void {
    group.condition = conditionOf(state)
    group.members = state.members.size
    const isSettled = group.condition === 'stable' || group.condition === 'empty'
    group.unsettledMs = isSettled
      ? undefined
      : (group.unsettledMs ?? this.#parts.clock.monotonicMs())
  }

  #newGroup(groupId: string): ToldGroup {
    const group: ToldGroup = {
      ...{ condition: 'empty', members: 0, unsettledMs: undefined, clientIds: new Map() },
      ...{ linesFromMs: Number.NEGATIVE_INFINITY, lines: 0, unsaid: 0 },
    }
    this.#groups.set(groupId, group)
    return group
  }
}
