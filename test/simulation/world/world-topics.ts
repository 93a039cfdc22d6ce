// The topics of a simulated world, and what is known of each partition beside the history: how far it was acknowledged, what may have been
// lost of it. After every start what the broker found is held against that (D1, D2, D5, R1), before any client speaks to it.
import type { Broker } from '../../../src/broker/broker.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { admitOffset } from '../../../src/domain/offset.ts'
import type { SimConnection } from './sim-network.ts'
import type { TopicPlan } from './world-plan.ts'
import type { LivingTopic, WorldStage } from './world-stage.ts'

interface KeyFacts {
  readonly topic: LivingTopic
  readonly partition: number
  /** Acknowledged ends as written, by time. */
  acknowledged: { readonly ms: number; readonly end: number }[]
  /** -1: it need not even be there. */
  syncedEnd: number
  /** Something of it was lost, and may have been. */
  hasLost: boolean
  /** No start has been seen to have it open since the last end of a process. */
  isUnseen: boolean
  /** The power failed since it was seen last. */
  wasCut: boolean
  /** When the disk last had nothing to do in the life in which it was seen last. */
  quietMs: number
}

/** What is known of the process and the machine on which a broker was found. */
interface StartFacts {
  /** Something of its disk failed: nothing is held against what it says of itself. */
  readonly hadFaults: boolean
  /** A sync failed at some time: what was only written may be gone. */
  readonly syncFailed: boolean
  /** The broker has just started: what it has of topics tells what became of deletions before. */
  readonly isStart: boolean
}

export class WorldTopics {
  readonly #stage: WorldStage
  readonly #plans: readonly TopicPlan[]
  readonly #admin: SimConnection
  readonly #topics = new Map<string, LivingTopic>()
  readonly #keys = new Map<number, KeyFacts>()
  /** Partitions that a start has still to open. */
  hasUnseen = false
  onRetired: (topic: LivingTopic) => void = () => undefined

  constructor(stage: WorldStage, plans: readonly TopicPlan[], admin: SimConnection) {
    this.#stage = stage
    this.#plans = plans
    this.#admin = admin
    for (const { name } of plans) this.begin(name)
  }

  get all(): readonly LivingTopic[] {
    return [...this.#topics.values()]
  }

  topic(name: string): LivingTopic {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new Error(`there is no topic ${name} in the plan`)
    return topic
  }

  mayHaveLost(key: number): boolean {
    return this.#keys.get(key)?.hasLost === true
  }

  acknowledged(key: number, end: number, isSynced: boolean): void {
    const facts = this.#keys.get(key)
    if (facts === undefined) return
    if (isSynced) facts.syncedEnd = Math.max(facts.syncedEnd, end)
    else facts.acknowledged.push({ ms: this.#stage.clock.monotonicMs(), end })
  }

  /** A topic that nobody has made yet, with keys of its own in the history. */
  begin(name: string): LivingTopic {
    const { settings, partitions } = this.#planOf(name)
    const durability = settings.durability === 'written' ? 'written' : 'synced'
    const hasRetention = settings['retention.bytes'] !== undefined
    const keys: number[] = []
    const topic: LivingTopic = {
      name,
      keys,
      durability,
      state: 'there',
      isMade: false,
      callsUnderWay: 0,
    }
    for (let partition = 0; partition < partitions; partition++) {
      const title = `${name}/${partition} (${this.#keys.size})`
      const key = this.#stage.history.key(title, { durability, hasRetention })
      keys.push(key)
      this.#keys.set(key, {
        ...{ topic, partition, acknowledged: [], syncedEnd: -1, hasLost: false },
        ...{ isUnseen: false, wasCut: false, quietMs: 0 },
      })
    }
    this.#topics.set(name, topic)
    return topic
  }

  async create(name: string): Promise<void> {
    const topic = this.topic(name)
    const { partitions, settings } = this.#planOf(name)
    try {
      await this.#admin.call(`create ${name}`, (broker) =>
        broker.topics.createTopic({ name, partitions, settings }),
      )
    } catch (error) {
      if (!isVarveError(error, 'TOPIC_EXISTS')) throw error
    }
    // From here on it must be there.
    topic.isMade = true
    for (const key of topic.keys) {
      if (topic.state === 'there') this.acknowledged(key, 0, true)
    }
  }

  async delete(name: string): Promise<void> {
    const topic = this.topic(name)
    if (topic.state !== 'there' || topic.callsUnderWay > 0) return
    topic.state = 'unsure'
    await this.#admin.call(`delete ${name}`, (broker) => broker.topics.deleteTopic(name))
    this.#retire(topic)
  }

