// From the keys of an assignment to partitions with names and with where to begin.
import type { GroupState } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionOf, topicIdOf } from '../../coordinator/partition-key.ts'
import type { AssignedPartition } from './group-membership.ts'

/**
 * What is committed in the same state goes with each. A topic that was deleted a moment ago has no name any more: its partitions
 * are left out, so that the member lets go of them.
 */
export function assignedPartitions(
  keys: readonly PartitionKey[],
  { topics, offsets }: GroupState,
): AssignedPartition[] {
  const names = new Map<string, string>()
  for (const { id, name } of topics.values()) names.set(id, name)
  const assigned: AssignedPartition[] = []
  for (const key of keys) {
    const topicId = topicIdOf(key)
    const topic = names.get(topicId)
    if (topic === undefined) continue
    const committed = offsets.get(key)
    assigned.push({
      topic,
      partition: partitionOf(key),
      topicId,
      committedOffset: committed?.offset,
      leaderEpoch: committed?.leaderEpoch ?? -1,
      metadata: committed?.metadata ?? '',
    })
  }
  return assigned
}
