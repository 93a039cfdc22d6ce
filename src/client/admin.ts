// Administration: topics, their settings, offsets, the state of the broker and its storage, and consumer groups. Every call is one
// question and one answer; which are repeated is said by AdminCalls.
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  PartitionOutput,
  PartitionStorageOutput,
  TopicOutput,
} from '../protocol/grpc/messages.ts'
import type {
  ClusterInfo,
  CreateTopicOptions,
  OffsetQuestion,
  PartitionInfo,
  PartitionOffset,
  PartitionStorageInfo,
  TopicInfo,
  TopicListing,
  UpdateSettingsOptions,
  VerifyProgress,
} from './admin-types.ts'
import { GroupAdmin } from './group-admin.ts'
import { checkQuestion, listOffsets, type PartitionQuestion } from './list-offsets.ts'
import {
  type KnownOptions,
  refuseUnknown,
  requireInt32,
  requireList,
  requireObject,
  requireText,
} from './option-check.ts'
import type { Health } from './transport.ts'
import { fromWireCondition, fromWireDamage, partError, wireInteger } from './wire-values.ts'

interface VerifyOptions {
  readonly topic?: string
  readonly signal?: AbortSignal
}

/** All of them, or this does not compile. */
const CREATE: KnownOptions<CreateTopicOptions> = {
  name: true,
  partitions: true,
  settings: true,
  validateOnly: true,
}
const UPDATE: KnownOptions<UpdateSettingsOptions> = { set: true, reset: true, validateOnly: true }
const VERIFY: KnownOptions<VerifyOptions> = { topic: true, signal: true }
const QUESTION: KnownOptions<PartitionQuestion> = { topic: true, partition: true, at: true }

export class Admin extends GroupAdmin {
  /** @throws VarveError TOPIC_EXISTS · INVALID_TOPIC_NAME · INVALID_PARTITION_COUNT · INVALID_CONFIG · QUOTA_TOPICS ... */
  async createTopic(options: CreateTopicOptions): Promise<TopicInfo> {
    refuseUnknown('createTopic', options, CREATE)
    requireText('name', options.name)
    const response = await this.calls.change('createTopic', {
      name: options.name,
      partitions: requireInt32('partitions', options.partitions ?? 1),
      settings: settingTexts(options.settings),
      validateOnly: options.validateOnly ?? false,
    })
    return topicInfo(response.topic)
  }

  /** Removes a topic and all its records. @throws VarveError UNKNOWN_TOPIC */
  async deleteTopic(name: string): Promise<void> {
    await this.calls.change('deleteTopic', { name: requireText('name', name) })
  }

  /** @throws VarveError UNKNOWN_TOPIC */
  async describeTopic(name: string): Promise<TopicInfo> {
    requireText('name', name)
    return topicInfo((await this.calls.read('describeTopic', { name })).topic)
  }

