// When a group needs another assignment, and what it is: the group epoch rises with what the members ask for and with the
// topics that exist; an assignment is made for the epoch as a whole, of which only what differs becomes an event.
import type { AssignorMember } from './assignors/assignor.ts'
import { ASSIGNORS, electAssignor } from './assignors/assignors.ts'
import type { DecisionContext, TopicsView } from './decision.ts'
import type { GroupEvent } from './group-event.ts'
import type { GroupState, GroupTopic, Member, MemberId } from './group-state.ts'
import type { PartitionKey } from './partition-key.ts'

export type Members = ReadonlyMap<MemberId, Member>
export type Target = ReadonlyMap<MemberId, ReadonlySet<PartitionKey>>

const NOTHING: ReadonlySet<PartitionKey> = new Set()

/** Those of the subscribed topics that exist. */
export function subscribedTopics(members: Members, view: TopicsView): Map<string, GroupTopic> {
  const names = new Set<string>()
  for (const { wishes } of members.values()) for (const name of wishes.topics) names.add(name)
  const topics = new Map<string, GroupTopic>()
  for (const name of names) {
    const topic = view.byName(name)
    if (topic !== undefined) {
      topics.set(name, { id: topic.id, name, partitions: topic.partitions })
    }
  }
  return topics
}

/** Whether two sets of topics are to be assigned alike. */
export function sameTopics(
  a: ReadonlyMap<string, GroupTopic>,
  b: ReadonlyMap<string, GroupTopic>,
): boolean {
  if (a.size !== b.size) return false
  for (const [name, topic] of a) {
    const other = b.get(name)
    if (other?.id !== topic.id || other.partitions !== topic.partitions) return false
  }
  return true
}

/** The event that raises the group epoch. */
export function raisedEpoch(
  state: GroupState,
  topics: ReadonlyMap<string, GroupTopic>,
): Extract<GroupEvent, { kind: 'group-epoch' }> {
  return { kind: 'group-epoch', epoch: state.epoch + 1, topics: [...topics.values()] }
}

/** A group as it will be when the events of a decision are stored. */
export interface GroupToAssign {
  readonly epoch: number
  readonly topics: ReadonlyMap<string, GroupTopic>
  readonly members: Members
  /** What was assigned before. */
  readonly target: Target
}

/** The assignment of the whole group for its epoch. */
export function makeAssignment(
  group: GroupToAssign,
  context: DecisionContext,
): { readonly events: GroupEvent[]; readonly target: Target } {
  const members = [...group.members.values()]
  const assignor = electAssignor(members.map(({ wishes }) => wishes.assignor))
  const assignment = ASSIGNORS[assignor]({
    members: members.map((member) => assignorMember(member, group.target)),
    topics: [...group.topics.values()],
    backlogOf: context.backlogOf,
  })
  const target = new Map<MemberId, ReadonlySet<PartitionKey>>()
  const events: GroupEvent[] = []
  for (const [memberId, partitions] of assignment) {
    const before = group.target.get(memberId)
    const isSame = before?.size === partitions.length && partitions.every((key) => before.has(key))
    if (!isSame) events.push({ kind: 'target-member', memberId, partitions })
    target.set(memberId, isSame ? before : new Set(partitions))
  }
  events.push({ kind: 'target-epoch', epoch: group.epoch, assignor })
  return { events, target }
}

function assignorMember({ id, wishes }: Member, target: Target): AssignorMember {
  const { instanceId, topics, weight } = wishes
  return { id, instanceId, topics, weight, current: target.get(id) ?? NOTHING }
}
