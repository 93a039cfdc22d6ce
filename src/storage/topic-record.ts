// How a topic is written down in the metadata store: JSON under `topics/<topicId>`. Invariant: a value that does not read
// as exactly what was written for this topic counts as damaged, never as absent (invariant R3).
//
//   {"version":1,"topicId":"<id>","name":"orders","partitions":3,"settings":{"retention.ms":"1000"},"createdMs":1,"state":"active"}
//
// `topicId` tells a record that came into the place of another topic's; those that 0.4.0 wrote have none.
// `creating`: nobody was told of the topic yet. `active` with `creatingFrom`: partitions from that number on are being
// added. `deleting`: it is gone for everyone, its partitions are being removed.
import { checkTopicName, isTopicId, type TopicId } from '../domain/topic.ts'
import {
  isTopicSettingName,
  parseTopicSettings,
  type TopicSettingTexts,
} from '../domain/topic-settings.ts'

export interface TopicRecord {
  readonly name: string
  readonly partitions: number
  readonly settings: TopicSettingTexts
  readonly createdMs: number
  readonly state: 'creating' | 'active' | 'deleting'
  readonly creatingFrom?: number
}

const TOPIC_RECORD_VERSION = 1

/** Keys of topics in the metadata store begin with it. */
export const TOPIC_KEY_PREFIX = 'topics/'

/** The key of a topic in the metadata store. */
export function topicKey(id: TopicId): string {
  return TOPIC_KEY_PREFIX + id
}

/** The id in a key, undefined when it is no topic's key. */
export function topicIdOfKey(key: string): TopicId | undefined {
  const id = key.slice(TOPIC_KEY_PREFIX.length)
  return key.startsWith(TOPIC_KEY_PREFIX) && isTopicId(id) ? id : undefined
}

/** The text to store under the key of the topic. */
export function encodeTopicRecord(topicId: TopicId, record: TopicRecord): string {
  return JSON.stringify({ version: TOPIC_RECORD_VERSION, topicId, ...record })
}

/** The record in a text stored under the key of the topic, undefined when it is damaged, another topic's or of an unknown version. */
export function decodeTopicRecord(topicId: TopicId, text: string): TopicRecord | undefined {
  try {
    const fields = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    if (typeof fields !== 'object' || fields === null) return undefined
    if ('topicId' in fields && fields['topicId'] !== topicId) return undefined
    return checkFields(fields)
  } catch {
    // Not JSON, a name that is not allowed or settings that do not hold: one answer for all.
    return undefined
  }
}

/** @throws VarveError on a bad name or bad settings. */
function checkFields(fields: Readonly<Record<string, unknown>>): TopicRecord | undefined {
  const { version, name, partitions, settings, createdMs, state, creatingFrom } = fields
  if (version !== TOPIC_RECORD_VERSION) return undefined
  if (typeof name !== 'string' || !isCount(partitions) || !isCount(createdMs)) return undefined
  if (state !== 'creating' && state !== 'active' && state !== 'deleting') return undefined
  if (creatingFrom !== undefined && !(isCount(creatingFrom) && creatingFrom <= partitions)) {
    return undefined
  }
  checkTopicName(name)
  const texts = settingTexts(settings)
  if (partitions < 1 || texts === undefined) return undefined
  parseTopicSettings(texts)
  const record: TopicRecord = { name, partitions, settings: texts, createdMs, state }
  return creatingFrom === undefined ? record : { ...record, creatingFrom }
}

function settingTexts(value: unknown): TopicSettingTexts | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const texts: Partial<Record<string, string>> = {}
  for (const [name, text] of Object.entries(value)) {
    if (!isTopicSettingName(name) || typeof text !== 'string') return undefined
    texts[name] = text
  }
  return texts
}

/** Not -0 either, which is never written. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0)
}
