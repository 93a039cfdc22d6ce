// From events to state. `evolve` owns the state it is given and changes it in place: a group may have a thousand members
// and ten thousand partitions, and no event should cost more than what it names. Whoever wants to keep a state replays.
// An event that cannot follow on the state is a bug or a damaged journal, never an input error: it throws a plain Error.
import type { GroupEvent, Holding } from './group-event.ts'
import {
  type CommittedOffset,
  type GroupState,
  type Member,
  type MemberId,
  newGroup,
  newMember,
  successorOf,
} from './group-state.ts'
import { type PartitionKey, partitionKey } from './partition-key.ts'

type Mutable<T> = { -readonly [K in keyof T]: MutableField<T[K]> }
type MutableField<T> = T extends ReadonlyMap<infer K, infer V> ? Map<K, V> : T
type MutableGroup = Mutable<GroupState>

/** The state after the event; undefined when the group is gone. The state that was given must not be used any more. */
export function evolve(state: GroupState | undefined, event: GroupEvent): GroupState | undefined {
  if (event.kind === 'group-created') {
    if (state !== undefined) throw new Error(`group ${event.groupId} was created twice`)
    const group: MutableGroup = newGroup(event.groupId, event.timeMs) as MutableGroup
    for (const offset of event.fork?.offsets ?? []) putOffset(group, offset)
    return group
  }
  if (state === undefined) throw new Error(`an event ${event.kind} of a group that does not exist`)
  if (event.kind === 'group-deleted') return undefined
  apply(state as MutableGroup, event)
  return state
}

/** The state that the events of a group add up to. */
export function replay(events: Iterable<GroupEvent>): GroupState | undefined {
  let state: GroupState | undefined
  for (const event of events) state = evolve(state, event)
  return state
}

type InnerEvent = Exclude<GroupEvent, { kind: 'group-created' | 'group-deleted' }>

function apply(group: MutableGroup, event: InnerEvent): void {
  switch (event.kind) {
    case 'group-epoch':
      if (event.epoch <= group.epoch) throw new Error(`group epoch ${event.epoch} is not new`)
      group.epoch = event.epoch
      group.topics = new Map(event.topics.map((topic) => [topic.name, topic]))
      return
    case 'member-wishes':
      applyWishes(group, event)
      return
    case 'member-removed':
      removeMember(group, event.memberId, event.timeMs)
      return
    case 'member-replaced':
      replaceMember(group, event)
      return
    case 'target-member':
      group.target.set(event.memberId, new Set(event.partitions))
      return
    case 'target-epoch':
      group.assignmentEpoch = event.epoch
      group.assignor = event.assignor
      return
    case 'member-current':
      applyCurrent(group, event)
      return
    case 'offsets-committed':
      for (const offset of event.offsets) putOffset(group, offset)
      return
    case 'offsets-reset':
      applyReset(group, event)
      return
    case 'offsets-removed':
      for (const offset of event.offsets) group.offsets.delete(keyOf(offset))
      return
    case 'snapshot-taken':
      group.snapshots.set(event.snapshot.name, event.snapshot)
      return
    case 'snapshot-removed':
      group.snapshots.delete(event.name)
      return
  }
}

function applyWishes(
  group: MutableGroup,
  { memberId, wishes }: Extract<GroupEvent, { kind: 'member-wishes' }>,
): void {
  const member = group.members.get(memberId) ?? newMember(memberId, wishes)
  group.members.set(memberId, { ...member, wishes })
  if (wishes.instanceId !== undefined) group.instances.set(wishes.instanceId, memberId)
  group.emptySinceMs = undefined
}

function removeMember(group: MutableGroup, memberId: MemberId, timeMs: number): void {
  const member = existing(group, memberId)
  release(group, member)
  const { instanceId } = member.wishes
  if (instanceId !== undefined && group.instances.get(instanceId) === memberId) {
    group.instances.delete(instanceId)
  }
  group.members.delete(memberId)
  group.target.delete(memberId)
  if (group.members.size === 0) group.emptySinceMs = timeMs
}

function replaceMember(
  group: MutableGroup,
  event: Extract<GroupEvent, { kind: 'member-replaced' }>,
): void {
  const { memberId, successorId, wishes } = event
  const member = existing(group, memberId)
  const target = group.target.get(memberId)
  release(group, member)
  group.members.delete(memberId)
  group.target.delete(memberId)
  const successor = successorOf(member, successorId, wishes)
  occupy(group, successorId, [...successor.assigned])
  group.members.set(successorId, successor)
  if (target !== undefined) group.target.set(successorId, target)
  if (wishes.instanceId !== undefined) group.instances.set(wishes.instanceId, successorId)
}

function applyCurrent(
  group: MutableGroup,
  event: Extract<GroupEvent, { kind: 'member-current' }>,
): void {
  const member = existing(group, event.memberId)
  release(group, member)
  occupy(group, member.id, event.assigned)
  occupy(group, member.id, event.pendingRevocation)
  const { epoch, previousEpoch, state } = event
  group.members.set(member.id, {
    ...member,
    epoch,
    previousEpoch,
    state,
    assigned: new Map(event.assigned),
    pendingRevocation: new Map(event.pendingRevocation),
  })
}

function release(group: MutableGroup, member: Member): void {
  for (const key of member.assigned.keys()) group.owners.delete(key)
  for (const key of member.pendingRevocation.keys()) group.owners.delete(key)
}

function occupy(group: MutableGroup, memberId: MemberId, holdings: readonly Holding[]): void {
  for (const [key] of holdings) {
    const owner = group.owners.get(key)
    if (owner !== undefined) {
      throw new Error(`partition ${key} of group ${group.groupId} has two owners`)
    }
    group.owners.set(key, memberId)
  }
}

function existing(group: MutableGroup, memberId: MemberId): Member {
  const member = group.members.get(memberId)
  if (member === undefined) throw new Error(`group ${group.groupId} has no member ${memberId}`)
  return member
}

function applyReset(
  group: MutableGroup,
  { resetEpoch, changes, undoneEpoch }: Extract<GroupEvent, { kind: 'offsets-reset' }>,
): void {
  group.resetEpoch = resetEpoch
  for (const change of changes) {
    if (change.after === undefined) group.offsets.delete(keyOf(change))
    else putOffset(group, change.after)
  }
  group.lastReset =
    undoneEpoch === undefined
      ? {
          resetEpoch,
          partitions: changes.map(keyOf),
          before: changes.flatMap(({ before }) => (before === undefined ? [] : [before])),
        }
      : undefined
}

function putOffset(group: MutableGroup, offset: CommittedOffset): void {
  group.offsets.set(keyOf(offset), offset)
}

function keyOf({
  topicId,
  partition,
}: Pick<CommittedOffset, 'topicId' | 'partition'>): PartitionKey {
  return partitionKey(topicId, partition)
}
