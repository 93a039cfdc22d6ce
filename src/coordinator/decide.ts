// The coordinator's decisions, one function for each kind of command: from a group as it is and what is asked to the events
// that are to be stored and the answer that may be given when they are. Pure: the same input gives the same decision, and the
// state is not touched (see evolve.ts). Commands of one group must be decided one after the other, each on the state that the
// events of the one before have led to; groups know nothing of each other.
import { VarveError } from '../domain/error.ts'
import { decideCommit, decideDelete, decideExpireOffsets } from './decide-commit.ts'
import {
  decideAssign,
  decideLeave,
  decideRebalanceExpired,
  decideSessionExpired,
  decideTopicsChanged,
} from './decide-departure.ts'
import { decideHeartbeat, decideJoin, decideJoins } from './decide-membership.ts'
import { decideReset, decideRestore, decideUndo } from './decide-reset.ts'
import { decideFork, decideRemoveSnapshot, decideSnapshot } from './decide-snapshot.ts'
import type { Decider, Decision, DecisionContext } from './decision.ts'
import type { CommandKind, CommandOf, GroupCommand } from './group-command.ts'
import type { GroupState } from './group-state.ts'

const DECIDERS: { readonly [Kind in CommandKind]: Decider<Kind> } = {
  join: decideJoin,
  joins: decideJoins,
  heartbeat: decideHeartbeat,
  leave: decideLeave,
  'session-expired': decideSessionExpired,
  'rebalance-expired': decideRebalanceExpired,
  'topics-changed': decideTopicsChanged,
  assign: decideAssign,
  commit: decideCommit,
  reset: decideReset,
  undo: decideUndo,
  snapshot: decideSnapshot,
  restore: decideRestore,
  'remove-snapshot': decideRemoveSnapshot,
  fork: decideFork,
  delete: decideDelete,
  'expire-offsets': decideExpireOffsets,
}

/** @param state undefined for a group that does not exist. */
export function decide<Command extends GroupCommand>(
  state: GroupState | undefined,
  command: Command,
  context: DecisionContext,
): Decision<Command['kind']> {
  type Kind = Command['kind']
  const decider = DECIDERS[command.kind as Kind] as Decider<Kind>
  try {
    return decider(state, command as unknown as CommandOf<Kind>, context)
  } catch (error) {
    if (error instanceof VarveError) return { refusal: error }
    throw error
  }
}
