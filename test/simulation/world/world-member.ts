// A member of a group in a simulated world: joins, says that it lives, lets go of what it is told to, reads and commits, all over its
// connection and all written into the history. It knows only what it was told, and may be long behind.
import type {
  AssignedPartition,
  GroupSession,
} from '../../../src/broker/groups/group-membership.ts'
import { isVarveError, VarveError } from '../../../src/domain/error.ts'
import { outcomeOfError } from '../../../src/history-check/outcome.ts'
import type { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { ConnectionLost, SimConnection } from './sim-network.ts'
import { fetchInto, type Place } from './world-reader.ts'
import type { LivingTopic, WorldStage } from './world-stage.ts'

export const GROUP = 'g'
const REBALANCE_MS = 4_000

/** Answers after which a member is none, as far as it knows. */
const OVER = new Set(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER', 'FENCED_INSTANCE_ID'])
/** Refusals of commits that members in trouble get. */
const COMMIT_REFUSALS = new Set([
  ...OVER,
  ...['STALE_MEMBER_EPOCH', 'NOT_OWNER', 'NOT_READY', 'DISK_FULL', 'STORAGE_FAILED', 'QUEUE_FULL'],
  ...['PARTITION_READ_ONLY', 'COMMIT_REWIND', 'GROUP_NOT_FOUND'],
])
const MEMBERSHIP_REFUSALS = new Set([
  ...COMMIT_REFUSALS,
  ...['SESSION_REPLACED', 'UNRELEASED_INSTANCE_ID', 'CANCELLED'],
])

interface Hand extends Place {
  /** When it will have let go; undefined while it may keep it. */
  letGoMs: number | undefined
}

export class WorldMember {
  readonly connection: SimConnection
  readonly process: number
  isGone = false
  sleepsUntilMs = 0
  /** Lets go at once. */
  isPunctual = false
  readonly #stage: WorldStage
  readonly #name: string
  readonly #topic: LivingTopic
  readonly #sessionTimeoutMs: number
  readonly #hands = new Map<number, Hand>()
  #memberId: string | undefined
  #epoch = 0
  #session: GroupSession | undefined
  #isSpeaking = false
  #isReading = false
  #nextMs = 0

  constructor(stage: WorldStage, number: number, topic: LivingTopic, sessionTimeoutMs: number) {
    this.#sessionTimeoutMs = sessionTimeoutMs
    this.#stage = stage
    this.#name = `member ${number}`
    this.#topic = topic
    this.process = stage.history.process(this.#name)
    this.connection = new SimConnection(stage.network)
    stage.history.subscribed({
      ...{ group: GROUP, process: this.process, keys: topic.keys, at: stage.now() },
    })
  }

  /** The partitions that it has, as far as it knows. */
  get held(): readonly number[] {
    return [...this.#hands.keys()]
  }

  /** It has what it was told and has nothing to say. */
  get isSettled(): boolean {
    const letsGo = [...this.#hands.values()].some(({ letGoMs }) => letGoMs !== undefined)
    return this.isGone || (this.#epoch > 0 && !letsGo && !this.#isSpeaking)
  }

  /** One turn of its loop. */
  work(random: SeededRandom, commits: boolean): void {
    const nowMs = this.#stage.clock.monotonicMs()
    if (this.isGone || nowMs < this.sleepsUntilMs) return
    this.#letGo(random)
    void this.#read(random)
    if (commits) void this.#commit([...this.#hands.values()])
    if (!this.#isSpeaking && nowMs >= this.#nextMs) void this.#speak(random)
  }

  /** The broker is gone. */
  lost(): void {
    this.#session = undefined
  }

  /** The stream broke. */
  cut(): void {
    this.#session?.detach()
    this.#session = undefined
  }

  /** @param isDead without a word */
  leave(isDead: boolean): void {
    const session = this.#session
    this.#drop()
    this.isGone = true
    const { history } = this.#stage
    history.nemesis({ kind: 'stop', process: this.process, at: this.#stage.now() })
    if (isDead || session === undefined) {
      session?.detach()
      return
    }
    this.connection
      .call(`${this.#name} leave`, () => session.leave(false))
      .catch((error: unknown) => {
        if (!(error instanceof ConnectionLost) && !isVarveError(error)) throw error
      })
  }

  async #read(random: SeededRandom): Promise<void> {
    if (this.#isReading) return
    const places = [...this.#hands.values()].filter(({ letGoMs }) => letGoMs === undefined)
    if (places.length === 0) return
    this.#isReading = true
    try {
      await fetchInto(this.#stage, {
        ...{ name: this.#name, process: this.process, connection: this.connection, places },
        ...{ maxBytes: 1 + random.integer(1_500), waitMs: 0 },
        // What it has let go of meanwhile it is not handed any more.
        isStill: (place) => this.#hands.get(place.key) === place,
      })
    } finally {
      this.#isReading = false
    }
  }

  async #commit(hands: readonly Hand[]): Promise<void> {
    const { history } = this.#stage
    const [memberId, memberEpoch] = [this.#memberId, this.#epoch]
    if (memberId === undefined || hands.length === 0) return
    const invokedAt = this.#stage.now()
    const items = hands.map(({ key, partition, position }) => ({ key, partition, position }))
    const note = (
      item: { key: number; position: number },
      outcome: 'ok' | 'fail' | 'info',
    ): void => {
      history.commit({
        ...{ group: GROUP, key: item.key, offset: item.position, member: memberId, memberEpoch },
        ...{ allowRewind: false, invokedAt, endedAt: this.#stage.now(), outcome },
      })
    }
    const entries = items.map(({ partition, position }) => ({
      ...{ topic: this.#topic.name, partition, offset: position },
    }))
    const label = `${this.#name} commit ${entries.map(({ offset }) => offset).join(',')}`
    try {
      const outcomes = await this.connection.call(label, (broker) =>
        broker.groups.commit({ group: GROUP, memberId, memberEpoch, entries }),
      )
      for (const [index, { error }] of outcomes.entries()) {
        const item = items[index]
        if (item === undefined) continue
        if (error !== undefined) this.#expect(error, COMMIT_REFUSALS)
        note(item, error === undefined ? 'ok' : outcomeOfError(error))
      }
    } catch (error) {
      if (error instanceof VarveError) this.#expect(error, COMMIT_REFUSALS)
      else if (!(error instanceof ConnectionLost)) throw error
      const isSent = error instanceof VarveError || error.wasSent
      for (const item of items) note(item, isSent ? outcomeOfError(error) : 'fail')
    }
  }

  #letGo(random: SeededRandom): void {
    const nowMs = this.#stage.clock.monotonicMs()
    const done = [...this.#hands.values()].filter(({ letGoMs = Infinity }) =>
      this.isPunctual ? letGoMs < Infinity : letGoMs <= nowMs,
    )
    if (done.length === 0) return
    if (random.integer(4) > 0) void this.#commit(done)
    this.#release(done)
    this.#nextMs = 0
  }

  #release(hands: readonly Hand[]): void {
    if (hands.length === 0) return
    for (const { key } of hands) this.#hands.delete(key)
    this.#stage.history.rebalanced({
      ...{ group: GROUP, member: this.#memberId ?? '', process: this.process },
      ...{ memberEpoch: this.#epoch, at: this.#stage.now() },
      ...{ assigned: [], revoked: hands.map(({ key }) => key) },
    })
  }

  /** It is no member any more: what it has it has not. */
  #drop(): void {
    this.#release([...this.#hands.values()])
    this.#epoch = 0
    this.#session = undefined
  }

  async #speak(random: SeededRandom): Promise<void> {
    this.#isSpeaking = true
    this.#nextMs = this.#stage.clock.monotonicMs() + 700
    try {
      if (this.#epoch === 0) await this.#join(random)
      else await this.#heartbeat(random)
    } catch (error) {
      if (error instanceof ConnectionLost) this.cut()
      else if (error instanceof VarveError) {
        this.#expect(error, MEMBERSHIP_REFUSALS)
        if (OVER.has(error.code) || this.#epoch === 0) {
          this.#drop()
          if (random.integer(2) === 0) this.#memberId = undefined
        } else if (error.code === 'SESSION_REPLACED' || error.code === 'CANCELLED') this.cut()
      } else throw error
    } finally {
      this.#isSpeaking = false
    }
  }

  #open(broker: Parameters<Parameters<SimConnection['call']>[1]>[0]): GroupSession {
    const session = broker.groups.openSession(this.#name, {
      onCall: () => {
        this.#nextMs = 0
      },
      onEnd: ({ code }) => {
        if (this.#session !== session) return
        this.#session = undefined
        if (OVER.has(code)) this.#drop()
      },
    })
    this.#session = session
    return session
  }

  async #join(random: SeededRandom): Promise<void> {
    const memberId = this.#memberId
    const invokedAt = this.#stage.now()
    const joined = await this.connection.call(`${this.#name} join`, (broker) => {
      this.cut()
      return this.#open(broker).join({
        ...{ group: GROUP, clientId: 'simulated', topics: [this.#topic.name] },
        ...{ sessionTimeoutMs: this.#sessionTimeoutMs, rebalanceTimeoutMs: REBALANCE_MS },
        ...(memberId === undefined ? {} : { memberId }),
      })
    })
    if (this.isGone) return
    this.#memberId = joined.memberId
    this.#hear(joined, invokedAt, random)
  }

  async #heartbeat(random: SeededRandom): Promise<void> {
    const memberId = this.#memberId ?? ''
    const owned = [...this.#hands.values()].map(({ partition }) => ({
      ...{ topic: this.#topic.name, partition },
    }))
    const heartbeat = { memberEpoch: this.#epoch, owned, progress: [] }
    const invokedAt = this.#stage.now()
    const answer = await this.connection.call(`${this.#name} heartbeat`, (broker) => {
      const session = this.#session
      if (session !== undefined) return session.heartbeat(heartbeat)
      const resuming = this.#open(broker)
      return resuming.resume({ group: GROUP, memberId, heartbeat }).catch((error: unknown) => {
        // It speaks for nobody.
        if (this.#session === resuming) this.cut()
        throw error
      })
    })
    if (this.isGone || this.#epoch === 0) return
    this.#hear(answer, invokedAt, random)
  }

  #hear(
    answer: {
      readonly memberEpoch: number
      readonly heartbeatIntervalMs: number
      readonly assigned?: readonly AssignedPartition[]
    },
    invokedAt: number,
    random: SeededRandom,
  ): void {
    const { clock, history } = this.#stage
    const nowMs = clock.monotonicMs()
    this.#epoch = answer.memberEpoch
    this.#nextMs = Math.min(this.#nextMs, nowMs + answer.heartbeatIntervalMs)
    if (answer.assigned === undefined) return
    const mine = new Map(answer.assigned.map((place) => [this.#topic.keys[place.partition], place]))
    for (const [key, hand] of this.#hands) {
      if (mine.has(key) || hand.letGoMs !== undefined) continue
      hand.letGoMs = nowMs + random.integer(random.integer(8) === 0 ? 2 * REBALANCE_MS : 800)
    }
    const fresh: number[] = []
    for (const [key, { partition, committedOffset }] of mine) {
      if (key === undefined) continue
      const hand = this.#hands.get(key)
      if (hand?.letGoMs !== undefined) {
        this.#stage.violation(`G1: ${this.#name} is given partition ${partition} before it let go`)
      }
      if (hand !== undefined) continue
      const times = { invokedAt, endedAt: this.#stage.now() }
      history.committed({ group: GROUP, key, offset: committedOffset, ...times })
      const position = committedOffset ?? 0
      const topic = this.#topic
      this.#hands.set(key, {
        topic,
        partition,
        key,
        position,
        epoch: undefined,
        letGoMs: undefined,
      })
      fresh.push(key)
    }
    if (fresh.length === 0) return
    history.rebalanced({
      ...{ group: GROUP, member: this.#memberId ?? '', process: this.process },
      ...{ memberEpoch: this.#epoch, at: this.#stage.now(), assigned: fresh, revoked: [] },
    })
  }

  #expect({ code, message }: VarveError, known: ReadonlySet<string>): void {
    if (!known.has(code)) this.#stage.violation(`${this.#name} was refused: ${code} ${message}`)
  }
}
