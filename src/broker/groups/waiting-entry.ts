// What waits for its turn at a group: commands, and those who want to look.
import type { Deadlines } from '../../coordinator/deadlines.ts'
import type { GroupCommand, JoinCommand } from '../../coordinator/group-command.ts'
import type { GroupState } from '../../coordinator/group-state.ts'

/** What readers see: as stored, and theirs only while they look. */
export interface StoredGroup {
  /** Undefined for a group that does not exist. */
  readonly state: GroupState | undefined
  /** ms of the monotonic clock. */
  readonly deadlines: Deadlines
}

/** Who is to be answered. */
export interface Waiter {
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** A command. */
export interface Ask extends Waiter {
  readonly kind: 'ask'
  readonly command: GroupCommand
  /** Makes the answer of the reply and of the state right after the command. */
  readonly look: (reply: never, state: GroupState | undefined) => unknown
}

/** Somebody who looks. */
export interface Read extends Waiter {
  readonly kind: 'read'
  readonly use: (group: StoredGroup) => unknown
}

/** Somebody who wants the group to stand still meanwhile. */
interface Hold extends Waiter {
  readonly kind: 'hold'
  readonly use: (group: StoredGroup) => Promise<unknown>
}

export type Entry = Ask | Read | Hold
export type JoinAsk = Ask & { readonly command: JoinCommand }

/** The joins from this place on that may be decided together: each is of another member and instance. */
export function joinsFrom(entries: readonly Entry[], first: number, most: number): JoinAsk[] {
  const joins: JoinAsk[] = []
  const ids = new Set<string>()
  for (let index = first; index < entries.length && joins.length < most; index++) {
    const entry = entries[index]
    if (entry === undefined || !isJoin(entry)) break
    const { memberId, instanceId } = entry.command
    if (ids.has(`member ${memberId}`)) break
    if (instanceId !== undefined && ids.has(`instance ${instanceId}`)) break
    ids.add(`member ${memberId}`)
    if (instanceId !== undefined) ids.add(`instance ${instanceId}`)
    joins.push(entry)
  }
  return joins
}

export function isJoin(entry: Entry): entry is JoinAsk {
  return entry.kind === 'ask' && entry.command.kind === 'join'
}
