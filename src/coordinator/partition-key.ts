// How the coordinator names a partition: by the id that the server gave its topic, so that a topic made again under the
// same name is another one. Keys are plain strings and only ever used in Map and Set, whatever they may look like.
import type { TopicId } from '../domain/topic.ts'

declare const partitionKeyBrand: unique symbol

/** `topicId:partition`. */
export type PartitionKey = string & { readonly [partitionKeyBrand]: true }

/** The characters of a topic id. */
const TOPIC_ID_LENGTH = 22

/** @param partition from 0. */
export function partitionKey(topicId: TopicId, partition: number): PartitionKey {
  return `${topicId}:${partition}` as PartitionKey
}

/** The topic of a key. */
export function topicIdOf(key: PartitionKey): TopicId {
  return key.slice(0, TOPIC_ID_LENGTH) as TopicId
}

/** The number of a key's partition. */
export function partitionOf(key: PartitionKey): number {
  return Number(key.slice(TOPIC_ID_LENGTH + 1))
}
