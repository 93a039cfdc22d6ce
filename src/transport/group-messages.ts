// Groups as messages: the words of the broker as those of the wire.
import type {
  DepartedMember,
  FlowReason,
  GroupDescription,
  GroupExplanation,
  GroupSummary,
  GroupTraffic,
  MemberDescription,
  PartitionExplanation,
  PartitionLag,
} from '../broker/groups/group-descriptions.ts'
import type {
  AssignedPartition,
  HeartbeatAnswer,
  PartitionProgress,
  ProgressState,
  SessionJoined,
} from '../broker/groups/group-membership.ts'
import type {
  CommittedPosition,
  HistoryEntry,
  HistoryKind,
  PlannedChange,
  ResetOutcome,
} from '../broker/groups/group-service.ts'
import type { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { presentFields } from '../domain/present-fields.ts'
import type {
  AssignedPartition as AssignedPartitionMessage,
  CommitHistoryEntry,
  CommitHistoryKindName,
  CommittedOffset,
  DepartedMember as DepartedMemberMessage,
  DescribeGroupResponse,
  ExplainGroupResponse,
  FlowReasonName,
  GroupConditionName,
  GroupMember,
  GroupMemberStateName,
  GroupPartitionLag,
  GroupSummary as GroupSummaryMessage,
  GroupTraffic as GroupTrafficMessage,
  OffsetChange,
  PartitionExplanation as PartitionExplanationMessage,
  PartitionProgress as PartitionProgressMessage,
  ProgressStateName,
  ResetOffsetsResponse,
  SessionHeartbeatAnswer,
  SessionJoined as SessionJoinedMessage,
  Status,
} from '../protocol/grpc/messages.ts'

/** How an error inside an answer is told. */
type StatusOf = (error: VarveError) => Status

export function joinedMessage(joined: SessionJoined): SessionJoinedMessage {
  return { ...joined, assigned: assignedMessage(joined.assigned) }
}

export function heartbeatMessage(answer: HeartbeatAnswer): SessionHeartbeatAnswer {
  const { assigned, ...rest } = answer
  return { ...rest, ...(assigned === undefined ? {} : { assigned: assignedMessage(assigned) }) }
}

function assignedMessage(assigned: readonly AssignedPartition[]): {
  partitions: AssignedPartitionMessage[]
} {
  return { partitions: withinMetadata(assigned).map((partition) => presentFields(partition)) }
}

export function committedMessages(positions: readonly CommittedPosition[]): CommittedOffset[] {
  return withinMetadata(positions).map((position) => presentFields(position))
}

/** The parts of one answer, of which the later ones may have to go without their metadata. */
function withinMetadata<Part extends { readonly metadata: string }>(
  parts: readonly Part[],
): (Part & { readonly isMetadataLeftOut?: true })[] {
  let left: number = LIMITS.answerMetadataCharactersMax
  return parts.map((part) => {
    if (part.metadata.length <= left) {
      left -= part.metadata.length
      return part
    }
    return { ...part, metadata: '', isMetadataLeftOut: true }
  })
}

export function resetMessage(outcome: ResetOutcome): ResetOffsetsResponse {
  const { changes, isApplied, resetEpoch, membersPutOut } = outcome
  return {
    changes: changes.map(changeMessage),
    isApplied,
    resetEpoch,
    membersPutOut: [...membersPutOut],
  }
}

function changeMessage(change: PlannedChange): OffsetChange {
  return presentFields(change)
}

const CONDITIONS: Readonly<Record<GroupSummary['condition'], GroupConditionName>> = {
  empty: 'GROUP_CONDITION_EMPTY',
  assigning: 'GROUP_CONDITION_ASSIGNING',
  reconciling: 'GROUP_CONDITION_RECONCILING',
  stable: 'GROUP_CONDITION_STABLE',
}

export function summaryMessage(summary: GroupSummary): GroupSummaryMessage {
  return { ...presentFields(summary), condition: CONDITIONS[summary.condition] }
}

export function descriptionMessage(
  description: GroupDescription,
  statusOf: StatusOf,
): DescribeGroupResponse {
  return {
    summary: summaryMessage(description.summary),
    assignmentEpoch: description.assignmentEpoch,
    assignor: description.assignor,
    resetEpoch: description.resetEpoch,
    members: description.members.map(memberMessage),
    partitions: withinMetadata(description.partitions).map((partition) =>
      lagMessage(partition, statusOf),
    ),
    traffic: description.traffic.map(trafficMessage),
    snapshots: description.snapshots.map((snapshot) => ({ ...snapshot })),
    timeMs: description.timeMs,
  }
}

const MEMBER_STATES: Readonly<Record<MemberDescription['state'], GroupMemberStateName>> = {
  stable: 'GROUP_MEMBER_STATE_STABLE',
  unrevoked: 'GROUP_MEMBER_STATE_UNREVOKED',
  unreleased: 'GROUP_MEMBER_STATE_UNRELEASED',
  away: 'GROUP_MEMBER_STATE_AWAY',
}

function memberMessage(member: MemberDescription): GroupMember {
  return {
    ...presentFields(member),
    state: MEMBER_STATES[member.state],
    topics: [...member.topics],
    assigned: member.assigned.map((partition) => ({ ...partition })),
    pendingRevocation: member.pendingRevocation.map((partition) => ({ ...partition })),
    progress: member.progress.map(progressMessage),
  }
}

const PROGRESS_STATES: Readonly<Record<ProgressState, ProgressStateName>> = {
  flowing: 'PROGRESS_STATE_FLOWING',
  'in-handler': 'PROGRESS_STATE_IN_HANDLER',
  paused: 'PROGRESS_STATE_PAUSED',
  'no-credit': 'PROGRESS_STATE_NO_CREDIT',
  failed: 'PROGRESS_STATE_FAILED',
  'handler-failed': 'PROGRESS_STATE_HANDLER_FAILED',
}

function progressMessage(progress: PartitionProgress): PartitionProgressMessage {
  return { ...progress, state: PROGRESS_STATES[progress.state] }
}

function lagMessage(partition: PartitionLag, statusOf: StatusOf): GroupPartitionLag {
  const { error, ...lag } = partition
  return { ...presentFields(lag), ...(error === undefined ? {} : { error: statusOf(error) }) }
}

function trafficMessage(traffic: GroupTraffic): GroupTrafficMessage {
  return presentFields(traffic)
}

export function explanationMessage(explanation: GroupExplanation): ExplainGroupResponse {
  const { summary, isFlowing, text, partitions, departed } = explanation
  return {
    summary: summaryMessage(summary),
    isFlowing,
    text,
    partitions: partitions.map(reasonMessage),
    departed: departed.map(departedMessage),
  }
}

const FLOW_REASONS: Readonly<Record<FlowReason, FlowReasonName>> = {
  flowing: 'FLOW_REASON_FLOWING',
  'at-end': 'FLOW_REASON_AT_END',
  'no-member': 'FLOW_REASON_NO_MEMBER',
  'stalled-in-handler': 'FLOW_REASON_STALLED_IN_HANDLER',
  'member-silent': 'FLOW_REASON_MEMBER_SILENT',
  'waiting-for-revocation': 'FLOW_REASON_WAITING_FOR_REVOCATION',
  'waiting-for-member': 'FLOW_REASON_WAITING_FOR_MEMBER',
  paused: 'FLOW_REASON_PAUSED',
  'no-credit': 'FLOW_REASON_NO_CREDIT',
  'offset-out-of-range': 'FLOW_REASON_OFFSET_OUT_OF_RANGE',
  'topic-missing': 'FLOW_REASON_TOPIC_MISSING',
  'member-fenced': 'FLOW_REASON_MEMBER_FENCED',
  'partition-unavailable': 'FLOW_REASON_PARTITION_UNAVAILABLE',
  'member-away': 'FLOW_REASON_MEMBER_AWAY',
  assigning: 'FLOW_REASON_ASSIGNING',
  'read-failed': 'FLOW_REASON_READ_FAILED',
  'handler-failed': 'FLOW_REASON_HANDLER_FAILED',
  'not-committing': 'FLOW_REASON_NOT_COMMITTING',
}

function reasonMessage(partition: PartitionExplanation): PartitionExplanationMessage {
  return { ...presentFields(partition), reason: FLOW_REASONS[partition.reason] }
}

function departedMessage(member: DepartedMember): DepartedMemberMessage {
  return presentFields(member)
}

const HISTORY_KINDS: Readonly<Record<HistoryKind, CommitHistoryKindName>> = {
  commit: 'COMMIT_HISTORY_KIND_COMMIT',
  reset: 'COMMIT_HISTORY_KIND_RESET',
  expired: 'COMMIT_HISTORY_KIND_EXPIRED',
  'topic-deleted': 'COMMIT_HISTORY_KIND_TOPIC_DELETED',
  'group-created': 'COMMIT_HISTORY_KIND_GROUP_CREATED',
  'group-deleted': 'COMMIT_HISTORY_KIND_GROUP_DELETED',
}

export function historyMessage(entry: HistoryEntry): CommitHistoryEntry {
  return {
    ...entry,
    kind: HISTORY_KINDS[entry.kind],
    changes: entry.changes.map(changeMessage),
  }
}
