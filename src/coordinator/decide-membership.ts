// Members that come and stay: joins and heartbeats. Each makes the assignment that is due, then takes this one member as
// far towards it as it can go. Everything that changes a member's epoch is an answer to that member: so its own epoch is
// at most one answer behind, and whoever shows an older one has missed more than a lost answer and is fenced.
import { VarveError } from '../domain/error.ts'
import {
  type Members,
  makeAssignment,
  raisedEpoch,
  sameTopics,
  subscribedTopics,
  type Target,
} from './assignment.ts'
import {
  admitWishes,
  changedWishes,
  checkJoinIds,
  sameWishes,
  wantsOtherAssignment,
} from './check-wishes.ts'
import type { DeadlineChange } from './deadlines.ts'
import type { Accepted, Decider, DecisionContext } from './decision.ts'
import { checkEpoch, type MemberClaim, memberClaimed } from './fencing.ts'
import type { MembershipReply } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import { type GroupState, type Member, newGroup } from './group-state.ts'
import { placeFor } from './join-place.ts'
import type { PartitionKey } from './partition-key.ts'
import { reconcile } from './reconcile.ts'

const NOTHING: ReadonlySet<PartitionKey> = new Set()

export const decideJoin: Decider<'join'> = (state, command, context) => {
  const { limits } = context
  checkJoinIds(command, limits)
  const wishes = admitWishes(command, limits)
  const { groupId, memberId } = command
  const group = state ?? newGroup(groupId, context.wallMs)
  const place = placeFor(group, memberId, wishes)
  const members = new Map(group.members)
  const target = new Map(group.target)
  for (const { id } of place.gone) {
    members.delete(id)
    target.delete(id)
  }
  const inherited = place.heirOf === undefined ? undefined : group.target.get(place.heirOf.id)
  if (inherited !== undefined) target.set(memberId, inherited)
  if (!members.has(memberId) && members.size >= limits.groupMembersMax) {
    throw new VarveError('GROUP_FULL', `group ${groupId} has ${members.size} members`, {
      details: { limit: limits.groupMembersMax },
    })
  }
  members.set(memberId, place.member)

  const events: GroupEvent[] = []
  for (const gone of place.gone) {
    if (gone === place.heirOf) {
      events.push({ kind: 'member-replaced', memberId: gone.id, successorId: memberId, wishes })
    } else {
      const timeMs = context.wallMs
      events.push({ kind: 'member-removed', memberId: gone.id, reason: 'rejoined', timeMs })
    }
  }
  const { asksAnew } = place
  if (asksAnew && place.heirOf === undefined)
    events.push({ kind: 'member-wishes', memberId, wishes })
  const settled = settle({ group, members, target, events, asksAnew, mayAsk: true }, context)
  const created: GroupEvent[] =
    state === undefined ? [{ kind: 'group-created', groupId, timeMs: context.wallMs }] : []
  const owned = NOTHING
  const step = { before: place.member, member: place.member, owned, isFull: true }
  const accepted = answer({ group, settled, step, gone: place.gone }, context)
  return { ...accepted, events: [...created, ...accepted.events] }
}

export const decideHeartbeat: Decider<'heartbeat'> = (state, command, context) => {
  const claim: MemberClaim = command
  const [group, before] = memberClaimed(state, claim)
  const owned = command.owned === undefined ? undefined : new Set(command.owned)
  checkEpoch(before, command.memberEpoch, owned)
  const wishes =
    command.wishes === undefined
      ? before.wishes
      : changedWishes(before.wishes, command.wishes, context.limits)
  const isChanged = !sameWishes(before.wishes, wishes)
  const member = isChanged ? { ...before, wishes } : before
  const members = isChanged ? new Map(group.members).set(member.id, member) : group.members
  const events: GroupEvent[] = isChanged
    ? [{ kind: 'member-wishes', memberId: member.id, wishes }]
    : []
  const asksAnew = isChanged && wantsOtherAssignment(before.wishes, wishes)
  const draft = { group, members, target: group.target, events, asksAnew, mayAsk: isChanged }
  const isFull = owned !== undefined && command.wishes?.topics !== undefined
  const step = { before, member, owned, isFull }
  return answer({ group, settled: settle(draft, context), step, gone: [] }, context)
}

