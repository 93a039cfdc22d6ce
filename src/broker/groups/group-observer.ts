// Who looks on while groups are hosted: told of what is stored, in order, and asked for nothing. Invariant: only events that are
// stored are told, each once, after the state has evolved by them.
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState } from '../../coordinator/group-state.ts'

/** The states are the host's own and only lent for the call. None of the calls may throw. */
export interface GroupObserver {
  /** A group as it was found at the start. */
  loaded(state: GroupState): void
  /**
   * Events of one group were stored, all that one append held.
   * @param state after all of them; undefined: the group is gone
   */
  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void
}
