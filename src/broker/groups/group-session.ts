// One member as its carrier sees it: a join or a resume, then heartbeats. Invariants: a session speaks for a member only while no newer
// one does; once it is over nothing of it is done and nothing comes from it; a carrier that is gone changes nothing of the member.

import type {
  HeartbeatCommand,
  JoinCommand,
  MembershipReply,
} from '../../coordinator/group-command.ts'
import { mayAdvance } from '../../coordinator/group-condition.ts'
import type { GroupState, MemberId } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../coordinator/partition-key.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import { nextTurn } from '../../platform/next-turn.ts'
import type { Random } from '../../platform/random.ts'
import type { RequestGate } from '../request-gate.ts'
import { assignedPartitions } from './assigned-partitions.ts'
import type { GroupAccess } from './group-actors.ts'
import type {
  AssignedPartition,
  GroupPartition,
  GroupSession,
  HeartbeatAnswer,
  SessionEvents,
  SessionHeartbeat,
  SessionJoin,
  SessionJoined,
  SessionResume,
  SessionWishes,
} from './group-membership.ts'
import type { GroupPresence } from './group-presence.ts'
import { admitTopicId, type PartitionLookup } from './partition-lookup.ts'

/** What sessions work with. */
export interface SessionParts {
  readonly groups: GroupAccess
  readonly lookup: PartitionLookup
  readonly presence: GroupPresence
  readonly gate: RequestGate
  readonly random: Random
  readonly limits: Limits
}

/** Where sessions are known. */
export interface SessionRegistry {
  /** From now on this session speaks for its member: an older one ends. */
  attach(session: MemberSession): void
  /** The session is over. */
  detach(session: MemberSession): void
}

/** Who a session speaks for. */
interface Identity {
  readonly groupId: string
  readonly memberId: MemberId
  readonly instanceId: string | undefined
}

interface MembershipAnswer {
  readonly reply: MembershipReply
  readonly assigned: readonly AssignedPartition[] | undefined
}

/** Answers after which a member is none. */
const OVER_CODES: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER',
  'FENCED_MEMBER_EPOCH',
  'FENCED_INSTANCE_ID',
])

export class MemberSession implements GroupSession {
  readonly #parts: SessionParts
  readonly #registry: SessionRegistry
  readonly #peer: string
  readonly #events: SessionEvents
  #identity: Identity | undefined
  #over: VarveError | undefined
  /** A call of the carrier is under way. */
  #isBusy = false
  /** The member was called, and has sent no heartbeat since. */
  #isCalled = false
  #wantsCall = false
  #isLeaving = false

  constructor(
    parts: SessionParts,
    about: {
      readonly registry: SessionRegistry
      readonly peer: string
      readonly events: SessionEvents
    },
  ) {
    this.#parts = parts
    this.#registry = about.registry
    this.#peer = about.peer
    this.#events = about.events
  }

  /** Who it speaks for; undefined before that is known. */
  get identity(): Identity | undefined {
    return this.#identity
  }

  /** True while the member itself says that it goes. */
  get isLeaving(): boolean {
    return this.#isLeaving
  }

