// A member as a client library is one, over sessions of a broker that may be slow, full or gone: it knows only what it was told, by
// whichever broker process, and has one call under way at a time.
import type { Broker } from '../../src/broker/broker.ts'
import type { AssignedPartition, GroupSession } from '../../src/broker/groups/group-membership.ts'
import type { CommitRequest } from '../../src/broker/groups/group-service.ts'
import { type PartitionKey, partitionKey } from '../../src/coordinator/partition-key.ts'
import { isVarveError } from '../../src/domain/error.ts'
import type { TopicId } from '../../src/domain/topic.ts'
import type { SeededRandom } from '../../src/platform/seeded-random.ts'

/** What members have to do with. */
export interface MemberWorld {
  /** The broker that answers now; undefined while there is none. */
  readonly broker: Broker | undefined
  /** How often the broker was started. */
  readonly life: number
  readonly nowMs: number
  readonly random: SeededRandom
  endOf(partition: AssignedPartition): number
  processed(key: PartitionKey, start: number, end: number): void
  acknowledged(commit: AcknowledgedCommit): void
  refused(): void
}

export interface AcknowledgedCommit {
  readonly memberId: string
  readonly key: PartitionKey
  readonly offset: number
}

interface Hand {
  readonly place: AssignedPartition
  position: number
  /** When it will have let go; undefined while it may keep it. */
  letGoMs: number | undefined
}

