// A topic as the broker holds it in memory, with a slot for each partition. Invariant: a slot has a log exactly while
// the partition can be asked for something; at rest neither holds a timer, a promise or a closure.
import type { TopicId } from '../domain/topic.ts'
import {
  parseTopicSettings,
  type TopicSettings,
  type TopicSettingTexts,
} from '../domain/topic-settings.ts'
import type { PartitionLog } from '../storage/engine.ts'

/**
 * Why a slot has no log. `opening`: not yet. `missing`: its data is not in storage. `failed`: opening it failed; it is
 * tried again.
 */
export type SlotTrouble = 'opening' | 'missing' | 'failed'

/** One partition of a live topic. */
export class PartitionSlot {
  readonly topic: LiveTopic
  readonly number: number
  log: PartitionLog | undefined
  /** Holds while there is no log. */
  trouble: SlotTrouble = 'opening'

  constructor(topic: LiveTopic, number: number, log?: PartitionLog) {
    this.topic = topic
    this.number = number
    this.log = log
  }
}

/** `creating`: only its name is taken. `active`: served. `deleted`: what still holds it must let go. */
export type LiveTopicState = 'creating' | 'active' | 'deleted'

export interface LiveTopicFacts {
  readonly id: TopicId
  readonly name: string
  readonly createdMs: number
  readonly settingTexts: TopicSettingTexts
  /** Of the stored metadata; 0 when there is none or it is damaged. */
  readonly metadataVersion: number
  /** Why the topic can only be read. */
  readonly degraded?: string
}

/**
 * The settings of a degraded topic: nothing may go away while nobody knows what it was meant to keep (invariant R3).
 * They stay when it is healed, unless whoever heals it says otherwise.
 */
export const DEGRADED_SETTING_TEXTS: TopicSettingTexts = {
  'retention.bytes': '-1',
  'retention.ms': '-1',
}

export class LiveTopic {
  readonly id: TopicId
  readonly name: string
  state: LiveTopicState = 'creating'
  createdMs: number
  settingTexts: TopicSettingTexts
  settings: TopicSettings
  metadataVersion: number
  degraded: string | undefined
  /** Replaced as a whole when partitions are added; a slot's index is its number. */
  partitions: readonly PartitionSlot[] = []
  /** Partitions from this number on may have to be made: the storing of their creation is not finished. */
  creatingFrom: number | undefined
  /** Takes turns for records without a key. */
  nextTurn = 0

  /** @throws VarveError INVALID_CONFIG */
  constructor(facts: LiveTopicFacts) {
    this.id = facts.id
    this.name = facts.name
    this.createdMs = facts.createdMs
    this.settingTexts = facts.settingTexts
    this.metadataVersion = facts.metadataVersion
    this.degraded = facts.degraded
    this.settings = parseTopicSettings(facts.settingTexts)
  }
}
