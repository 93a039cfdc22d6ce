// Turns what the broker holds into descriptions.
import { TOPIC_SETTINGS, type TopicSettingTexts } from '../domain/topic-settings.ts'
import type { PartitionDescription, SettingDescription, TopicDescription } from './descriptions.ts'
import type { LiveTopic, PartitionSlot } from './live-topic.ts'

const SORTED_SETTINGS = Object.entries(TOPIC_SETTINGS).sort(([a], [b]) => (a < b ? -1 : 1))

const TROUBLE_REASONS = {
  opening: 'it is being opened',
  missing: 'its data is missing',
  failed: 'it could not be opened; this is tried again',
} as const

/** Why nothing can be written to the slot now, in words; undefined when the broker knows of nothing. */
export function slotTrouble(slot: PartitionSlot): string | undefined {
  return slot.log === undefined ? TROUBLE_REASONS[slot.trouble] : slot.topic.degraded
}

export function describePartition(slot: PartitionSlot): PartitionDescription {
  const base = { topicName: slot.topic.name, partition: slot.number }
  const trouble = slotTrouble(slot)
  if (slot.log === undefined) {
    const condition = slot.trouble === 'opening' ? 'opening' : 'read-only'
    return { ...base, condition, bytes: 0, ...(trouble === undefined ? {} : { reason: trouble }) }
  }
  const statistics = slot.log.statistics()
  const isHealthy = statistics.condition === 'healthy' && trouble === undefined
  const reason = trouble ?? statistics.reason
  return {
    ...base,
    condition: isHealthy ? 'healthy' : 'read-only',
    bounds: statistics.bounds,
    bytes: statistics.bytes,
    report: statistics.report,
    ...(isHealthy || reason === undefined ? {} : { reason }),
  }
}

export function describeSettings(texts: TopicSettingTexts): SettingDescription[] {
  return SORTED_SETTINGS.map(([name, definition]) => {
    const value = (texts as Readonly<Record<string, string>>)[name] ?? definition.defaultText
    return { name, value, isDefault: value === definition.defaultText }
  })
}

export function describeTopic(topic: LiveTopic): TopicDescription {
  return {
    name: topic.name,
    id: topic.id,
    createdMs: topic.createdMs,
    ...(topic.degraded === undefined ? {} : { degraded: topic.degraded }),
    settings: describeSettings(topic.settingTexts),
    partitions: topic.partitions.map(describePartition),
  }
}
