// Members that go, by themselves or not, and topics that come and go. All of it raises the group epoch and leaves the
// assignment to `assign` or the next heartbeat: many that go at once cost one assignment.
import { VarveError } from '../domain/error.ts'
import { makeAssignment, raisedEpoch, sameTopics, subscribedTopics } from './assignment.ts'
import type { DeadlineChange } from './deadlines.ts'
import { currentAssignment } from './decide-membership.ts'
import type { Decider, DecisionContext } from './decision.ts'
import { existingGroup, memberClaimed } from './fencing.ts'
import type { GroupEvent, RemovalReason } from './group-event.ts'
import { AWAY_EPOCH, type GroupState, type MemberId } from './group-state.ts'

export const decideLeave: Decider<'leave'> = (state, command, context) => {
  const [group, member] = memberClaimed(state, command)
  const { id, wishes } = member
  if (command.isComingBack !== true) {
    return { ...departure(group, [id], 'left', context), reply: {} }
  }
  if (wishes.instanceId === undefined) {
    const text = 'only a member with an instance id can come back'
    throw new VarveError('INVALID_ARGUMENT', text, { details: { field: 'instance_id' } })
  }
  if (member.epoch === AWAY_EPOCH) return { events: [], reply: {}, deadlines: [] }
  // With no epoch before, either: a heartbeat that comes late does not bring it back.
  const away = {
    ...member,
    epoch: AWAY_EPOCH,
    previousEpoch: AWAY_EPOCH,
    state: 'stable',
  } as const
  const event = currentAssignment({ ...away, pendingRevocation: new Map() })
  // Its session goes on; what it had to give up it has given up.
  return { events: [event], reply: {}, deadlines: [{ memberId: id }] }
}

export const decideSessionExpired: Decider<'session-expired'> = (state, { memberId }, context) => {
  if (state?.members.has(memberId) !== true) return nobody(memberId)
  return { ...departure(state, [memberId], 'session-expired', context), reply: {} }
}

export const decideRebalanceExpired: Decider<'rebalance-expired'> = (state, command, context) => {
  const { memberId, memberEpoch } = command
  const member = state?.members.get(memberId)
  if (state === undefined || member === undefined) return nobody(memberId)
  if (member.state !== 'unrevoked' || member.epoch !== memberEpoch) {
    return { events: [], reply: {}, deadlines: [] }
  }
  return { ...departure(state, [memberId], 'rebalance-expired', context), reply: {} }
}

export const decideTopicsChanged: Decider<'topics-changed'> = (state, _command, context) => {
  const group = existingGroup(state)
  const events: GroupEvent[] = []
  const topics = subscribedTopics(group.members, context.topics)
  if (!sameTopics(group.topics, topics)) events.push(raisedEpoch(group, topics))
  const lost = [...group.offsets.values()].filter(
    ({ topicId }) => context.topics.byId(topicId) === undefined,
  )
  if (lost.length > 0) {
    const timeMs = context.wallMs
    events.push({ kind: 'offsets-removed', offsets: lost, reason: 'topic-deleted', timeMs })
  }
  return { events, reply: {}, deadlines: [] }
}

export const decideAssign: Decider<'assign'> = (state, _command, context) => {
  const group = existingGroup(state)
  if (group.epoch === group.assignmentEpoch) return { events: [], reply: {}, deadlines: [] }
  return { events: makeAssignment(group, context).events, reply: {}, deadlines: [] }
}

/** What it takes to put members out. The epoch goes first: cut off behind it, a new assignment is due all the same. */
export function departure(
  group: GroupState,
  gone: readonly MemberId[],
  reason: RemovalReason,
  context: DecisionContext,
): { events: GroupEvent[]; deadlines: DeadlineChange[] } {
  const members = new Map(group.members)
  for (const id of gone) members.delete(id)
  const timeMs = context.wallMs
  return {
    events: [
      raisedEpoch(group, subscribedTopics(members, context.topics)),
      ...gone.map((memberId) => ({ kind: 'member-removed', memberId, reason, timeMs }) as const),
    ],
    deadlines: gone.map((memberId) => ({ memberId, isGone: true })),
  }
}

/** Who is gone already cannot be put out, and has no deadline any more. */
function nobody(memberId: MemberId): {
  events: GroupEvent[]
  reply: Readonly<Record<string, never>>
  deadlines: DeadlineChange[]
} {
  return { events: [], reply: {}, deadlines: [{ memberId, isGone: true }] }
}
