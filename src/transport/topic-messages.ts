// Topics and partitions of the broker as messages.
import type {
  PartitionDescription,
  TopicDescription,
  VerifyProgress,
} from '../broker/descriptions.ts'
import { LIMITS } from '../domain/limits.ts'
import type {
  DamagedRange,
  Partition,
  PartitionConditionName,
  PartitionStorage,
  Topic,
} from '../protocol/grpc/messages.ts'
import { ABSENT } from './wire-numbers.ts'

const CONDITIONS: Readonly<Record<PartitionDescription['condition'], PartitionConditionName>> = {
  healthy: 'PARTITION_CONDITION_HEALTHY',
  'read-only': 'PARTITION_CONDITION_READ_ONLY',
  opening: 'PARTITION_CONDITION_OPENING',
}

export function topicMessage(topic: TopicDescription): Topic {
  return {
    name: topic.name,
    id: topic.id,
    createdMs: topic.createdMs,
    partitions: topic.partitions.map(partitionMessage),
    settings: topic.settings.map((setting) => ({ ...setting })),
    degraded: topic.degraded ?? '',
  }
}

function partitionMessage(description: PartitionDescription): Partition {
  const { partition, condition, bounds, bytes, reason } = description
  return {
    partition,
    startOffset: bounds?.start ?? ABSENT,
    readableEndOffset: bounds?.readableEnd ?? ABSENT,
    endOffset: bounds?.end ?? ABSENT,
    leaderEpoch: bounds?.epoch ?? ABSENT,
    bytes,
    condition: CONDITIONS[condition],
    reason: reason ?? '',
  }
}

export function partitionStorageMessage(description: PartitionDescription): PartitionStorage {
  const { topicName, partition, condition, bytes, reason, report } = description
  return {
    topic: topicName,
    partition,
    condition: CONDITIONS[condition],
    reason: reason ?? '',
    bytes,
    outcome: report?.outcome ?? '',
    segmentsScanned: report?.segmentsScanned ?? 0,
    bytesScanned: report?.bytesScanned ?? 0,
    tornBytes: report?.tornBytes ?? 0,
    indexesRebuilt: report?.indexesRebuilt ?? 0,
    durationMs: report?.durationMs ?? 0,
    damaged: damagedRanges(report?.damaged ?? []),
    anomalies: (report?.anomalies ?? []).slice(0, LIMITS.itemsPerRequestMax),
  }
}

/** The first of them: a partition can have more damage than fits an answer. */
export function damagedRanges(ranges: VerifyProgress['damaged']): DamagedRange[] {
  return ranges.slice(0, LIMITS.itemsPerRequestMax).map(({ firstBad, nextGood }) => ({
    firstBadOffset: firstBad,
    ...(nextGood === undefined ? {} : { nextGoodOffset: nextGood }),
  }))
}
