// When members must have been heard of, in ms of the monotonic clock: beside the state and not part of it, because a
// monotonic clock means nothing to the next process. After a replay every member has a whole session to come back in.
// The host sets what decisions say, waits for `nextDeadline`, and sends what `dueCommands` says.
import type { RebalanceExpiredCommand, SessionExpiredCommand } from './group-command.ts'
import type { GroupState, MemberId } from './group-state.ts'

/** The deadlines of one member. */
export interface MemberDeadlines {
  readonly sessionMs: number
  /** By when it must have given up its partitions, if it is still in that epoch. */
  readonly rebalance: { readonly memberEpoch: number; readonly deadlineMs: number } | undefined
}

export type Deadlines = ReadonlyMap<MemberId, MemberDeadlines>

/** What a decision does to the deadlines of a member: new ones, or none any more. */
export interface DeadlineChange {
  readonly memberId: MemberId
  readonly sessionMs?: number
  /** `keep` leaves the one of this epoch as it is, if there is one. */
  readonly rebalance?: MemberDeadlines['rebalance'] | 'keep'
  readonly isGone?: boolean
}

/** Sets what a decision said. The map is the host's own and is changed in place. */
export function setDeadlines(
  deadlines: Map<MemberId, MemberDeadlines>,
  changes: readonly DeadlineChange[],
): void {
  for (const { memberId, sessionMs, rebalance, isGone } of changes) {
    const before = deadlines.get(memberId)
    if (isGone === true) {
      deadlines.delete(memberId)
      continue
    }
    deadlines.set(memberId, {
      sessionMs: sessionMs ?? before?.sessionMs ?? 0,
      rebalance: rebalance === 'keep' ? before?.rebalance : rebalance,
    })
  }
}

/** The deadlines of a state that was just replayed: all begin anew. */
export function deadlinesAfterReplay(
  state: GroupState | undefined,
  monotonicMs: number,
): Map<MemberId, MemberDeadlines> {
  const deadlines = new Map<MemberId, MemberDeadlines>()
  for (const { id, epoch, state: memberState, wishes } of state?.members.values() ?? []) {
    const deadlineMs = monotonicMs + wishes.rebalanceTimeoutMs
    deadlines.set(id, {
      sessionMs: monotonicMs + wishes.sessionTimeoutMs,
      rebalance: memberState === 'unrevoked' ? { memberEpoch: epoch, deadlineMs } : undefined,
    })
  }
  return deadlines
}

/** When `dueCommands` will say something next; undefined for never. */
export function nextDeadline(deadlines: Deadlines): number | undefined {
  let next: number | undefined
  for (const { sessionMs, rebalance } of deadlines.values()) {
    const first = Math.min(sessionMs, rebalance?.deadlineMs ?? sessionMs)
    if (next === undefined || first < next) next = first
  }
  return next
}

/** What is to be decided now, because its time has come. */
export function dueCommands(
  deadlines: Deadlines,
  monotonicMs: number,
): (SessionExpiredCommand | RebalanceExpiredCommand)[] {
  const due: (SessionExpiredCommand | RebalanceExpiredCommand)[] = []
  for (const [memberId, { sessionMs, rebalance }] of deadlines) {
    if (sessionMs <= monotonicMs) {
      due.push({ kind: 'session-expired', memberId })
    } else if (rebalance !== undefined && rebalance.deadlineMs <= monotonicMs) {
      due.push({ kind: 'rebalance-expired', memberId, memberEpoch: rebalance.memberEpoch })
    }
  }
  return due
}