  async deleteRecords(name: string, partition: number, permille: number): Promise<void> {
    const topic = this.topic(name)
    if (topic.state !== 'there') return
    topic.callsUnderWay++
    try {
      await this.#admin.call(`delete records of ${name}`, async (broker) => {
        const { bounds } = broker.topics.describeTopic(name).partitions[partition] ?? {}
        if (bounds === undefined) return
        const { start, readableEnd } = bounds
        const offset = start + Math.floor(((readableEnd - start) * permille) / 1_000)
        const beforeOffset = admitOffset(offset)
        await broker.topics.deleteRecords({ topic: name, partition, beforeOffset })
      })
    } finally {
      topic.callsUnderWay--
    }
  }

  /** A process has ended. @param quietMs when its disk last had nothing to do */
  ended(quietMs: number): void {
    for (const facts of this.#keys.values()) {
      if (!facts.isUnseen) facts.quietMs = quietMs
      facts.isUnseen = true
    }
  }

  powerFailed(): void {
    for (const facts of this.#keys.values()) facts.wasCut = true
  }

  /** Holds what a start found against what must be there, and takes note of what was lost as it may be. */
  adopt(broker: Broker, about: StartFacts): void {
    for (const topic of this.#topics.values()) {
      if (topic.state === 'gone' || (topic.state === 'unsure' && !about.isStart)) continue
      if (!isKnown(broker, topic.name)) {
        const mustBe = topic.keys.some((key) => (this.#keys.get(key)?.syncedEnd ?? -1) >= 0)
        if (topic.state === 'unsure') this.#retire(topic)
        else if (mustBe && !about.hadFaults) {
          this.#stage.violation(`D5: topic ${topic.name} is gone`)
        }
        continue
      }
      topic.state = 'there'
      this.#adoptPartitions(broker, topic, about)
    }
    this.hasUnseen = [...this.#keys.values()].some(
      ({ isUnseen, topic }) => isUnseen && topic.state === 'there',
    )
  }

  /** L8: what is deleted for its size leaves at least that much. */
  checkRetention(broker: Broker): void {
    for (const { name, settings } of this.#plans) {
      const kept = settings['retention.bytes']
      if (kept === undefined || kept === '-1' || this.topic(name).state !== 'there') continue
      for (const { bounds, bytes } of broker.topics.describeTopic(name).partitions) {
        if ((bounds?.start ?? 0) > 0 && bytes < Number(kept)) {
          this.#stage.violation(`L8: of ${name} only ${bytes} bytes are left`)
        }
      }
    }
  }

  #adoptPartitions(broker: Broker, topic: LivingTopic, about: StartFacts): void {
    const { partitions } = broker.topics.describeTopic(topic.name)
    for (const { partition, condition, bounds, reason } of partitions) {
      const key = topic.keys[partition]
      const facts = key === undefined ? undefined : this.#keys.get(key)
      if (key === undefined || facts?.isUnseen !== true) continue
      if (condition === 'read-only' && !about.hadFaults) {
        this.#stage.violation(`R1: ${topic.name}/${partition} is ${condition}: ${reason}`)
      }
      if (condition !== 'healthy' || bounds === undefined) continue
      this.#compareEnd(key, facts, bounds.end, about.syncFailed)
      facts.isUnseen = false
      facts.wasCut = false
    }
  }

  #compareEnd(key: number, facts: KeyFacts, end: number, syncFailed: boolean): void {
    const { topic, partition, syncedEnd, acknowledged, wasCut, quietMs } = facts
    const stage = this.#stage
    const place = `${topic.name}/${partition}`
    if (end < syncedEnd) stage.violation(`D1: ${place} ends at ${end}, synced to ${syncedEnd}`)
    const lost = acknowledged.filter((one) => one.end > end)
    facts.acknowledged = []
    if (topic.durability !== 'written' || !(wasCut || syncFailed)) {
      if (lost.length > 0) stage.violation(`D2: ${place} ends at ${end}, not ${lost[0]?.end}`)
      return
    }
    facts.hasLost = true
    stage.history.nemesis({ kind: 'loss', key, fromOffset: end, at: stage.now() })
    const flushMs = Number(this.#planOf(topic.name).settings['flush.ms'] ?? Infinity)
    const early = lost.find(({ ms }) => ms <= quietMs - flushMs)
    if (early !== undefined && !syncFailed) {
      stage.violation(
        `D2: ${place} lost ${early.end - 1}, written ${flushMs} ms before a quiet disk`,
      )
    }
  }

  #retire(topic: LivingTopic): void {
    topic.state = 'gone'
    const { history } = this.#stage
    for (const key of topic.keys) {
      const at = this.#stage.now()
      history.nemesis({ kind: 'log-start', key, offset: Number.MAX_SAFE_INTEGER, at })
    }
    this.onRetired(topic)
  }

  #planOf(name: string): TopicPlan {
    const plan = this.#plans.find((one) => one.name === name)
    if (plan === undefined) throw new Error(`there is no topic ${name} in the plan`)
    return plan
  }
}

function isKnown(broker: Broker, name: string): boolean {
  try {
    broker.topics.describeTopic(name)
    return true
  } catch (error) {
    if (isVarveError(error, 'UNKNOWN_TOPIC')) return false
    throw error
  }
}
