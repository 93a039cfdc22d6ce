// Who may speak for a member: rules of KIP-848 for heartbeats, so that a process which slept through the end of its
// session, or whose instance id another one has taken, learns of it and changes nothing.
import { VarveError } from '../domain/error.ts'
import type { GroupState, Member, MemberId } from './group-state.ts'
import type { PartitionKey } from './partition-key.ts'

/** Who somebody says to be. */
export interface MemberClaim {
  readonly memberId: MemberId
  readonly instanceId?: string | undefined
  readonly memberEpoch?: number | undefined
}

/** @throws VarveError GROUP_NOT_FOUND */
export function existingGroup(state: GroupState | undefined): GroupState {
  if (state === undefined) throw new VarveError('GROUP_NOT_FOUND', 'there is no such group')
  return state
}

/**
 * The member that is meant.
 * @throws VarveError GROUP_NOT_FOUND · FENCED_INSTANCE_ID · FENCED_MEMBER_EPOCH: it was one · UNKNOWN_MEMBER
 */
export function memberClaimed(
  state: GroupState | undefined,
  { memberId, instanceId, memberEpoch }: MemberClaim,
): readonly [GroupState, Member] {
  const group = existingGroup(state)
  const holderId = instanceId === undefined ? undefined : group.instances.get(instanceId)
  if (holderId !== undefined && holderId !== memberId) {
    throw new VarveError('FENCED_INSTANCE_ID', 'another member has taken over this instance id', {
      details: { field: 'instance_id' },
    })
  }
  const member = group.members.get(memberId)
  if (member !== undefined && (instanceId === undefined || holderId === memberId)) {
    return [group, member]
  }
  if (member === undefined && memberEpoch !== undefined && memberEpoch > 0) {
    // Epochs of the group are only ever told to members: this one was put out since.
    if (memberEpoch <= group.epoch) throw fenced(memberEpoch)
  }
  throw new VarveError('UNKNOWN_MEMBER', 'the group has no such member; join again', {
    details: { field: 'member_id' },
  })
}

/**
 * Whether the epoch that a member shows with a heartbeat is its own, or the one before because an answer was lost: then
 * it cannot have more than it was left with.
 * @throws VarveError INVALID_ARGUMENT · FENCED_MEMBER_EPOCH
 */
export function checkEpoch(
  member: Member,
  shown: number,
  owned: ReadonlySet<PartitionKey> | undefined,
): void {
  if (!Number.isSafeInteger(shown) || shown < 1) {
    throw new VarveError('INVALID_ARGUMENT', `member_epoch must be at least 1, not ${shown}`, {
      details: { field: 'member_epoch' },
    })
  }
  if (shown === member.epoch) return
  const missedAnAnswer =
    shown === member.previousEpoch &&
    owned !== undefined &&
    [...owned].every((key) => member.assigned.has(key))
  if (!missedAnAnswer) throw fenced(shown, member.epoch)
}

function fenced(memberEpoch: number, currentEpoch?: number): VarveError {
  const state = currentEpoch === undefined ? 'was put out of the group' : `is at ${currentEpoch}`
  return new VarveError(
    'FENCED_MEMBER_EPOCH',
    `the member with epoch ${memberEpoch} ${state}; it must drop its partitions and join again`,
    { details: { memberEpoch, ...(currentEpoch === undefined ? {} : { currentEpoch }) } },
  )
}
