// Original file: proto/varve/v1/group.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CommitOffsetsRequest as _varve_v1_CommitOffsetsRequest, CommitOffsetsRequest__Output as _varve_v1_CommitOffsetsRequest__Output } from '../../varve/v1/CommitOffsetsRequest.ts';
import type { CommitOffsetsResponse as _varve_v1_CommitOffsetsResponse, CommitOffsetsResponse__Output as _varve_v1_CommitOffsetsResponse__Output } from '../../varve/v1/CommitOffsetsResponse.ts';
import type { DeleteGroupRequest as _varve_v1_DeleteGroupRequest, DeleteGroupRequest__Output as _varve_v1_DeleteGroupRequest__Output } from '../../varve/v1/DeleteGroupRequest.ts';
import type { DeleteGroupResponse as _varve_v1_DeleteGroupResponse, DeleteGroupResponse__Output as _varve_v1_DeleteGroupResponse__Output } from '../../varve/v1/DeleteGroupResponse.ts';
import type { DeleteGroupSnapshotRequest as _varve_v1_DeleteGroupSnapshotRequest, DeleteGroupSnapshotRequest__Output as _varve_v1_DeleteGroupSnapshotRequest__Output } from '../../varve/v1/DeleteGroupSnapshotRequest.ts';
import type { DeleteGroupSnapshotResponse as _varve_v1_DeleteGroupSnapshotResponse, DeleteGroupSnapshotResponse__Output as _varve_v1_DeleteGroupSnapshotResponse__Output } from '../../varve/v1/DeleteGroupSnapshotResponse.ts';
import type { DescribeGroupRequest as _varve_v1_DescribeGroupRequest, DescribeGroupRequest__Output as _varve_v1_DescribeGroupRequest__Output } from '../../varve/v1/DescribeGroupRequest.ts';
import type { DescribeGroupResponse as _varve_v1_DescribeGroupResponse, DescribeGroupResponse__Output as _varve_v1_DescribeGroupResponse__Output } from '../../varve/v1/DescribeGroupResponse.ts';
import type { ExplainGroupRequest as _varve_v1_ExplainGroupRequest, ExplainGroupRequest__Output as _varve_v1_ExplainGroupRequest__Output } from '../../varve/v1/ExplainGroupRequest.ts';
import type { ExplainGroupResponse as _varve_v1_ExplainGroupResponse, ExplainGroupResponse__Output as _varve_v1_ExplainGroupResponse__Output } from '../../varve/v1/ExplainGroupResponse.ts';
import type { FetchOffsetsRequest as _varve_v1_FetchOffsetsRequest, FetchOffsetsRequest__Output as _varve_v1_FetchOffsetsRequest__Output } from '../../varve/v1/FetchOffsetsRequest.ts';
import type { FetchOffsetsResponse as _varve_v1_FetchOffsetsResponse, FetchOffsetsResponse__Output as _varve_v1_FetchOffsetsResponse__Output } from '../../varve/v1/FetchOffsetsResponse.ts';
import type { ForkGroupRequest as _varve_v1_ForkGroupRequest, ForkGroupRequest__Output as _varve_v1_ForkGroupRequest__Output } from '../../varve/v1/ForkGroupRequest.ts';
import type { ForkGroupResponse as _varve_v1_ForkGroupResponse, ForkGroupResponse__Output as _varve_v1_ForkGroupResponse__Output } from '../../varve/v1/ForkGroupResponse.ts';
import type { ListCommitHistoryRequest as _varve_v1_ListCommitHistoryRequest, ListCommitHistoryRequest__Output as _varve_v1_ListCommitHistoryRequest__Output } from '../../varve/v1/ListCommitHistoryRequest.ts';
import type { ListCommitHistoryResponse as _varve_v1_ListCommitHistoryResponse, ListCommitHistoryResponse__Output as _varve_v1_ListCommitHistoryResponse__Output } from '../../varve/v1/ListCommitHistoryResponse.ts';
import type { ListGroupsRequest as _varve_v1_ListGroupsRequest, ListGroupsRequest__Output as _varve_v1_ListGroupsRequest__Output } from '../../varve/v1/ListGroupsRequest.ts';
import type { ListGroupsResponse as _varve_v1_ListGroupsResponse, ListGroupsResponse__Output as _varve_v1_ListGroupsResponse__Output } from '../../varve/v1/ListGroupsResponse.ts';
import type { ResetOffsetsRequest as _varve_v1_ResetOffsetsRequest, ResetOffsetsRequest__Output as _varve_v1_ResetOffsetsRequest__Output } from '../../varve/v1/ResetOffsetsRequest.ts';
import type { ResetOffsetsResponse as _varve_v1_ResetOffsetsResponse, ResetOffsetsResponse__Output as _varve_v1_ResetOffsetsResponse__Output } from '../../varve/v1/ResetOffsetsResponse.ts';
import type { RestoreGroupRequest as _varve_v1_RestoreGroupRequest, RestoreGroupRequest__Output as _varve_v1_RestoreGroupRequest__Output } from '../../varve/v1/RestoreGroupRequest.ts';
import type { RestoreGroupResponse as _varve_v1_RestoreGroupResponse, RestoreGroupResponse__Output as _varve_v1_RestoreGroupResponse__Output } from '../../varve/v1/RestoreGroupResponse.ts';
import type { SessionRequest as _varve_v1_SessionRequest, SessionRequest__Output as _varve_v1_SessionRequest__Output } from '../../varve/v1/SessionRequest.ts';
import type { SessionResponse as _varve_v1_SessionResponse, SessionResponse__Output as _varve_v1_SessionResponse__Output } from '../../varve/v1/SessionResponse.ts';
import type { SnapshotGroupRequest as _varve_v1_SnapshotGroupRequest, SnapshotGroupRequest__Output as _varve_v1_SnapshotGroupRequest__Output } from '../../varve/v1/SnapshotGroupRequest.ts';
import type { SnapshotGroupResponse as _varve_v1_SnapshotGroupResponse, SnapshotGroupResponse__Output as _varve_v1_SnapshotGroupResponse__Output } from '../../varve/v1/SnapshotGroupResponse.ts';
import type { WaitForCommitRequest as _varve_v1_WaitForCommitRequest, WaitForCommitRequest__Output as _varve_v1_WaitForCommitRequest__Output } from '../../varve/v1/WaitForCommitRequest.ts';
import type { WaitForCommitResponse as _varve_v1_WaitForCommitResponse, WaitForCommitResponse__Output as _varve_v1_WaitForCommitResponse__Output } from '../../varve/v1/WaitForCommitResponse.ts';