/** Refusals after which a member is none, as far as it knows. */
const OVER = new Set(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER', 'FENCED_INSTANCE_ID'])

export class HostedMember {
  readonly topics: readonly string[]
  readonly sessionTimeoutMs: number
  memberId: string | undefined
  epoch = 0
  pausedUntilMs = 0
  isPunctual = false
  /** It has ended and does nothing any more. */
  isGone = false
  readonly hands = new Map<PartitionKey, Hand>()
  readonly #world: MemberWorld
  #session: { readonly of: GroupSession; readonly life: number } | undefined
  #isBusy = false
  #nextMs = 0

  constructor(world: MemberWorld, topics: readonly string[], sessionTimeoutMs: number) {
    this.#world = world
    this.topics = topics
    this.sessionTimeoutMs = sessionTimeoutMs
  }

  /** Whether it has exactly what it was told, and has nothing to say. */
  get isSettled(): boolean {
    const waits = [...this.hands.values()].some(({ letGoMs }) => letGoMs !== undefined)
    return this.isGone || (this.epoch > 0 && !waits && !this.#isBusy)
  }

  /** Reads on, lets go, and speaks when it is time. */
  work(): void {
    const { nowMs, random } = this.#world
    if (this.isGone || nowMs < this.pausedUntilMs) return
    for (const [key, hand] of this.hands) {
      const to = Math.min(this.#world.endOf(hand.place), hand.position + random.integer(4))
      this.#world.processed(key, hand.position, to)
      hand.position = to
    }
    this.#letGo()
    if (random.integer(3) === 0) void this.commit([...this.hands.values()])
    if (!this.#isBusy && nowMs >= this.#nextMs) void this.#speak()
  }

  /** The stream breaks. */
  cut(): void {
    this.#session?.of.detach()
    this.#session = undefined
  }

  /** The process dies. */
  kill(): void {
    this.isGone = true
    this.hands.clear()
    this.cut()
  }

  async leave(): Promise<void> {
    const session = this.#session
    this.isGone = true
    this.hands.clear()
    if (session?.life === this.#world.life) await quietly(session.of.leave(false))
  }

  /** Commits where it stands, as the member it thinks to be. */
  async commit(hands: readonly Hand[]): Promise<void> {
    const { broker, life } = this.#world
    const { memberId } = this
    if (broker === undefined || memberId === undefined || hands.length === 0) return
    const entries = hands.map(({ place, position }) => {
      const { topic, partition, topicId } = place
      return { topic, partition, topicId, offset: position }
    })
    const request: CommitRequest = { group: 'g', memberId, memberEpoch: this.epoch, entries }
    const outcomes = await quietly(broker.groups.commit(request))
    if (outcomes === undefined || life !== this.#world.life) {
      this.#world.refused()
      return
    }
    for (const [index, { error }] of outcomes.entries()) {
      const entry = entries[index]
      if (error !== undefined || entry === undefined) this.#world.refused()
      else {
        const key = partitionKey(entry.topicId as TopicId, entry.partition)
        this.#world.acknowledged({ memberId, key, offset: entry.offset })
      }
    }
  }

  #letGo(): void {
    const { nowMs, random } = this.#world
    const done = [...this.hands].filter(
      ([, { letGoMs }]) => letGoMs !== undefined && letGoMs <= nowMs,
    )
    if (done.length === 0) return
    if (random.integer(4) > 0) void this.commit(done.map(([, hand]) => hand))
    for (const [key] of done) this.hands.delete(key)
    this.#nextMs = 0
  }

  async #speak(): Promise<void> {
    const { broker, life } = this.#world
    if (broker === undefined) return
    this.#isBusy = true
    this.#nextMs = this.#world.nowMs + 700
    try {
      if (this.#session?.life !== life) this.#open(broker, life)
      const session = this.#session?.of
      if (session === undefined) return
      if (this.epoch === 0) await this.#join(session, life)
      else await this.#heartbeat(session, life)
    } catch (error) {
      if (!isVarveError(error)) throw error
      if (life !== this.#world.life) return
      if (OVER.has(error.code)) this.#drop()
      else if (this.epoch === 0) this.#drop()
    } finally {
      this.#isBusy = false
    }
  }

  #isResuming = false

  #open(broker: Broker, life: number): void {
    const of = broker.groups.openSession('simulated', {
      onCall: () => {
        this.#nextMs = 0
      },
      onEnd: ({ code }) => {
        if (this.#session?.of !== of) return
        this.#session = undefined
        if (OVER.has(code)) this.#drop()
      },
    })
    this.#session = { of, life }
    this.#isResuming = this.epoch > 0
  }

  async #join(session: GroupSession, life: number): Promise<void> {
    const { topics, sessionTimeoutMs, memberId } = this
    const joined = await session.join({
      ...{ group: 'g', clientId: 'simulated', topics, sessionTimeoutMs, rebalanceTimeoutMs: 4_000 },
      ...(memberId === undefined ? {} : { memberId }),
    })
    if (life !== this.#world.life) return
    this.memberId = joined.memberId
    this.#hear(joined)
  }

  async #heartbeat(session: GroupSession, life: number): Promise<void> {
    const heartbeat = {
      memberEpoch: this.epoch,
      owned: [...this.hands.values()].map(({ place }) => place),
      progress: [],
    }
    const { memberId = '' } = this
    const answer = this.#isResuming
      ? await session.resume({ group: 'g', memberId, heartbeat })
      : await session.heartbeat(heartbeat)
    this.#isResuming = false
    if (life === this.#world.life && this.#session?.of === session) this.#hear(answer)
  }

  #hear(answer: {
    readonly memberEpoch: number
    readonly heartbeatIntervalMs: number
    readonly assigned?: readonly AssignedPartition[]
  }): void {
    const { nowMs, random } = this.#world
    if (this.isGone) return
    this.epoch = answer.memberEpoch
    this.#nextMs = Math.min(this.#nextMs, nowMs + answer.heartbeatIntervalMs)
    if (answer.assigned === undefined) return
    const mine = new Map(
      answer.assigned.map((place) => [
        partitionKey(place.topicId as TopicId, place.partition),
        place,
      ]),
    )
    for (const [key, hand] of this.hands) {
      if (mine.has(key) || hand.letGoMs !== undefined) continue
      const isSlow = !this.isPunctual && random.integer(8) === 0
      hand.letGoMs = nowMs + random.integer(isSlow ? 8_000 : 800)
    }
    for (const [key, place] of mine) {
      const hand = this.hands.get(key)
      if (hand?.letGoMs !== undefined) throw new Error(`${key} is given back before it was let go`)
      if (hand !== undefined) continue
      this.hands.set(key, { place, position: place.committedOffset ?? 0, letGoMs: undefined })
    }
  }

  /** It is no member any more: what it has it has not. */
  #drop(): void {
    this.hands.clear()
    this.epoch = 0
    if (this.#world.random.integer(2) === 0) this.memberId = undefined
    this.cut()
    this.#nextMs = this.#world.nowMs + this.#world.random.integer(500)
  }
}

async function quietly<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (isVarveError(error)) return undefined
    throw error
  }
}
