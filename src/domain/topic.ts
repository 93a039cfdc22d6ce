// What a topic and a partition are called, and which names are allowed.
import { VarveError } from './error.ts'

declare const topicIdBrand: unique symbol

/** A topic's identity: a random UUID in 22 characters of URL-safe base64, new at every creation. Names come from users, ids do not. */
export type TopicId = string & { readonly [topicIdBrand]: true }

const TOPIC_ID_PATTERN = /^[A-Za-z0-9_-]{22}$/

/** True for 22 characters of URL-safe base64: safe as the name of a folder. */
export function isTopicId(value: string): value is TopicId {
  return TOPIC_ID_PATTERN.test(value)
}

/** The topic id of 16 random bytes (a UUID). */
export function topicIdFromBytes(bytes: Uint8Array): TopicId {
  if (bytes.length !== 16) throw new RangeError(`a topic id has 16 bytes, not ${bytes.length}`)
  return Buffer.from(bytes).toString('base64url') as TopicId
}

/** Which partition of which topic. The name is for people and repair; the id decides. */
export interface PartitionIdentity {
  readonly topicId: TopicId
  readonly topicName: string
  /** 0 to the number of partitions - 1. */
  readonly partition: number
}

export const TOPIC_NAME_LENGTH_MAX = 249
const TOPIC_NAME_PATTERN = /^[A-Za-z0-9._-]{1,249}$/

/**
 * Checks a topic name as Kafka does (kafka.common: org.apache.kafka.common.internals.Topic).
 * @throws VarveError INVALID_TOPIC_NAME
 */
export function checkTopicName(name: string): void {
  if (TOPIC_NAME_PATTERN.test(name) && name !== '.' && name !== '..') return
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name)
  throw new VarveError(
    'INVALID_TOPIC_NAME',
    `${shown} is no topic name: use 1 to ${TOPIC_NAME_LENGTH_MAX} of A-Z a-z 0-9 . _ -, but not "." or ".."`,
  )
}

/** True for names that only the broker itself may create and write. */
export function isInternalTopic(name: string): boolean {
  return name.startsWith('__')
}

/**
 * Refuses the name of an internal topic, and of none.
 * @throws VarveError INTERNAL_TOPIC · INVALID_TOPIC_NAME
 */
export function checkNotInternal(name: string): void {
  if (!isInternalTopic(name)) return
  checkTopicName(name)
  throw new VarveError('INTERNAL_TOPIC', `names that begin with "__" belong to the broker: ${name}`)
}

/** Two names with the same key may not exist together: Kafka's metrics cannot tell "." from "_". */
export function topicCollisionKey(name: string): string {
  return name.replaceAll('.', '_')
}
