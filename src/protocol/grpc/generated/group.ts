import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Any as _google_protobuf_Any, Any__Output as _google_protobuf_Any__Output } from './google/protobuf/Any.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from './google/rpc/Status.ts';
import type { AssignedPartition as _varve_v1_AssignedPartition, AssignedPartition__Output as _varve_v1_AssignedPartition__Output } from './varve/v1/AssignedPartition.ts';
import type { AssignedPartitions as _varve_v1_AssignedPartitions, AssignedPartitions__Output as _varve_v1_AssignedPartitions__Output } from './varve/v1/AssignedPartitions.ts';
import type { CommitHistoryEntry as _varve_v1_CommitHistoryEntry, CommitHistoryEntry__Output as _varve_v1_CommitHistoryEntry__Output } from './varve/v1/CommitHistoryEntry.ts';
import type { CommitOffsetsEntry as _varve_v1_CommitOffsetsEntry, CommitOffsetsEntry__Output as _varve_v1_CommitOffsetsEntry__Output } from './varve/v1/CommitOffsetsEntry.ts';
import type { CommitOffsetsRequest as _varve_v1_CommitOffsetsRequest, CommitOffsetsRequest__Output as _varve_v1_CommitOffsetsRequest__Output } from './varve/v1/CommitOffsetsRequest.ts';
import type { CommitOffsetsResponse as _varve_v1_CommitOffsetsResponse, CommitOffsetsResponse__Output as _varve_v1_CommitOffsetsResponse__Output } from './varve/v1/CommitOffsetsResponse.ts';
import type { CommitOffsetsResult as _varve_v1_CommitOffsetsResult, CommitOffsetsResult__Output as _varve_v1_CommitOffsetsResult__Output } from './varve/v1/CommitOffsetsResult.ts';
import type { CommittedOffset as _varve_v1_CommittedOffset, CommittedOffset__Output as _varve_v1_CommittedOffset__Output } from './varve/v1/CommittedOffset.ts';
import type { DeleteGroupRequest as _varve_v1_DeleteGroupRequest, DeleteGroupRequest__Output as _varve_v1_DeleteGroupRequest__Output } from './varve/v1/DeleteGroupRequest.ts';
import type { DeleteGroupResponse as _varve_v1_DeleteGroupResponse, DeleteGroupResponse__Output as _varve_v1_DeleteGroupResponse__Output } from './varve/v1/DeleteGroupResponse.ts';
import type { DeleteGroupSnapshotRequest as _varve_v1_DeleteGroupSnapshotRequest, DeleteGroupSnapshotRequest__Output as _varve_v1_DeleteGroupSnapshotRequest__Output } from './varve/v1/DeleteGroupSnapshotRequest.ts';
import type { DeleteGroupSnapshotResponse as _varve_v1_DeleteGroupSnapshotResponse, DeleteGroupSnapshotResponse__Output as _varve_v1_DeleteGroupSnapshotResponse__Output } from './varve/v1/DeleteGroupSnapshotResponse.ts';
import type { DepartedMember as _varve_v1_DepartedMember, DepartedMember__Output as _varve_v1_DepartedMember__Output } from './varve/v1/DepartedMember.ts';
import type { DescribeGroupRequest as _varve_v1_DescribeGroupRequest, DescribeGroupRequest__Output as _varve_v1_DescribeGroupRequest__Output } from './varve/v1/DescribeGroupRequest.ts';
import type { DescribeGroupResponse as _varve_v1_DescribeGroupResponse, DescribeGroupResponse__Output as _varve_v1_DescribeGroupResponse__Output } from './varve/v1/DescribeGroupResponse.ts';
import type { ExplainGroupRequest as _varve_v1_ExplainGroupRequest, ExplainGroupRequest__Output as _varve_v1_ExplainGroupRequest__Output } from './varve/v1/ExplainGroupRequest.ts';
import type { ExplainGroupResponse as _varve_v1_ExplainGroupResponse, ExplainGroupResponse__Output as _varve_v1_ExplainGroupResponse__Output } from './varve/v1/ExplainGroupResponse.ts';
import type { FetchOffsetsRequest as _varve_v1_FetchOffsetsRequest, FetchOffsetsRequest__Output as _varve_v1_FetchOffsetsRequest__Output } from './varve/v1/FetchOffsetsRequest.ts';
import type { FetchOffsetsResponse as _varve_v1_FetchOffsetsResponse, FetchOffsetsResponse__Output as _varve_v1_FetchOffsetsResponse__Output } from './varve/v1/FetchOffsetsResponse.ts';
import type { FetchPartition as _varve_v1_FetchPartition, FetchPartition__Output as _varve_v1_FetchPartition__Output } from './varve/v1/FetchPartition.ts';
import type { FetchRequest as _varve_v1_FetchRequest, FetchRequest__Output as _varve_v1_FetchRequest__Output } from './varve/v1/FetchRequest.ts';
import type { FetchResponse as _varve_v1_FetchResponse, FetchResponse__Output as _varve_v1_FetchResponse__Output } from './varve/v1/FetchResponse.ts';
import type { FetchResult as _varve_v1_FetchResult, FetchResult__Output as _varve_v1_FetchResult__Output } from './varve/v1/FetchResult.ts';
import type { ForkGroupRequest as _varve_v1_ForkGroupRequest, ForkGroupRequest__Output as _varve_v1_ForkGroupRequest__Output } from './varve/v1/ForkGroupRequest.ts';
import type { ForkGroupResponse as _varve_v1_ForkGroupResponse, ForkGroupResponse__Output as _varve_v1_ForkGroupResponse__Output } from './varve/v1/ForkGroupResponse.ts';
import type { GroupMember as _varve_v1_GroupMember, GroupMember__Output as _varve_v1_GroupMember__Output } from './varve/v1/GroupMember.ts';
import type { GroupPartition as _varve_v1_GroupPartition, GroupPartition__Output as _varve_v1_GroupPartition__Output } from './varve/v1/GroupPartition.ts';
import type { GroupPartitionLag as _varve_v1_GroupPartitionLag, GroupPartitionLag__Output as _varve_v1_GroupPartitionLag__Output } from './varve/v1/GroupPartitionLag.ts';
import type { GroupServiceClient as _varve_v1_GroupServiceClient, GroupServiceDefinition as _varve_v1_GroupServiceDefinition } from './varve/v1/GroupService.ts';
import type { GroupSnapshot as _varve_v1_GroupSnapshot, GroupSnapshot__Output as _varve_v1_GroupSnapshot__Output } from './varve/v1/GroupSnapshot.ts';
import type { GroupSummary as _varve_v1_GroupSummary, GroupSummary__Output as _varve_v1_GroupSummary__Output } from './varve/v1/GroupSummary.ts';
import type { GroupTraffic as _varve_v1_GroupTraffic, GroupTraffic__Output as _varve_v1_GroupTraffic__Output } from './varve/v1/GroupTraffic.ts';
import type { Header as _varve_v1_Header, Header__Output as _varve_v1_Header__Output } from './varve/v1/Header.ts';
import type { InitProducerIdRequest as _varve_v1_InitProducerIdRequest, InitProducerIdRequest__Output as _varve_v1_InitProducerIdRequest__Output } from './varve/v1/InitProducerIdRequest.ts';
import type { InitProducerIdResponse as _varve_v1_InitProducerIdResponse, InitProducerIdResponse__Output as _varve_v1_InitProducerIdResponse__Output } from './varve/v1/InitProducerIdResponse.ts';
import type { ListCommitHistoryRequest as _varve_v1_ListCommitHistoryRequest, ListCommitHistoryRequest__Output as _varve_v1_ListCommitHistoryRequest__Output } from './varve/v1/ListCommitHistoryRequest.ts';
import type { ListCommitHistoryResponse as _varve_v1_ListCommitHistoryResponse, ListCommitHistoryResponse__Output as _varve_v1_ListCommitHistoryResponse__Output } from './varve/v1/ListCommitHistoryResponse.ts';
import type { ListGroupsRequest as _varve_v1_ListGroupsRequest, ListGroupsRequest__Output as _varve_v1_ListGroupsRequest__Output } from './varve/v1/ListGroupsRequest.ts';
import type { ListGroupsResponse as _varve_v1_ListGroupsResponse, ListGroupsResponse__Output as _varve_v1_ListGroupsResponse__Output } from './varve/v1/ListGroupsResponse.ts';
import type { ListOffsetsPartition as _varve_v1_ListOffsetsPartition, ListOffsetsPartition__Output as _varve_v1_ListOffsetsPartition__Output } from './varve/v1/ListOffsetsPartition.ts';
import type { ListOffsetsRequest as _varve_v1_ListOffsetsRequest, ListOffsetsRequest__Output as _varve_v1_ListOffsetsRequest__Output } from './varve/v1/ListOffsetsRequest.ts';
import type { ListOffsetsResponse as _varve_v1_ListOffsetsResponse, ListOffsetsResponse__Output as _varve_v1_ListOffsetsResponse__Output } from './varve/v1/ListOffsetsResponse.ts';
import type { ListOffsetsResult as _varve_v1_ListOffsetsResult, ListOffsetsResult__Output as _varve_v1_ListOffsetsResult__Output } from './varve/v1/ListOffsetsResult.ts';
import type { LogServiceClient as _varve_v1_LogServiceClient, LogServiceDefinition as _varve_v1_LogServiceDefinition } from './varve/v1/LogService.ts';
import type { OffsetChange as _varve_v1_OffsetChange, OffsetChange__Output as _varve_v1_OffsetChange__Output } from './varve/v1/OffsetChange.ts';
import type { OwnedPartitions as _varve_v1_OwnedPartitions, OwnedPartitions__Output as _varve_v1_OwnedPartitions__Output } from './varve/v1/OwnedPartitions.ts';
import type { PartitionExplanation as _varve_v1_PartitionExplanation, PartitionExplanation__Output as _varve_v1_PartitionExplanation__Output } from './varve/v1/PartitionExplanation.ts';
import type { PartitionProgress as _varve_v1_PartitionProgress, PartitionProgress__Output as _varve_v1_PartitionProgress__Output } from './varve/v1/PartitionProgress.ts';
import type { ProduceEntry as _varve_v1_ProduceEntry, ProduceEntry__Output as _varve_v1_ProduceEntry__Output } from './varve/v1/ProduceEntry.ts';
import type { ProducePart as _varve_v1_ProducePart, ProducePart__Output as _varve_v1_ProducePart__Output } from './varve/v1/ProducePart.ts';
import type { ProduceRequest as _varve_v1_ProduceRequest, ProduceRequest__Output as _varve_v1_ProduceRequest__Output } from './varve/v1/ProduceRequest.ts';
import type { ProduceResponse as _varve_v1_ProduceResponse, ProduceResponse__Output as _varve_v1_ProduceResponse__Output } from './varve/v1/ProduceResponse.ts';
import type { ProduceResult as _varve_v1_ProduceResult, ProduceResult__Output as _varve_v1_ProduceResult__Output } from './varve/v1/ProduceResult.ts';
import type { ProduceStreamAck as _varve_v1_ProduceStreamAck, ProduceStreamAck__Output as _varve_v1_ProduceStreamAck__Output } from './varve/v1/ProduceStreamAck.ts';
import type { ProduceStreamBatch as _varve_v1_ProduceStreamBatch, ProduceStreamBatch__Output as _varve_v1_ProduceStreamBatch__Output } from './varve/v1/ProduceStreamBatch.ts';
import type { ProduceStreamInit as _varve_v1_ProduceStreamInit, ProduceStreamInit__Output as _varve_v1_ProduceStreamInit__Output } from './varve/v1/ProduceStreamInit.ts';
import type { ProduceStreamReady as _varve_v1_ProduceStreamReady, ProduceStreamReady__Output as _varve_v1_ProduceStreamReady__Output } from './varve/v1/ProduceStreamReady.ts';
import type { ProduceStreamRequest as _varve_v1_ProduceStreamRequest, ProduceStreamRequest__Output as _varve_v1_ProduceStreamRequest__Output } from './varve/v1/ProduceStreamRequest.ts';
import type { ProduceStreamResponse as _varve_v1_ProduceStreamResponse, ProduceStreamResponse__Output as _varve_v1_ProduceStreamResponse__Output } from './varve/v1/ProduceStreamResponse.ts';
import type { Record as _varve_v1_Record, Record__Output as _varve_v1_Record__Output } from './varve/v1/Record.ts';
import type { RecordList as _varve_v1_RecordList, RecordList__Output as _varve_v1_RecordList__Output } from './varve/v1/RecordList.ts';
import type { RecordSet as _varve_v1_RecordSet, RecordSet__Output as _varve_v1_RecordSet__Output } from './varve/v1/RecordSet.ts';
import type { ResetOffsetsEntry as _varve_v1_ResetOffsetsEntry, ResetOffsetsEntry__Output as _varve_v1_ResetOffsetsEntry__Output } from './varve/v1/ResetOffsetsEntry.ts';
import type { ResetOffsetsRequest as _varve_v1_ResetOffsetsRequest, ResetOffsetsRequest__Output as _varve_v1_ResetOffsetsRequest__Output } from './varve/v1/ResetOffsetsRequest.ts';
import type { ResetOffsetsResponse as _varve_v1_ResetOffsetsResponse, ResetOffsetsResponse__Output as _varve_v1_ResetOffsetsResponse__Output } from './varve/v1/ResetOffsetsResponse.ts';
import type { RestoreGroupRequest as _varve_v1_RestoreGroupRequest, RestoreGroupRequest__Output as _varve_v1_RestoreGroupRequest__Output } from './varve/v1/RestoreGroupRequest.ts';
import type { RestoreGroupResponse as _varve_v1_RestoreGroupResponse, RestoreGroupResponse__Output as _varve_v1_RestoreGroupResponse__Output } from './varve/v1/RestoreGroupResponse.ts';
import type { SessionCall as _varve_v1_SessionCall, SessionCall__Output as _varve_v1_SessionCall__Output } from './varve/v1/SessionCall.ts';
import type { SessionHeartbeat as _varve_v1_SessionHeartbeat, SessionHeartbeat__Output as _varve_v1_SessionHeartbeat__Output } from './varve/v1/SessionHeartbeat.ts';
import type { SessionHeartbeatAnswer as _varve_v1_SessionHeartbeatAnswer, SessionHeartbeatAnswer__Output as _varve_v1_SessionHeartbeatAnswer__Output } from './varve/v1/SessionHeartbeatAnswer.ts';
import type { SessionJoin as _varve_v1_SessionJoin, SessionJoin__Output as _varve_v1_SessionJoin__Output } from './varve/v1/SessionJoin.ts';
import type { SessionJoined as _varve_v1_SessionJoined, SessionJoined__Output as _varve_v1_SessionJoined__Output } from './varve/v1/SessionJoined.ts';
import type { SessionLeave as _varve_v1_SessionLeave, SessionLeave__Output as _varve_v1_SessionLeave__Output } from './varve/v1/SessionLeave.ts';
import type { SessionRequest as _varve_v1_SessionRequest, SessionRequest__Output as _varve_v1_SessionRequest__Output } from './varve/v1/SessionRequest.ts';
import type { SessionResponse as _varve_v1_SessionResponse, SessionResponse__Output as _varve_v1_SessionResponse__Output } from './varve/v1/SessionResponse.ts';
import type { SessionResume as _varve_v1_SessionResume, SessionResume__Output as _varve_v1_SessionResume__Output } from './varve/v1/SessionResume.ts';
import type { SessionWishes as _varve_v1_SessionWishes, SessionWishes__Output as _varve_v1_SessionWishes__Output } from './varve/v1/SessionWishes.ts';
import type { SnapshotGroupRequest as _varve_v1_SnapshotGroupRequest, SnapshotGroupRequest__Output as _varve_v1_SnapshotGroupRequest__Output } from './varve/v1/SnapshotGroupRequest.ts';
import type { SnapshotGroupResponse as _varve_v1_SnapshotGroupResponse, SnapshotGroupResponse__Output as _varve_v1_SnapshotGroupResponse__Output } from './varve/v1/SnapshotGroupResponse.ts';
import type { SubscribeAdd as _varve_v1_SubscribeAdd, SubscribeAdd__Output as _varve_v1_SubscribeAdd__Output } from './varve/v1/SubscribeAdd.ts';
import type { SubscribeAddPartition as _varve_v1_SubscribeAddPartition, SubscribeAddPartition__Output as _varve_v1_SubscribeAddPartition__Output } from './varve/v1/SubscribeAddPartition.ts';
import type { SubscribeBatch as _varve_v1_SubscribeBatch, SubscribeBatch__Output as _varve_v1_SubscribeBatch__Output } from './varve/v1/SubscribeBatch.ts';
import type { SubscribeCaughtUp as _varve_v1_SubscribeCaughtUp, SubscribeCaughtUp__Output as _varve_v1_SubscribeCaughtUp__Output } from './varve/v1/SubscribeCaughtUp.ts';
import type { SubscribeCredit as _varve_v1_SubscribeCredit, SubscribeCredit__Output as _varve_v1_SubscribeCredit__Output } from './varve/v1/SubscribeCredit.ts';
import type { SubscribeFellBehind as _varve_v1_SubscribeFellBehind, SubscribeFellBehind__Output as _varve_v1_SubscribeFellBehind__Output } from './varve/v1/SubscribeFellBehind.ts';
import type { SubscribeHeartbeat as _varve_v1_SubscribeHeartbeat, SubscribeHeartbeat__Output as _varve_v1_SubscribeHeartbeat__Output } from './varve/v1/SubscribeHeartbeat.ts';
import type { SubscribeInit as _varve_v1_SubscribeInit, SubscribeInit__Output as _varve_v1_SubscribeInit__Output } from './varve/v1/SubscribeInit.ts';
import type { SubscribePartition as _varve_v1_SubscribePartition, SubscribePartition__Output as _varve_v1_SubscribePartition__Output } from './varve/v1/SubscribePartition.ts';
import type { SubscribePartitionError as _varve_v1_SubscribePartitionError, SubscribePartitionError__Output as _varve_v1_SubscribePartitionError__Output } from './varve/v1/SubscribePartitionError.ts';
import type { SubscribePause as _varve_v1_SubscribePause, SubscribePause__Output as _varve_v1_SubscribePause__Output } from './varve/v1/SubscribePause.ts';
import type { SubscribePosition as _varve_v1_SubscribePosition, SubscribePosition__Output as _varve_v1_SubscribePosition__Output } from './varve/v1/SubscribePosition.ts';
import type { SubscribeReachedEnd as _varve_v1_SubscribeReachedEnd, SubscribeReachedEnd__Output as _varve_v1_SubscribeReachedEnd__Output } from './varve/v1/SubscribeReachedEnd.ts';
import type { SubscribeReady as _varve_v1_SubscribeReady, SubscribeReady__Output as _varve_v1_SubscribeReady__Output } from './varve/v1/SubscribeReady.ts';
import type { SubscribeRemove as _varve_v1_SubscribeRemove, SubscribeRemove__Output as _varve_v1_SubscribeRemove__Output } from './varve/v1/SubscribeRemove.ts';
import type { SubscribeRequest as _varve_v1_SubscribeRequest, SubscribeRequest__Output as _varve_v1_SubscribeRequest__Output } from './varve/v1/SubscribeRequest.ts';
import type { SubscribeResponse as _varve_v1_SubscribeResponse, SubscribeResponse__Output as _varve_v1_SubscribeResponse__Output } from './varve/v1/SubscribeResponse.ts';
import type { SubscribeResume as _varve_v1_SubscribeResume, SubscribeResume__Output as _varve_v1_SubscribeResume__Output } from './varve/v1/SubscribeResume.ts';
import type { SubscribeSeek as _varve_v1_SubscribeSeek, SubscribeSeek__Output as _varve_v1_SubscribeSeek__Output } from './varve/v1/SubscribeSeek.ts';
import type { WaitForCommitPosition as _varve_v1_WaitForCommitPosition, WaitForCommitPosition__Output as _varve_v1_WaitForCommitPosition__Output } from './varve/v1/WaitForCommitPosition.ts';
import type { WaitForCommitRequest as _varve_v1_WaitForCommitRequest, WaitForCommitRequest__Output as _varve_v1_WaitForCommitRequest__Output } from './varve/v1/WaitForCommitRequest.ts';
import type { WaitForCommitResponse as _varve_v1_WaitForCommitResponse, WaitForCommitResponse__Output as _varve_v1_WaitForCommitResponse__Output } from './varve/v1/WaitForCommitResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      Any: MessageTypeDefinition<_google_protobuf_Any, _google_protobuf_Any__Output>
    }
    rpc: {
      Status: MessageTypeDefinition<_google_rpc_Status, _google_rpc_Status__Output>
    }
  }
  varve: {
    v1: {
      AssignedPartition: MessageTypeDefinition<_varve_v1_AssignedPartition, _varve_v1_AssignedPartition__Output>
      AssignedPartitions: MessageTypeDefinition<_varve_v1_AssignedPartitions, _varve_v1_AssignedPartitions__Output>
      CommitHistoryEntry: MessageTypeDefinition<_varve_v1_CommitHistoryEntry, _varve_v1_CommitHistoryEntry__Output>
      CommitHistoryKind: EnumTypeDefinition
      CommitOffsetsEntry: MessageTypeDefinition<_varve_v1_CommitOffsetsEntry, _varve_v1_CommitOffsetsEntry__Output>
      CommitOffsetsRequest: MessageTypeDefinition<_varve_v1_CommitOffsetsRequest, _varve_v1_CommitOffsetsRequest__Output>
      CommitOffsetsResponse: MessageTypeDefinition<_varve_v1_CommitOffsetsResponse, _varve_v1_CommitOffsetsResponse__Output>
      CommitOffsetsResult: MessageTypeDefinition<_varve_v1_CommitOffsetsResult, _varve_v1_CommitOffsetsResult__Output>
      CommittedOffset: MessageTypeDefinition<_varve_v1_CommittedOffset, _varve_v1_CommittedOffset__Output>
      DeleteGroupRequest: MessageTypeDefinition<_varve_v1_DeleteGroupRequest, _varve_v1_DeleteGroupRequest__Output>
      DeleteGroupResponse: MessageTypeDefinition<_varve_v1_DeleteGroupResponse, _varve_v1_DeleteGroupResponse__Output>
      DeleteGroupSnapshotRequest: MessageTypeDefinition<_varve_v1_DeleteGroupSnapshotRequest, _varve_v1_DeleteGroupSnapshotRequest__Output>
      DeleteGroupSnapshotResponse: MessageTypeDefinition<_varve_v1_DeleteGroupSnapshotResponse, _varve_v1_DeleteGroupSnapshotResponse__Output>
      DepartedMember: MessageTypeDefinition<_varve_v1_DepartedMember, _varve_v1_DepartedMember__Output>
      DescribeGroupRequest: MessageTypeDefinition<_varve_v1_DescribeGroupRequest, _varve_v1_DescribeGroupRequest__Output>
      DescribeGroupResponse: MessageTypeDefinition<_varve_v1_DescribeGroupResponse, _varve_v1_DescribeGroupResponse__Output>
      Durability: EnumTypeDefinition
      ExplainGroupRequest: MessageTypeDefinition<_varve_v1_ExplainGroupRequest, _varve_v1_ExplainGroupRequest__Output>
      ExplainGroupResponse: MessageTypeDefinition<_varve_v1_ExplainGroupResponse, _varve_v1_ExplainGroupResponse__Output>
      FellBehindReason: EnumTypeDefinition
      FetchOffsetsRequest: MessageTypeDefinition<_varve_v1_FetchOffsetsRequest, _varve_v1_FetchOffsetsRequest__Output>
      FetchOffsetsResponse: MessageTypeDefinition<_varve_v1_FetchOffsetsResponse, _varve_v1_FetchOffsetsResponse__Output>
      FetchPartition: MessageTypeDefinition<_varve_v1_FetchPartition, _varve_v1_FetchPartition__Output>
      FetchRequest: MessageTypeDefinition<_varve_v1_FetchRequest, _varve_v1_FetchRequest__Output>
      FetchResponse: MessageTypeDefinition<_varve_v1_FetchResponse, _varve_v1_FetchResponse__Output>
      FetchResult: MessageTypeDefinition<_varve_v1_FetchResult, _varve_v1_FetchResult__Output>
      FlowReason: EnumTypeDefinition
      ForkGroupRequest: MessageTypeDefinition<_varve_v1_ForkGroupRequest, _varve_v1_ForkGroupRequest__Output>
      ForkGroupResponse: MessageTypeDefinition<_varve_v1_ForkGroupResponse, _varve_v1_ForkGroupResponse__Output>
      GroupCondition: EnumTypeDefinition
      GroupMember: MessageTypeDefinition<_varve_v1_GroupMember, _varve_v1_GroupMember__Output>
      GroupMemberState: EnumTypeDefinition
      GroupPartition: MessageTypeDefinition<_varve_v1_GroupPartition, _varve_v1_GroupPartition__Output>
      GroupPartitionLag: MessageTypeDefinition<_varve_v1_GroupPartitionLag, _varve_v1_GroupPartitionLag__Output>
      GroupService: SubtypeConstructor<typeof grpc.Client, _varve_v1_GroupServiceClient> & { service: _varve_v1_GroupServiceDefinition }
      GroupSnapshot: MessageTypeDefinition<_varve_v1_GroupSnapshot, _varve_v1_GroupSnapshot__Output>
      GroupSummary: MessageTypeDefinition<_varve_v1_GroupSummary, _varve_v1_GroupSummary__Output>
      GroupTraffic: MessageTypeDefinition<_varve_v1_GroupTraffic, _varve_v1_GroupTraffic__Output>
      Header: MessageTypeDefinition<_varve_v1_Header, _varve_v1_Header__Output>
      InitProducerIdRequest: MessageTypeDefinition<_varve_v1_InitProducerIdRequest, _varve_v1_InitProducerIdRequest__Output>
      InitProducerIdResponse: MessageTypeDefinition<_varve_v1_InitProducerIdResponse, _varve_v1_InitProducerIdResponse__Output>
      ListCommitHistoryRequest: MessageTypeDefinition<_varve_v1_ListCommitHistoryRequest, _varve_v1_ListCommitHistoryRequest__Output>
      ListCommitHistoryResponse: MessageTypeDefinition<_varve_v1_ListCommitHistoryResponse, _varve_v1_ListCommitHistoryResponse__Output>
      ListGroupsRequest: MessageTypeDefinition<_varve_v1_ListGroupsRequest, _varve_v1_ListGroupsRequest__Output>
      ListGroupsResponse: MessageTypeDefinition<_varve_v1_ListGroupsResponse, _varve_v1_ListGroupsResponse__Output>
      ListOffsetsPartition: MessageTypeDefinition<_varve_v1_ListOffsetsPartition, _varve_v1_ListOffsetsPartition__Output>
      ListOffsetsRequest: MessageTypeDefinition<_varve_v1_ListOffsetsRequest, _varve_v1_ListOffsetsRequest__Output>
      ListOffsetsResponse: MessageTypeDefinition<_varve_v1_ListOffsetsResponse, _varve_v1_ListOffsetsResponse__Output>
      ListOffsetsResult: MessageTypeDefinition<_varve_v1_ListOffsetsResult, _varve_v1_ListOffsetsResult__Output>
      LogService: SubtypeConstructor<typeof grpc.Client, _varve_v1_LogServiceClient> & { service: _varve_v1_LogServiceDefinition }
      OffsetChange: MessageTypeDefinition<_varve_v1_OffsetChange, _varve_v1_OffsetChange__Output>
      OffsetPosition: EnumTypeDefinition
      OwnedPartitions: MessageTypeDefinition<_varve_v1_OwnedPartitions, _varve_v1_OwnedPartitions__Output>
      PartitionExplanation: MessageTypeDefinition<_varve_v1_PartitionExplanation, _varve_v1_PartitionExplanation__Output>
      PartitionProgress: MessageTypeDefinition<_varve_v1_PartitionProgress, _varve_v1_PartitionProgress__Output>
      ProduceEntry: MessageTypeDefinition<_varve_v1_ProduceEntry, _varve_v1_ProduceEntry__Output>
      ProducePart: MessageTypeDefinition<_varve_v1_ProducePart, _varve_v1_ProducePart__Output>
      ProduceRequest: MessageTypeDefinition<_varve_v1_ProduceRequest, _varve_v1_ProduceRequest__Output>
      ProduceResponse: MessageTypeDefinition<_varve_v1_ProduceResponse, _varve_v1_ProduceResponse__Output>
      ProduceResult: MessageTypeDefinition<_varve_v1_ProduceResult, _varve_v1_ProduceResult__Output>
      ProduceStreamAck: MessageTypeDefinition<_varve_v1_ProduceStreamAck, _varve_v1_ProduceStreamAck__Output>
      ProduceStreamBatch: MessageTypeDefinition<_varve_v1_ProduceStreamBatch, _varve_v1_ProduceStreamBatch__Output>
      ProduceStreamInit: MessageTypeDefinition<_varve_v1_ProduceStreamInit, _varve_v1_ProduceStreamInit__Output>
      ProduceStreamReady: MessageTypeDefinition<_varve_v1_ProduceStreamReady, _varve_v1_ProduceStreamReady__Output>
      ProduceStreamRequest: MessageTypeDefinition<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamRequest__Output>
      ProduceStreamResponse: MessageTypeDefinition<_varve_v1_ProduceStreamResponse, _varve_v1_ProduceStreamResponse__Output>
      ProgressState: EnumTypeDefinition
      Record: MessageTypeDefinition<_varve_v1_Record, _varve_v1_Record__Output>
      RecordForm: EnumTypeDefinition
      RecordList: MessageTypeDefinition<_varve_v1_RecordList, _varve_v1_RecordList__Output>
      RecordSet: MessageTypeDefinition<_varve_v1_RecordSet, _varve_v1_RecordSet__Output>
      ResetOffsetsEntry: MessageTypeDefinition<_varve_v1_ResetOffsetsEntry, _varve_v1_ResetOffsetsEntry__Output>
      ResetOffsetsRequest: MessageTypeDefinition<_varve_v1_ResetOffsetsRequest, _varve_v1_ResetOffsetsRequest__Output>
      ResetOffsetsResponse: MessageTypeDefinition<_varve_v1_ResetOffsetsResponse, _varve_v1_ResetOffsetsResponse__Output>
      RestoreGroupRequest: MessageTypeDefinition<_varve_v1_RestoreGroupRequest, _varve_v1_RestoreGroupRequest__Output>
      RestoreGroupResponse: MessageTypeDefinition<_varve_v1_RestoreGroupResponse, _varve_v1_RestoreGroupResponse__Output>
      SessionCall: MessageTypeDefinition<_varve_v1_SessionCall, _varve_v1_SessionCall__Output>
      SessionHeartbeat: MessageTypeDefinition<_varve_v1_SessionHeartbeat, _varve_v1_SessionHeartbeat__Output>
      SessionHeartbeatAnswer: MessageTypeDefinition<_varve_v1_SessionHeartbeatAnswer, _varve_v1_SessionHeartbeatAnswer__Output>
      SessionJoin: MessageTypeDefinition<_varve_v1_SessionJoin, _varve_v1_SessionJoin__Output>
      SessionJoined: MessageTypeDefinition<_varve_v1_SessionJoined, _varve_v1_SessionJoined__Output>
      SessionLeave: MessageTypeDefinition<_varve_v1_SessionLeave, _varve_v1_SessionLeave__Output>
      SessionRequest: MessageTypeDefinition<_varve_v1_SessionRequest, _varve_v1_SessionRequest__Output>
      SessionResponse: MessageTypeDefinition<_varve_v1_SessionResponse, _varve_v1_SessionResponse__Output>
      SessionResume: MessageTypeDefinition<_varve_v1_SessionResume, _varve_v1_SessionResume__Output>
      SessionWishes: MessageTypeDefinition<_varve_v1_SessionWishes, _varve_v1_SessionWishes__Output>
      SnapshotGroupRequest: MessageTypeDefinition<_varve_v1_SnapshotGroupRequest, _varve_v1_SnapshotGroupRequest__Output>
      SnapshotGroupResponse: MessageTypeDefinition<_varve_v1_SnapshotGroupResponse, _varve_v1_SnapshotGroupResponse__Output>
      SubscribeAdd: MessageTypeDefinition<_varve_v1_SubscribeAdd, _varve_v1_SubscribeAdd__Output>
      SubscribeAddPartition: MessageTypeDefinition<_varve_v1_SubscribeAddPartition, _varve_v1_SubscribeAddPartition__Output>
      SubscribeBatch: MessageTypeDefinition<_varve_v1_SubscribeBatch, _varve_v1_SubscribeBatch__Output>
      SubscribeCaughtUp: MessageTypeDefinition<_varve_v1_SubscribeCaughtUp, _varve_v1_SubscribeCaughtUp__Output>
      SubscribeCredit: MessageTypeDefinition<_varve_v1_SubscribeCredit, _varve_v1_SubscribeCredit__Output>
      SubscribeFellBehind: MessageTypeDefinition<_varve_v1_SubscribeFellBehind, _varve_v1_SubscribeFellBehind__Output>
      SubscribeHeartbeat: MessageTypeDefinition<_varve_v1_SubscribeHeartbeat, _varve_v1_SubscribeHeartbeat__Output>
      SubscribeInit: MessageTypeDefinition<_varve_v1_SubscribeInit, _varve_v1_SubscribeInit__Output>
      SubscribePartition: MessageTypeDefinition<_varve_v1_SubscribePartition, _varve_v1_SubscribePartition__Output>
      SubscribePartitionError: MessageTypeDefinition<_varve_v1_SubscribePartitionError, _varve_v1_SubscribePartitionError__Output>
      SubscribePause: MessageTypeDefinition<_varve_v1_SubscribePause, _varve_v1_SubscribePause__Output>
      SubscribePosition: MessageTypeDefinition<_varve_v1_SubscribePosition, _varve_v1_SubscribePosition__Output>
      SubscribeReachedEnd: MessageTypeDefinition<_varve_v1_SubscribeReachedEnd, _varve_v1_SubscribeReachedEnd__Output>
      SubscribeReady: MessageTypeDefinition<_varve_v1_SubscribeReady, _varve_v1_SubscribeReady__Output>
      SubscribeRemove: MessageTypeDefinition<_varve_v1_SubscribeRemove, _varve_v1_SubscribeRemove__Output>
      SubscribeRequest: MessageTypeDefinition<_varve_v1_SubscribeRequest, _varve_v1_SubscribeRequest__Output>
      SubscribeResponse: MessageTypeDefinition<_varve_v1_SubscribeResponse, _varve_v1_SubscribeResponse__Output>
      SubscribeResume: MessageTypeDefinition<_varve_v1_SubscribeResume, _varve_v1_SubscribeResume__Output>
      SubscribeSeek: MessageTypeDefinition<_varve_v1_SubscribeSeek, _varve_v1_SubscribeSeek__Output>
      WaitForCommitPosition: MessageTypeDefinition<_varve_v1_WaitForCommitPosition, _varve_v1_WaitForCommitPosition__Output>
      WaitForCommitRequest: MessageTypeDefinition<_varve_v1_WaitForCommitRequest, _varve_v1_WaitForCommitRequest__Output>
      WaitForCommitResponse: MessageTypeDefinition<_varve_v1_WaitForCommitResponse, _varve_v1_WaitForCommitResponse__Output>
    }
  }
}

