// A member as a client library is one, with the misfortunes of a process: answers get lost, commits arrive late, it is
// paused, it takes long to let go of a partition, it dies. It knows only what it was told.
import type { CommitCommand } from '../../src/coordinator/group-command.ts'
import { type PartitionKey, partitionOf, topicIdOf } from '../../src/coordinator/partition-key.ts'
import type { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { GroupHost } from '../support/group-host.ts'
import type { GroupOracle } from './group-oracle.ts'

export interface MemberPlan {
  readonly groupId: string
  readonly instanceId: string | undefined
  readonly assignor: string | undefined
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
}

export interface MemberCounts {
  joins: number
  heartbeats: number
  lostAnswers: number
  fenced: number
  refusedCommits: number
}

/** What a member has of a partition. */
interface Hand {
  /** Where it goes on reading. */
  position: number
  /** When it will have let go; undefined while it may keep it. */
  letGoMs: number | undefined
}

export class SimulatedMember {
  readonly id: string
  readonly plan: MemberPlan
  topics: readonly string[]
  weight: number
  /** 0 while it is not a member as far as it knows. */
  epoch = 0
  hands = new Map<PartitionKey, Hand>()
  nextHeartbeatMs = 0
  pausedUntilMs = 0
  /** Lets go of partitions soon after it was told to. */
  isPunctual = false
  /** It has ended and will do nothing any more. */
  isGone = false
  #isUnsure = false
  /** It has let go of something and not said so yet. */
  #hasNews = false
  readonly #host: GroupHost
  readonly #oracle: GroupOracle
  readonly #random: SeededRandom
  readonly #counts: MemberCounts

  constructor(
    id: string,
    plan: MemberPlan,
    topics: readonly string[],
    parts: { host: GroupHost; oracle: GroupOracle; random: SeededRandom; counts: MemberCounts },
  ) {
    this.id = id
    this.plan = plan
    this.topics = topics
    this.weight = 1 + parts.random.integer(3)
    this.#host = parts.host
    this.#oracle = parts.oracle
    this.#random = parts.random
    this.#counts = parts.counts
  }

  get isRunning(): boolean {
    return !this.isGone && this.#host.monotonicMs >= this.pausedUntilMs
  }

  /** Reads on, in all that it has in its hands: also in what it does not know it has lost. */
  process(): void {
    for (const [key, hand] of this.hands) {
      const end = Math.min(this.#oracle.ends.get(key) ?? 0, hand.position + this.#random.integer(4))
      this.#oracle.processed(key, hand.position, end)
      hand.position = end
    }
  }

  /** Lets go of what its time has come for, after a last commit. */
  letGo(): void {
    const now = this.#host.monotonicMs
    const done = [...this.hands].filter(
      ([, { letGoMs }]) => letGoMs !== undefined && letGoMs <= now,
    )
    if (done.length === 0) return
    if (this.#random.integer(4) > 0) this.send(this.commitOf(done.map(([key]) => key)))
    for (const [key] of done) this.hands.delete(key)
    this.#hasNews = true
  }

  /** A commit of where it stands, to be sent now or later. */
  commitOf(keys: readonly PartitionKey[], allowRewind = false): CommitCommand {
    const { groupId, instanceId } = this.plan
    return {
      ...{ kind: 'commit', groupId, memberId: this.id, instanceId, memberEpoch: this.epoch },
      items: keys.map((key) => ({
        topicId: topicIdOf(key),
        partition: partitionOf(key),
        offset: this.hands.get(key)?.position ?? 0,
        endOffset: this.#oracle.ends.get(key) ?? 0,
      })),
      allowRewind,
    }
  }

  send(commit: CommitCommand): void {
    this.#oracle.mayRewind = commit.allowRewind === true
    const decision = this.#host.run(commit)
    this.#oracle.mayRewind = false
    const isRefused =
      decision.refusal !== undefined || decision.reply.results.some(({ error }) => error)
    if (isRefused) this.#counts.refusedCommits++
  }

  /** Joins or gives a sign of life. @param isLost the answer does not arrive. */
  speak(isLost: boolean): void {
    if (this.epoch === 0) this.#join(isLost)
    else this.#heartbeat(isLost)
  }

  leave(isComingBack: boolean): void {
    const { instanceId } = this.plan
    this.#host.run({ kind: 'leave', memberId: this.id, instanceId, isComingBack })
    this.hands.clear()
    this.isGone = true
  }

  #join(isLost: boolean): void {
    this.#counts.joins++
    const { topics, weight, plan } = this
    const decision = this.#host.run({
      ...{ kind: 'join', memberId: this.id, clientId: `client of ${this.id}`, topics, weight },
      ...plan,
    })
    this.nextHeartbeatMs = this.#host.monotonicMs + 500
    if (decision.refusal !== undefined || isLost) return
    this.#hear(decision.reply)
  }

  #heartbeat(isLost: boolean): void {
    this.#counts.heartbeats++
    const { topics, weight } = this
    const isFull = this.#isUnsure || this.#random.integer(5) === 0
    const says = isFull || this.#hasNews || this.#random.integer(3) > 0
    const owned = says ? [...this.hands.keys()] : undefined
    this.#hasNews = false
    const decision = this.#host.run({
      ...{ kind: 'heartbeat', memberId: this.id, memberEpoch: this.epoch, owned },
      ...(isFull ? { wishes: { topics, weight } } : {}),
      ...(this.plan.instanceId === undefined ? {} : { instanceId: this.plan.instanceId }),
    })
    if (decision.refusal === undefined) {
      this.#isUnsure = isLost
      if (isLost) this.#counts.lostAnswers++
      else this.#hear(decision.reply)
      if (isLost) this.nextHeartbeatMs = this.#host.monotonicMs + 200
      return
    }
    this.#counts.fenced++
    this.hands.clear()
    this.epoch = 0
    this.#isUnsure = false
    this.nextHeartbeatMs = this.#host.monotonicMs + this.#random.integer(500)
    if (decision.refusal.code === 'FENCED_INSTANCE_ID') this.isGone = true
  }

  #hear(reply: {
    memberEpoch: number
    heartbeatIntervalMs: number
    assigned?: readonly PartitionKey[]
  }): void {
    const now = this.#host.monotonicMs
    this.epoch = reply.memberEpoch
    this.nextHeartbeatMs = now + reply.heartbeatIntervalMs
    if (reply.assigned === undefined) return
    const mine = new Set(reply.assigned)
    for (const [key, hand] of this.hands) {
      if (mine.has(key) || hand.letGoMs !== undefined) continue
      const isSlow = !this.isPunctual && this.#random.integer(8) === 0
      hand.letGoMs = now + this.#random.integer(isSlow ? 2 * this.plan.rebalanceTimeoutMs : 800)
      this.nextHeartbeatMs = Math.min(this.nextHeartbeatMs, hand.letGoMs)
    }
    for (const key of mine) {
      const hand = this.hands.get(key)
      if (hand?.letGoMs !== undefined) throw new Error(`${key} is given back before it was let go`)
      const position = this.#host.group.offsets.get(key)?.offset ?? 0
      if (hand === undefined) this.hands.set(key, { position, letGoMs: undefined })
    }
  }
}
