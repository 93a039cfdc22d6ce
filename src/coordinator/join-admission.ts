// Lets members into a group, one after the other: who joins finds the group as those before have left it. What it comes to is for an
// assignment to be made from.
import { VarveError } from '../domain/error.ts'
import type { Members, Target } from './assignment.ts'
import { admitWishes, checkJoinIds } from './check-wishes.ts'
import type { DecisionContext } from './decision.ts'
import type { JoinCommand } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import type { GroupState, Member, MemberId, MemberWishes } from './group-state.ts'
import { type JoinPlace, placeFor } from './join-place.ts'
import type { PartitionKey } from './partition-key.ts'

/** The group with those who were let in. */
export interface AdmissionOutcome {
  readonly members: Members
  readonly target: Target
  /** What makes them so. */
  readonly events: readonly GroupEvent[]
  /** Whether another assignment is needed for it. */
  readonly asksAnew: boolean
}

export class JoinAdmission {
  readonly #groupId: string
  readonly #context: DecisionContext
  readonly #members: Map<MemberId, Member>
  readonly #target: Map<MemberId, ReadonlySet<PartitionKey>>
  readonly #instances: Map<string, MemberId>
  readonly #events: GroupEvent[] = []
  readonly #admitted = new Set<MemberId>()
  #asksAnew = false

  constructor({ groupId, members, target, instances }: GroupState, context: DecisionContext) {
    this.#groupId = groupId
    this.#context = context
    this.#members = new Map(members)
    this.#target = new Map(target)
    this.#instances = new Map(instances)
  }

  get outcome(): AdmissionOutcome {
    return {
      ...{ members: this.#members, target: this.#target },
      ...{ events: this.#events, asksAnew: this.#asksAnew },
    }
  }

  /** The place that it takes, or why it takes none. */
  admit(join: JoinCommand): JoinPlace | VarveError {
    try {
      return this.#admit(join)
    } catch (error) {
      if (error instanceof VarveError) return error
      throw error
    }
  }

  #admit(join: JoinCommand): JoinPlace {
    const { limits } = this.#context
    checkJoinIds(join, limits)
    const wishes = admitWishes(join, limits)
    const { memberId } = join
    const place = placeFor({ members: this.#members, instances: this.#instances }, memberId, wishes)
    for (const { id } of [place.member, ...place.gone]) {
      if (this.#admitted.has(id)) throw new Error('a member joins twice in one command')
    }
    this.#checkRoom(place)
    this.#take(place, memberId, wishes)
    this.#tell(place, memberId, wishes)
    return place
  }

  /** @throws VarveError GROUP_FULL */
  #checkRoom({ member, gone }: JoinPlace): void {
    const { groupMembersMax: limit } = this.#context.limits
    const isNew = gone.length > 0 || !this.#members.has(member.id)
    if (!isNew || this.#members.size - gone.length < limit) return
    const text = `group ${this.#groupId} has ${this.#members.size} members`
    throw new VarveError('GROUP_FULL', text, { details: { limit } })
  }

  #take({ member, gone, heirOf, asksAnew }: JoinPlace, id: MemberId, wishes: MemberWishes): void {
    const inherited = heirOf === undefined ? undefined : this.#target.get(heirOf.id)
    for (const former of gone) {
      this.#members.delete(former.id)
      this.#target.delete(former.id)
      const { instanceId } = former.wishes
      if (instanceId !== undefined) this.#instances.delete(instanceId)
    }
    if (inherited !== undefined) this.#target.set(id, inherited)
    this.#members.set(id, member)
    if (wishes.instanceId !== undefined) this.#instances.set(wishes.instanceId, id)
    this.#admitted.add(id)
    if (asksAnew) this.#asksAnew = true
  }

  #tell({ gone, heirOf, asksAnew }: JoinPlace, memberId: MemberId, wishes: MemberWishes): void {
    const { wallMs: timeMs } = this.#context
    for (const { id } of gone) {
      this.#events.push(
        id === heirOf?.id
          ? { kind: 'member-replaced', memberId: id, successorId: memberId, wishes }
          : { kind: 'member-removed', memberId: id, reason: 'rejoined', timeMs },
      )
    }
    if (asksAnew && heirOf === undefined) {
      this.#events.push({ kind: 'member-wishes', memberId, wishes })
    }
  }
}
