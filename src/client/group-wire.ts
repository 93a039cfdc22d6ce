// What a broker tells of groups, from messages to the words of the client: every number checked, every enum as a word, and what is
// not there undefined.
import { VarveError } from '../domain/error.ts'
import type {
  CommitHistoryEntryOutput,
  CommitHistoryKindName,
  CommittedOffsetOutput,
  DepartedMemberOutput,
  DescribeGroupResponseOutput,
  ExplainGroupResponseOutput,
  FlowReasonName,
  GroupConditionName,
  GroupMemberOutput,
  GroupMemberStateName,
  GroupPartitionLagOutput,
  GroupPartitionOutput,
  GroupSnapshotOutput,
  GroupSummaryOutput,
  GroupTrafficOutput,
  OffsetChangeOutput,
  PartitionExplanationOutput,
  PartitionProgressOutput,
  ProgressStateName,
  ResetOffsetsResponseOutput,
} from '../protocol/grpc/messages.ts'
import type { TopicPartition } from './consumer-types.ts'
import type {
  CommittedGroupOffset,
  DepartedGroupMember,
  GroupCondition,
  GroupDescription,
  GroupExplanation,
  GroupFlowReason,
  GroupHistoryEntry,
  GroupHistoryKind,
  GroupMemberInfo,
  GroupMemberProgress,
  GroupMemberState,
  GroupOffsetChange,
  GroupPartitionExplanation,
  GroupPartitionInfo,
  GroupProgressState,
  GroupResetReport,
  GroupSnapshotInfo,
  GroupSummary,
  GroupTrafficInfo,
  PlannedGroupOffset,
} from './group-types.ts'
import { partError, wireInteger } from './wire-values.ts'

const CONDITIONS: Readonly<Record<GroupConditionName, GroupCondition>> = {
  GROUP_CONDITION_UNSPECIFIED: 'unknown',
  GROUP_CONDITION_EMPTY: 'empty',
  GROUP_CONDITION_ASSIGNING: 'assigning',
  GROUP_CONDITION_RECONCILING: 'reconciling',
  GROUP_CONDITION_STABLE: 'stable',
}

/** @throws VarveError INTERNAL when the broker left it out */
export function groupSummary(summary: GroupSummaryOutput | null): GroupSummary {
  if (summary === null) throw incomplete('the group')
  return {
    group: summary.group,
    condition: wordOf(CONDITIONS, summary.condition),
    members: summary.members,
    committedPartitions: summary.committedPartitions,
    epoch: summary.epoch,
    createdMs: wireInteger(summary.createdMs, 'created_ms'),
    emptySinceMs: given(summary.emptySinceMs, 'empty_since_ms'),
  }
}

export function groupDescription(response: DescribeGroupResponseOutput): GroupDescription {
  return {
    summary: groupSummary(response.summary),
    assignmentEpoch: response.assignmentEpoch,
    assignor: response.assignor,
    resetEpoch: response.resetEpoch,
    members: response.members.map(memberInfo),
    partitions: response.partitions.map(partitionInfo),
    traffic: response.traffic.map(trafficInfo),
    snapshots: response.snapshots.map(snapshotInfo),
    timeMs: wireInteger(response.timeMs, 'time_ms'),
  }
}

const MEMBER_STATES: Readonly<Record<GroupMemberStateName, GroupMemberState>> = {
  GROUP_MEMBER_STATE_UNSPECIFIED: 'unknown',
  GROUP_MEMBER_STATE_STABLE: 'stable',
  GROUP_MEMBER_STATE_UNREVOKED: 'unrevoked',
  GROUP_MEMBER_STATE_UNRELEASED: 'unreleased',
  GROUP_MEMBER_STATE_AWAY: 'away',
}

function memberInfo(member: GroupMemberOutput): GroupMemberInfo {
  return {
    memberId: member.memberId,
    instanceId: member.instanceId,
    clientId: member.clientId,
    peer: member.peer,
    epoch: member.epoch,
    state: wordOf(MEMBER_STATES, member.state),
    topics: member.topics,
    assignor: member.assignor,
    weight: member.weight,
    sessionTimeoutMs: member.sessionTimeoutMs,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    assigned: member.assigned.map(place),
    pendingRevocation: member.pendingRevocation.map(place),
    heartbeatAgeMs: given(member.heartbeatAgeMs, 'heartbeat_age_ms'),
    sessionLeftMs: wireInteger(member.sessionLeftMs, 'session_left_ms'),
    progress: member.progress.map(memberProgress),
  }
}

