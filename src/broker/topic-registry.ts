// Administration of topics: checks what is asked for, then lets the lifecycle do it. Invariant: operations on one topic
// (and on names that may not exist together) run one after the other; on different topics side by side.
import { isAtLeast } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'
import { checkNotInternal, checkTopicName, topicIdFromBytes } from '../domain/topic.ts'
import {
  isTopicSettingName,
  parseTopicSettings,
  type TopicSettings,
  type TopicSettingTexts,
} from '../domain/topic-settings.ts'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { EngineAbilities } from '../storage/engine.ts'
import { describeSettings, describeTopic } from './describe.ts'
import type { TopicDescription, TopicSummary } from './descriptions.ts'
import { LiveTopic } from './live-topic.ts'
import { goneTopic, readableLog } from './open-log.ts'
import { topicTurn } from './partition-opener.ts'
import type { RequestGate } from './request-gate.ts'
import type { TopicCatalog } from './topic-catalog.ts'
import type { TopicLifecycle } from './topic-lifecycle.ts'
import type { TopicStore } from './topic-store.ts'
import type { TurnQueue } from './turn-queue.ts'

export interface CreateTopicRequest {
  readonly name: string
  readonly partitions: number
  /** By public name; absent ones have their defaults. */
  readonly settings: Readonly<Record<string, string>>
  /** Only check. */
  readonly validateOnly?: boolean
}

export interface UpdateSettingsRequest {
  readonly name: string
  /** New values by public name. */
  readonly set: Readonly<Record<string, string>>
  /** Settings that go back to their defaults. */
  readonly reset: readonly string[]
  readonly validateOnly?: boolean
}

export interface DeleteRecordsRequest {
  readonly topic: string
  readonly partition: number
  /** Records below it go. */
  readonly beforeOffset: Offset | 'readable-end'
}

export interface TopicPage {
  readonly topics: readonly TopicSummary[]
  /** Pass it as `after` to go on; absent on the last page. */
  readonly next?: string
}

/** What the registry works with. */
export interface TopicRegistryParts {
  readonly catalog: TopicCatalog
  readonly lifecycle: TopicLifecycle
  readonly store: TopicStore
  readonly turns: TurnQueue
  readonly gate: RequestGate
  readonly clock: Clock
  readonly random: Random
  readonly abilities: EngineAbilities
  readonly limits: Limits
  /** Settings that a new topic gets unless it says otherwise; also what a reset goes back to. */
  readonly topicDefaults: TopicSettingTexts
}

export class TopicRegistry {
  readonly #parts: TopicRegistryParts

  constructor(parts: TopicRegistryParts) {
    this.#parts = parts
  }

  /**
   * Makes a topic; it is stored and served when this resolves. Of several at once with one name exactly one wins.
   * @throws VarveError INVALID_TOPIC_NAME · INTERNAL_TOPIC · INVALID_PARTITION_COUNT · INVALID_CONFIG · TOPIC_EXISTS ·
   *   TOPIC_NAME_COLLISION · QUOTA_TOPICS · NOT_READY · what storage answers
   */
  async createTopic(request: CreateTopicRequest): Promise<TopicDescription> {
    const { catalog, lifecycle, clock, random, topicDefaults } = this.#parts
    const { name, partitions } = request
    checkTopicName(name)
    checkNotInternal(name)
    this.#checkPartitionCount(partitions)
    // Kept with the topic: what its broker is configured as later changes nothing of it.
    const settingTexts: TopicSettingTexts = { ...topicDefaults, ...request.settings }
    this.#checkSettings(settingTexts)
    return this.#inTurn(name, async () => {
      catalog.checkNew(name, partitions)
      const createdMs = Math.max(0, Math.floor(clock.wallMs()))
      if (request.validateOnly === true) {
        return describeUnborn({ name, partitions, settingTexts, createdMs })
      }
      const id = topicIdFromBytes(random.bytes(16))
      const topic = new LiveTopic({ id, name, createdMs, settingTexts, metadataVersion: 0 })
      await lifecycle.create(topic, partitions)
      return describeTopic(topic)
    })
  }

  /**
   * Removes a topic and its records. When it resolves the topic is gone, after any restart too. Produces and fetches
   * under way end with UNKNOWN_TOPIC or NOT_READY.
   * @throws VarveError INVALID_TOPIC_NAME · INTERNAL_TOPIC · UNKNOWN_TOPIC · NOT_READY while a partition of it is being opened
   */
  async deleteTopic(name: string): Promise<void> {
    const { catalog, lifecycle } = this.#parts
    checkNotInternal(name)
    await this.#inTurn(name, async () => {
      const topic = catalog.topic(name)
      const opening = topic.partitions.find((slot) => !slot.log && slot.trouble === 'opening')
      if (opening !== undefined) {
        throw new VarveError(
          'NOT_READY',
          `partition ${opening.number} of topic ${name} is being opened; delete it after that`,
        )
      }
      await lifecycle.delete(topic)
    })
  }

  /** @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC · NOT_READY */
  describeTopic(name: string): TopicDescription {
    this.#parts.gate.check()
    return describeTopic(this.#parts.catalog.topic(name))
  }

  /**
   * One page of topics, sorted by name (code units).
   * @param request.after the page begins with the first name above it, whether that one exists or not.
   * @param request.limit from 1; at most LIMITS.itemsPerRequestMax are returned.
   * @throws VarveError INVALID_ARGUMENT · NOT_READY
   */
  listTopics(request: { readonly after?: string; readonly limit: number }): TopicPage {
    const { gate, catalog } = this.#parts
    gate.check()
    const { after, limit } = request
    if (!Number.isInteger(limit) || limit < 1) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        `the size of a page must be at least 1, not ${limit}`,
      )
    }
    const names = catalog.names()
    const start = after === undefined ? 0 : firstAbove(names, after)
    const page = names.slice(start, start + Math.min(limit, LIMITS.itemsPerRequestMax))
    const topics = page.map((name) => {
      const topic = catalog.topic(name)
      return { name, id: topic.id, partitions: topic.partitions.length }
    })
    const last = page.at(-1)
    return last === undefined || start + page.length === names.length
      ? { topics }
      : { topics, next: last }
  }

  /**
   * Changes settings; the others stay. They hold from the next operation on. On a degraded topic this writes its
   * metadata anew and so makes it whole again.
   * @throws VarveError INVALID_TOPIC_NAME · INTERNAL_TOPIC · UNKNOWN_TOPIC · INVALID_CONFIG · TOPIC_CHANGED · NOT_READY ·
   *   PARTITION_READ_ONLY for a degraded topic of which no partition is stored · what storage answers
   */
  async updateSettings(request: UpdateSettingsRequest): Promise<TopicDescription> {
    const { catalog, store, topicDefaults } = this.#parts
    const { name } = request
    checkNotInternal(name)
    return this.#inTurn(name, async () => {
      const topic = catalog.topic(name)
      const texts = changedTexts(topic.settingTexts, request, topicDefaults)
      const settings = this.#checkSettings(texts)
      if (topic.degraded !== undefined && topic.partitions.length === 0) {
        throw new VarveError(
          'PARTITION_READ_ONLY',
          `of topic ${name} no partition is stored: all that can be done is to delete it`,
        )
      }
      if (request.validateOnly === true) {
        return { ...describeTopic(topic), settings: describeSettings(texts) }
      }
      await store.save(topic, {
        settings: texts,
        ...(topic.creatingFrom === undefined ? {} : { creatingFrom: topic.creatingFrom }),
      })
      topic.settingTexts = texts
      topic.settings = settings
      topic.degraded = undefined
      for (const slot of topic.partitions) slot.log?.updateSettings(settings)
      return describeTopic(topic)
    })
  }

  /**
   * Raises the number of partitions to `total`; the same number is fine. All new ones are served together.
   * @throws VarveError INVALID_TOPIC_NAME · INTERNAL_TOPIC · UNKNOWN_TOPIC · INVALID_PARTITION_COUNT · PARTITION_SHRINK ·
   *   QUOTA_TOPICS · PARTITION_READ_ONLY for a degraded topic · NOT_READY · what storage answers
   */
  async addPartitions(name: string, total: number): Promise<TopicDescription> {
    const { catalog, lifecycle } = this.#parts
    checkNotInternal(name)
    this.#checkPartitionCount(total)
    return this.#inTurn(name, async () => {
      const topic = catalog.topic(name)
      const present = topic.partitions.length
      if (topic.degraded !== undefined) throw degradedTopic(topic, topic.degraded)
      if (total < present) {
        throw new VarveError(
          'PARTITION_SHRINK',
          `topic ${name} has ${present} partitions; their number can only grow, not become ${total}`,
          { details: { partitions: present } },
        )
      }
      if (topic.creatingFrom !== undefined) {
        throw new VarveError('NOT_READY', `partitions of topic ${name} are still being added`)
      }
      if (total > present) {
        catalog.checkGrowth(total - present)
        await lifecycle.grow(topic, total)
      }
      return describeTopic(topic)
    })
  }

  /**
   * Moves the start of a partition up.
   * @returns the first offset that is kept now.
   * @throws VarveError INTERNAL_TOPIC · UNKNOWN_TOPIC · UNKNOWN_PARTITION · OFFSET_OUT_OF_RANGE above the readable end ·
   *   PARTITION_READ_ONLY for a degraded topic · NOT_READY · what storage answers
   */
  async deleteRecords(request: DeleteRecordsRequest): Promise<Offset> {
    const { gate, catalog } = this.#parts
    return gate.run(async () => {
      checkNotInternal(request.topic)
      const slot = catalog.slot(request.topic, request.partition)
      const { topic } = slot
      if (topic.degraded !== undefined) throw degradedTopic(topic, topic.degraded)
      const log = readableLog(slot)
      const before = request.beforeOffset
      try {
        return await log.deleteBefore(before === 'readable-end' ? log.bounds().readableEnd : before)
      } catch (error) {
        throw goneTopic(topic, error)
      }
    })
  }

  async #inTurn<T>(name: string, action: () => Promise<T>): Promise<T> {
    const { gate, turns } = this.#parts
    return gate.run(() => turns.run(topicTurn(name), action))
  }

  #checkPartitionCount(count: number): void {
    const { partitionsPerTopicMax } = this.#parts.limits
    if (Number.isInteger(count) && count >= 1 && count <= partitionsPerTopicMax) return
    throw new VarveError(
      'INVALID_PARTITION_COUNT',
      `a topic has 1 to ${partitionsPerTopicMax} partitions, not ${count}`,
      { details: { partitionsPerTopicMax } },
    )
  }

  /** @throws VarveError INVALID_CONFIG */
  #checkSettings(texts: Readonly<Record<string, string>>): TopicSettings {
    const settings = parseTopicSettings(texts)
    const { durabilityMax } = this.#parts.abilities
    if (isAtLeast(durabilityMax, settings.minDurability)) return settings
    throw new VarveError(
      'INVALID_CONFIG',
      `min.durability ${settings.minDurability} is more than this storage can promise: ${durabilityMax}`,
      { details: { setting: 'min.durability' } },
    )
  }
}

