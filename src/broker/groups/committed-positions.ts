// Committed offsets in the words of the service.
import { compareTexts } from '../../coordinator/assignors/assignor.ts'
import type { CommittedOffset, GroupState } from '../../coordinator/group-state.ts'
import { partitionKey } from '../../coordinator/partition-key.ts'
import type { CommittedPosition } from './group-service.ts'
import type { FoundPartition } from './partition-lookup.ts'

export function positionOf(committed: CommittedOffset): CommittedPosition {
  return {
    topic: committed.topicName,
    partition: committed.partition,
    topicId: committed.topicId,
    offset: committed.offset,
    leaderEpoch: committed.leaderEpoch,
    metadata: committed.metadata,
    commitTimeMs: committed.timeMs,
    memberId: committed.memberId,
    memberEpoch: committed.memberEpoch,
  }
}

/** Of a partition in which nothing is committed. */
export function noPosition({ topic, topicId, partition }: FoundPartition): CommittedPosition {
  return {
    ...{ topic, partition, topicId, offset: undefined, leaderEpoch: -1, metadata: '' },
    ...{ commitTimeMs: 0, memberId: '', memberEpoch: -1 },
  }
}

/** What is committed in each of these. */
export function positionsOf(
  state: GroupState | undefined,
  partitions: readonly FoundPartition[],
): CommittedPosition[] {
  return partitions.map((place) => {
    const committed = state?.offsets.get(partitionKey(place.topicId, place.partition))
    return committed === undefined ? noPosition(place) : positionOf(committed)
  })
}

/** Sorted by topic and partition. */
export function sortedPositions(offsets: Iterable<CommittedOffset>): CommittedPosition[] {
  return [...offsets].map(positionOf).sort(byPartition)
}

/** The order in which partitions are told. */
export function byPartition(
  a: { readonly topic: string; readonly partition: number },
  b: { readonly topic: string; readonly partition: number },
): number {
  return compareTexts(a.topic, b.topic) || a.partition - b.partition
}
