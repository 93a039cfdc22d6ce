import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Any as _google_protobuf_Any, Any__Output as _google_protobuf_Any__Output } from './google/protobuf/Any.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from './google/rpc/Status.ts';
import type { AddPartitionsRequest as _varve_v1_AddPartitionsRequest, AddPartitionsRequest__Output as _varve_v1_AddPartitionsRequest__Output } from './varve/v1/AddPartitionsRequest.ts';
import type { AddPartitionsResponse as _varve_v1_AddPartitionsResponse, AddPartitionsResponse__Output as _varve_v1_AddPartitionsResponse__Output } from './varve/v1/AddPartitionsResponse.ts';
import type { AdminServiceClient as _varve_v1_AdminServiceClient, AdminServiceDefinition as _varve_v1_AdminServiceDefinition } from './varve/v1/AdminService.ts';
import type { CreateTopicRequest as _varve_v1_CreateTopicRequest, CreateTopicRequest__Output as _varve_v1_CreateTopicRequest__Output } from './varve/v1/CreateTopicRequest.ts';
import type { CreateTopicResponse as _varve_v1_CreateTopicResponse, CreateTopicResponse__Output as _varve_v1_CreateTopicResponse__Output } from './varve/v1/CreateTopicResponse.ts';
import type { DamagedRange as _varve_v1_DamagedRange, DamagedRange__Output as _varve_v1_DamagedRange__Output } from './varve/v1/DamagedRange.ts';
import type { DeleteRecordsEntry as _varve_v1_DeleteRecordsEntry, DeleteRecordsEntry__Output as _varve_v1_DeleteRecordsEntry__Output } from './varve/v1/DeleteRecordsEntry.ts';
import type { DeleteRecordsRequest as _varve_v1_DeleteRecordsRequest, DeleteRecordsRequest__Output as _varve_v1_DeleteRecordsRequest__Output } from './varve/v1/DeleteRecordsRequest.ts';
import type { DeleteRecordsResponse as _varve_v1_DeleteRecordsResponse, DeleteRecordsResponse__Output as _varve_v1_DeleteRecordsResponse__Output } from './varve/v1/DeleteRecordsResponse.ts';
import type { DeleteRecordsResult as _varve_v1_DeleteRecordsResult, DeleteRecordsResult__Output as _varve_v1_DeleteRecordsResult__Output } from './varve/v1/DeleteRecordsResult.ts';
import type { DeleteTopicRequest as _varve_v1_DeleteTopicRequest, DeleteTopicRequest__Output as _varve_v1_DeleteTopicRequest__Output } from './varve/v1/DeleteTopicRequest.ts';
import type { DeleteTopicResponse as _varve_v1_DeleteTopicResponse, DeleteTopicResponse__Output as _varve_v1_DeleteTopicResponse__Output } from './varve/v1/DeleteTopicResponse.ts';
import type { DescribeClusterRequest as _varve_v1_DescribeClusterRequest, DescribeClusterRequest__Output as _varve_v1_DescribeClusterRequest__Output } from './varve/v1/DescribeClusterRequest.ts';
import type { DescribeClusterResponse as _varve_v1_DescribeClusterResponse, DescribeClusterResponse__Output as _varve_v1_DescribeClusterResponse__Output } from './varve/v1/DescribeClusterResponse.ts';
import type { DescribeStorageRequest as _varve_v1_DescribeStorageRequest, DescribeStorageRequest__Output as _varve_v1_DescribeStorageRequest__Output } from './varve/v1/DescribeStorageRequest.ts';
import type { DescribeStorageResponse as _varve_v1_DescribeStorageResponse, DescribeStorageResponse__Output as _varve_v1_DescribeStorageResponse__Output } from './varve/v1/DescribeStorageResponse.ts';
import type { DescribeTopicRequest as _varve_v1_DescribeTopicRequest, DescribeTopicRequest__Output as _varve_v1_DescribeTopicRequest__Output } from './varve/v1/DescribeTopicRequest.ts';
import type { DescribeTopicResponse as _varve_v1_DescribeTopicResponse, DescribeTopicResponse__Output as _varve_v1_DescribeTopicResponse__Output } from './varve/v1/DescribeTopicResponse.ts';
import type { ListTopicsRequest as _varve_v1_ListTopicsRequest, ListTopicsRequest__Output as _varve_v1_ListTopicsRequest__Output } from './varve/v1/ListTopicsRequest.ts';
import type { ListTopicsResponse as _varve_v1_ListTopicsResponse, ListTopicsResponse__Output as _varve_v1_ListTopicsResponse__Output } from './varve/v1/ListTopicsResponse.ts';
import type { Partition as _varve_v1_Partition, Partition__Output as _varve_v1_Partition__Output } from './varve/v1/Partition.ts';
import type { PartitionStorage as _varve_v1_PartitionStorage, PartitionStorage__Output as _varve_v1_PartitionStorage__Output } from './varve/v1/PartitionStorage.ts';
import type { Topic as _varve_v1_Topic, Topic__Output as _varve_v1_Topic__Output } from './varve/v1/Topic.ts';
import type { TopicSetting as _varve_v1_TopicSetting, TopicSetting__Output as _varve_v1_TopicSetting__Output } from './varve/v1/TopicSetting.ts';
import type { TopicSummary as _varve_v1_TopicSummary, TopicSummary__Output as _varve_v1_TopicSummary__Output } from './varve/v1/TopicSummary.ts';
import type { UpdateTopicSettingsRequest as _varve_v1_UpdateTopicSettingsRequest, UpdateTopicSettingsRequest__Output as _varve_v1_UpdateTopicSettingsRequest__Output } from './varve/v1/UpdateTopicSettingsRequest.ts';
import type { UpdateTopicSettingsResponse as _varve_v1_UpdateTopicSettingsResponse, UpdateTopicSettingsResponse__Output as _varve_v1_UpdateTopicSettingsResponse__Output } from './varve/v1/UpdateTopicSettingsResponse.ts';
import type { VerifyRequest as _varve_v1_VerifyRequest, VerifyRequest__Output as _varve_v1_VerifyRequest__Output } from './varve/v1/VerifyRequest.ts';
import type { VerifyResponse as _varve_v1_VerifyResponse, VerifyResponse__Output as _varve_v1_VerifyResponse__Output } from './varve/v1/VerifyResponse.ts';

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
      AddPartitionsRequest: MessageTypeDefinition<_varve_v1_AddPartitionsRequest, _varve_v1_AddPartitionsRequest__Output>
      AddPartitionsResponse: MessageTypeDefinition<_varve_v1_AddPartitionsResponse, _varve_v1_AddPartitionsResponse__Output>
      AdminService: SubtypeConstructor<typeof grpc.Client, _varve_v1_AdminServiceClient> & { service: _varve_v1_AdminServiceDefinition }
      CreateTopicRequest: MessageTypeDefinition<_varve_v1_CreateTopicRequest, _varve_v1_CreateTopicRequest__Output>
      CreateTopicResponse: MessageTypeDefinition<_varve_v1_CreateTopicResponse, _varve_v1_CreateTopicResponse__Output>
      DamagedRange: MessageTypeDefinition<_varve_v1_DamagedRange, _varve_v1_DamagedRange__Output>
      DeleteRecordsEntry: MessageTypeDefinition<_varve_v1_DeleteRecordsEntry, _varve_v1_DeleteRecordsEntry__Output>
      DeleteRecordsRequest: MessageTypeDefinition<_varve_v1_DeleteRecordsRequest, _varve_v1_DeleteRecordsRequest__Output>
      DeleteRecordsResponse: MessageTypeDefinition<_varve_v1_DeleteRecordsResponse, _varve_v1_DeleteRecordsResponse__Output>
      DeleteRecordsResult: MessageTypeDefinition<_varve_v1_DeleteRecordsResult, _varve_v1_DeleteRecordsResult__Output>
      DeleteTopicRequest: MessageTypeDefinition<_varve_v1_DeleteTopicRequest, _varve_v1_DeleteTopicRequest__Output>
      DeleteTopicResponse: MessageTypeDefinition<_varve_v1_DeleteTopicResponse, _varve_v1_DeleteTopicResponse__Output>
      DescribeClusterRequest: MessageTypeDefinition<_varve_v1_DescribeClusterRequest, _varve_v1_DescribeClusterRequest__Output>
      DescribeClusterResponse: MessageTypeDefinition<_varve_v1_DescribeClusterResponse, _varve_v1_DescribeClusterResponse__Output>
      DescribeStorageRequest: MessageTypeDefinition<_varve_v1_DescribeStorageRequest, _varve_v1_DescribeStorageRequest__Output>
      DescribeStorageResponse: MessageTypeDefinition<_varve_v1_DescribeStorageResponse, _varve_v1_DescribeStorageResponse__Output>
      DescribeTopicRequest: MessageTypeDefinition<_varve_v1_DescribeTopicRequest, _varve_v1_DescribeTopicRequest__Output>
      DescribeTopicResponse: MessageTypeDefinition<_varve_v1_DescribeTopicResponse, _varve_v1_DescribeTopicResponse__Output>
      ListTopicsRequest: MessageTypeDefinition<_varve_v1_ListTopicsRequest, _varve_v1_ListTopicsRequest__Output>
      ListTopicsResponse: MessageTypeDefinition<_varve_v1_ListTopicsResponse, _varve_v1_ListTopicsResponse__Output>
      Partition: MessageTypeDefinition<_varve_v1_Partition, _varve_v1_Partition__Output>
      PartitionCondition: EnumTypeDefinition
      PartitionStorage: MessageTypeDefinition<_varve_v1_PartitionStorage, _varve_v1_PartitionStorage__Output>
      Topic: MessageTypeDefinition<_varve_v1_Topic, _varve_v1_Topic__Output>
      TopicSetting: MessageTypeDefinition<_varve_v1_TopicSetting, _varve_v1_TopicSetting__Output>
      TopicSummary: MessageTypeDefinition<_varve_v1_TopicSummary, _varve_v1_TopicSummary__Output>
      UpdateTopicSettingsRequest: MessageTypeDefinition<_varve_v1_UpdateTopicSettingsRequest, _varve_v1_UpdateTopicSettingsRequest__Output>
      UpdateTopicSettingsResponse: MessageTypeDefinition<_varve_v1_UpdateTopicSettingsResponse, _varve_v1_UpdateTopicSettingsResponse__Output>
      VerifyRequest: MessageTypeDefinition<_varve_v1_VerifyRequest, _varve_v1_VerifyRequest__Output>
      VerifyResponse: MessageTypeDefinition<_varve_v1_VerifyResponse, _varve_v1_VerifyResponse__Output>
    }
  }
}

