import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Any as _google_protobuf_Any, Any__Output as _google_protobuf_Any__Output } from './google/protobuf/Any.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from './google/rpc/Status.ts';
import type { FetchPartition as _varve_v1_FetchPartition, FetchPartition__Output as _varve_v1_FetchPartition__Output } from './varve/v1/FetchPartition.ts';
import type { FetchRequest as _varve_v1_FetchRequest, FetchRequest__Output as _varve_v1_FetchRequest__Output } from './varve/v1/FetchRequest.ts';
import type { FetchResponse as _varve_v1_FetchResponse, FetchResponse__Output as _varve_v1_FetchResponse__Output } from './varve/v1/FetchResponse.ts';
import type { FetchResult as _varve_v1_FetchResult, FetchResult__Output as _varve_v1_FetchResult__Output } from './varve/v1/FetchResult.ts';
import type { Header as _varve_v1_Header, Header__Output as _varve_v1_Header__Output } from './varve/v1/Header.ts';
import type { InitProducerIdRequest as _varve_v1_InitProducerIdRequest, InitProducerIdRequest__Output as _varve_v1_InitProducerIdRequest__Output } from './varve/v1/InitProducerIdRequest.ts';
import type { InitProducerIdResponse as _varve_v1_InitProducerIdResponse, InitProducerIdResponse__Output as _varve_v1_InitProducerIdResponse__Output } from './varve/v1/InitProducerIdResponse.ts';
import type { ListOffsetsPartition as _varve_v1_ListOffsetsPartition, ListOffsetsPartition__Output as _varve_v1_ListOffsetsPartition__Output } from './varve/v1/ListOffsetsPartition.ts';
import type { ListOffsetsRequest as _varve_v1_ListOffsetsRequest, ListOffsetsRequest__Output as _varve_v1_ListOffsetsRequest__Output } from './varve/v1/ListOffsetsRequest.ts';
import type { ListOffsetsResponse as _varve_v1_ListOffsetsResponse, ListOffsetsResponse__Output as _varve_v1_ListOffsetsResponse__Output } from './varve/v1/ListOffsetsResponse.ts';
import type { ListOffsetsResult as _varve_v1_ListOffsetsResult, ListOffsetsResult__Output as _varve_v1_ListOffsetsResult__Output } from './varve/v1/ListOffsetsResult.ts';
import type { LogServiceClient as _varve_v1_LogServiceClient, LogServiceDefinition as _varve_v1_LogServiceDefinition } from './varve/v1/LogService.ts';
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
      Durability: EnumTypeDefinition
      FellBehindReason: EnumTypeDefinition
      FetchPartition: MessageTypeDefinition<_varve_v1_FetchPartition, _varve_v1_FetchPartition__Output>
      FetchRequest: MessageTypeDefinition<_varve_v1_FetchRequest, _varve_v1_FetchRequest__Output>
      FetchResponse: MessageTypeDefinition<_varve_v1_FetchResponse, _varve_v1_FetchResponse__Output>
      FetchResult: MessageTypeDefinition<_varve_v1_FetchResult, _varve_v1_FetchResult__Output>
      Header: MessageTypeDefinition<_varve_v1_Header, _varve_v1_Header__Output>
      InitProducerIdRequest: MessageTypeDefinition<_varve_v1_InitProducerIdRequest, _varve_v1_InitProducerIdRequest__Output>
      InitProducerIdResponse: MessageTypeDefinition<_varve_v1_InitProducerIdResponse, _varve_v1_InitProducerIdResponse__Output>
      ListOffsetsPartition: MessageTypeDefinition<_varve_v1_ListOffsetsPartition, _varve_v1_ListOffsetsPartition__Output>
      ListOffsetsRequest: MessageTypeDefinition<_varve_v1_ListOffsetsRequest, _varve_v1_ListOffsetsRequest__Output>
      ListOffsetsResponse: MessageTypeDefinition<_varve_v1_ListOffsetsResponse, _varve_v1_ListOffsetsResponse__Output>
      ListOffsetsResult: MessageTypeDefinition<_varve_v1_ListOffsetsResult, _varve_v1_ListOffsetsResult__Output>
      LogService: SubtypeConstructor<typeof grpc.Client, _varve_v1_LogServiceClient> & { service: _varve_v1_LogServiceDefinition }
      OffsetPosition: EnumTypeDefinition
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
      Record: MessageTypeDefinition<_varve_v1_Record, _varve_v1_Record__Output>
      RecordForm: EnumTypeDefinition
      RecordList: MessageTypeDefinition<_varve_v1_RecordList, _varve_v1_RecordList__Output>
      RecordSet: MessageTypeDefinition<_varve_v1_RecordSet, _varve_v1_RecordSet__Output>
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
    }
  }
}

