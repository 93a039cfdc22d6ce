// Topic settings: Kafka's names, types and defaults where Kafka has them, ours where it does not. Users send strings;
// inside, a TopicSettings value is complete and checked. docs/TOPIC-SETTINGS.md is the table for users.
import { DURABILITIES, type Durability, isAtLeast } from './durability.ts'
import { VarveError } from './error.ts'
import { LIMITS } from './limits.ts'
import { didYouMean, nearestName } from './nearest-name.ts'

export type TimestampType = 'CreateTime' | 'LogAppendTime'
export type RecordValidation = 'full' | 'header'

/** A complete set of settings. Durations in milliseconds, sizes in bytes; `Infinity` where a setting is unlimited. */
export interface TopicSettings {
  readonly retentionMs: number
  readonly retentionBytes: number
  readonly segmentBytes: number
  readonly segmentMs: number
  readonly segmentIndexBytes: number
  readonly indexIntervalBytes: number
  readonly fileDeleteDelayMs: number
  readonly maxMessageBytes: number
  readonly messageTimestampType: TimestampType
  readonly messageTimestampBeforeMaxMs: number
  readonly messageTimestampAfterMaxMs: number
  readonly flushMs: number
  readonly flushMessages: number
  readonly cleanupPolicy: 'delete'
  readonly compressionType: 'producer'
  readonly durability: Exclude<Durability, 'none'>
  readonly minDurability: Durability
  readonly recordValidation: RecordValidation
}

interface SettingDefinition<T> {
  readonly property: keyof TopicSettings
  readonly defaultText: string
  /** What is allowed, in words, for error messages and the docs. */
  readonly allowed: string
  readonly summary: string
  readonly parse: (text: string) => T | undefined
}

const JAVA_LONG_MAX = '9223372036854775807'
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

function integer(
  property: keyof TopicSettings,
  options: { min: number; max?: number; unlimited?: string; byDefault: string; summary: string },
): SettingDefinition<number> {
  const { min, max = Number.MAX_SAFE_INTEGER, unlimited } = options
  const range = options.max === undefined ? `an integer of at least ${min}` : `${min} to ${max}`
  return {
    property,
    defaultText: options.byDefault,
    allowed: unlimited === undefined ? range : `${range}, or ${unlimited} for no limit`,
    summary: options.summary,
    parse: (text) => {
      if (text === unlimited) return Infinity
      if (!/^-?\d{1,16}$/.test(text)) return undefined
      const value = Number(text)
      return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined
    },
  }
}

function oneOf(
  property: keyof TopicSettings,
  values: readonly [string, ...string[]],
  options: { byDefault?: string; summary: string },
): SettingDefinition<string> {
  return {
    property,
    defaultText: options.byDefault ?? values[0],
    allowed: values.length === 1 ? `only ${values[0]}` : `one of ${values.join(', ')}`,
    summary: options.summary,
    parse: (text) => (values.includes(text) ? text : undefined),
  }
}

