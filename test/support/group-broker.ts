// Members of groups in few words: sessions over a broker on virtual time, and what each was told.
import type { Broker } from '../../src/broker/broker.ts'
import type {
  AssignedPartition,
  GroupPartition,
  GroupSession,
  HeartbeatAnswer,
  SessionJoin,
  SessionJoined,
} from '../../src/broker/groups/group-membership.ts'
import type { CommitOutcome } from '../../src/broker/groups/group-service.ts'
import type { VarveError } from '../../src/domain/error.ts'
import type { VirtualClock } from '../../src/platform/virtual-clock.ts'

/** One carrier of a member, and what the broker told it. */
export class TestMember {
  readonly session: GroupSession
  readonly group: string
  memberId = ''
  epoch = 0
  /** What it may have, as it was told last. */
  assigned: readonly AssignedPartition[] = []
  calls = 0
  ended: VarveError | undefined

  constructor(broker: Broker, group: string, peer = 'test') {
    this.group = group
    this.session = broker.groups.openSession(peer, {
      onCall: () => {
        this.calls++
      },
      onEnd: (error) => {
        this.ended = error
      },
    })
  }

  async join(about: Partial<SessionJoin> & Pick<SessionJoin, 'topics'>): Promise<SessionJoined> {
    const joined = await this.session.join({
      ...{ group: this.group, clientId: 'test', sessionTimeoutMs: 10_000 },
      ...{ rebalanceTimeoutMs: 5_000, ...about },
    })
    this.memberId = joined.memberId
    this.epoch = joined.memberEpoch
    this.assigned = joined.assigned
    return joined
  }

  /** Says that it has what it was told last, unless told otherwise. */
  async beat(owned: readonly GroupPartition[] = this.assigned): Promise<HeartbeatAnswer> {
    return this.#note(
      await this.session.heartbeat({ memberEpoch: this.epoch, owned, progress: [] }),
    )
  }

  /** Goes on with the membership of another carrier. */
  async resume(former: TestMember, owned = former.assigned): Promise<HeartbeatAnswer> {
    this.memberId = former.memberId
    this.epoch = former.epoch
    this.assigned = former.assigned
    const heartbeat = { memberEpoch: this.epoch, owned, progress: [] }
    const { group, memberId } = this
    return this.#note(await this.session.resume({ group, memberId, heartbeat }))
  }

  /** `topic/partition`, sorted. */
  get held(): string[] {
    return this.assigned.map(({ topic, partition }) => `${topic}/${partition}`).sort()
  }

  #note(answer: HeartbeatAnswer): HeartbeatAnswer {
    this.epoch = answer.memberEpoch
    if (answer.assigned !== undefined) this.assigned = answer.assigned
    return answer
  }
}

/** A member that has joined. */
export async function joinGroup(
  broker: Broker,
  group: string,
  about: Partial<SessionJoin> & Pick<SessionJoin, 'topics'>,
): Promise<TestMember> {
  const member = new TestMember(broker, group)
  await member.join(about)
  return member
}

/** Commits one offset, of a member or from outside; the outcome. */
export async function commitOne(
  broker: Broker,
  who: TestMember | string,
  place: { readonly topic: string; readonly partition?: number; readonly offset: number },
): Promise<CommitOutcome> {
  const entries = [{ partition: 0, ...place }]
  const claim =
    typeof who === 'string'
      ? { group: who }
      : { group: who.group, memberId: who.memberId, memberEpoch: who.epoch }
  const [outcome] = await broker.groups.commit({ ...claim, entries })
  if (outcome === undefined) throw new Error('a commit of one offset has no outcome')
  return outcome
}

/** Lets members answer until none of them is called or told anything new. */
export async function settle(clock: VirtualClock, members: readonly TestMember[]): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await clock.advance(0)
    quiet++
    for (const member of members) {
      const { epoch, calls } = member
      const answer = await member.beat()
      await clock.advance(0)
      if (answer.assigned !== undefined || member.epoch !== epoch || member.calls !== calls)
        quiet = 0
    }
  }
}
