// The events of groups as they are stored. Everything that the journal stores is made of these shapes; a field or an event
// that they do not know does not compile.
import { ASSIGNOR_NAMES } from '../../coordinator/assignors/assignor-name.ts'
import type {
  ForkOrigin,
  GroupEvent,
  Holding,
  OffsetChange,
} from '../../coordinator/group-event.ts'
import type {
  CommittedOffset,
  GroupSnapshot,
  GroupTopic,
  MemberWishes,
} from '../../coordinator/group-state.ts'
import type { PartitionKey } from '../../coordinator/partition-key.ts'
import type { Offset } from '../../domain/offset.ts'
import { isTopicId, type TopicId } from '../../domain/topic.ts'
import {
  byKind,
  checked,
  count,
  integer,
  isInteger,
  list,
  object,
  oneOf,
  optional,
  orNull,
  orUndefined,
  pair,
  type Shape,
  text,
} from './json-shape.ts'

const PARTITION_KEY_PATTERN = /^[A-Za-z0-9_-]{22}:\d{1,10}$/

const offset = checked<Offset>('an offset', (json) => isInteger(json) && (json as number) >= 0)

const topicId = checked<TopicId>(
  'a topic id',
  (json) => typeof json === 'string' && isTopicId(json),
)

/** `topicId:partition`. */
export const partitionKeyShape = checked<PartitionKey>(
  'a partition',
  (json) => typeof json === 'string' && PARTITION_KEY_PATTERN.test(json),
)

export const assignorShape = oneOf(ASSIGNOR_NAMES)

export const memberStateShape = oneOf(['stable', 'unrevoked', 'unreleased'])

export const groupTopicShape = object<GroupTopic>({ id: topicId, name: text, partitions: count })

export const wishesShape = object<MemberWishes>({
  instanceId: orUndefined(text),
  clientId: text,
  topics: list(text),
  assignor: orUndefined(assignorShape),
  weight: count,
  sessionTimeoutMs: count,
  rebalanceTimeoutMs: count,
})

export const committedOffsetShape = object<CommittedOffset>({
  topicId,
  topicName: text,
  partition: count,
  offset,
  leaderEpoch: integer,
  metadata: text,
  timeMs: integer,
  memberId: text,
  memberEpoch: integer,
})

export const snapshotShape = object<GroupSnapshot>({
  name: text,
  timeMs: integer,
  asOfMs: integer,
  offsets: list(committedOffsetShape),
})

const holding: Shape<Holding> = pair(partitionKeyShape, integer)

const offsetChange = object<OffsetChange>({
  topicId,
  topicName: text,
  partition: count,
  before: optional(committedOffsetShape),
  after: optional(committedOffsetShape),
})

const forkOrigin = object<ForkOrigin>({
  groupId: text,
  asOfMs: integer,
  offsets: list(committedOffsetShape),
})

export const groupEventShape: Shape<GroupEvent> = byKind<GroupEvent>({
  'group-created': { groupId: text, timeMs: integer, fork: optional(forkOrigin) },
  'group-epoch': { epoch: count, topics: list(groupTopicShape) },
  'member-wishes': { memberId: text, wishes: wishesShape },
  'member-removed': {
    memberId: text,
    reason: oneOf(['left', 'session-expired', 'rebalance-expired', 'rejoined', 'offsets-reset']),
    timeMs: integer,
  },
  'member-replaced': { memberId: text, successorId: text, wishes: wishesShape },
  'target-member': { memberId: text, partitions: list(partitionKeyShape) },
  'target-epoch': { epoch: count, assignor: assignorShape },
  'member-current': {
    memberId: text,
    epoch: integer,
    previousEpoch: integer,
    state: memberStateShape,
    assigned: list(holding),
    pendingRevocation: list(holding),
  },
  'offsets-committed': {
    offsets: list(committedOffsetShape),
    before: list(orNull(offset)),
  },
  'offsets-reset': {
    resetEpoch: count,
    reason: text,
    timeMs: integer,
    changes: list(offsetChange),
    undoneEpoch: optional(count),
  },
  'offsets-removed': {
    offsets: list(committedOffsetShape),
    reason: oneOf(['expired', 'topic-deleted']),
    timeMs: integer,
  },
  'snapshot-taken': { snapshot: snapshotShape },
  'snapshot-removed': { name: text, timeMs: integer },
  'group-deleted': { timeMs: integer },
})