  /** All topics, sorted by name. */
  async listTopics(): Promise<TopicListing[]> {
    const topics: TopicListing[] = []
    let pageToken = ''
    do {
      const page = await this.calls.read('listTopics', { pageToken })
      for (const { name, id, partitions } of page.topics) topics.push({ name, id, partitions })
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    return topics
  }

  /** Changes some settings; the others stay. @throws VarveError UNKNOWN_TOPIC · INVALID_CONFIG */
  async updateTopicSettings(name: string, options: UpdateSettingsOptions): Promise<TopicInfo> {
    requireText('name', name)
    refuseUnknown('updateTopicSettings', options, UPDATE)
    const { reset = [] } = options
    requireList('reset', reset, "['retention.ms']")
    for (const setting of reset) requireText('reset', setting)
    const response = await this.calls.change('updateTopicSettings', {
      name,
      set: settingTexts(options.set),
      reset: [...reset],
      validateOnly: options.validateOnly ?? false,
    })
    return topicInfo(response.topic)
  }

  /** @param total how many there are afterwards. @throws VarveError PARTITION_SHRINK · INVALID_PARTITION_COUNT · UNKNOWN_TOPIC */
  async addPartitions(name: string, total: number): Promise<TopicInfo> {
    requireText('name', name)
    const partitions = requireInt32('total', total)
    return topicInfo((await this.calls.change('addPartitions', { name, partitions })).topic)
  }

  /**
   * Removes the records below an offset for good.
   * @param beforeOffset the first offset to keep; `readable-end` removes all that are readable now
   * @returns the first offset that is kept now
   * @throws VarveError OFFSET_OUT_OF_RANGE · UNKNOWN_TOPIC · UNKNOWN_PARTITION
   */
  async deleteRecords(
    topic: string,
    partition: number,
    beforeOffset: number | 'readable-end',
  ): Promise<number> {
    requireText('topic', topic)
    requireInt32('partition', partition)
    const response = await this.calls.change('deleteRecords', {
      entries: [
        {
          topic,
          partition,
          beforeOffset: beforeOffset === 'readable-end' ? -1 : admitOffset(beforeOffset),
        },
      ],
    })
    const result = response.results[0]
    if (result === undefined) throw incomplete('DeleteRecords')
    if (result.error) throw partError(result.error, result)
    return wireInteger(result.startOffset, 'start_offset')
  }

  /**
   * One answer a question, in their order.
   * @throws VarveError the first question's error that has one: UNKNOWN_TOPIC · UNKNOWN_PARTITION · NOT_READY ...
   */
  async listOffsets(
    questions: readonly {
      readonly topic: string
      readonly partition: number
      readonly at: OffsetQuestion
    }[],
  ): Promise<PartitionOffset[]> {
    requireList('questions', questions, "[{ topic, partition, at: 'latest' }]")
    for (const question of questions) {
      refuseUnknown('a question', question, QUESTION)
      requireText('topic', question.topic)
      requireInt32('partition', question.partition)
      checkQuestion(question.at)
    }
    const answers = await this.calls.reading(() => listOffsets(this.calls.context, questions))
    return answers.map((answer) => {
      if (answer instanceof VarveError) throw answer
      return answer
    })
  }

  async describeCluster(): Promise<ClusterInfo> {
    const response = await this.calls.read('describeCluster', {})
    return {
      clusterId: response.clusterId,
      version: response.version,
      epoch: response.epoch,
      storage: response.storage,
      features: response.features,
      limits: response.limits,
      topicCount: response.topicCount,
      partitionCount: response.partitionCount,
      durabilityMax: (['none', 'written', 'synced'] as const).find(
        (durability) => durability === response.durabilityMax,
      ),
    }
  }

  /** What is stored and what the last start found, of one topic or of all. */
  async describeStorage(topic?: string): Promise<PartitionStorageInfo[]> {
    if (topic !== undefined) requireText('topic', topic)
    const partitions: PartitionStorageInfo[] = []
    let pageToken = ''
    do {
      const page = await this.calls.read('describeStorage', { topic: topic ?? '', pageToken })
      partitions.push(...page.partitions.map(partitionStorageInfo))
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    return partitions
  }

  /** Lets the broker read and check what it stores; progress as it comes. Leaving the loop stops the check. */
  async *verify(options: VerifyOptions = {}): AsyncGenerator<VerifyProgress> {
    refuseUnknown('verify', options, VERIFY)
    if (options.topic !== undefined) requireText('topic', options.topic)
    const request = { topic: options.topic ?? '' }
    for await (const response of this.calls.context.transport.verify(request, options.signal)) {
      yield {
        topic: response.topic,
        partition: response.partition,
        batches: wireInteger(response.batches, 'batches'),
        records: wireInteger(response.records, 'records'),
        bytes: wireInteger(response.bytes, 'bytes'),
        done: response.done,
        damaged: fromWireDamage(response.damaged),
      }
    }
  }

  /** Whether the broker takes calls now; asked once. @throws VarveError BROKER_UNAVAILABLE when nobody answers */
  async health(): Promise<Health> {
    const { transport, requestTimeoutMs } = this.calls.context
    return transport.checkHealth('', { timeoutMs: requestTimeoutMs })
  }
}

function settingTexts(
  settings: Readonly<Record<string, string | number>> | undefined,
): Record<string, string> {
  requireObject('settings', settings ?? {}, { 'retention.ms': true })
  return Object.fromEntries(
    Object.entries(settings ?? {}).map(([name, value]) => [name, String(value)]),
  )
}

function topicInfo(topic: TopicOutput | null): TopicInfo {
  if (topic === null) throw incomplete('the topic')
  return {
    name: topic.name,
    id: topic.id,
    createdMs: wireInteger(topic.createdMs, 'created_ms'),
    partitions: topic.partitions.map(partitionInfo),
    settings: topic.settings.map(({ name, value, isDefault }) => ({ name, value, isDefault })),
    degraded: topic.degraded,
  }
}

function partitionInfo(partition: PartitionOutput): PartitionInfo {
  return {
    partition: partition.partition,
    startOffset: wireInteger(partition.startOffset, 'start_offset'),
    readableEndOffset: wireInteger(partition.readableEndOffset, 'readable_end_offset'),
    endOffset: wireInteger(partition.endOffset, 'end_offset'),
    leaderEpoch: partition.leaderEpoch,
    bytes: wireInteger(partition.bytes, 'bytes'),
    state: fromWireCondition(partition.condition),
    reason: partition.reason,
  }
}

function incomplete(what: string): VarveError {
  return new VarveError('INTERNAL', `the broker's answer lacks ${what}`)
}

function partitionStorageInfo(entry: PartitionStorageOutput): PartitionStorageInfo {
  return {
    topic: entry.topic,
    partition: entry.partition,
    state: fromWireCondition(entry.condition),
    reason: entry.reason,
    bytes: wireInteger(entry.bytes, 'bytes'),
    outcome: entry.outcome,
    segmentsScanned: entry.segmentsScanned,
    bytesScanned: wireInteger(entry.bytesScanned, 'bytes_scanned'),
    tornBytes: wireInteger(entry.tornBytes, 'torn_bytes'),
    indexesRebuilt: entry.indexesRebuilt,
    durationMs: entry.durationMs,
    damaged: fromWireDamage(entry.damaged),
    anomalies: entry.anomalies,
  }
}
