// The topics and partitions of the broker as groups see them: by name and by id, with their bounds. Invariant: topics of
// the broker itself are not for groups; what is not served is not seen.
import type { TopicsView } from '../../coordinator/decision.ts'
import type { GroupTopic } from '../../coordinator/group-state.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import { checkTopicName, isInternalTopic, isTopicId, type TopicId } from '../../domain/topic.ts'
import type { Cancel } from '../../platform/clock.ts'
import type { LogBounds, PartitionLog } from '../../storage/engine.ts'
import type { LiveTopic } from '../live-topic.ts'
import { readableLog } from '../open-log.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import type { GroupPartition } from './group-membership.ts'

/** A partition that exists. */
export interface FoundPartition {
  readonly topicId: TopicId
  readonly topic: string
  readonly partition: number
}

export class PartitionLookup {
  readonly #catalog: TopicCatalog
  /** The topics as they are at the moment of each question. */
  readonly topics: TopicsView = {
    byName: (name) => viewOf(this.#catalog.find(name)),
    byId: (id) => viewOf(this.#catalog.findById(id)),
  }

  constructor(catalog: TopicCatalog) {
    this.#catalog = catalog
  }

  /** @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC */
  topic(name: string): GroupTopic {
    const topic = this.topics.byName(name)
    if (topic !== undefined) return topic
    checkTopicName(name)
    throw unknownTopic(name)
  }

  /**
   * The partition that is meant; with `topicId` only of that very topic.
   * @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC · UNKNOWN_PARTITION
   */
  find({ topic: name, partition, topicId }: GroupPartition): FoundPartition {
    const topic = this.topic(name)
    if (topicId !== undefined && topicId !== topic.id) {
      const text = `topic ${name} is another one now: the one that is meant was deleted`
      throw new VarveError('UNKNOWN_TOPIC', text, { details: { topic: name } })
    }
    checkPartition(topic, partition)
    return { topicId: topic.id, topic: topic.name, partition }
  }

  /**
   * What is stored of a partition.
   * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · NOT_READY · CORRUPT_LOG · STORAGE_FAILED
   */
  log(topicId: TopicId, partition: number): PartitionLog {
    const topic = this.#catalog.findById(topicId)
    const view = viewOf(topic)
    if (topic === undefined || view === undefined) {
      throw new VarveError('UNKNOWN_TOPIC', 'there is no topic of this id')
    }
    checkPartition(view, partition)
    const slot = topic.partitions[partition]
    if (slot === undefined) throw new Error('a partition that was counted has no slot')
    return readableLog(slot)
  }

  /** Where a partition begins and ends. @throws VarveError as `log` */
  bounds(topicId: TopicId, partition: number): LogBounds {
    return this.log(topicId, partition).bounds()
  }

  /** What to answer for an error of a log: one that was closed because its topic was deleted is UNKNOWN_TOPIC. */
  explainError(topicId: TopicId, error: unknown): unknown {
    const isClosed = isVarveError(error, 'NOT_READY')
    if (!isClosed || this.#catalog.findById(topicId) !== undefined) return error
    return new VarveError('UNKNOWN_TOPIC', 'the topic was deleted', { cause: error })
  }

  /** Calls `listener` after a topic came, grew or went, or may have. It must not throw. */
  onChange(listener: (topic: { readonly id: TopicId; readonly name: string }) => void): Cancel {
    return this.#catalog.onChange((topic) => {
      if (!isInternalTopic(topic.name)) listener(topic)
    })
  }
}

/** The id as it came over a wire. @throws VarveError UNKNOWN_TOPIC */
export function admitTopicId(text: string): TopicId {
  if (isTopicId(text)) return text
  throw new VarveError('UNKNOWN_TOPIC', 'a topic id has 22 characters of URL-safe base64')
}

function viewOf(topic: LiveTopic | undefined): GroupTopic | undefined {
  if (topic === undefined || isInternalTopic(topic.name)) return undefined
  return { id: topic.id, name: topic.name, partitions: topic.partitions.length }
}

function checkPartition(topic: GroupTopic, partition: number): void {
  if (Number.isInteger(partition) && partition >= 0 && partition < topic.partitions) return
  throw new VarveError(
    'UNKNOWN_PARTITION',
    `topic ${topic.name} has partitions 0 to ${topic.partitions - 1}, not ${partition}`,
    { details: { topic: topic.name, partition, partitions: topic.partitions } },
  )
}

function unknownTopic(name: string): VarveError {
  return new VarveError('UNKNOWN_TOPIC', `there is no topic ${name}`, { details: { topic: name } })
}
