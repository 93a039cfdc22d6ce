// Original file: proto/varve/v1/admin.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AddPartitionsRequest as _varve_v1_AddPartitionsRequest, AddPartitionsRequest__Output as _varve_v1_AddPartitionsRequest__Output } from '../../varve/v1/AddPartitionsRequest.ts';
import type { AddPartitionsResponse as _varve_v1_AddPartitionsResponse, AddPartitionsResponse__Output as _varve_v1_AddPartitionsResponse__Output } from '../../varve/v1/AddPartitionsResponse.ts';
import type { CreateTopicRequest as _varve_v1_CreateTopicRequest, CreateTopicRequest__Output as _varve_v1_CreateTopicRequest__Output } from '../../varve/v1/CreateTopicRequest.ts';
import type { CreateTopicResponse as _varve_v1_CreateTopicResponse, CreateTopicResponse__Output as _varve_v1_CreateTopicResponse__Output } from '../../varve/v1/CreateTopicResponse.ts';
import type { DeleteRecordsRequest as _varve_v1_DeleteRecordsRequest, DeleteRecordsRequest__Output as _varve_v1_DeleteRecordsRequest__Output } from '../../varve/v1/DeleteRecordsRequest.ts';
import type { DeleteRecordsResponse as _varve_v1_DeleteRecordsResponse, DeleteRecordsResponse__Output as _varve_v1_DeleteRecordsResponse__Output } from '../../varve/v1/DeleteRecordsResponse.ts';
import type { DeleteTopicRequest as _varve_v1_DeleteTopicRequest, DeleteTopicRequest__Output as _varve_v1_DeleteTopicRequest__Output } from '../../varve/v1/DeleteTopicRequest.ts';
import type { DeleteTopicResponse as _varve_v1_DeleteTopicResponse, DeleteTopicResponse__Output as _varve_v1_DeleteTopicResponse__Output } from '../../varve/v1/DeleteTopicResponse.ts';
import type { DescribeClusterRequest as _varve_v1_DescribeClusterRequest, DescribeClusterRequest__Output as _varve_v1_DescribeClusterRequest__Output } from '../../varve/v1/DescribeClusterRequest.ts';
import type { DescribeClusterResponse as _varve_v1_DescribeClusterResponse, DescribeClusterResponse__Output as _varve_v1_DescribeClusterResponse__Output } from '../../varve/v1/DescribeClusterResponse.ts';
import type { DescribeStorageRequest as _varve_v1_DescribeStorageRequest, DescribeStorageRequest__Output as _varve_v1_DescribeStorageRequest__Output } from '../../varve/v1/DescribeStorageRequest.ts';
import type { DescribeStorageResponse as _varve_v1_DescribeStorageResponse, DescribeStorageResponse__Output as _varve_v1_DescribeStorageResponse__Output } from '../../varve/v1/DescribeStorageResponse.ts';
import type { DescribeTopicRequest as _varve_v1_DescribeTopicRequest, DescribeTopicRequest__Output as _varve_v1_DescribeTopicRequest__Output } from '../../varve/v1/DescribeTopicRequest.ts';
import type { DescribeTopicResponse as _varve_v1_DescribeTopicResponse, DescribeTopicResponse__Output as _varve_v1_DescribeTopicResponse__Output } from '../../varve/v1/DescribeTopicResponse.ts';
import type { ListTopicsRequest as _varve_v1_ListTopicsRequest, ListTopicsRequest__Output as _varve_v1_ListTopicsRequest__Output } from '../../varve/v1/ListTopicsRequest.ts';
import type { ListTopicsResponse as _varve_v1_ListTopicsResponse, ListTopicsResponse__Output as _varve_v1_ListTopicsResponse__Output } from '../../varve/v1/ListTopicsResponse.ts';
import type { UpdateTopicSettingsRequest as _varve_v1_UpdateTopicSettingsRequest, UpdateTopicSettingsRequest__Output as _varve_v1_UpdateTopicSettingsRequest__Output } from '../../varve/v1/UpdateTopicSettingsRequest.ts';
import type { UpdateTopicSettingsResponse as _varve_v1_UpdateTopicSettingsResponse, UpdateTopicSettingsResponse__Output as _varve_v1_UpdateTopicSettingsResponse__Output } from '../../varve/v1/UpdateTopicSettingsResponse.ts';
import type { VerifyRequest as _varve_v1_VerifyRequest, VerifyRequest__Output as _varve_v1_VerifyRequest__Output } from '../../varve/v1/VerifyRequest.ts';
import type { VerifyResponse as _varve_v1_VerifyResponse, VerifyResponse__Output as _varve_v1_VerifyResponse__Output } from '../../varve/v1/VerifyResponse.ts';

