// A group in a line.
import { conditionOf } from '../../coordinator/group-condition.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import type { GroupSummary } from './group-descriptions.ts'

export function summaryOf(group: GroupState): GroupSummary {
  const { groupId, members, offsets, epoch, createdMs, emptySinceMs } = group
  return {
    ...{ group: groupId, condition: conditionOf(group), members: members.size },
    ...{ committedPartitions: offsets.size, epoch, createdMs, emptySinceMs },
  }
}