export interface GroupServiceClient extends grpc.Client {
  CommitOffsets(argument: _varve_v1_CommitOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  CommitOffsets(argument: _varve_v1_CommitOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  CommitOffsets(argument: _varve_v1_CommitOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  CommitOffsets(argument: _varve_v1_CommitOffsetsRequest, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  commitOffsets(argument: _varve_v1_CommitOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  commitOffsets(argument: _varve_v1_CommitOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  commitOffsets(argument: _varve_v1_CommitOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  commitOffsets(argument: _varve_v1_CommitOffsetsRequest, callback: grpc.requestCallback<_varve_v1_CommitOffsetsResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteGroup(argument: _varve_v1_DeleteGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroup(argument: _varve_v1_DeleteGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroup(argument: _varve_v1_DeleteGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroup(argument: _varve_v1_DeleteGroupRequest, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  deleteGroup(argument: _varve_v1_DeleteGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  deleteGroup(argument: _varve_v1_DeleteGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  deleteGroup(argument: _varve_v1_DeleteGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  deleteGroup(argument: _varve_v1_DeleteGroupRequest, callback: grpc.requestCallback<_varve_v1_DeleteGroupResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  DeleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  deleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  deleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  deleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  deleteGroupSnapshot(argument: _varve_v1_DeleteGroupSnapshotRequest, callback: grpc.requestCallback<_varve_v1_DeleteGroupSnapshotResponse__Output>): grpc.ClientUnaryCall;
  
  DescribeGroup(argument: _varve_v1_DescribeGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  DescribeGroup(argument: _varve_v1_DescribeGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  DescribeGroup(argument: _varve_v1_DescribeGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  DescribeGroup(argument: _varve_v1_DescribeGroupRequest, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  describeGroup(argument: _varve_v1_DescribeGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  describeGroup(argument: _varve_v1_DescribeGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  describeGroup(argument: _varve_v1_DescribeGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  describeGroup(argument: _varve_v1_DescribeGroupRequest, callback: grpc.requestCallback<_varve_v1_DescribeGroupResponse__Output>): grpc.ClientUnaryCall;
  
  ExplainGroup(argument: _varve_v1_ExplainGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  ExplainGroup(argument: _varve_v1_ExplainGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  ExplainGroup(argument: _varve_v1_ExplainGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  ExplainGroup(argument: _varve_v1_ExplainGroupRequest, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  explainGroup(argument: _varve_v1_ExplainGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  explainGroup(argument: _varve_v1_ExplainGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  explainGroup(argument: _varve_v1_ExplainGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  explainGroup(argument: _varve_v1_ExplainGroupRequest, callback: grpc.requestCallback<_varve_v1_ExplainGroupResponse__Output>): grpc.ClientUnaryCall;
  
  FetchOffsets(argument: _varve_v1_FetchOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  FetchOffsets(argument: _varve_v1_FetchOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  FetchOffsets(argument: _varve_v1_FetchOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  FetchOffsets(argument: _varve_v1_FetchOffsetsRequest, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  fetchOffsets(argument: _varve_v1_FetchOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  fetchOffsets(argument: _varve_v1_FetchOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  fetchOffsets(argument: _varve_v1_FetchOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  fetchOffsets(argument: _varve_v1_FetchOffsetsRequest, callback: grpc.requestCallback<_varve_v1_FetchOffsetsResponse__Output>): grpc.ClientUnaryCall;
  
  ForkGroup(argument: _varve_v1_ForkGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  ForkGroup(argument: _varve_v1_ForkGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  ForkGroup(argument: _varve_v1_ForkGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  ForkGroup(argument: _varve_v1_ForkGroupRequest, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  forkGroup(argument: _varve_v1_ForkGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  forkGroup(argument: _varve_v1_ForkGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  forkGroup(argument: _varve_v1_ForkGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  forkGroup(argument: _varve_v1_ForkGroupRequest, callback: grpc.requestCallback<_varve_v1_ForkGroupResponse__Output>): grpc.ClientUnaryCall;
  
  ListCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  ListCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  ListCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  ListCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  listCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  listCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  listCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  listCommitHistory(argument: _varve_v1_ListCommitHistoryRequest, callback: grpc.requestCallback<_varve_v1_ListCommitHistoryResponse__Output>): grpc.ClientUnaryCall;
  
  ListGroups(argument: _varve_v1_ListGroupsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  ListGroups(argument: _varve_v1_ListGroupsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  ListGroups(argument: _varve_v1_ListGroupsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  ListGroups(argument: _varve_v1_ListGroupsRequest, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  listGroups(argument: _varve_v1_ListGroupsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  listGroups(argument: _varve_v1_ListGroupsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  listGroups(argument: _varve_v1_ListGroupsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  listGroups(argument: _varve_v1_ListGroupsRequest, callback: grpc.requestCallback<_varve_v1_ListGroupsResponse__Output>): grpc.ClientUnaryCall;
  
  ResetOffsets(argument: _varve_v1_ResetOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ResetOffsets(argument: _varve_v1_ResetOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ResetOffsets(argument: _varve_v1_ResetOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ResetOffsets(argument: _varve_v1_ResetOffsetsRequest, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  resetOffsets(argument: _varve_v1_ResetOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  resetOffsets(argument: _varve_v1_ResetOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  resetOffsets(argument: _varve_v1_ResetOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  resetOffsets(argument: _varve_v1_ResetOffsetsRequest, callback: grpc.requestCallback<_varve_v1_ResetOffsetsResponse__Output>): grpc.ClientUnaryCall;
  
  RestoreGroup(argument: _varve_v1_RestoreGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  RestoreGroup(argument: _varve_v1_RestoreGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  RestoreGroup(argument: _varve_v1_RestoreGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  RestoreGroup(argument: _varve_v1_RestoreGroupRequest, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  restoreGroup(argument: _varve_v1_RestoreGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  restoreGroup(argument: _varve_v1_RestoreGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  restoreGroup(argument: _varve_v1_RestoreGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  restoreGroup(argument: _varve_v1_RestoreGroupRequest, callback: grpc.requestCallback<_varve_v1_RestoreGroupResponse__Output>): grpc.ClientUnaryCall;
  
  Session(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SessionRequest, _varve_v1_SessionResponse__Output>;
  Session(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SessionRequest, _varve_v1_SessionResponse__Output>;
  session(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SessionRequest, _varve_v1_SessionResponse__Output>;
  session(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SessionRequest, _varve_v1_SessionResponse__Output>;
  
  SnapshotGroup(argument: _varve_v1_SnapshotGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  SnapshotGroup(argument: _varve_v1_SnapshotGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  SnapshotGroup(argument: _varve_v1_SnapshotGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  SnapshotGroup(argument: _varve_v1_SnapshotGroupRequest, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  snapshotGroup(argument: _varve_v1_SnapshotGroupRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  snapshotGroup(argument: _varve_v1_SnapshotGroupRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  snapshotGroup(argument: _varve_v1_SnapshotGroupRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  snapshotGroup(argument: _varve_v1_SnapshotGroupRequest, callback: grpc.requestCallback<_varve_v1_SnapshotGroupResponse__Output>): grpc.ClientUnaryCall;
  
  WaitForCommit(argument: _varve_v1_WaitForCommitRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  WaitForCommit(argument: _varve_v1_WaitForCommitRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  WaitForCommit(argument: _varve_v1_WaitForCommitRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  WaitForCommit(argument: _varve_v1_WaitForCommitRequest, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  waitForCommit(argument: _varve_v1_WaitForCommitRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  waitForCommit(argument: _varve_v1_WaitForCommitRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  waitForCommit(argument: _varve_v1_WaitForCommitRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  waitForCommit(argument: _varve_v1_WaitForCommitRequest, callback: grpc.requestCallback<_varve_v1_WaitForCommitResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface GroupServiceHandlers extends grpc.UntypedServiceImplementation {
  CommitOffsets: grpc.handleUnaryCall<_varve_v1_CommitOffsetsRequest__Output, _varve_v1_CommitOffsetsResponse>;
  
  DeleteGroup: grpc.handleUnaryCall<_varve_v1_DeleteGroupRequest__Output, _varve_v1_DeleteGroupResponse>;
  
  DeleteGroupSnapshot: grpc.handleUnaryCall<_varve_v1_DeleteGroupSnapshotRequest__Output, _varve_v1_DeleteGroupSnapshotResponse>;
  
  DescribeGroup: grpc.handleUnaryCall<_varve_v1_DescribeGroupRequest__Output, _varve_v1_DescribeGroupResponse>;
  
  ExplainGroup: grpc.handleUnaryCall<_varve_v1_ExplainGroupRequest__Output, _varve_v1_ExplainGroupResponse>;
  
  FetchOffsets: grpc.handleUnaryCall<_varve_v1_FetchOffsetsRequest__Output, _varve_v1_FetchOffsetsResponse>;
  
  ForkGroup: grpc.handleUnaryCall<_varve_v1_ForkGroupRequest__Output, _varve_v1_ForkGroupResponse>;
  
  ListCommitHistory: grpc.handleUnaryCall<_varve_v1_ListCommitHistoryRequest__Output, _varve_v1_ListCommitHistoryResponse>;
  
  ListGroups: grpc.handleUnaryCall<_varve_v1_ListGroupsRequest__Output, _varve_v1_ListGroupsResponse>;
  
  ResetOffsets: grpc.handleUnaryCall<_varve_v1_ResetOffsetsRequest__Output, _varve_v1_ResetOffsetsResponse>;
  
  RestoreGroup: grpc.handleUnaryCall<_varve_v1_RestoreGroupRequest__Output, _varve_v1_RestoreGroupResponse>;
  
  Session: grpc.handleBidiStreamingCall<_varve_v1_SessionRequest__Output, _varve_v1_SessionResponse>;
  
  SnapshotGroup: grpc.handleUnaryCall<_varve_v1_SnapshotGroupRequest__Output, _varve_v1_SnapshotGroupResponse>;
  
  WaitForCommit: grpc.handleUnaryCall<_varve_v1_WaitForCommitRequest__Output, _varve_v1_WaitForCommitResponse>;
  
}

export interface GroupServiceDefinition extends grpc.ServiceDefinition {
  CommitOffsets: MethodDefinition<_varve_v1_CommitOffsetsRequest, _varve_v1_CommitOffsetsResponse, _varve_v1_CommitOffsetsRequest__Output, _varve_v1_CommitOffsetsResponse__Output>
  DeleteGroup: MethodDefinition<_varve_v1_DeleteGroupRequest, _varve_v1_DeleteGroupResponse, _varve_v1_DeleteGroupRequest__Output, _varve_v1_DeleteGroupResponse__Output>
  DeleteGroupSnapshot: MethodDefinition<_varve_v1_DeleteGroupSnapshotRequest, _varve_v1_DeleteGroupSnapshotResponse, _varve_v1_DeleteGroupSnapshotRequest__Output, _varve_v1_DeleteGroupSnapshotResponse__Output>
  DescribeGroup: MethodDefinition<_varve_v1_DescribeGroupRequest, _varve_v1_DescribeGroupResponse, _varve_v1_DescribeGroupRequest__Output, _varve_v1_DescribeGroupResponse__Output>
  ExplainGroup: MethodDefinition<_varve_v1_ExplainGroupRequest, _varve_v1_ExplainGroupResponse, _varve_v1_ExplainGroupRequest__Output, _varve_v1_ExplainGroupResponse__Output>
  FetchOffsets: MethodDefinition<_varve_v1_FetchOffsetsRequest, _varve_v1_FetchOffsetsResponse, _varve_v1_FetchOffsetsRequest__Output, _varve_v1_FetchOffsetsResponse__Output>
  ForkGroup: MethodDefinition<_varve_v1_ForkGroupRequest, _varve_v1_ForkGroupResponse, _varve_v1_ForkGroupRequest__Output, _varve_v1_ForkGroupResponse__Output>
  ListCommitHistory: MethodDefinition<_varve_v1_ListCommitHistoryRequest, _varve_v1_ListCommitHistoryResponse, _varve_v1_ListCommitHistoryRequest__Output, _varve_v1_ListCommitHistoryResponse__Output>
  ListGroups: MethodDefinition<_varve_v1_ListGroupsRequest, _varve_v1_ListGroupsResponse, _varve_v1_ListGroupsRequest__Output, _varve_v1_ListGroupsResponse__Output>
  ResetOffsets: MethodDefinition<_varve_v1_ResetOffsetsRequest, _varve_v1_ResetOffsetsResponse, _varve_v1_ResetOffsetsRequest__Output, _varve_v1_ResetOffsetsResponse__Output>
  RestoreGroup: MethodDefinition<_varve_v1_RestoreGroupRequest, _varve_v1_RestoreGroupResponse, _varve_v1_RestoreGroupRequest__Output, _varve_v1_RestoreGroupResponse__Output>
  Session: MethodDefinition<_varve_v1_SessionRequest, _varve_v1_SessionResponse, _varve_v1_SessionRequest__Output, _varve_v1_SessionResponse__Output>
  SnapshotGroup: MethodDefinition<_varve_v1_SnapshotGroupRequest, _varve_v1_SnapshotGroupResponse, _varve_v1_SnapshotGroupRequest__Output, _varve_v1_SnapshotGroupResponse__Output>
  WaitForCommit: MethodDefinition<_varve_v1_WaitForCommitRequest, _varve_v1_WaitForCommitResponse, _varve_v1_WaitForCommitRequest__Output, _varve_v1_WaitForCommitResponse__Output>
}
