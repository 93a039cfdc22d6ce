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
export type { CreateTopicRequest } from './generated/varve/v1/CreateTopicRequest.ts'
export type { CreateTopicResponse__Output as CreateTopicResponseOutput } from './generated/varve/v1/CreateTopicResponse.ts'
export type {
  DamagedRange,
  DamagedRange__Output as DamagedRangeOutput,
} from './generated/varve/v1/DamagedRange.ts'
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
export type { DescribeClusterRequest } from './generated/varve/v1/DescribeClusterRequest.ts'
export type { DescribeClusterResponse__Output as DescribeClusterResponseOutput } from './generated/varve/v1/DescribeClusterResponse.ts'
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

export type { InitProducerIdRequest } from './generated/varve/v1/InitProducerIdRequest.ts'
export type { InitProducerIdResponse__Output as InitProducerIdResponseOutput } from './generated/varve/v1/InitProducerIdResponse.ts'

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
export type { OffsetPosition__Output as OffsetPositionName } from './generated/varve/v1/OffsetPosition.ts'
export type {
  Partition,
  Partition__Output as PartitionOutput,
} from './generated/varve/v1/Partition.ts'
export type { PartitionCondition__Output as PartitionConditionName } from './generated/varve/v1/PartitionCondition.ts'
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
export type { Record, Record__Output as RecordOutput } from './generated/varve/v1/Record.ts'

export type { RecordSet } from './generated/varve/v1/RecordSet.ts'
export type {
  SubscribeAddPartition,
  SubscribeAddPartition__Output as SubscribeAddPartitionOutput,
} from './generated/varve/v1/SubscribeAddPartition.ts'
export type { SubscribeBatch__Output as SubscribeBatchOutput } from './generated/varve/v1/SubscribeBatch.ts'
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
