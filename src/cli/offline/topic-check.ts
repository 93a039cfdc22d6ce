// Holds the stored metadata of topics against the partition folders, both ways. Writes nothing.
import { isTopicId, type TopicId } from '../../domain/topic.ts'
import {
  DEFAULT_TOPIC_SETTINGS,
  parseTopicSettings,
  type TopicSettings,
} from '../../domain/topic-settings.ts'
import { METADATA_DIRECTORY } from '../../storage/file/data-directory.ts'
import { TEMPORARY_SUFFIX } from '../../storage/file/file-access.ts'
import { FileMetadataStore } from '../../storage/file/file-metadata-store.ts'
import {
  DELETED_PARTITION_SUFFIX,
  PartitionDirectory,
  TOPICS_DIRECTORY,
  topicPath,
} from '../../storage/file/partition-directory.ts'
import { readTopicName } from '../../storage/file/partition-files.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import type { MetadataEntry } from '../../storage/metadata-store.ts'
import {
  decodeTopicRecord,
  TOPIC_KEY_PREFIX,
  type TopicRecord,
  topicIdOfKey,
} from '../../storage/topic-record.ts'
import type { FindingList } from './finding-list.ts'
import type { PartitionTarget } from './partition-check.ts'

const PARTITION_NAME = /^(?:0|[1-9]\d{0,8})$/

/** What the metadata says of a topic. */
interface KnownTopic {
  /** Undefined when it is damaged. */
  readonly record: TopicRecord | undefined
}

export interface CheckedTopics {
  /** Topics that there is anything of. */
  readonly topics: number
  /** The partitions that have a folder, by topic and number. */
  readonly targets: readonly PartitionTarget[]
}

export async function checkTopics(
  context: StorageContext,
  dataDirectory: string,
  findings: FindingList,
): Promise<CheckedTopics> {
  const known = await readTopics(context, dataDirectory, findings)
  const folders = await listFolders(context, dataDirectory, findings)
  const ids = [...new Set([...known.keys(), ...folders.keys()])].sort()
  const targets: PartitionTarget[] = []
  for (const id of ids) {
    const topic = known.get(id)
    const numbers = [...(folders.get(id) ?? [])].sort((a, b) => a - b)
    const folder = `${TOPICS_DIRECTORY}/${id}`
    const remembered = await rememberedName(context, dataDirectory, id, numbers)
    const topicName = topic?.record?.name ?? remembered
    const place = { topicId: id, ...(topicName === '' ? {} : { topic: topicName }) }
    if (topic === undefined) {
      const what = `${numbers.length} partitions are stored of a topic without metadata`
      findings.add('TOPIC_METADATA_MISSING', what, { ...place, file: folder })
    } else if (topic.record === undefined) {
      const file = `${METADATA_DIRECTORY}/${TOPICS_DIRECTORY}/${id}.json`
      findings.add('TOPIC_METADATA_DAMAGED', 'it is not as it was written for this topic', {
        ...place,
        file,
      })
    } else {
      comparePartitions(topic.record, numbers, findings, { ...place, folder })
    }
    const settings = settingsOf(topic?.record)
    for (const partition of numbers) {
      const directory = new PartitionDirectory(`${topicPath(dataDirectory, id)}/${partition}`)
      targets.push({ identity: { topicId: id, topicName, partition }, directory, settings })
    }
  }
  reportDoubleNames(known, findings)
  return { topics: ids.length, targets }
}

async function readTopics(
  context: StorageContext,
  dataDirectory: string,
  findings: FindingList,
): Promise<Map<TopicId, KnownTopic>> {
  const path = `${dataDirectory}/${METADATA_DIRECTORY}`
  const topics = new Map<TopicId, KnownTopic>()
  if ((await context.fileSystem.status(path))?.kind !== 'directory') return topics
  await reportMetadataStrangers(context, path, METADATA_DIRECTORY, findings)
  const store = new FileMetadataStore(context, path, () => undefined)
  for (const entry of await store.list('')) {
    const id = topicIdOfKey(entry.key)
    const file = `${METADATA_DIRECTORY}/${entry.key}.json`
    if (id === undefined) {
      if (entry.key.startsWith(TOPIC_KEY_PREFIX)) {
        findings.add('METADATA_FOREIGN_KEY', 'its key is no topic id', { file })
      } else if (entry.damaged) {
        findings.add('METADATA_DAMAGED', 'it is not as it was written', { file })
      }
    } else topics.set(id, { record: recordOf(id, entry) })
  }
  return topics
}

