// What this process has heard of the members of groups, beside what is stored: when each last spoke, from where, how it gets on with
// its partitions, and who is none any more. For people who ask why nothing arrives; nothing is decided by it. Invariants: progress is
// kept only for partitions that the member holds, so it is bounded as the assignment is; who departed is bounded by number and age.

import type { TopicsView } from '../../coordinator/decision.ts'
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState, Member, MemberId } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../coordinator/partition-key.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { DepartedMember } from './group-descriptions.ts'
import type { PartitionProgress } from './group-membership.ts'
import type { GroupObserver } from './group-observer.ts'

/** What a member said of a partition, and when by the monotonic clock. */
export interface HeardProgress extends PartitionProgress {
  readonly heardMs: number
  /** When its position was first heard to be this one. */
  readonly movedMs: number
}

export interface MemberPresence {
  /** Where its stream comes from; empty without a stream. */
  readonly peer: string
  /** Of the monotonic clock; undefined when this process had no heartbeat of it. */
  readonly heartbeatMs: number | undefined
  /** When what it holds last changed, by the monotonic clock; the start of this process when it has not since. */
  readonly holdingsMs: number
  readonly progress: ReadonlyMap<PartitionKey, HeardProgress>
}

/** A member that is none any more, with what it was. */
export interface DepartedPresence extends DepartedMember {
  readonly topics: readonly string[]
  /** Of the monotonic clock. */
  readonly departedMs: number
}

/** Who sends a heartbeat. */
export interface Heartbeat {
  readonly group: string
  readonly memberId: MemberId
  readonly peer: string
  readonly progress: readonly PartitionProgress[]
}

export interface GroupPresenceParts {
  readonly clock: Clock
  readonly topics: Pick<TopicsView, 'byName'>
  readonly limits: Pick<Limits, 'groupDepartedMembersMax' | 'groupDepartedMs'>
}

interface Present {
  /** As it was stored last: an object that is replaced and never changed. */
  member: Member
  peer: string
  heartbeatMs: number | undefined
  holdingsMs: number
  progress: Map<PartitionKey, HeardProgress>
}

interface Departed extends DepartedPresence {
  refusedMs: number | undefined
}

interface GroupMembers {
  readonly present: Map<MemberId, Present>
  /** Oldest first. */
  departed: Departed[]
}

export class GroupPresence implements GroupObserver {
  readonly #parts: GroupPresenceParts
  readonly #groups = new Map<string, GroupMembers>()

  constructor(parts: GroupPresenceParts) {
    this.#parts = parts
  }

  loaded(state: GroupState): void {
    const group = this.#group(state.groupId)
    for (const member of state.members.values())
      group.present.set(member.id, this.#newcomer(member))
  }

  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void {
    if (state === undefined) {
      this.#groups.delete(groupId)
      return
    }
    const group = this.#group(groupId)
    for (const event of events) {
      if (event.kind === 'member-wishes' || event.kind === 'member-current') {
        this.#changed(group, state.members.get(event.memberId))
      } else if (event.kind === 'member-replaced') {
        if (event.successorId !== event.memberId) this.#gone(group, event.memberId, 'rejoined')
        this.#changed(group, state.members.get(event.successorId))
      } else if (event.kind === 'member-removed') {
        this.#gone(group, event.memberId, event.reason)
      }
    }
  }

  /** A join, resume or heartbeat of a member was accepted. */
  heard({ group: groupId, memberId, peer, progress }: Heartbeat): void {
    const present = this.#groups.get(groupId)?.present.get(memberId)
    if (present === undefined) return
    const nowMs = this.#parts.clock.monotonicMs()
    present.peer = peer
    present.heartbeatMs = nowMs
    for (const told of progress) this.#note(present, told, nowMs)
  }

  /** The stream of a member is gone, and it has no newer one; the member stays one. */
  detached(groupId: string, memberId: MemberId): void {
    const present = this.#groups.get(groupId)?.present.get(memberId)
    if (present !== undefined) present.peer = ''
  }

  /** A commit or heartbeat was refused to somebody who is no member, or not any more. */
  refused(groupId: string, memberId: MemberId): void {
    const departed = this.#groups
      .get(groupId)
      ?.departed.findLast((one) => one.memberId === memberId)
    if (departed !== undefined) departed.refusedMs = this.#parts.clock.wallMs()
  }

  member(groupId: string, memberId: MemberId): MemberPresence | undefined {
    return this.#groups.get(groupId)?.present.get(memberId)
  }

  /** Newest first, those that are not long ago. */
  departed(groupId: string): readonly DepartedPresence[] {
    const group = this.#groups.get(groupId)
    if (group === undefined) return []
    this.#forgetOld(group)
    return group.departed.map((one) => ({ ...one })).reverse()
  }

  #group(groupId: string): GroupMembers {
    let group = this.#groups.get(groupId)
    if (group === undefined) {
      group = { present: new Map(), departed: [] }
      this.#groups.set(groupId, group)
    }
    return group
  }

  #newcomer(member: Member): Present {
    const holdingsMs = this.#parts.clock.monotonicMs()
    return { member, peer: '', heartbeatMs: undefined, holdingsMs, progress: new Map() }
  }

  /** @param member undefined when it is gone again in the same append */
  #changed({ present }: GroupMembers, member: Member | undefined): void {
    if (member === undefined) return
    const known = present.get(member.id)
    if (known === undefined) {
      present.set(member.id, this.#newcomer(member))
      return
    }
    if (known.member.assigned !== member.assigned) {
      known.holdingsMs = this.#parts.clock.monotonicMs()
      for (const key of known.progress.keys()) if (!holds(member, key)) known.progress.delete(key)
    }
    known.member = member
  }

  #gone(group: GroupMembers, memberId: MemberId, reason: string): void {
    const { clock, limits } = this.#parts
    const present = group.present.get(memberId)
    if (present === undefined) return
    group.present.delete(memberId)
    const { clientId, topics } = present.member.wishes
    const [timeMs, departedMs] = [clock.wallMs(), clock.monotonicMs()]
    const refusedMs = undefined
    group.departed.push({ memberId, clientId, reason, timeMs, refusedMs, topics, departedMs })
    if (group.departed.length > limits.groupDepartedMembersMax) group.departed.shift()
  }

  #forgetOld(group: GroupMembers): void {
    const { clock, limits } = this.#parts
    const fromMs = clock.monotonicMs() - limits.groupDepartedMs
    group.departed = group.departed.filter(({ departedMs }) => departedMs >= fromMs)
  }

  #note({ member, progress }: Present, told: PartitionProgress, heardMs: number): void {
    const topicId = this.#parts.topics.byName(told.topic)?.id
    if (topicId === undefined) return
    const key = partitionKey(topicId, told.partition)
    if (!holds(member, key)) return
    const before = progress.get(key)
    const movedMs = before?.position === told.position ? before.movedMs : heardMs
    progress.set(key, { ...told, heardMs, movedMs })
  }
}

function holds({ assigned, pendingRevocation }: Member, key: PartitionKey): boolean {
  return assigned.has(key) || pendingRevocation.has(key)
}
