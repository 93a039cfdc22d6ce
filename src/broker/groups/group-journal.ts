// Where the events of all groups are stored: the port between those who host groups and the log. Invariants: what `append`
// has resolved for is there after any crash; the events of one append are stored all or none; per group they are stored,
// replayed and told as history in the order of the appends.
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState } from '../../coordinator/group-state.ts'

/** Events as they were stored. `position` orders them and is for pages of history. */
export interface StoredGroupEvent {
  readonly event: GroupEvent
  /** Wall clock of the append. */
  readonly timeMs: number
  readonly position: number
}

/** Which events of a group; what is left out bounds nothing. */
export interface HistoryRange {
  readonly beforePosition?: number
  readonly fromMs?: number
  readonly toMs?: number
}

/** Gives a group's state between two appends of that group, or undefined when it is gone; it stays as it is until `use` has ended. */
export type StateOfGroup = <Result>(
  groupId: string,
  use: (state: GroupState | undefined) => Promise<Result>,
) => Promise<Result>

export interface GroupJournal {
  /**
   * The groups as stored, each given once, for the caller to own. To be called before anything else, and again after NOT_READY (the
   * partition is still being opened) or STORAGE_FAILED (it could not be read). After CORRUPT_LOG (a part of what is needed is not
   * what was stored) every other call is refused with that too: half of the truth is not served.
   */
  load(): Promise<readonly GroupState[]>
  /**
   * Stores events of one group; what several ask for meanwhile is stored together with one sync.
   * @throws VarveError DISK_FULL · QUEUE_FULL · NOT_READY: nothing was stored · STORAGE_FAILED: not known; the journal can only be
   *   read until a restart · PARTITION_READ_ONLY
   */
  append(groupId: string, events: readonly GroupEvent[]): Promise<void>
  /** The group as it is stored now, to go on from after a failed append. One call at a time for a group; many groups share a pass. */
  reload(groupId: string): Promise<GroupState | undefined>
  /**
   * The group as it was stored at the end of that moment: at the last position at which the clock showed it or an earlier one.
   * @throws VarveError HISTORY_UNKNOWN (details `knownFromMs`)
   */
  stateAsOf(groupId: string, timeMs: number): Promise<GroupState | undefined>
  /**
   * The events of a group that the history still has, newest first: only those at positions below `beforePosition`, and stored from
   * `fromMs` up to before `toMs`. Whoever stops early has read no more than it was given and a bounded piece of the log. No two events
   * have the same position.
   */
  history(groupId: string, range?: HistoryRange): AsyncIterable<StoredGroupEvent>
  /** From this moment on the history is whole: `stateAsOf` knows it and every later one. 0 when nothing has gone yet. */
  readonly knownFromMs: number
  /**
   * Writes the state of every group, so that what is older than the history can go and a start has less to read. To be called when
   * asked through `onCheckpointDue`, and at a stop when it is worth it. The groups go on meanwhile. A second call gets the one under way.
   * @throws VarveError as `append`, and what `stateOf` throws: the checkpoint does not count, and nothing else has changed
   */
  checkpoint(stateOf: StateOfGroup): Promise<void>
  /** Whether a checkpoint would spare the next start much. */
  readonly isCheckpointWorthwhile: boolean
  /** Takes nothing more (NOT_READY); resolves when what was taken is stored. Safe to call twice. */
  close(): Promise<void>
}