const PROGRESS_STATES: Readonly<Record<ProgressStateName, GroupProgressState>> = {
  PROGRESS_STATE_UNSPECIFIED: 'unknown',
  PROGRESS_STATE_FLOWING: 'flowing',
  PROGRESS_STATE_IN_HANDLER: 'in-handler',
  PROGRESS_STATE_PAUSED: 'paused',
  PROGRESS_STATE_NO_CREDIT: 'no-credit',
  PROGRESS_STATE_FAILED: 'failed',
  PROGRESS_STATE_HANDLER_FAILED: 'handler-failed',
}

function memberProgress(progress: PartitionProgressOutput): GroupMemberProgress {
  return {
    ...place(progress),
    state: wordOf(PROGRESS_STATES, progress.state),
    stateAgeMs: wireInteger(progress.stateAgeMs, 'state_age_ms'),
    position: wireInteger(progress.position, 'position'),
    text: progress.text,
  }
}

function partitionInfo(lag: GroupPartitionLagOutput): GroupPartitionInfo {
  const committedOffset = given(lag.committedOffset, 'committed_offset')
  return {
    ...place(lag),
    topicId: lag.topicId,
    memberId: textOrNone(lag.memberId),
    committedOffset,
    commitTimeMs:
      committedOffset === undefined ? undefined : wireInteger(lag.commitTimeMs, 'commit_time_ms'),
    metadata: lag.metadata,
    isMetadataLeftOut: lag.isMetadataLeftOut,
    startOffset: wireInteger(lag.startOffset, 'start_offset'),
    readableEndOffset: wireInteger(lag.readableEndOffset, 'readable_end_offset'),
    lagRecords: wireInteger(lag.lagRecords, 'lag_records'),
    lagMs: given(lag.lagMs, 'lag_ms'),
    oldestTimestampMs: given(lag.oldestTimestampMs, 'oldest_timestamp_ms'),
    lagBytes: given(lag.lagBytes, 'lag_bytes'),
    error: lag.error === null ? undefined : partError(lag.error, lag),
  }
}

function trafficInfo(traffic: GroupTrafficOutput): GroupTrafficInfo {
  return {
    topic: textOrNone(traffic.topic),
    producerRate: traffic.producerRate,
    consumerRate: traffic.consumerRate,
    difference: traffic.difference,
    backlogRecords: wireInteger(traffic.backlogRecords, 'backlog_records'),
    backlogBytes: given(traffic.backlogBytes, 'backlog_bytes'),
    backlogMs: given(traffic.backlogMs, 'backlog_ms'),
    drainMs: given(traffic.drainMs, 'drain_ms'),
    windowMs: wireInteger(traffic.windowMs, 'window_ms'),
  }
}

/** @throws VarveError INTERNAL when the broker left it out */
export function snapshotInfo(snapshot: GroupSnapshotOutput | null): GroupSnapshotInfo {
  if (snapshot === null) throw incomplete('the snapshot')
  return {
    name: snapshot.name,
    timeMs: wireInteger(snapshot.timeMs, 'time_ms'),
    asOfMs: wireInteger(snapshot.asOfMs, 'as_of_ms'),
    partitions: snapshot.partitions,
  }
}

export function groupExplanation(response: ExplainGroupResponseOutput): GroupExplanation {
  return {
    summary: groupSummary(response.summary),
    isFlowing: response.isFlowing,
    text: response.text,
    partitions: response.partitions.map(partitionExplanation),
    departed: response.departed.map(departedMember),
  }
}

const FLOW_REASONS: Readonly<Record<FlowReasonName, GroupFlowReason>> = {
  FLOW_REASON_UNSPECIFIED: 'unknown',
  FLOW_REASON_FLOWING: 'flowing',
  FLOW_REASON_AT_END: 'at-end',
  FLOW_REASON_NO_MEMBER: 'no-member',
  FLOW_REASON_STALLED_IN_HANDLER: 'stalled-in-handler',
  FLOW_REASON_MEMBER_SILENT: 'member-silent',
  FLOW_REASON_WAITING_FOR_REVOCATION: 'waiting-for-revocation',
  FLOW_REASON_WAITING_FOR_MEMBER: 'waiting-for-member',
  FLOW_REASON_PAUSED: 'paused',
  FLOW_REASON_NO_CREDIT: 'no-credit',
  FLOW_REASON_OFFSET_OUT_OF_RANGE: 'offset-out-of-range',
  FLOW_REASON_TOPIC_MISSING: 'topic-missing',
  FLOW_REASON_MEMBER_FENCED: 'member-fenced',
  FLOW_REASON_PARTITION_UNAVAILABLE: 'partition-unavailable',
  FLOW_REASON_MEMBER_AWAY: 'member-away',
  FLOW_REASON_ASSIGNING: 'assigning',
  FLOW_REASON_READ_FAILED: 'read-failed',
  FLOW_REASON_HANDLER_FAILED: 'handler-failed',
  FLOW_REASON_NOT_COMMITTING: 'not-committing',
}

