// What a start makes of the stored metadata and the stored partitions: which topics are served, finished, removed or
// held degraded. Pure. Invariants: data is never deleted because metadata is damaged or lost (R3); a deletion that was
// stored is carried out, a creation that nobody was told of is finished or, where its name has gone to another topic,
// taken back; two topics never get one name.
import type { PartitionIdentity, TopicId } from '../domain/topic.ts'
import { checkTopicName } from '../domain/topic.ts'
import type { MetadataEntry } from '../storage/metadata-store.ts'
import { decodeTopicRecord, type TopicRecord, topicIdOfKey } from '../storage/topic-record.ts'
import { DEGRADED_SETTING_TEXTS, LiveTopic } from './live-topic.ts'

/** A topic and how many partitions it has. */
export interface PlannedTopic {
  readonly topic: LiveTopic
  readonly partitions: number
}

export interface StartPlan {
  /** To be opened and served, degraded ones included; partitions from `topic.creatingFrom` on may have to be made. */
  readonly serve: readonly PlannedTopic[]
  /** Their creation is to be finished. */
  readonly finish: readonly PlannedTopic[]
  /** Their deletion is to be finished. */
  readonly remove: readonly PlannedTopic[]
  /** What is not as it should be, in words, with the topic's id. */
  readonly anomalies: readonly { readonly topicId: string; readonly what: string }[]
}

interface StoredTopic {
  readonly id: TopicId
  readonly record: TopicRecord | undefined
  /** 0 when there is no metadata, or nothing that has a version. */
  readonly version: number
  /** Numbers of the stored partitions. */
  readonly numbers: ReadonlySet<number>
  /** As the partitions remember it; empty when they do not. */
  readonly rememberedName: string
  readonly trouble: string | undefined
}

/**
 * Decides over everything that is stored.
 * @param nowMs the creation time of topics that lost theirs.
 */
export function planStart(
  entries: readonly MetadataEntry[],
  stored: readonly PartitionIdentity[],
  nowMs: number,
): StartPlan {
  const plan: Mutable<StartPlan> = { serve: [], finish: [], remove: [], anomalies: [] }
  const topics = collect(entries, stored, plan)
  const names = new Set<string>()
  const degraded: StoredTopic[] = []

  // Oldest first: of two topics with one name the one that had it first keeps it.
  const known = topics.filter(({ record }) => record !== undefined)
  known.sort((a, b) => (a.record?.createdMs ?? 0) - (b.record?.createdMs ?? 0) || order(a, b))
  for (const stored of known) {
    const { record, numbers } = stored
    if (record?.state !== 'active') continue
    if (names.has(record.name)) {
      degraded.push({ ...stored, trouble: `another topic has its name ${record.name}` })
      continue
    }
    names.add(record.name)
    plan.serve.push(servedTopic(stored, record))
    if (partitionsOf(numbers) > record.partitions) {
      plan.anomalies.push({
        topicId: stored.id,
        what: 'more partitions are stored than it should have',
      })
    }
  }
  for (const stored of known) {
    const { record } = stored
    if (record === undefined || record.state === 'active') continue
    const planned = unservedTopic(stored, record)
    if (record.state === 'deleting' || names.has(record.name)) plan.remove.push(planned)
    else {
      names.add(record.name)
      plan.finish.push(planned)
    }
  }
  degraded.push(...topics.filter(({ record }) => record === undefined).sort(order))
  for (const stored of degraded) {
    const topic = degradedTopic(stored, names, nowMs)
    names.add(topic.name)
    plan.serve.push({ topic, partitions: partitionsOf(stored.numbers) })
    plan.anomalies.push({ topicId: stored.id, what: topic.degraded ?? '' })
  }
  return plan
}

/** Brings metadata and partitions together by topic id. */
function collect(
  entries: readonly MetadataEntry[],
  stored: readonly PartitionIdentity[],
  plan: Mutable<StartPlan>,
): StoredTopic[] {
  const numbers = new Map<TopicId, Set<number>>()
  const names = new Map<TopicId, string>()
  for (const { topicId, topicName, partition } of stored) {
    const known = numbers.get(topicId)
    if (known === undefined) numbers.set(topicId, new Set([partition]))
    else known.add(partition)
    if (topicName !== '') names.set(topicId, topicName)
  }
  const topics: StoredTopic[] = []
  for (const entry of entries) {
    const id = topicIdOfKey(entry.key)
    if (id === undefined) {
      plan.anomalies.push({
        topicId: '',
        what: 'a metadata key that is no topic id was passed over',
      })
      continue
    }
    const record = entry.damaged ? undefined : decodeTopicRecord(id, entry.value)
    topics.push({
      id,
      record,
      version: entry.damaged ? 0 : entry.version,
      numbers: numbers.get(id) ?? new Set(),
      rememberedName: names.get(id) ?? '',
      trouble: record === undefined ? 'its metadata is damaged' : undefined,
    })
    numbers.delete(id)
  }
  for (const [id, found] of numbers) {
    topics.push({
      id,
      record: undefined,
      version: 0,
      numbers: found,
      rememberedName: names.get(id) ?? '',
      trouble: 'its metadata is missing',
    })
  }
  return topics
}

function servedTopic(stored: StoredTopic, record: TopicRecord): PlannedTopic {
  const topic = new LiveTopic({
    id: stored.id,
    name: record.name,
    createdMs: record.createdMs,
    settingTexts: record.settings,
    metadataVersion: stored.version,
  })
  topic.creatingFrom = record.creatingFrom
  return { topic, partitions: Math.max(record.partitions, partitionsOf(stored.numbers)) }
}

function unservedTopic(stored: StoredTopic, record: TopicRecord): PlannedTopic {
  const { topic, partitions } = servedTopic(stored, record)
  topic.creatingFrom = undefined
  return { topic, partitions }
}

function degradedTopic(stored: StoredTopic, names: ReadonlySet<string>, nowMs: number): LiveTopic {
  const name = stored.record?.name ?? stored.rememberedName
  const isUsable = isTopicName(name) && !names.has(name)
  return new LiveTopic({
    id: stored.id,
    name: isUsable ? name : `lost-${stored.id}`,
    createdMs: stored.record?.createdMs ?? nowMs,
    settingTexts: DEGRADED_SETTING_TEXTS,
    metadataVersion: stored.version,
    degraded: stored.trouble ?? 'its metadata is damaged',
  })
}

function isTopicName(name: string): boolean {
  try {
    checkTopicName(name)
    return true
  } catch {
    return false
  }
}

/** How many partitions a topic has of which these numbers are stored. */
function partitionsOf(numbers: ReadonlySet<number>): number {
  let highest = -1
  for (const number of numbers) highest = Math.max(highest, number)
  return highest + 1
}

function order(a: StoredTopic, b: StoredTopic): number {
  return a.id < b.id ? -1 : 1
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }
