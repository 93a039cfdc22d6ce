// All groups of the broker, each with its actor. Invariants: a group has one actor at a time; one that holds no group and has
// nothing to do is let go; there are never more groups than their limit.
import type { GroupCommand, Replies } from '../../coordinator/group-command.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import { VarveError } from '../../domain/error.ts'
import { GroupActor, type GroupActorParts } from './group-actor.ts'
import type { StoredGroup } from './waiting-entry.ts'

/** What others may do with groups. The methods are those of GroupActor. */
export interface GroupAccess {
  run<Command extends GroupCommand>(
    groupId: string,
    command: Command,
  ): Promise<Replies[Command['kind']]>
  ask<Command extends GroupCommand, Answer>(
    groupId: string,
    command: Command,
    look: (reply: Replies[Command['kind']], state: GroupState | undefined) => Answer,
  ): Promise<Answer>
  read<Answer>(groupId: string, use: (group: StoredGroup) => Answer): Promise<Answer>
  hold<Answer>(groupId: string, use: (group: StoredGroup) => Promise<Answer>): Promise<Answer>
}

export class GroupActors implements GroupAccess {
  readonly #parts: GroupActorParts
  readonly #actors = new Map<string, GroupActor>()
  #groups = 0
  #sortedIds: readonly string[] | undefined

  constructor(parts: Omit<GroupActorParts, 'checkRoom' | 'count' | 'onIdle'>) {
    this.#parts = {
      ...parts,
      checkRoom: () => {
        this.#checkRoom()
      },
      count: (change) => {
        this.#groups += change
        this.#sortedIds = undefined
      },
      onIdle: (actor) => {
        if (actor.isVoid) this.#actors.delete(actor.groupId)
      },
    }
  }

  /** How many groups there are. */
  get size(): number {
    return this.#groups
  }

  /** Takes over a group as it is stored; all of them before anything else. */
  adopt(state: GroupState): void {
    const { groupId } = state
    this.#actors.set(groupId, new GroupActor(groupId, state, this.#parts))
  }

  /** Ids of all groups, sorted by code units; some may be gone by the time they are asked for. */
  ids(): readonly string[] {
    this.#sortedIds ??= [...this.#actors.keys()].sort()
    return this.#sortedIds
  }

  run<Command extends GroupCommand>(
    groupId: string,
    command: Command,
  ): Promise<Replies[Command['kind']]> {
    return this.#actor(groupId).run(command)
  }

  ask<Command extends GroupCommand, Answer>(
    groupId: string,
    command: Command,
    look: (reply: Replies[Command['kind']], state: GroupState | undefined) => Answer,
  ): Promise<Answer> {
    return this.#actor(groupId).ask(command, look)
  }

  read<Answer>(groupId: string, use: (group: StoredGroup) => Answer): Promise<Answer> {
    return this.#actor(groupId).read(use)
  }

  hold<Answer>(groupId: string, use: (group: StoredGroup) => Promise<Answer>): Promise<Answer> {
    return this.#actor(groupId).hold(use)
  }

  /** As GroupActor.stop, of all. */
  async stop(): Promise<void> {
    await Promise.all([...this.#actors.values()].map((actor) => actor.stop()))
  }

  #actor(groupId: string): GroupActor {
    const present = this.#actors.get(groupId)
    if (present !== undefined) return present
    const actor = new GroupActor(groupId, undefined, this.#parts)
    this.#actors.set(groupId, actor)
    return actor
  }

  #checkRoom(): void {
    const { groupsMax } = this.#parts.limits
    if (this.#groups < groupsMax) return
    throw new VarveError('TOO_MANY_GROUPS', `there are ${groupsMax} groups already`, {
      details: { limit: groupsMax },
    })
  }
}
