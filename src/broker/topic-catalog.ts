// The live topics by name, and the count of what exists. Invariants: a name belongs to at most one topic from the first
// step of its creation to the last of its deletion; names are keys of Maps, so `__proto__` is a name like any other.
import { VarveError } from '../domain/error.ts'
import type { Limits } from '../domain/limits.ts'
import { checkTopicName, type TopicId, topicCollisionKey } from '../domain/topic.ts'
import type { Cancel } from '../platform/clock.ts'
import type { LiveTopic, PartitionSlot } from './live-topic.ts'

export class TopicCatalog {
  readonly #limits: Pick<Limits, 'topicsMax' | 'partitionsMax'>
  readonly #byName = new Map<string, LiveTopic>()
  readonly #byId = new Map<TopicId, LiveTopic>()
  /** Collision key to the names that have it: more than one only where storage came with such names. */
  readonly #byCollisionKey = new Map<string, Set<string>>()
  readonly #listeners = new Set<(topic: LiveTopic) => void>()
  #sortedNames: readonly string[] | undefined
  #partitionCount = 0

  constructor(limits: Pick<Limits, 'topicsMax' | 'partitionsMax'>) {
    this.#limits = limits
  }

  /** Topics that are served. */
  get topicCount(): number {
    return this.names().length
  }

  /** Partitions of all topics, those under creation and not yet removed included. */
  get partitionCount(): number {
    return this.#partitionCount
  }

  /** Whether any topic, even one under creation, has the name. */
  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /**
   * The served topic of this name.
   * @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC
   */
  topic(name: string): LiveTopic {
    const topic = this.#byName.get(name)
    if (topic?.state === 'active') return topic
    checkTopicName(name)
    throw new VarveError('UNKNOWN_TOPIC', `there is no topic ${name}`)
  }

  /** The served topic of this name, or undefined, whatever the name is. */
  find(name: string): LiveTopic | undefined {
    return served(this.#byName.get(name))
  }

  /** The served topic of this id. */
  findById(id: TopicId): LiveTopic | undefined {
    return served(this.#byId.get(id))
  }

  /** Calls `listener` after a topic came, grew or went, or may have. It must not throw. */
  onChange(listener: (topic: LiveTopic) => void): Cancel {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * The slot of a partition of a served topic.
   * @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC · UNKNOWN_PARTITION
   */
  slot(topicName: string, partition: number): PartitionSlot {
    const topic = this.topic(topicName)
    const slot = topic.partitions[partition]
    if (slot !== undefined) return slot
    throw new VarveError(
      'UNKNOWN_PARTITION',
      `topic ${topicName} has partitions 0 to ${topic.partitions.length - 1}, not ${partition}`,
      { details: { partitions: topic.partitions.length } },
    )
  }

  /** Names of the served topics, sorted by code units. */
  names(): readonly string[] {
    if (this.#sortedNames === undefined) {
      const names: string[] = []
      for (const topic of this.#byName.values()) {
        if (topic.state === 'active') names.push(topic.name)
      }
      this.#sortedNames = names.sort()
    }
    return this.#sortedNames
  }

  /** Served topics, sorted by name, as they are when they are reached. */
  *topics(): Generator<LiveTopic> {
    for (const name of this.names()) {
      const topic = this.#byName.get(name)
      if (topic?.state === 'active') yield topic
    }
  }

  /** Slots of the served topics, sorted by name and number, as they are when they are reached. */
  *slots(): Generator<PartitionSlot> {
    for (const topic of this.topics()) yield* topic.partitions
  }

  /**
   * Checks that a topic may be made.
   * @throws VarveError TOPIC_EXISTS · TOPIC_NAME_COLLISION · QUOTA_TOPICS
   */
  checkNew(name: string, partitions: number): void {
    if (this.has(name)) throw new VarveError('TOPIC_EXISTS', `topic ${name} exists already`)
    for (const other of this.#byCollisionKey.get(topicCollisionKey(name)) ?? []) {
      throw new VarveError(
        'TOPIC_NAME_COLLISION',
        `${name} and the existing topic ${other} differ only by "." against "_"`,
        { details: { existing: other } },
      )
    }
    const { topicsMax } = this.#limits
    if (this.#byName.size >= topicsMax) {
      throw new VarveError('QUOTA_TOPICS', `there are ${topicsMax} topics already`, {
        details: { topicsMax },
      })
    }
    this.checkGrowth(partitions)
  }

  /** @throws VarveError QUOTA_TOPICS when there is no room for `more` partitions. */
  checkGrowth(more: number): void {
    const { partitionsMax } = this.#limits
    if (this.#partitionCount + more <= partitionsMax) return
    throw new VarveError(
      'QUOTA_TOPICS',
      `${more} more partitions would be above the limit of ${partitionsMax} in all`,
      { details: { partitionsMax } },
    )
  }

  /** Takes room for partitions, or gives it back with a negative number. */
  countPartitions(more: number): void {
    this.#partitionCount += more
  }

  /** Takes the topic's name. It is served once its state is `active` and `changed` was called. */
  add(topic: LiveTopic): void {
    if (this.has(topic.name)) throw new Error(`two topics of one name in the catalog`)
    this.#byName.set(topic.name, topic)
    this.#byId.set(topic.id, topic)
    const key = topicCollisionKey(topic.name)
    const names = this.#byCollisionKey.get(key)
    if (names === undefined) this.#byCollisionKey.set(key, new Set([topic.name]))
    else names.add(topic.name)
    this.changed(topic)
  }

  /** Gives the topic's name free. */
  remove(topic: LiveTopic): void {
    this.#byName.delete(topic.name)
    this.#byId.delete(topic.id)
    const key = topicCollisionKey(topic.name)
    const names = this.#byCollisionKey.get(key)
    names?.delete(topic.name)
    if (names?.size === 0) this.#byCollisionKey.delete(key)
    this.changed(topic)
  }

  /** To be called after the state of a topic changed, or the number of its partitions. */
  changed(topic: LiveTopic): void {
    this.#sortedNames = undefined
    for (const listener of this.#listeners) listener(topic)
  }
}

function served(topic: LiveTopic | undefined): LiveTopic | undefined {
  return topic?.state === 'active' ? topic : undefined
}