  async join(request: SessionJoin): Promise<SessionJoined> {
    const { random, limits } = this.#parts
    const { group: groupId, clientId, instanceId } = request
    const memberId = request.memberId ?? newMemberId(clientId, random)
    const {
      sessionTimeoutMs = limits.sessionTimeoutMsDefault,
      rebalanceTimeoutMs = limits.rebalanceTimeoutMsDefault,
    } = request
    const { topics, assignor, weight = 1 } = request
    const command: JoinCommand = {
      ...{ kind: 'join', groupId, memberId, instanceId, clientId, sessionTimeoutMs },
      ...{ topics, assignor, weight, rebalanceTimeoutMs },
    }
    const { reply, assigned } = await this.#begin(
      { groupId, memberId, instanceId },
      () => this.#parts.groups.ask(groupId, command, answerOf),
      request.memberId === undefined && instanceId === undefined,
    )
    this.#heard([])
    return {
      memberId: reply.memberId,
      memberEpoch: reply.memberEpoch,
      heartbeatIntervalMs: reply.heartbeatIntervalMs,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      assigned: assigned ?? [],
    }
  }

  async resume({
    group: groupId,
    memberId,
    instanceId,
    heartbeat,
  }: SessionResume): Promise<HeartbeatAnswer> {
    const identity: Identity = { groupId, memberId, instanceId }
    const answer = await this.#begin(identity, () => this.#send(identity, heartbeat))
    this.#heard(heartbeat.progress)
    return heartbeatAnswer(answer)
  }

  async heartbeat(request: SessionHeartbeat): Promise<HeartbeatAnswer> {
    const identity = this.#member()
    const answer = await this.#whileBusy(async () => {
      this.#isCalled = false
      this.#wantsCall = false
      try {
        return await this.#send(identity, request)
      } catch (error) {
        if (isVarveError(error) && OVER_CODES.has(error.code)) this.#finish(error)
        throw error
      }
    })
    this.#heard(request.progress)
    return heartbeatAnswer(answer)
  }

  async leave(isComingBack: boolean): Promise<void> {
    const { groupId, memberId, instanceId } = this.#member()
    await this.#whileBusy(async () => {
      this.#isLeaving = true
      try {
        await this.#parts.groups.run(groupId, { kind: 'leave', memberId, instanceId, isComingBack })
      } catch (error) {
        this.#isLeaving = false
        throw asMember(error)
      }
    })
    this.#finish(new VarveError('UNKNOWN_MEMBER', 'the member has left'))
  }

  detach(): void {
    this.#finish(new VarveError('CANCELLED', 'the session was given up'))
  }

  /** Ends it from the side of the broker. */
  end(error: VarveError): void {
    if (this.#over !== undefined) return
    this.#finish(error)
    this.#events.onEnd(error)
  }

  /** Something is due for the member. */
  call(): void {
    this.#wantsCall = true
    if (!this.#isBusy) this.#tellCall()
  }

  #tellCall(): void {
    if (!this.#wantsCall || this.#isCalled || this.#over !== undefined) return
    this.#isCalled = true
    this.#wantsCall = false
    this.#events.onCall()
  }

  /** Becomes the session of the member if it is let in. */
  async #begin(
    identity: Identity,
    ask: () => Promise<MembershipAnswer>,
    isNew = false,
  ): Promise<MembershipAnswer> {
    this.#checkOpen()
    if (this.#identity !== undefined) {
      throw new VarveError('INVALID_ARGUMENT', 'the session has joined or resumed already')
    }
    return await this.#whileBusy(async () => {
      const answer = await ask().catch((error: unknown) => {
        throw asMember(error)
      })
      if (this.#over !== undefined) this.#dropUnknown(identity, isNew)
      this.#checkOpen()
      this.#identity = { ...identity, memberId: answer.reply.memberId }
      this.#registry.attach(this)
      void this.#callIfDue(this.#identity)
      return answer
    })
  }

  /** A carrier that is gone before it heard the id of its member: nobody can ever speak for that one. Others stay until their session ends. */
  #dropUnknown({ groupId, memberId }: Identity, isNew: boolean): void {
    if (!isNew) return
    const left = this.#parts.groups.run(groupId, { kind: 'leave', memberId })
    left.catch((error: unknown) => {
      // Then its session ends like that of any dead member.
      if (!isVarveError(error)) throw error
    })
  }

  /** What was stored between the answer and now has called nobody here. */
  async #callIfDue({ groupId, memberId }: Identity): Promise<void> {
    try {
      const isDue = await this.#parts.groups.read(groupId, ({ state }) => {
        const member = state?.members.get(memberId)
        return state !== undefined && member !== undefined && mayAdvance(state, member)
      })
      if (isDue) this.call()
    } catch (error) {
      // Without it the member comes with its next heartbeat.
      if (!isVarveError(error)) throw error
    }
  }

  async #send(
    { groupId, memberId, instanceId }: Identity,
    { memberEpoch, owned, wishes }: SessionHeartbeat,
  ): Promise<MembershipAnswer> {
    const command: HeartbeatCommand = {
      ...{ kind: 'heartbeat', memberId, instanceId, memberEpoch },
      owned: owned === undefined ? undefined : this.#keysOf(owned),
      wishes: wishes === undefined ? undefined : this.#askedWishes(wishes),
    }
    try {
      return await this.#parts.groups.ask(groupId, command, answerOf)
    } catch (error) {
      throw asMember(error)
    }
  }

  #askedWishes(wishes: SessionWishes): HeartbeatCommand['wishes'] {
    const { topics, assignor, weight = 1 } = wishes
    const { rebalanceTimeoutMs = this.#parts.limits.rebalanceTimeoutMsDefault } = wishes
    return { topics, assignor, weight, rebalanceTimeoutMs }
  }

  /** Partitions of topics that are gone are not anybody's any more: nobody misses them in the list. */
  #keysOf(owned: readonly GroupPartition[]): PartitionKey[] {
    const keys: PartitionKey[] = []
    for (const { topic, partition, topicId } of owned) {
      const id =
        topicId === undefined ? this.#parts.lookup.topics.byName(topic)?.id : admitTopicId(topicId)
      if (id !== undefined) keys.push(partitionKey(id, partition))
    }
    return keys
  }

  #heard(progress: SessionHeartbeat['progress']): void {
    if (this.#identity === undefined || this.#over !== undefined) return
    const { groupId: group, memberId } = this.#identity
    this.#parts.presence.heard({ group, memberId, peer: this.#peer, progress })
  }

  /** Calls of the member wait until its answer is on its way. */
  async #whileBusy<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    this.#isBusy = true
    try {
      return await this.#parts.gate.run(action)
    } finally {
      void nextTurn().then(() => {
        this.#isBusy = false
        this.#tellCall()
      })
    }
  }

  #member(): Identity {
    this.#checkOpen()
    if (this.#identity !== undefined) return this.#identity
    throw new VarveError('INVALID_ARGUMENT', 'the session begins with a join or a resume')
  }

  #checkOpen(): void {
    if (this.#over !== undefined) throw this.#over
  }

  #finish(error: VarveError): void {
    if (this.#over !== undefined) return
    this.#over = error
    this.#registry.detach(this)
  }
}

function answerOf(reply: MembershipReply, state: GroupState | undefined): MembershipAnswer {
  const { assigned } = reply
  if (assigned === undefined || state === undefined) return { reply, assigned: undefined }
  return { reply, assigned: assignedPartitions(assigned, state) }
}

function heartbeatAnswer({ reply, assigned }: MembershipAnswer): HeartbeatAnswer {
  const { memberEpoch, heartbeatIntervalMs } = reply
  return { memberEpoch, heartbeatIntervalMs, ...(assigned === undefined ? {} : { assigned }) }
}

/** For who says to be a member, a group that is not there is one without it: both times it must join again. */
export function asMember(error: unknown): unknown {
  if (!isVarveError(error, 'GROUP_NOT_FOUND')) return error
  return new VarveError('UNKNOWN_MEMBER', `${error.message}, so it has no such member`, {
    details: { field: 'member_id' },
  })
}

/** For people the beginning, the rest so that no two are alike. */
function newMemberId(clientId: string, random: Random): MemberId {
  const name = clientId.slice(0, 100).replaceAll(/[^A-Za-z0-9._-]/g, '_')
  return `${name === '' ? 'member' : name}-${Buffer.from(random.bytes(16)).toString('base64url')}`
}
