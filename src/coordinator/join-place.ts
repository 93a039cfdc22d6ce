// Which place a joining member takes: a new one, its own again, or that of the static member whose instance it is.
import { VarveError } from '../domain/error.ts'
import { sameWishes, wantsOtherAssignment } from './check-wishes.ts'
import {
  AWAY_EPOCH,
  type GroupState,
  type Member,
  type MemberId,
  type MemberWishes,
  newMember,
  successorOf,
} from './group-state.ts'

export interface JoinPlace {
  /** The member before it gets anything new. */
  readonly member: Member
  /** Members that this one stands in for, in the order in which they go. */
  readonly gone: readonly Member[]
  /** Of them the one whose partitions it takes over. */
  readonly heirOf: Member | undefined
  /** Whether its taking over asks for another assignment. */
  readonly asksAnew: boolean
}

/** @throws VarveError UNRELEASED_INSTANCE_ID: a live member is this instance. */
export function placeFor(
  group: Pick<GroupState, 'members' | 'instances'>,
  memberId: MemberId,
  wishes: MemberWishes,
): JoinPlace {
  const { instanceId } = wishes
  const self = group.members.get(memberId)
  const holderId = instanceId === undefined ? undefined : group.instances.get(instanceId)
  const holder = holderId === undefined ? undefined : group.members.get(holderId)
  if (holder?.epoch === AWAY_EPOCH) {
    const gone = self === undefined || self === holder ? [holder] : [self, holder]
    const asksAnew = gone.length > 1 || wantsOtherAssignment(holder.wishes, wishes)
    return { member: successorOf(holder, memberId, wishes), gone, heirOf: holder, asksAnew }
  }
  if (holder !== undefined && holder !== self) {
    throw new VarveError(
      'UNRELEASED_INSTANCE_ID',
      'another live member of the group has this instance id; it must leave, or its session must end',
      { details: { field: 'instance_id' } },
    )
  }
  if (self === undefined) {
    return { member: newMember(memberId, wishes), gone: [], heirOf: undefined, asksAnew: true }
  }
  // The answer to its join was lost: it has had no other, and asks for the same.
  if (self.previousEpoch === 0 && sameWishes(self.wishes, wishes)) {
    return { member: self, gone: [], heirOf: undefined, asksAnew: false }
  }
  // It has begun anew. What it had may still be in the hands of its former self: so it gets nothing under an epoch
  // that this one knows.
  return { member: newMember(memberId, wishes), gone: [self], heirOf: undefined, asksAnew: true }
}
