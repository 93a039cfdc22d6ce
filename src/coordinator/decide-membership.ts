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
import { changedWishes, sameWishes, wantsOtherAssignment } from './check-wishes.ts'
import type { DeadlineChange } from './deadlines.ts'
import type { Accepted, Decider, DecisionContext } from './decision.ts'
import { checkEpoch, type MemberClaim, memberClaimed } from './fencing.ts'
import type { CommandOf, JoinResult, MembershipReply } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import { type GroupState, type Member, newGroup } from './group-state.ts'
import { JoinAdmission } from './join-admission.ts'
import type { PartitionKey } from './partition-key.ts'
import { reconcile } from './reconcile.ts'

const NOTHING: ReadonlySet<PartitionKey> = new Set()

export const decideJoin: Decider<'join'> = (state, command, context) => {
  const { groupId } = command
  const joins: CommandOf<'joins'> = { kind: 'joins', groupId, joins: [command] }
  const { events, reply, deadlines } = decideJoins(state, joins, context)
  const [result] = reply.results
  if (result === undefined) throw new Error('a join has no result')
  if (result.refusal !== undefined) throw result.refusal
  return { events, reply: result.reply, deadlines }
}

/** Many joins cost one assignment. */
export const decideJoins: Decider<'joins'> = (state, { groupId, joins }, context) => {
  const group = state ?? newGroup(groupId, context.wallMs)
  const admission = new JoinAdmission(group, context)
  const places = joins.map((join) => admission.admit(join))
  if (places.every((place) => place instanceof VarveError)) {
    return { events: [], reply: { results: places.map((refusal) => ({ refusal })) }, deadlines: [] }
  }
  const settled = settle({ group, ...admission.outcome, mayAsk: true }, context)
  const events: GroupEvent[] = [...settled.events]
  if (state === undefined) {
    events.unshift({ kind: 'group-created', groupId, timeMs: context.wallMs })
  }
  const deadlines: DeadlineChange[] = []
  const results = places.map((place): JoinResult => {
    if (place instanceof VarveError) return { refusal: place }
    const { member, gone } = place
    const step = { before: member, member, owned: NOTHING, isFull: true }
    const answered = answer({ group, settled, step, gone }, context)
    events.push(...answered.events)
    deadlines.push(...answered.deadlines)
    return { reply: answered.reply }
  })
  return { events, reply: { results }, deadlines }
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
  const settled = settle(draft, context)
  const answered = answer({ group, settled, step, gone: [] }, context)
  return { ...answered, events: [...settled.events, ...answered.events] }
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

/** One step of this member towards what it shall have, after what has settled. */
function answer(
  about: {
    readonly group: GroupState
    readonly settled: Settled
    readonly step: Step
    readonly gone: readonly Member[]
  },
  { limits, monotonicMs }: DecisionContext,
): Accepted<'heartbeat'> {
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
  const events = after === member ? [] : [currentAssignment(after)]
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
