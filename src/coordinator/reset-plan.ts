// What a reset would do to each partition, worked out on what is committed now. A place that is asked for by its number must
// lie within the partition; a place that was committed once is held to what the partition still has: where its records are
// gone nobody can read them, and the start is the place that leaves out no others.
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { DecisionContext } from './decision.ts'
import type { CommittedPlace, PartitionBounds, ResetItem } from './group-command.ts'
import type { OffsetChange } from './group-event.ts'
import type { CommittedOffset, GroupState, GroupTopic } from './group-state.ts'
import { type PartitionKey, partitionKey } from './partition-key.ts'

type Settable<T> = { -readonly [Key in keyof T]: T[Key] }

/** By partition, in the order in which they were asked for. */
export type ResetPlan = ReadonlyMap<PartitionKey, OffsetChange>

/**
 * What a reset would do.
 * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · OFFSET_OUT_OF_RANGE · INVALID_ARGUMENT where a part of it is not possible
 */
export function planReset(
  group: GroupState,
  items: readonly ResetItem[],
  context: DecisionContext,
): ResetPlan {
  const plan = new Map<PartitionKey, OffsetChange>()
  for (const item of items) {
    const { topicId, partition } = item
    const topic = context.topics.byId(topicId)
    if (topic === undefined) throw new VarveError('UNKNOWN_TOPIC', 'there is no topic of this id')
    const details = { topic: topic.name, partition }
    if (!Number.isInteger(partition) || partition < 0 || partition >= topic.partitions) {
      const text = `topic ${topic.name} has no partition ${partition}`
      throw new VarveError('UNKNOWN_PARTITION', text, { details })
    }
    const key = partitionKey(topicId, partition)
    if (plan.has(key)) {
      const text = `partition ${partition} of topic ${topic.name} is named twice`
      throw new VarveError('INVALID_ARGUMENT', text, { details })
    }
    const before = group.offsets.get(key)
    const place = placeOf(item, before?.offset, details)
    // Set one after the other: there may be ten thousand, and a literal of spreads costs ten times as much.
    const change: Settable<OffsetChange> = { topicId, topicName: topic.name, partition }
    if (before !== undefined) change.before = before
    if (place !== undefined) {
      change.after = setTo(place, { topic, partition, timeMs: context.wallMs })
    }
    plan.set(key, change)
  }
  return plan
}

/** A committed offset that nobody committed: it was set. */
export function setTo(
  place: CommittedPlace,
  where: { readonly topic: GroupTopic; readonly partition: number; readonly timeMs: number },
): CommittedOffset {
  const { topic, partition, timeMs } = where
  const { offset, leaderEpoch, metadata } = place
  return {
    topicId: topic.id,
    topicName: topic.name,
    partition,
    offset,
    leaderEpoch,
    metadata,
    timeMs,
    memberId: '',
    memberEpoch: -1,
  }
}

/** The place itself where the partition still has it; otherwise the nearest that it has, of which no more is known. */
export function heldPlace(
  place: CommittedPlace,
  { startOffset, endOffset }: PartitionBounds,
): CommittedPlace {
  const offset = held(place.offset, startOffset, endOffset)
  return offset === place.offset ? place : bare(offset)
}

function placeOf(
  item: ResetItem,
  before: Offset | undefined,
  details: { topic: string; partition: number },
): CommittedPlace | undefined {
  const { startOffset, endOffset } = item
  switch (item.to) {
    case 'earliest':
      return bare(startOffset)
    case 'latest':
      return bare(endOffset)
    case 'offset': {
      const { offset } = item
      if (Number.isSafeInteger(offset) && offset >= startOffset && offset <= endOffset) {
        return bare(offset)
      }
      const { topic, partition } = details
      const text = `offset ${offset} lies outside partition ${partition} of ${topic}, ${startOffset} to ${endOffset}`
      throw new VarveError('OFFSET_OUT_OF_RANGE', text, {
        details: { ...details, offset, startOffset, endOffset },
      })
    }
    case 'shift': {
      const { by } = item
      if (!Number.isSafeInteger(by)) {
        const text = `a shift is a whole number, not ${by}`
        throw new VarveError('INVALID_ARGUMENT', text, { details })
      }
      return bare(held((before ?? startOffset) + by, startOffset, endOffset))
    }
    case 'committed':
      return heldPlace(item.committed, item)
    case 'nothing':
      return undefined
  }
}

function bare(offset: number): CommittedPlace {
  return { offset: offset as Offset, leaderEpoch: -1, metadata: '' }
}

function held(offset: number, startOffset: number, endOffset: number): number {
  return Math.min(endOffset, Math.max(startOffset, offset))
}