export interface AdminServiceClient extends grpc.Client {
  AddPartitions(argument: _varve_v1_AddPartitionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  AddPartitions(argument: _varve_v1_AddPartitionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  AddPartitions(argument: _varve_v1_AddPartitionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  AddPartitions(argument: _varve_v1_AddPartitionsRequest, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  addPartitions(argument: _varve_v1_AddPartitionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  addPartitions(argument: _varve_v1_AddPartitionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  addPartitions(argument: _varve_v1_AddPartitionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  addPartitions(argument: _varve_v1_AddPartitionsRequest, callback: grpc.requestCallback<_varve_v1_AddPartitionsResponse__Output>): grpc.ClientUnaryCall;
  
  CreateTopic(argument: _varve_v1_CreateTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  CreateTopic(argument: _varve_v1_CreateTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  CreateTopic(argument: _varve_v1_CreateTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  CreateTopic(argument: _varve_v1_CreateTopicRequest, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  createTopic(argument: _varve_v1_CreateTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  createTopic(argument: _varve_v1_CreateTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  createTopic(argument: _varve_v1_CreateTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  createTopic(argument: _varve_v1_CreateTopicRequest, callback: grpc.requestCallback<_varve_v1_CreateTopicResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteRecords(argument: _varve_v1_DeleteRecordsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  DeleteRecords(argument: _varve_v1_DeleteRecordsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  DeleteRecords(argument: _varve_v1_DeleteRecordsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  DeleteRecords(argument: _varve_v1_DeleteRecordsRequest, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  deleteRecords(argument: _varve_v1_DeleteRecordsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  deleteRecords(argument: _varve_v1_DeleteRecordsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  deleteRecords(argument: _varve_v1_DeleteRecordsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  deleteRecords(argument: _varve_v1_DeleteRecordsRequest, callback: grpc.requestCallback<_varve_v1_DeleteRecordsResponse__Output>): grpc.ClientUnaryCall;
  
  DeleteTopic(argument: _varve_v1_DeleteTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  DeleteTopic(argument: _varve_v1_DeleteTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  DeleteTopic(argument: _varve_v1_DeleteTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  DeleteTopic(argument: _varve_v1_DeleteTopicRequest, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  deleteTopic(argument: _varve_v1_DeleteTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  deleteTopic(argument: _varve_v1_DeleteTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  deleteTopic(argument: _varve_v1_DeleteTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  deleteTopic(argument: _varve_v1_DeleteTopicRequest, callback: grpc.requestCallback<_varve_v1_DeleteTopicResponse__Output>): grpc.ClientUnaryCall;
  
  DescribeCluster(argument: _varve_v1_DescribeClusterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  DescribeCluster(argument: _varve_v1_DescribeClusterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  DescribeCluster(argument: _varve_v1_DescribeClusterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  DescribeCluster(argument: _varve_v1_DescribeClusterRequest, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  describeCluster(argument: _varve_v1_DescribeClusterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  describeCluster(argument: _varve_v1_DescribeClusterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  describeCluster(argument: _varve_v1_DescribeClusterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  describeCluster(argument: _varve_v1_DescribeClusterRequest, callback: grpc.requestCallback<_varve_v1_DescribeClusterResponse__Output>): grpc.ClientUnaryCall;
  
  DescribeStorage(argument: _varve_v1_DescribeStorageRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  DescribeStorage(argument: _varve_v1_DescribeStorageRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  DescribeStorage(argument: _varve_v1_DescribeStorageRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  DescribeStorage(argument: _varve_v1_DescribeStorageRequest, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  describeStorage(argument: _varve_v1_DescribeStorageRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  describeStorage(argument: _varve_v1_DescribeStorageRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  describeStorage(argument: _varve_v1_DescribeStorageRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  describeStorage(argument: _varve_v1_DescribeStorageRequest, callback: grpc.requestCallback<_varve_v1_DescribeStorageResponse__Output>): grpc.ClientUnaryCall;
  
  DescribeTopic(argument: _varve_v1_DescribeTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  DescribeTopic(argument: _varve_v1_DescribeTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  DescribeTopic(argument: _varve_v1_DescribeTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  DescribeTopic(argument: _varve_v1_DescribeTopicRequest, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  describeTopic(argument: _varve_v1_DescribeTopicRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  describeTopic(argument: _varve_v1_DescribeTopicRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  describeTopic(argument: _varve_v1_DescribeTopicRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  describeTopic(argument: _varve_v1_DescribeTopicRequest, callback: grpc.requestCallback<_varve_v1_DescribeTopicResponse__Output>): grpc.ClientUnaryCall;
  
  ListTopics(argument: _varve_v1_ListTopicsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  ListTopics(argument: _varve_v1_ListTopicsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  ListTopics(argument: _varve_v1_ListTopicsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  ListTopics(argument: _varve_v1_ListTopicsRequest, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  listTopics(argument: _varve_v1_ListTopicsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  listTopics(argument: _varve_v1_ListTopicsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  listTopics(argument: _varve_v1_ListTopicsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  listTopics(argument: _varve_v1_ListTopicsRequest, callback: grpc.requestCallback<_varve_v1_ListTopicsResponse__Output>): grpc.ClientUnaryCall;
  
  UpdateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  UpdateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  UpdateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  UpdateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  updateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  updateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  updateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  updateTopicSettings(argument: _varve_v1_UpdateTopicSettingsRequest, callback: grpc.requestCallback<_varve_v1_UpdateTopicSettingsResponse__Output>): grpc.ClientUnaryCall;
  
  Verify(argument: _varve_v1_VerifyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_varve_v1_VerifyResponse__Output>;
  Verify(argument: _varve_v1_VerifyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_varve_v1_VerifyResponse__Output>;
  verify(argument: _varve_v1_VerifyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_varve_v1_VerifyResponse__Output>;
  verify(argument: _varve_v1_VerifyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_varve_v1_VerifyResponse__Output>;
  
}

export interface AdminServiceHandlers extends grpc.UntypedServiceImplementation {
  AddPartitions: grpc.handleUnaryCall<_varve_v1_AddPartitionsRequest__Output, _varve_v1_AddPartitionsResponse>;
  
  CreateTopic: grpc.handleUnaryCall<_varve_v1_CreateTopicRequest__Output, _varve_v1_CreateTopicResponse>;
  
  DeleteRecords: grpc.handleUnaryCall<_varve_v1_DeleteRecordsRequest__Output, _varve_v1_DeleteRecordsResponse>;
  
  DeleteTopic: grpc.handleUnaryCall<_varve_v1_DeleteTopicRequest__Output, _varve_v1_DeleteTopicResponse>;
  
  DescribeCluster: grpc.handleUnaryCall<_varve_v1_DescribeClusterRequest__Output, _varve_v1_DescribeClusterResponse>;
  
  DescribeStorage: grpc.handleUnaryCall<_varve_v1_DescribeStorageRequest__Output, _varve_v1_DescribeStorageResponse>;
  
  DescribeTopic: grpc.handleUnaryCall<_varve_v1_DescribeTopicRequest__Output, _varve_v1_DescribeTopicResponse>;
  
  ListTopics: grpc.handleUnaryCall<_varve_v1_ListTopicsRequest__Output, _varve_v1_ListTopicsResponse>;
  
  UpdateTopicSettings: grpc.handleUnaryCall<_varve_v1_UpdateTopicSettingsRequest__Output, _varve_v1_UpdateTopicSettingsResponse>;
  
  Verify: grpc.handleServerStreamingCall<_varve_v1_VerifyRequest__Output, _varve_v1_VerifyResponse>;
  
}

export interface AdminServiceDefinition extends grpc.ServiceDefinition {
  AddPartitions: MethodDefinition<_varve_v1_AddPartitionsRequest, _varve_v1_AddPartitionsResponse, _varve_v1_AddPartitionsRequest__Output, _varve_v1_AddPartitionsResponse__Output>
  CreateTopic: MethodDefinition<_varve_v1_CreateTopicRequest, _varve_v1_CreateTopicResponse, _varve_v1_CreateTopicRequest__Output, _varve_v1_CreateTopicResponse__Output>
  DeleteRecords: MethodDefinition<_varve_v1_DeleteRecordsRequest, _varve_v1_DeleteRecordsResponse, _varve_v1_DeleteRecordsRequest__Output, _varve_v1_DeleteRecordsResponse__Output>
  DeleteTopic: MethodDefinition<_varve_v1_DeleteTopicRequest, _varve_v1_DeleteTopicResponse, _varve_v1_DeleteTopicRequest__Output, _varve_v1_DeleteTopicResponse__Output>
  DescribeCluster: MethodDefinition<_varve_v1_DescribeClusterRequest, _varve_v1_DescribeClusterResponse, _varve_v1_DescribeClusterRequest__Output, _varve_v1_DescribeClusterResponse__Output>
  DescribeStorage: MethodDefinition<_varve_v1_DescribeStorageRequest, _varve_v1_DescribeStorageResponse, _varve_v1_DescribeStorageRequest__Output, _varve_v1_DescribeStorageResponse__Output>
  DescribeTopic: MethodDefinition<_varve_v1_DescribeTopicRequest, _varve_v1_DescribeTopicResponse, _varve_v1_DescribeTopicRequest__Output, _varve_v1_DescribeTopicResponse__Output>
  ListTopics: MethodDefinition<_varve_v1_ListTopicsRequest, _varve_v1_ListTopicsResponse, _varve_v1_ListTopicsRequest__Output, _varve_v1_ListTopicsResponse__Output>
  UpdateTopicSettings: MethodDefinition<_varve_v1_UpdateTopicSettingsRequest, _varve_v1_UpdateTopicSettingsResponse, _varve_v1_UpdateTopicSettingsRequest__Output, _varve_v1_UpdateTopicSettingsResponse__Output>
  Verify: MethodDefinition<_varve_v1_VerifyRequest, _varve_v1_VerifyResponse, _varve_v1_VerifyRequest__Output, _varve_v1_VerifyResponse__Output>
}
