// How a group is doing, told from its state: for people, and for a host that wants to know whom to call.
import { AWAY_EPOCH, type GroupState, type Member, type MemberId } from './group-state.ts'

/**
 * `assigning`: members or topics have changed, and the assignment is yet to be made. `reconciling`: some member does not
 * have yet what it shall have, or still has what it shall not.
 */
export type GroupCondition = 'empty' | 'assigning' | 'reconciling' | 'stable'

export function conditionOf(group: GroupState): GroupCondition {
  if (group.members.size === 0) return 'empty'
  if (group.epoch > group.assignmentEpoch) return 'assigning'
  for (const { epoch, state } of group.members.values()) {
    if (state !== 'stable' || epoch !== group.assignmentEpoch) return 'reconciling'
  }
  return 'stable'
}

/** Members whose next heartbeat would change something: ask them for one, rather than wait for it. */
export function membersToCall(group: GroupState): MemberId[] {
  return [...group.members.values()]
    .filter((member) => mayAdvance(group, member))
    .map(({ id }) => id)
}

/** Whether the next heartbeat of this member would change something. */
export function mayAdvance(group: GroupState, member: Member): boolean {
  if (member.epoch === AWAY_EPOCH) return false
  if (group.epoch > group.assignmentEpoch) return true
  switch (member.state) {
    case 'stable':
      return member.epoch !== group.assignmentEpoch
    case 'unrevoked':
      return false
    case 'unreleased':
      if (member.epoch !== group.assignmentEpoch) return true
      for (const key of group.target.get(member.id) ?? []) if (!group.owners.has(key)) return true
      return false
  }
}
