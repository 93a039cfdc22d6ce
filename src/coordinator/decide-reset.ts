// Resets: committed offsets are set to another place, all of the plan or nothing. A reset is an event of its own, with what
// was committed before, so that it stays visible and can be taken back. Nobody may undo it by accident: with live members it
// is refused, and where it is forced those that hold the partitions are put out, so that a commit of theirs that is still on
// its way is refused and whoever gets the partitions begins at the new offsets.
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import { departure } from './decide-departure.ts'
import type { Decider, DecisionContext } from './decision.ts'
import { existingGroup } from './fencing.ts'
import type { ResetItem } from './group-command.ts'
import type { GroupEvent, OffsetChange } from './group-event.ts'
import { AWAY_EPOCH, type GroupState, type MemberId } from './group-state.ts'
import { type PartitionKey, partitionKey } from './partition-key.ts'

export const decideReset: Decider<'reset'> = (state, command, context) => {
  const group = existingGroup(state)
  const plan = planReset(group, command.items, context)
  const changes = [...plan.values()]
  if (command.isDryRun === true) return { events: [], reply: { changes }, deadlines: [] }
  const live = [...group.members.values()].filter(({ epoch }) => epoch !== AWAY_EPOCH)
  if (live.length > 0 && command.isForced !== true) {
    throw new VarveError(
      'GROUP_NOT_EMPTY',
      `group ${group.groupId} has ${live.length} live members; stop them, or force the reset`,
      { details: { members: live.length } },
    )
  }
  const holders = new Set<MemberId>()
  for (const key of plan.keys()) {
    const owner = group.owners.get(key)
    if (owner !== undefined && group.members.get(owner)?.epoch !== AWAY_EPOCH) holders.add(owner)
  }
  const out =
    holders.size === 0
      ? { events: [], deadlines: [] }
      : departure(group, [...holders], 'offsets-reset', context)
  const { reason } = command
  const reset: GroupEvent = {
    ...{ kind: 'offsets-reset', resetEpoch: group.resetEpoch + 1, reason },
    ...{ timeMs: context.wallMs, changes },
  }
  return { events: [...out.events, reset], reply: { changes }, deadlines: out.deadlines }
}

/** What a reset would do, in the order of its items. @throws VarveError where a part of it is not possible */
function planReset(
  group: GroupState,
  items: readonly ResetItem[],
  context: DecisionContext,
): Map<PartitionKey, OffsetChange> {
  const plan = new Map<PartitionKey, OffsetChange>()
  for (const item of items) {
    const { topicId, partition } = item
    const topic = context.topics.byId(topicId)
    if (topic === undefined) throw new VarveError('UNKNOWN_TOPIC', 'there is no topic of this id')
    const details = { topic: topic.name, partition }
    if (!Number.isInteger(partition) || partition < 0 || partition >= topic.partitions) {
      const text = `topic ${topic.name} has no partition ${partition}`
      throw new VarveError('UNKNOWN_PARTITION', text, { details })
    }
    const key = partitionKey(topicId, partition)
    if (plan.has(key)) {
      const text = `partition ${partition} of topic ${topic.name} is named twice`
      throw new VarveError('INVALID_ARGUMENT', text, { details })
    }
    const before = group.offsets.get(key)?.offset
    const after = {
      ...{ topicId, topicName: topic.name, partition, offset: placeOf(item, before, details) },
      ...{ leaderEpoch: -1, metadata: '', timeMs: context.wallMs, memberId: '', memberEpoch: -1 },
    }
    plan.set(key, { before, after })
  }
  return plan
}

function placeOf(
  item: ResetItem,
  before: Offset | undefined,
  details: { topic: string; partition: number },
): Offset {
  const { startOffset, endOffset } = item
  switch (item.to) {
    case 'earliest':
      return startOffset as Offset
    case 'latest':
      return endOffset as Offset
    case 'offset': {
      const { offset } = item
      if (Number.isSafeInteger(offset) && offset >= startOffset && offset <= endOffset) {
        return offset as Offset
      }
      const text = `offset ${offset} lies outside the partition, ${startOffset} to ${endOffset}`
      throw new VarveError('OFFSET_OUT_OF_RANGE', text, {
        details: { ...details, offset, startOffset, endOffset },
      })
    }
    case 'shift': {
      const { by } = item
      if (!Number.isSafeInteger(by)) {
        throw new VarveError('INVALID_ARGUMENT', `a shift is a whole number, not ${by}`, {
          details,
        })
      }
      return Math.min(endOffset, Math.max(startOffset, (before ?? startOffset) + by)) as Offset
    }
  }
}