/** Every topic setting by its public name, in the order of the documentation. */
export const TOPIC_SETTINGS = {
  durability: oneOf('durability', ['synced', 'written'], {
    summary:
      'What an acknowledgement promises by default, and how far readers see: with synced never past the synced end.',
  }),
  'min.durability': oneOf('minDurability', DURABILITIES, {
    summary: 'The weakest durability that a produce may ask for.',
  }),
  'retention.ms': integer('retentionMs', {
    min: 0,
    unlimited: '-1',
    byDefault: String(WEEK_MS),
    summary:
      'Age after which whole segments are deleted, by their newest timestamp; never the last one, so a quiet topic keeps that until something is appended.',
  }),
  'retention.bytes': integer('retentionBytes', {
    min: 0,
    unlimited: '-1',
    byDefault: '-1',
    summary: 'Size of a partition above which its oldest segments are deleted.',
  }),
  'segment.bytes': integer('segmentBytes', {
    min: 1024,
    max: 2 ** 31 - 1,
    byDefault: String(2 ** 30),
    summary: 'Size at which a new segment is begun.',
  }),
  'segment.ms': integer('segmentMs', {
    min: 1,
    byDefault: String(WEEK_MS),
    summary: 'Age at which the next record begins a new segment even when the old one is not full.',
  }),
  'segment.index.bytes': integer('segmentIndexBytes', {
    min: 12,
    max: 64 * 2 ** 20,
    byDefault: String(10 * 2 ** 20),
    summary: 'Size of an offset index at which a new segment is begun.',
  }),
  'index.interval.bytes': integer('indexIntervalBytes', {
    min: 0,
    max: 2 ** 31 - 1,
    byDefault: '4096',
    summary: 'Bytes between two entries of the sparse indexes.',
  }),
  'file.delete.delay.ms': integer('fileDeleteDelayMs', {
    min: 0,
    byDefault: '60000',
    summary: 'How long the files of deleted segments stay for readers that are under way.',
  }),
  'max.message.bytes': integer('maxMessageBytes', {
    min: 64,
    max: LIMITS.batchBytesMax,
    byDefault: '1048588',
    summary: 'The largest record batch that is accepted, as sent (compressed).',
  }),
  'message.timestamp.type': oneOf('messageTimestampType', ['CreateTime', 'LogAppendTime'], {
    summary: "Whether records keep their producer's timestamp or get the time of the append.",
  }),
  'message.timestamp.before.max.ms': integer('messageTimestampBeforeMaxMs', {
    min: 0,
    unlimited: JAVA_LONG_MAX,
    byDefault: JAVA_LONG_MAX,
    summary: "How far a producer's timestamp may lie in the past.",
  }),
  'message.timestamp.after.max.ms': integer('messageTimestampAfterMaxMs', {
    min: 0,
    unlimited: JAVA_LONG_MAX,
    byDefault: String(HOUR_MS),
    summary: "How far a producer's timestamp may lie in the future.",
  }),
  'flush.ms': integer('flushMs', {
    min: 0,
    unlimited: JAVA_LONG_MAX,
    byDefault: JAVA_LONG_MAX,
    summary: 'With durability written: the longest time before written records are synced.',
  }),
  'flush.messages': integer('flushMessages', {
    min: 1,
    unlimited: JAVA_LONG_MAX,
    byDefault: JAVA_LONG_MAX,
    summary: 'With durability written: the number of records after which they are synced.',
  }),
  'cleanup.policy': oneOf('cleanupPolicy', ['delete'], {
    summary: 'How old records go away. Key compaction is not available yet.',
  }),
  'compression.type': oneOf('compressionType', ['producer'], {
    summary: 'Batches are stored as their producer compressed them.',
  }),
  'record.validation': oneOf('recordValidation', ['full', 'header'], {
    summary:
      'full: the framing of each record is checked at the door, inside compressed batches too. header: only the batch header and its CRC.',
  }),
} as const satisfies Record<string, SettingDefinition<number> | SettingDefinition<string>>

/** The public name of a topic setting, as in `retention.ms`. */
export type TopicSettingName = keyof typeof TOPIC_SETTINGS

/** Settings as users write them: public names to texts; absent ones have their defaults. */
export type TopicSettingTexts = Readonly<Partial<Record<TopicSettingName, string>>>

/** True for the public name of a topic setting. */
export function isTopicSettingName(name: string): name is TopicSettingName {
  return Object.hasOwn(TOPIC_SETTINGS, name)
}

/**
 * Makes a complete set of settings from the given texts over the defaults.
 * @throws VarveError INVALID_CONFIG, details `{ setting }`, on an unknown name (with the nearest known one) or a value that is not allowed.
 */
export function parseTopicSettings(texts: Readonly<Record<string, string>>): TopicSettings {
  for (const name of Object.keys(texts)) {
    if (isTopicSettingName(name)) continue
    const shown = name.slice(0, 100)
    throw new VarveError(
      'INVALID_CONFIG',
      `there is no topic setting ${JSON.stringify(shown)}${didYouMean(nearestName(shown, Object.keys(TOPIC_SETTINGS)))}`,
      { details: { setting: shown } },
    )
  }
  const settings: Partial<Record<keyof TopicSettings, number | string>> = {}
  for (const [name, definition] of Object.entries(TOPIC_SETTINGS)) {
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined
    const value = definition.parse(text ?? definition.defaultText)
    if (value === undefined) {
      throw new VarveError(
        'INVALID_CONFIG',
        `${name} must be ${definition.allowed}, not ${JSON.stringify((text ?? '').slice(0, 100))}`,
        { details: { setting: name } },
      )
    }
    settings[definition.property] = value
  }
  const complete = settings as unknown as TopicSettings
  if (!isAtLeast(complete.durability, complete.minDurability)) {
    throw new VarveError(
      'INVALID_CONFIG',
      `min.durability ${complete.minDurability} is stronger than durability ${complete.durability}: raise durability too`,
      { details: { setting: 'min.durability' } },
    )
  }
  return complete
}

/** The settings of a topic that was created without any. */
export const DEFAULT_TOPIC_SETTINGS: TopicSettings = parseTopicSettings({})
