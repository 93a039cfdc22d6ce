// Topics as people read them.
import type { TopicInfo, TopicListing, TopicSettingInfo } from '../client/index.ts'
import { formatBytes, formatCounted } from '../text/quantities.ts'
import { formatTable } from '../text/table.ts'

/** A table of topics, or a hint how to make the first. */
export function listTopics(topics: readonly TopicListing[]): string {
  if (topics.length === 0) return 'no topics yet: varve topic create NAME makes one'
  return formatTable(
    [{ heading: 'topic' }, { heading: 'partitions', align: 'right' }, { heading: 'id' }],
    topics.map((topic) => [topic.name, String(topic.partitions), topic.id]),
  )
}

/** Everything about one topic. */
export function describeTopic(
  topic: TopicInfo,
  options: { readonly allSettings: boolean },
): string {
  const created = new Date(topic.createdMs).toISOString()
  const head = `${topic.name}: ${formatCounted(topic.partitions.length, 'partition')}, created ${created}, id ${topic.id}`
  const degraded = topic.degraded === '' ? [] : [`read only: ${topic.degraded}`]
  const shown = options.allSettings
    ? topic.settings
    : topic.settings.filter((setting) => !setting.isDefault)
  const settings =
    shown.length === 0 ? 'all settings have their defaults (--all shows them)' : settingLines(shown)
  return [head, ...degraded, settings, partitionTable(topic)].join('\n')
}

/** One indented line a setting. */
export function settingLines(settings: readonly TopicSettingInfo[]): string {
  return settings
    .map(
      ({ name, value, isDefault }) => `  ${name} = ${value}${isDefault ? '  (the default)' : ''}`,
    )
    .join('\n')
}

function partitionTable(topic: TopicInfo): string {
  return formatTable(
    [
      { heading: 'partition', align: 'right' },
      { heading: 'start', align: 'right' },
      { heading: 'end', align: 'right' },
      { heading: 'size', align: 'right' },
      { heading: 'condition' },
    ],
    topic.partitions.map((partition) => [
      String(partition.partition),
      String(partition.startOffset),
      String(partition.readableEndOffset),
      formatBytes(partition.bytes),
      partition.reason === '' ? partition.state : `${partition.state}: ${partition.reason}`,
    ]),
  )
}
