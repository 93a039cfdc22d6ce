// The internal topic in which the journal of groups lies: `__groups`, one partition, kept for ever but for what the journal
// itself removes. It is an ordinary topic in storage, so that starts, recovery and the offline tools know it; only the broker
// writes to it. Made when something is to be stored for the first time.
import { type Durability, isAtLeast } from '../../domain/durability.ts'
import { VarveError } from '../../domain/error.ts'
import { topicIdFromBytes } from '../../domain/topic.ts'
import { parseTopicSettings, type TopicSettingTexts } from '../../domain/topic-settings.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Random } from '../../platform/random.ts'
import type { EngineAbilities, PartitionLog } from '../../storage/engine.ts'
import { LiveTopic, type PartitionSlot } from '../live-topic.ts'
import { readableLog, writableLog } from '../open-log.ts'
import { topicTurn } from '../partition-opener.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import type { TopicLifecycle } from '../topic-lifecycle.ts'
import type { TopicStore } from '../topic-store.ts'
import type { TurnQueue } from '../turn-queue.ts'

export const GROUPS_TOPIC = '__groups'

/** Where the journal lies. */
export interface JournalPlace {
  /**
   * The log; undefined when nothing was ever stored.
   * @throws VarveError NOT_READY while it is being opened · STORAGE_FAILED when that failed and will be tried again · CORRUPT_LOG when its data is missing
   */
  find(): PartitionLog | undefined
  /** The log to write to; made when there is none. @throws VarveError as `find` · PARTITION_READ_ONLY · what storage answers */
  open(): Promise<{
    readonly log: PartitionLog
    /** What an append is to reach before it is acknowledged. */
    readonly durability: Exclude<Durability, 'none'>
  }>
}

export interface GroupTopicParts {
  readonly catalog: TopicCatalog
  readonly lifecycle: TopicLifecycle
  readonly store: TopicStore
  readonly turns: TurnQueue
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly abilities: EngineAbilities
  /** Of the broker: its durability is that of commits too. */
  readonly topicDefaults: TopicSettingTexts
}

export class GroupTopic implements JournalPlace {
  readonly #parts: GroupTopicParts
  readonly #settingTexts: TopicSettingTexts
  #isSettled = false

  constructor(parts: GroupTopicParts) {
    this.#parts = parts
    const durability = parts.topicDefaults.durability
    this.#settingTexts = {
      ...(durability === undefined ? {} : { durability }),
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'segment.bytes': String(16 * 2 ** 20),
    }
  }

  find(): PartitionLog | undefined {
    const slot = this.#slot()
    return slot === undefined ? undefined : readableLog(slot)
  }

  async open(): Promise<{ log: PartitionLog; durability: Exclude<Durability, 'none'> }> {
    const slot = this.#slot()
    if (slot === undefined) await this.#inTurn(() => this.#create())
    else if (!this.#isSettled) await this.#inTurn(() => this.#settle(slot.topic))
    const made = this.#slot()
    if (made === undefined) throw new Error('the topic of groups was made and is not there')
    const { durability } = made.topic.settings
    const { durabilityMax } = this.#parts.abilities
    return {
      log: writableLog(made),
      durability: isAtLeast(durabilityMax, durability) ? durability : durabilityMax,
    }
  }

  #slot(): PartitionSlot | undefined {
    const topic = this.#parts.catalog.find(GROUPS_TOPIC)
    if (topic === undefined) return undefined
    const [slot] = topic.partitions
    if (slot !== undefined) return slot
    throw new VarveError('CORRUPT_LOG', `of topic ${GROUPS_TOPIC} nothing is stored`)
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    return this.#parts.turns.run(topicTurn(GROUPS_TOPIC), action)
  }

  async #create(): Promise<void> {
    if (this.#slot() !== undefined) return
    const { clock, random, lifecycle } = this.#parts
    const topic = new LiveTopic({
      id: topicIdFromBytes(random.bytes(16)),
      name: GROUPS_TOPIC,
      createdMs: Math.max(0, Math.floor(clock.wallMs())),
      settingTexts: this.#settingTexts,
      metadataVersion: 0,
    })
    await lifecycle.create(topic, 1)
    this.#isSettled = true
  }

  /**
   * Gives a topic of an earlier process the settings of now: what the broker is configured as may have changed, and metadata that was
   * damaged is made whole, as nobody but the broker knows or changes what it says.
   */
  async #settle(topic: LiveTopic): Promise<void> {
    if (this.#isSettled) return
    const texts = this.#settingTexts
    if (topic.degraded !== undefined || !sameTexts(topic.settingTexts, texts)) {
      if (topic.partitions.length !== 1) {
        throw new VarveError('PARTITION_READ_ONLY', `of topic ${topic.name} not all is stored`)
      }
      await this.#parts.store.save(topic, { settings: texts })
      topic.settingTexts = texts
      topic.settings = parseTopicSettings(texts)
      topic.degraded = undefined
      for (const slot of topic.partitions) slot.log?.updateSettings(topic.settings)
      this.#parts.log.info('group_topic_updated', { topic: topic.name, topicId: topic.id })
    }
    this.#isSettled = true
  }
}

function sameTexts(a: TopicSettingTexts, b: TopicSettingTexts): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}