interface Draft {
  readonly group: GroupState
  /** As they will be. */
  readonly members: Members
  readonly target: Target
  /** What makes them so. */
  readonly events: readonly GroupEvent[]
  readonly asksAnew: boolean
  /** Whether topics may be others than before. */
  readonly mayAsk: boolean
}

interface Settled {
  readonly events: GroupEvent[]
  readonly assignmentEpoch: number
  readonly target: Target
}

/** Raises the epoch if the group needs another assignment, and makes the one that is due. */
function settle(draft: Draft, context: DecisionContext): Settled {
  const { group, members, target, asksAnew } = draft
  let { epoch, topics } = group
  const events: GroupEvent[] = []
  if (draft.mayAsk) {
    const now = subscribedTopics(members, context.topics)
    if (asksAnew || !sameTopics(topics, now)) {
      const raised = raisedEpoch(group, now)
      events.push(raised)
      ;({ epoch } = raised)
      topics = now
    }
  }
  events.push(...draft.events)
  if (epoch === group.assignmentEpoch) return { events, assignmentEpoch: epoch, target }
  const made = makeAssignment({ epoch, topics, members, target }, context)
  events.push(...made.events)
  return { events, assignmentEpoch: epoch, target: made.target }
}

interface Step {
  /** As the member was told last. */
  readonly before: Member
  readonly member: Member
  readonly owned: ReadonlySet<PartitionKey> | undefined
  /** Whether the answer says what is assigned in any case. */
  readonly isFull: boolean
}

function answer(
  about: {
    readonly group: GroupState
    readonly settled: Settled
    readonly step: Step
    readonly gone: readonly Member[]
  },
  { limits, monotonicMs }: DecisionContext,
): Accepted<'heartbeat'> & Accepted<'join'> {
  const { group, settled, step, gone } = about
  const { before, member, owned, isFull } = step
  const { id, wishes } = member
  const ours = new Set([id, ...gone.map((other) => other.id)])
  const after = reconcile(member, {
    targetEpoch: settled.assignmentEpoch,
    target: settled.target.get(id) ?? NOTHING,
    isFree: (key) => {
      const owner = group.owners.get(key)
      return owner === undefined || ours.has(owner)
    },
    owned,
  })
  const events = [...settled.events]
  if (after !== member) events.push(currentAssignment(after))
  const says =
    isFull ||
    !sameKeys(before.assigned, after.assigned) ||
    (owned && !sameKeys(owned, after.assigned))
  const reply: MembershipReply = {
    memberId: id,
    memberEpoch: after.epoch,
    heartbeatIntervalMs: Math.min(
      limits.groupHeartbeatIntervalMsMax,
      Math.floor(wishes.sessionTimeoutMs / 3),
    ),
    ...(says === true ? { assigned: [...after.assigned.keys()] } : {}),
  }
  const deadlines: DeadlineChange[] = gone
    .filter((other) => other.id !== id)
    .map((other) => ({ memberId: other.id, isGone: true }))
  const sessionMs = monotonicMs + wishes.sessionTimeoutMs
  deadlines.push({ memberId: id, sessionMs, ...rebalanceDeadline(before, after, monotonicMs) })
  return { events, reply, deadlines }
}

function rebalanceDeadline(
  before: Member,
  after: Member,
  monotonicMs: number,
): Pick<DeadlineChange, 'rebalance'> {
  if (after.state !== 'unrevoked') return {}
  if (before.state === 'unrevoked' && before.epoch === after.epoch) return { rebalance: 'keep' }
  const deadlineMs = monotonicMs + after.wishes.rebalanceTimeoutMs
  return { rebalance: { memberEpoch: after.epoch, deadlineMs } }
}

/** The event that says what a member has. */
export function currentAssignment(member: Member): GroupEvent {
  const { id, epoch, previousEpoch, state, assigned, pendingRevocation } = member
  return {
    kind: 'member-current',
    memberId: id,
    epoch,
    previousEpoch,
    state,
    assigned: [...assigned],
    pendingRevocation: [...pendingRevocation],
  }
}

interface Keys {
  readonly size: number
  keys(): Iterable<PartitionKey>
  has(key: PartitionKey): boolean
}

function sameKeys(a: Keys, b: Keys): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const key of a.keys()) if (!b.has(key)) return false
  return true
}
