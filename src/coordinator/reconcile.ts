// How one member goes from what it has to what it shall have (KIP-848, "Reconciliation"). What it has and shall keep, it
// keeps, without a pause. What it shall not keep is revoked, and stays its own until it has said that it is done with it.
// What it shall have besides, it gets as soon as nobody else has it.
import type { Holdings, Member } from './group-state.ts'
import type { PartitionKey } from './partition-key.ts'

export interface ReconcileFacts {
  /** The epoch of the target. */
  readonly targetEpoch: number
  readonly target: ReadonlySet<PartitionKey>
  /** Whether no other member has the partition, in its hands or still to be given up. */
  readonly isFree: (key: PartitionKey) => boolean
  /** All that the member says to have; undefined when it says nothing. */
  readonly owned: ReadonlySet<PartitionKey> | undefined
}

/** The member as it shall be now: the same object when nothing changes. */
export function reconcile(member: Member, facts: ReconcileFacts): Member {
  const { targetEpoch, owned } = facts
  switch (member.state) {
    case 'stable':
      return member.epoch === targetEpoch ? member : advance(member, member.epoch, facts)
    case 'unreleased':
      return advance(member, member.epoch, facts)
    case 'unrevoked':
      if (stillOwnsSome(member.pendingRevocation, owned)) return member
      return advance(member, member.epoch + 1, facts)
  }
}

/** @param epoch the epoch at which it stays while it must give something up. */
function advance(member: Member, epoch: number, facts: ReconcileFacts): Member {
  const { targetEpoch, target, isFree, owned } = facts
  const kept = new Map<PartitionKey, number>()
  const revoked = new Map<PartitionKey, number>()
  for (const [key, givenAt] of member.assigned) (target.has(key) ? kept : revoked).set(key, givenAt)
  if (revoked.size > 0 && stillOwnsSome(revoked, owned)) {
    return moved(member, epoch, { state: 'unrevoked', assigned: kept, pendingRevocation: revoked })
  }
  let isBlocked = false
  for (const key of target) {
    if (kept.has(key)) continue
    if (isFree(key)) kept.set(key, targetEpoch)
    else isBlocked = true
  }
  const state = isBlocked ? 'unreleased' : 'stable'
  const isSame =
    state === member.state &&
    targetEpoch === member.epoch &&
    kept.size === member.assigned.size &&
    revoked.size === 0
  if (isSame) return member
  return moved(member, targetEpoch, { state, assigned: kept, pendingRevocation: new Map() })
}

/** Silence counts as still owning: only a list without the partitions acknowledges them. */
function stillOwnsSome(revoked: Holdings, owned: ReadonlySet<PartitionKey> | undefined): boolean {
  if (owned === undefined) return true
  for (const key of revoked.keys()) if (owned.has(key)) return true
  return false
}

function moved(
  member: Member,
  epoch: number,
  change: Pick<Member, 'state' | 'assigned' | 'pendingRevocation'>,
): Member {
  const previousEpoch = epoch === member.epoch ? member.previousEpoch : member.epoch
  return { ...member, ...change, epoch, previousEpoch }
}