function degradedTopic(topic: LiveTopic, reason: string): VarveError {
  return new VarveError(
    'PARTITION_READ_ONLY',
    `topic ${topic.name} is degraded: ${reason}; updating its settings makes it whole again`,
  )
}

/** @throws VarveError INVALID_CONFIG */
function changedTexts(
  texts: TopicSettingTexts,
  request: UpdateSettingsRequest,
  defaults: TopicSettingTexts,
): TopicSettingTexts {
  const changed: Record<string, string> = { ...texts, ...request.set }
  const reset = new Set(request.reset)
  for (const name of reset) {
    if (Object.hasOwn(request.set, name) || !isTopicSettingName(name)) {
      const shown = JSON.stringify(name.slice(0, 100))
      const why = isTopicSettingName(name) ? 'set and reset at once' : 'no topic setting'
      throw new VarveError('INVALID_CONFIG', `${shown} is ${why}`, {
        details: { setting: name.slice(0, 100) },
      })
    }
  }
  const kept = Object.entries(changed).filter(([name]) => !reset.has(name))
  const again = Object.entries(defaults).filter(([name]) => reset.has(name))
  return Object.fromEntries([...kept, ...again])
}

function describeUnborn(topic: {
  name: string
  partitions: number
  settingTexts: TopicSettingTexts
  createdMs: number
}): TopicDescription {
  return {
    name: topic.name,
    id: '',
    createdMs: topic.createdMs,
    settings: describeSettings(topic.settingTexts),
    partitions: Array.from({ length: topic.partitions }, (_, partition) => ({
      topicName: topic.name,
      partition,
      condition: 'healthy',
      bytes: 0,
    })),
  }
}

/** Index of the first name above `name`; names are sorted. */
function firstAbove(names: readonly string[], name: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((names[middle] ?? '') > name) high = middle
    else low = middle + 1
  }
  return low
}
