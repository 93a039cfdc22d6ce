// Short names of the generated wire messages: the plain name is what a sender may give (every field optional), the name
// with Output is what a receiver gets (defaults filled in).

export type { Status, Status__Output as StatusOutput } from './generated/google/rpc/Status.ts'

export type {
  _grpc_health_v1_HealthCheckResponse_ServingStatus__Output as ServingStatusName,
  HealthCheckResponse,
  HealthCheckResponse__Output as HealthCheckResponseOutput,
} from './generated/grpc/health/v1/HealthCheckResponse.ts'
export type { HealthListResponse } from './generated/grpc/health/v1/HealthListResponse.ts'
export type {
  ServerReflectionRequest as ReflectionRequest,
  ServerReflectionRequest__Output as ReflectionRequestOutput,
} from './generated/grpc/reflection/v1/ServerReflectionRequest.ts'
export type {
  ServerReflectionResponse as ReflectionResponse,
  ServerReflectionResponse__Output as ReflectionResponseOutput,
} from './generated/grpc/reflection/v1/ServerReflectionResponse.ts'
export type { AddPartitionsRequest } from './generated/varve/v1/AddPartitionsRequest.ts'
export type { AddPartitionsResponse__Output as AddPartitionsResponseOutput } from './generated/varve/v1/AddPartitionsResponse.ts'
export type {
  AssignedPartition,
  AssignedPartition__Output as AssignedPartitionOutput,
} from './generated/varve/v1/AssignedPartition.ts'
export type {
  CommitHistoryEntry,
  CommitHistoryEntry__Output as CommitHistoryEntryOutput,
} from './generated/varve/v1/CommitHistoryEntry.ts'
export type { CommitHistoryKind__Output as CommitHistoryKindName } from './generated/varve/v1/CommitHistoryKind.ts'
export type {
  CommitOffsetsEntry,
  CommitOffsetsEntry__Output as CommitOffsetsEntryOutput,
} from './generated/varve/v1/CommitOffsetsEntry.ts'
export type {
  CommitOffsetsRequest,
  CommitOffsetsRequest__Output as CommitOffsetsRequestOutput,
} from './generated/varve/v1/CommitOffsetsRequest.ts'
export type {
  CommitOffsetsResponse,
  CommitOffsetsResponse__Output as CommitOffsetsResponseOutput,
} from './generated/varve/v1/CommitOffsetsResponse.ts'
export type {
  CommitOffsetsResult,
  CommitOffsetsResult__Output as CommitOffsetsResultOutput,
} from './generated/varve/v1/CommitOffsetsResult.ts'
export type {
  CommittedOffset,
  CommittedOffset__Output as CommittedOffsetOutput,
} from './generated/varve/v1/CommittedOffset.ts'
export type { CreateTopicRequest } from './generated/varve/v1/CreateTopicRequest.ts'
export type { CreateTopicResponse__Output as CreateTopicResponseOutput } from './generated/varve/v1/CreateTopicResponse.ts'
export type {
  DamagedRange,
  DamagedRange__Output as DamagedRangeOutput,
} from './generated/varve/v1/DamagedRange.ts'
export type { DeleteGroupRequest } from './generated/varve/v1/DeleteGroupRequest.ts'
export type { DeleteGroupResponse__Output as DeleteGroupResponseOutput } from './generated/varve/v1/DeleteGroupResponse.ts'
export type { DeleteGroupSnapshotRequest } from './generated/varve/v1/DeleteGroupSnapshotRequest.ts'
export type { DeleteGroupSnapshotResponse__Output as DeleteGroupSnapshotResponseOutput } from './generated/varve/v1/DeleteGroupSnapshotResponse.ts'
export type { DeleteRecordsEntry__Output as DeleteRecordsEntryOutput } from './generated/varve/v1/DeleteRecordsEntry.ts'
export type {
  DeleteRecordsRequest,
  DeleteRecordsRequest__Output as DeleteRecordsRequestOutput,
} from './generated/varve/v1/DeleteRecordsRequest.ts'
export type {
  DeleteRecordsResponse,
  DeleteRecordsResponse__Output as DeleteRecordsResponseOutput,
} from './generated/varve/v1/DeleteRecordsResponse.ts'
export type { DeleteTopicRequest } from './generated/varve/v1/DeleteTopicRequest.ts'
export type { DeleteTopicResponse__Output as DeleteTopicResponseOutput } from './generated/varve/v1/DeleteTopicResponse.ts'
export type {
  DepartedMember,
  DepartedMember__Output as DepartedMemberOutput,
} from './generated/varve/v1/DepartedMember.ts'
export type { DescribeClusterRequest } from './generated/varve/v1/DescribeClusterRequest.ts'
export type { DescribeClusterResponse__Output as DescribeClusterResponseOutput } from './generated/varve/v1/DescribeClusterResponse.ts'
export type { DescribeGroupRequest } from './generated/varve/v1/DescribeGroupRequest.ts'
export type {
  DescribeGroupResponse,
  DescribeGroupResponse__Output as DescribeGroupResponseOutput,
} from './generated/varve/v1/DescribeGroupResponse.ts'
export type {
  DescribeStorageRequest,
  DescribeStorageRequest__Output as DescribeStorageRequestOutput,
} from './generated/varve/v1/DescribeStorageRequest.ts'
export type {
  DescribeStorageResponse,
  DescribeStorageResponse__Output as DescribeStorageResponseOutput,
} from './generated/varve/v1/DescribeStorageResponse.ts'
export type { DescribeTopicRequest } from './generated/varve/v1/DescribeTopicRequest.ts'
export type { DescribeTopicResponse__Output as DescribeTopicResponseOutput } from './generated/varve/v1/DescribeTopicResponse.ts'
export type { Durability__Output as DurabilityName } from './generated/varve/v1/Durability.ts'
export type { ExplainGroupRequest } from './generated/varve/v1/ExplainGroupRequest.ts'
export type {
  ExplainGroupResponse,
  ExplainGroupResponse__Output as ExplainGroupResponseOutput,
} from './generated/varve/v1/ExplainGroupResponse.ts'
export type { FetchOffsetsRequest } from './generated/varve/v1/FetchOffsetsRequest.ts'
export type { FetchOffsetsResponse__Output as FetchOffsetsResponseOutput } from './generated/varve/v1/FetchOffsetsResponse.ts'
export type {
  FetchPartition,
  FetchPartition__Output as FetchPartitionOutput,
} from './generated/varve/v1/FetchPartition.ts'
export type {
  FetchRequest,
  FetchRequest__Output as FetchRequestOutput,
} from './generated/varve/v1/FetchRequest.ts'
export type {
  FetchResponse,
  FetchResponse__Output as FetchResponseOutput,
} from './generated/varve/v1/FetchResponse.ts'
export type {
  FetchResult,
  FetchResult__Output as FetchResultOutput,
} from './generated/varve/v1/FetchResult.ts'
export type { FlowReason__Output as FlowReasonName } from './generated/varve/v1/FlowReason.ts'
export type { ForkGroupRequest } from './generated/varve/v1/ForkGroupRequest.ts'
export type { ForkGroupResponse__Output as ForkGroupResponseOutput } from './generated/varve/v1/ForkGroupResponse.ts'
export type { GroupCondition__Output as GroupConditionName } from './generated/varve/v1/GroupCondition.ts'
export type {
  GroupMember,
  GroupMember__Output as GroupMemberOutput,
} from './generated/varve/v1/GroupMember.ts'
export type { GroupMemberState__Output as GroupMemberStateName } from './generated/varve/v1/GroupMemberState.ts'
export type {
  GroupPartition,
  GroupPartition__Output as GroupPartitionOutput,
} from './generated/varve/v1/GroupPartition.ts'
export type {
  GroupPartitionLag,
  GroupPartitionLag__Output as GroupPartitionLagOutput,
} from './generated/varve/v1/GroupPartitionLag.ts'
export type { GroupSnapshot__Output as GroupSnapshotOutput } from './generated/varve/v1/GroupSnapshot.ts'
export type {
  GroupSummary,
  GroupSummary__Output as GroupSummaryOutput,
} from './generated/varve/v1/GroupSummary.ts'
export type {
  GroupTraffic,
  GroupTraffic__Output as GroupTrafficOutput,
} from './generated/varve/v1/GroupTraffic.ts'
export type { Header } from './generated/varve/v1/Header.ts'
export type { InitProducerIdRequest } from './generated/varve/v1/InitProducerIdRequest.ts'
export type { InitProducerIdResponse__Output as InitProducerIdResponseOutput } from './generated/varve/v1/InitProducerIdResponse.ts'
export type {
  ListCommitHistoryRequest,
  ListCommitHistoryRequest__Output as ListCommitHistoryRequestOutput,
} from './generated/varve/v1/ListCommitHistoryRequest.ts'
export type { ListCommitHistoryResponse__Output as ListCommitHistoryResponseOutput } from './generated/varve/v1/ListCommitHistoryResponse.ts'
export type { ListGroupsRequest } from './generated/varve/v1/ListGroupsRequest.ts'
export type { ListGroupsResponse__Output as ListGroupsResponseOutput } from './generated/varve/v1/ListGroupsResponse.ts'
export type {
  ListOffsetsPartition,
  ListOffsetsPartition__Output as ListOffsetsPartitionOutput,
} from './generated/varve/v1/ListOffsetsPartition.ts'
export type {
  ListOffsetsRequest,
  ListOffsetsRequest__Output as ListOffsetsRequestOutput,
} from './generated/varve/v1/ListOffsetsRequest.ts'
export type {
  ListOffsetsResponse,
  ListOffsetsResponse__Output as ListOffsetsResponseOutput,
} from './generated/varve/v1/ListOffsetsResponse.ts'
export type {
  ListOffsetsResult,
  ListOffsetsResult__Output as ListOffsetsResultOutput,
} from './generated/varve/v1/ListOffsetsResult.ts'
export type { ListTopicsRequest } from './generated/varve/v1/ListTopicsRequest.ts'
export type { ListTopicsResponse__Output as ListTopicsResponseOutput } from './generated/varve/v1/ListTopicsResponse.ts'
export type {
  OffsetChange,
  OffsetChange__Output as OffsetChangeOutput,
} from './generated/varve/v1/OffsetChange.ts'
export type { OffsetPosition__Output as OffsetPositionName } from './generated/varve/v1/OffsetPosition.ts'
export type {
  Partition,
  Partition__Output as PartitionOutput,
} from './generated/varve/v1/Partition.ts'
export type { PartitionCondition__Output as PartitionConditionName } from './generated/varve/v1/PartitionCondition.ts'
export type {
  PartitionExplanation,
  PartitionExplanation__Output as PartitionExplanationOutput,
} from './generated/varve/v1/PartitionExplanation.ts'
export type {
  PartitionProgress,
  PartitionProgress__Output as PartitionProgressOutput,
} from './generated/varve/v1/PartitionProgress.ts'
export type {
  PartitionStorage,
  PartitionStorage__Output as PartitionStorageOutput,
} from './generated/varve/v1/PartitionStorage.ts'
export type {
  ProduceEntry,
  ProduceEntry__Output as ProduceEntryOutput,
} from './generated/varve/v1/ProduceEntry.ts'
export type { ProducePart } from './generated/varve/v1/ProducePart.ts'
export type { ProduceRequest } from './generated/varve/v1/ProduceRequest.ts'
export type { ProduceResponse__Output as ProduceResponseOutput } from './generated/varve/v1/ProduceResponse.ts'
export type {
  ProduceResult,
  ProduceResult__Output as ProduceResultOutput,
} from './generated/varve/v1/ProduceResult.ts'
export type { ProduceStreamAck__Output as ProduceStreamAckOutput } from './generated/varve/v1/ProduceStreamAck.ts'
export type { ProduceStreamBatch } from './generated/varve/v1/ProduceStreamBatch.ts'
export type { ProduceStreamInit } from './generated/varve/v1/ProduceStreamInit.ts'
export type { ProduceStreamReady__Output as ProduceStreamReadyOutput } from './generated/varve/v1/ProduceStreamReady.ts'
export type {
  ProduceStreamRequest,
  ProduceStreamRequest__Output as ProduceStreamRequestOutput,
} from './generated/varve/v1/ProduceStreamRequest.ts'
export type {
  ProduceStreamResponse,
  ProduceStreamResponse__Output as ProduceStreamResponseOutput,
} from './generated/varve/v1/ProduceStreamResponse.ts'
export type { ProgressState__Output as ProgressStateName } from './generated/varve/v1/ProgressState.ts'
export type { Record, Record__Output as RecordOutput } from './generated/varve/v1/Record.ts'
export type { RecordSet } from './generated/varve/v1/RecordSet.ts'
export type {
  ReplayFilter,
  ReplayFilter__Output as ReplayFilterOutput,
} from './generated/varve/v1/ReplayFilter.ts'
export type {
  ReplayInit,
  ReplayInit__Output as ReplayInitOutput,
} from './generated/varve/v1/ReplayInit.ts'
export type { ReplayLatePolicy__Output as ReplayLatePolicyName } from './generated/varve/v1/ReplayLatePolicy.ts'
export type {
  ReplayMatch,
  ReplayMatch__Output as ReplayMatchOutput,
} from './generated/varve/v1/ReplayMatch.ts'
export type { ReplayOrder__Output as ReplayOrderName } from './generated/varve/v1/ReplayOrder.ts'
export type {
  ReplayPace,
  ReplayPace__Output as ReplayPaceOutput,
} from './generated/varve/v1/ReplayPace.ts'
export type {
  ReplayPlace,
  ReplayPlace__Output as ReplayPlaceOutput,
} from './generated/varve/v1/ReplayPlace.ts'
export type {
  ReplayPosition,
  ReplayPosition__Output as ReplayPositionOutput,
} from './generated/varve/v1/ReplayPosition.ts'
export type {
  ReplayProgress,
  ReplayProgress__Output as ReplayProgressOutput,
} from './generated/varve/v1/ReplayProgress.ts'
export type {
  ReplayReady,
  ReplayReady__Output as ReplayReadyOutput,
} from './generated/varve/v1/ReplayReady.ts'
export type { ReplayRecords__Output as ReplayRecordsOutput } from './generated/varve/v1/ReplayRecords.ts'
export type {
  ReplayRequest,
  ReplayRequest__Output as ReplayRequestOutput,
} from './generated/varve/v1/ReplayRequest.ts'
export type {
  ReplayResponse,
  ReplayResponse__Output as ReplayResponseOutput,
} from './generated/varve/v1/ReplayResponse.ts'
export type {
  ReplayRun,
  ReplayRun__Output as ReplayRunOutput,
} from './generated/varve/v1/ReplayRun.ts'
export type { ReplaySeek__Output as ReplaySeekOutput } from './generated/varve/v1/ReplaySeek.ts'
export type {
  ReplaySource,
  ReplaySource__Output as ReplaySourceOutput,
} from './generated/varve/v1/ReplaySource.ts'
export type { ReplayState__Output as ReplayStateOutput } from './generated/varve/v1/ReplayState.ts'
export type { ReplayStatus__Output as ReplayStatusName } from './generated/varve/v1/ReplayStatus.ts'
export type {
  ReplaySummary,
  ReplaySummary__Output as ReplaySummaryOutput,
} from './generated/varve/v1/ReplaySummary.ts'
export type { ReplayTimeMatch__Output as ReplayTimeMatchOutput } from './generated/varve/v1/ReplayTimeMatch.ts'
export type { ReplayTrouble__Output as ReplayTroubleOutput } from './generated/varve/v1/ReplayTrouble.ts'
export type { ReplayTroublePolicy__Output as ReplayTroublePolicyName } from './generated/varve/v1/ReplayTroublePolicy.ts'
export type {
  ResetOffsetsEntry,
  ResetOffsetsEntry__Output as ResetOffsetsEntryOutput,
} from './generated/varve/v1/ResetOffsetsEntry.ts'
export type {
  ResetOffsetsRequest,
  ResetOffsetsRequest__Output as ResetOffsetsRequestOutput,
} from './generated/varve/v1/ResetOffsetsRequest.ts'
export type {
  ResetOffsetsResponse,
  ResetOffsetsResponse__Output as ResetOffsetsResponseOutput,
} from './generated/varve/v1/ResetOffsetsResponse.ts'
export type { RestoreGroupRequest } from './generated/varve/v1/RestoreGroupRequest.ts'
export type { RestoreGroupResponse__Output as RestoreGroupResponseOutput } from './generated/varve/v1/RestoreGroupResponse.ts'
export type {
  SessionHeartbeat,
  SessionHeartbeat__Output as SessionHeartbeatOutput,
} from './generated/varve/v1/SessionHeartbeat.ts'
export type {
  SessionHeartbeatAnswer,
  SessionHeartbeatAnswer__Output as SessionHeartbeatAnswerOutput,
} from './generated/varve/v1/SessionHeartbeatAnswer.ts'
export type {
  SessionJoin,
  SessionJoin__Output as SessionJoinOutput,
} from './generated/varve/v1/SessionJoin.ts'
export type {
  SessionJoined,
  SessionJoined__Output as SessionJoinedOutput,
} from './generated/varve/v1/SessionJoined.ts'
export type {
  SessionRequest,
  SessionRequest__Output as SessionRequestOutput,
} from './generated/varve/v1/SessionRequest.ts'
export type {
  SessionResponse,
  SessionResponse__Output as SessionResponseOutput,
} from './generated/varve/v1/SessionResponse.ts'
export type { SessionResume__Output as SessionResumeOutput } from './generated/varve/v1/SessionResume.ts'
export type { SessionWishes__Output as SessionWishesOutput } from './generated/varve/v1/SessionWishes.ts'
export type { SnapshotGroupRequest } from './generated/varve/v1/SnapshotGroupRequest.ts'
export type { SnapshotGroupResponse__Output as SnapshotGroupResponseOutput } from './generated/varve/v1/SnapshotGroupResponse.ts'
export type {
  SubscribeAddPartition,
  SubscribeAddPartition__Output as SubscribeAddPartitionOutput,
} from './generated/varve/v1/SubscribeAddPartition.ts'
export type {
  SubscribeBatch,
  SubscribeBatch__Output as SubscribeBatchOutput,
} from './generated/varve/v1/SubscribeBatch.ts'
export type { SubscribeCredit__Output as SubscribeCreditOutput } from './generated/varve/v1/SubscribeCredit.ts'
export type {
  SubscribeInit,
  SubscribeInit__Output as SubscribeInitOutput,
} from './generated/varve/v1/SubscribeInit.ts'
export type { SubscribePartitionError__Output as SubscribePartitionErrorOutput } from './generated/varve/v1/SubscribePartitionError.ts'
export type { SubscribeReady__Output as SubscribeReadyOutput } from './generated/varve/v1/SubscribeReady.ts'
export type {
  SubscribeRequest,
  SubscribeRequest__Output as SubscribeRequestOutput,
} from './generated/varve/v1/SubscribeRequest.ts'
export type {
  SubscribeResponse,
  SubscribeResponse__Output as SubscribeResponseOutput,
} from './generated/varve/v1/SubscribeResponse.ts'
export type { SubscribeSeek__Output as SubscribeSeekOutput } from './generated/varve/v1/SubscribeSeek.ts'
export type { Topic, Topic__Output as TopicOutput } from './generated/varve/v1/Topic.ts'
export type { UpdateTopicSettingsRequest } from './generated/varve/v1/UpdateTopicSettingsRequest.ts'
export type { UpdateTopicSettingsResponse__Output as UpdateTopicSettingsResponseOutput } from './generated/varve/v1/UpdateTopicSettingsResponse.ts'
export type {
  VerifyRequest,
  VerifyRequest__Output as VerifyRequestOutput,
} from './generated/varve/v1/VerifyRequest.ts'
export type {
  VerifyResponse,
  VerifyResponse__Output as VerifyResponseOutput,
} from './generated/varve/v1/VerifyResponse.ts'
export type { WaitForCommitPosition } from './generated/varve/v1/WaitForCommitPosition.ts'
export type {
  WaitForCommitRequest,
  WaitForCommitRequest__Output as WaitForCommitRequestOutput,
} from './generated/varve/v1/WaitForCommitRequest.ts'
export type { WaitForCommitResponse__Output as WaitForCommitResponseOutput } from './generated/varve/v1/WaitForCommitResponse.ts'