function partitionExplanation(explanation: PartitionExplanationOutput): GroupPartitionExplanation {
  const { topic, partition, text, memberId, waitingForMemberId } = explanation
  return {
    topic,
    partition: partition < 0 ? undefined : partition,
    reason: wordOf(FLOW_REASONS, explanation.reason),
    text,
    memberId: textOrNone(memberId),
    waitingForMemberId: textOrNone(waitingForMemberId),
    ageMs: given(explanation.ageMs, 'age_ms'),
    endsInMs: given(explanation.endsInMs, 'ends_in_ms'),
    lagRecords: wireInteger(explanation.lagRecords, 'lag_records'),
  }
}

function departedMember(member: DepartedMemberOutput): DepartedGroupMember {
  const { memberId, clientId, reason } = member
  return {
    memberId,
    clientId,
    reason,
    timeMs: wireInteger(member.timeMs, 'time_ms'),
    refusedMs: given(member.refusedMs, 'refused_ms'),
  }
}

export function committedOffset(committed: CommittedOffsetOutput): CommittedGroupOffset {
  const offset = given(committed.offset, 'offset')
  return {
    ...place(committed),
    topicId: committed.topicId,
    offset,
    leaderEpoch: epochOrNone(committed.leaderEpoch),
    metadata: committed.metadata,
    isMetadataLeftOut: committed.isMetadataLeftOut,
    commitTimeMs:
      offset === undefined ? undefined : wireInteger(committed.commitTimeMs, 'commit_time_ms'),
    memberId: textOrNone(committed.memberId),
    memberEpoch: epochOrNone(committed.memberEpoch),
  }
}

export function resetReport(response: ResetOffsetsResponseOutput): GroupResetReport {
  const { changes, isApplied, resetEpoch, membersPutOut } = response
  return { changes: changes.map(plannedOffset), isApplied, resetEpoch, membersPutOut }
}

function plannedOffset(change: OffsetChangeOutput): PlannedGroupOffset {
  return {
    ...offsetChange(change),
    startOffset: wireInteger(change.startOffset, 'start_offset'),
    readableEndOffset: wireInteger(change.readableEndOffset, 'readable_end_offset'),
  }
}

function offsetChange(change: OffsetChangeOutput): GroupOffsetChange {
  return {
    ...place(change),
    topicId: change.topicId,
    before: given(change.before, 'before'),
    after: given(change.after, 'after'),
  }
}

const HISTORY_KINDS: Readonly<Record<CommitHistoryKindName, GroupHistoryKind>> = {
  COMMIT_HISTORY_KIND_UNSPECIFIED: 'unknown',
  COMMIT_HISTORY_KIND_COMMIT: 'commit',
  COMMIT_HISTORY_KIND_RESET: 'reset',
  COMMIT_HISTORY_KIND_EXPIRED: 'expired',
  COMMIT_HISTORY_KIND_TOPIC_DELETED: 'topic-deleted',
  COMMIT_HISTORY_KIND_GROUP_CREATED: 'group-created',
  COMMIT_HISTORY_KIND_GROUP_DELETED: 'group-deleted',
}

export function historyEntry(entry: CommitHistoryEntryOutput): GroupHistoryEntry {
  return {
    timeMs: wireInteger(entry.timeMs, 'time_ms'),
    kind: wordOf(HISTORY_KINDS, entry.kind),
    memberId: textOrNone(entry.memberId),
    memberEpoch: entry.memberEpoch,
    reason: entry.reason,
    resetEpoch: entry.resetEpoch,
    changes: entry.changes.map(offsetChange),
  }
}

function place({ topic, partition }: GroupPartitionOutput | TopicPartition): TopicPartition {
  return { topic, partition }
}

/** The word for an enum's name; a newer broker may have names, or bare numbers, that are not known here. */
function wordOf<Name extends string, Word extends string>(
  words: Readonly<Record<Name, Word>>,
  name: Name,
): Word | 'unknown' {
  return Object.hasOwn(words, name) ? words[name] : 'unknown'
}

/** @throws VarveError INTERNAL when it is there and not exact */
function given(value: number | undefined, name: string): number | undefined {
  return value === undefined ? undefined : wireInteger(value, name)
}

/** The wire says by -1 that there is none. */
function epochOrNone(epoch: number): number | undefined {
  return epoch < 0 ? undefined : epoch
}

/** The wire says nothing by an empty text. */
function textOrNone(text: string): string | undefined {
  return text === '' ? undefined : text
}

function incomplete(what: string): VarveError {
  return new VarveError('INTERNAL', `the broker's answer lacks ${what}`)
}