function recordOf(id: TopicId, entry: MetadataEntry): TopicRecord | undefined {
  return entry.damaged ? undefined : decodeTopicRecord(id, entry.value)
}

async function reportMetadataStrangers(
  context: StorageContext,
  path: string,
  shown: string,
  findings: FindingList,
): Promise<void> {
  for (const { name, kind } of await context.fileSystem.list(path)) {
    const file = `${shown}/${name}`
    if (kind === 'directory') {
      await reportMetadataStrangers(context, `${path}/${name}`, file, findings)
    } else if (name.endsWith(TEMPORARY_SUFFIX)) {
      findings.add('LEFTOVER', 'an interrupted change left it', { file })
    } else if (!name.endsWith('.json')) {
      findings.add('FOREIGN_FILE', 'it is not known here', { file })
    }
  }
}

async function listFolders(
  { fileSystem }: StorageContext,
  dataDirectory: string,
  findings: FindingList,
): Promise<Map<TopicId, Set<number>>> {
  const root = `${dataDirectory}/${TOPICS_DIRECTORY}`
  const folders = new Map<TopicId, Set<number>>()
  if ((await fileSystem.status(root))?.kind !== 'directory') return folders
  for (const topic of await fileSystem.list(root)) {
    const id = topic.name
    const shown = `${TOPICS_DIRECTORY}/${id}`
    if (topic.kind !== 'directory' || !isTopicId(id)) {
      findings.add('FOREIGN_FILE', 'it is no folder of a topic', { file: shown })
      continue
    }
    const numbers = new Set<number>()
    for (const { name, kind } of await fileSystem.list(`${root}/${id}`)) {
      const file = `${shown}/${name}`
      if (kind === 'directory' && name.endsWith(DELETED_PARTITION_SUFFIX)) {
        findings.add('LEFTOVER', 'a partition that is being removed or made', { topicId: id, file })
      } else if (kind === 'directory' && PARTITION_NAME.test(name)) numbers.add(Number(name))
      else findings.add('FOREIGN_FILE', 'it is no folder of a partition', { topicId: id, file })
    }
    if (numbers.size > 0) folders.set(id, numbers)
  }
  return folders
}

function comparePartitions(
  record: TopicRecord,
  numbers: readonly number[],
  findings: FindingList,
  place: { readonly topicId: string; readonly topic?: string; readonly folder: string },
): void {
  const { folder, ...topic } = place
  const promised = record.creatingFrom ?? record.partitions
  if (record.state !== 'active' || record.creatingFrom !== undefined) {
    const what = record.state === 'active' ? 'it is being given more partitions' : record.state
    findings.add('TOPIC_UNFINISHED', `the topic was left in the middle of a change: ${what}`, topic)
  }
  const stored = new Set(numbers)
  for (let partition = 0; partition < promised && record.state === 'active'; partition++) {
    if (stored.has(partition)) continue
    const file = `${folder}/${partition}`
    findings.add('PARTITION_MISSING', 'its folder is missing', { ...topic, partition, file })
  }
  for (const partition of numbers) {
    if (partition < record.partitions) continue
    const what = `the topic should have ${record.partitions} partitions only`
    const file = `${folder}/${partition}`
    findings.add('PARTITION_SURPLUS', what, { ...topic, partition, file })
  }
}

function reportDoubleNames(known: ReadonlyMap<TopicId, KnownTopic>, findings: FindingList): void {
  const owners = new Map<string, TopicId>()
  for (const [id, { record }] of known) {
    if (record?.state !== 'active') continue
    const other = owners.get(record.name)
    if (other === undefined) owners.set(record.name, id)
    else {
      const what = `topic ${other} has the same name`
      findings.add('TOPIC_NAME_TWICE', what, { topicId: id, topic: record.name })
    }
  }
}

/** The name as the first partition that knows it remembers it; empty when none does. */
async function rememberedName(
  context: StorageContext,
  dataDirectory: string,
  id: TopicId,
  numbers: readonly number[],
): Promise<string> {
  for (const partition of numbers) {
    const directory = new PartitionDirectory(`${topicPath(dataDirectory, id)}/${partition}`)
    const name = await readTopicName(context.files, directory, id)
    if (name !== undefined) return name
  }
  return ''
}

function settingsOf(record: TopicRecord | undefined): TopicSettings {
  return record === undefined ? DEFAULT_TOPIC_SETTINGS : parseTopicSettings(record.settings)
}
