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
import type { ReplayCredit as _varve_v1_ReplayCredit, ReplayCredit__Output as _varve_v1_ReplayCredit__Output } from './varve/v1/ReplayCredit.ts';
import type { ReplayFilter as _varve_v1_ReplayFilter, ReplayFilter__Output as _varve_v1_ReplayFilter__Output } from './varve/v1/ReplayFilter.ts';
import type { ReplayGroupPosition as _varve_v1_ReplayGroupPosition, ReplayGroupPosition__Output as _varve_v1_ReplayGroupPosition__Output } from './varve/v1/ReplayGroupPosition.ts';
import type { ReplayHeaderMatch as _varve_v1_ReplayHeaderMatch, ReplayHeaderMatch__Output as _varve_v1_ReplayHeaderMatch__Output } from './varve/v1/ReplayHeaderMatch.ts';
import type { ReplayInit as _varve_v1_ReplayInit, ReplayInit__Output as _varve_v1_ReplayInit__Output } from './varve/v1/ReplayInit.ts';
import type { ReplayLateness as _varve_v1_ReplayLateness, ReplayLateness__Output as _varve_v1_ReplayLateness__Output } from './varve/v1/ReplayLateness.ts';
import type { ReplayMatch as _varve_v1_ReplayMatch, ReplayMatch__Output as _varve_v1_ReplayMatch__Output } from './varve/v1/ReplayMatch.ts';
import type { ReplayMatchSet as _varve_v1_ReplayMatchSet, ReplayMatchSet__Output as _varve_v1_ReplayMatchSet__Output } from './varve/v1/ReplayMatchSet.ts';
import type { ReplayPace as _varve_v1_ReplayPace, ReplayPace__Output as _varve_v1_ReplayPace__Output } from './varve/v1/ReplayPace.ts';
import type { ReplayPartitionSummary as _varve_v1_ReplayPartitionSummary, ReplayPartitionSummary__Output as _varve_v1_ReplayPartitionSummary__Output } from './varve/v1/ReplayPartitionSummary.ts';
import type { ReplayPause as _varve_v1_ReplayPause, ReplayPause__Output as _varve_v1_ReplayPause__Output } from './varve/v1/ReplayPause.ts';
import type { ReplayPlace as _varve_v1_ReplayPlace, ReplayPlace__Output as _varve_v1_ReplayPlace__Output } from './varve/v1/ReplayPlace.ts';
import type { ReplayPosition as _varve_v1_ReplayPosition, ReplayPosition__Output as _varve_v1_ReplayPosition__Output } from './varve/v1/ReplayPosition.ts';
import type { ReplayProgress as _varve_v1_ReplayProgress, ReplayProgress__Output as _varve_v1_ReplayProgress__Output } from './varve/v1/ReplayProgress.ts';
import type { ReplayReady as _varve_v1_ReplayReady, ReplayReady__Output as _varve_v1_ReplayReady__Output } from './varve/v1/ReplayReady.ts';
import type { ReplayRecords as _varve_v1_ReplayRecords, ReplayRecords__Output as _varve_v1_ReplayRecords__Output } from './varve/v1/ReplayRecords.ts';
import type { ReplayRequest as _varve_v1_ReplayRequest, ReplayRequest__Output as _varve_v1_ReplayRequest__Output } from './varve/v1/ReplayRequest.ts';
import type { ReplayResponse as _varve_v1_ReplayResponse, ReplayResponse__Output as _varve_v1_ReplayResponse__Output } from './varve/v1/ReplayResponse.ts';
import type { ReplayResume as _varve_v1_ReplayResume, ReplayResume__Output as _varve_v1_ReplayResume__Output } from './varve/v1/ReplayResume.ts';
import type { ReplayRun as _varve_v1_ReplayRun, ReplayRun__Output as _varve_v1_ReplayRun__Output } from './varve/v1/ReplayRun.ts';
import type { ReplaySeek as _varve_v1_ReplaySeek, ReplaySeek__Output as _varve_v1_ReplaySeek__Output } from './varve/v1/ReplaySeek.ts';
import type { ReplayServiceClient as _varve_v1_ReplayServiceClient, ReplayServiceDefinition as _varve_v1_ReplayServiceDefinition } from './varve/v1/ReplayService.ts';
import type { ReplaySource as _varve_v1_ReplaySource, ReplaySource__Output as _varve_v1_ReplaySource__Output } from './varve/v1/ReplaySource.ts';
import type { ReplayState as _varve_v1_ReplayState, ReplayState__Output as _varve_v1_ReplayState__Output } from './varve/v1/ReplayState.ts';
import type { ReplayStep as _varve_v1_ReplayStep, ReplayStep__Output as _varve_v1_ReplayStep__Output } from './varve/v1/ReplayStep.ts';
import type { ReplaySummary as _varve_v1_ReplaySummary, ReplaySummary__Output as _varve_v1_ReplaySummary__Output } from './varve/v1/ReplaySummary.ts';
import type { ReplayTimeMatch as _varve_v1_ReplayTimeMatch, ReplayTimeMatch__Output as _varve_v1_ReplayTimeMatch__Output } from './varve/v1/ReplayTimeMatch.ts';
import type { ReplayTrouble as _varve_v1_ReplayTrouble, ReplayTrouble__Output as _varve_v1_ReplayTrouble__Output } from './varve/v1/ReplayTrouble.ts';
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
      ReplayCredit: MessageTypeDefinition<_varve_v1_ReplayCredit, _varve_v1_ReplayCredit__Output>
      ReplayFilter: MessageTypeDefinition<_varve_v1_ReplayFilter, _varve_v1_ReplayFilter__Output>
      ReplayGroupPosition: MessageTypeDefinition<_varve_v1_ReplayGroupPosition, _varve_v1_ReplayGroupPosition__Output>
      ReplayHeaderMatch: MessageTypeDefinition<_varve_v1_ReplayHeaderMatch, _varve_v1_ReplayHeaderMatch__Output>
      ReplayInit: MessageTypeDefinition<_varve_v1_ReplayInit, _varve_v1_ReplayInit__Output>
      ReplayLatePolicy: EnumTypeDefinition
      ReplayLateness: MessageTypeDefinition<_varve_v1_ReplayLateness, _varve_v1_ReplayLateness__Output>
      ReplayMatch: MessageTypeDefinition<_varve_v1_ReplayMatch, _varve_v1_ReplayMatch__Output>
      ReplayMatchSet: MessageTypeDefinition<_varve_v1_ReplayMatchSet, _varve_v1_ReplayMatchSet__Output>
      ReplayOrder: EnumTypeDefinition
      ReplayPace: MessageTypeDefinition<_varve_v1_ReplayPace, _varve_v1_ReplayPace__Output>
      ReplayPartitionSummary: MessageTypeDefinition<_varve_v1_ReplayPartitionSummary, _varve_v1_ReplayPartitionSummary__Output>
      ReplayPause: MessageTypeDefinition<_varve_v1_ReplayPause, _varve_v1_ReplayPause__Output>
      ReplayPlace: MessageTypeDefinition<_varve_v1_ReplayPlace, _varve_v1_ReplayPlace__Output>
      ReplayPosition: MessageTypeDefinition<_varve_v1_ReplayPosition, _varve_v1_ReplayPosition__Output>
      ReplayProgress: MessageTypeDefinition<_varve_v1_ReplayProgress, _varve_v1_ReplayProgress__Output>
      ReplayReady: MessageTypeDefinition<_varve_v1_ReplayReady, _varve_v1_ReplayReady__Output>
      ReplayRecords: MessageTypeDefinition<_varve_v1_ReplayRecords, _varve_v1_ReplayRecords__Output>
      ReplayRequest: MessageTypeDefinition<_varve_v1_ReplayRequest, _varve_v1_ReplayRequest__Output>
      ReplayResponse: MessageTypeDefinition<_varve_v1_ReplayResponse, _varve_v1_ReplayResponse__Output>
      ReplayResume: MessageTypeDefinition<_varve_v1_ReplayResume, _varve_v1_ReplayResume__Output>
      ReplayRun: MessageTypeDefinition<_varve_v1_ReplayRun, _varve_v1_ReplayRun__Output>
      ReplaySeek: MessageTypeDefinition<_varve_v1_ReplaySeek, _varve_v1_ReplaySeek__Output>
      ReplayService: SubtypeConstructor<typeof grpc.Client, _varve_v1_ReplayServiceClient> & { service: _varve_v1_ReplayServiceDefinition }
      ReplaySource: MessageTypeDefinition<_varve_v1_ReplaySource, _varve_v1_ReplaySource__Output>
      ReplayState: MessageTypeDefinition<_varve_v1_ReplayState, _varve_v1_ReplayState__Output>
      ReplayStatus: EnumTypeDefinition
      ReplayStep: MessageTypeDefinition<_varve_v1_ReplayStep, _varve_v1_ReplayStep__Output>
      ReplaySummary: MessageTypeDefinition<_varve_v1_ReplaySummary, _varve_v1_ReplaySummary__Output>
      ReplayTimeMatch: MessageTypeDefinition<_varve_v1_ReplayTimeMatch, _varve_v1_ReplayTimeMatch__Output>
      ReplayTrouble: MessageTypeDefinition<_varve_v1_ReplayTrouble, _varve_v1_ReplayTrouble__Output>
      ReplayTroublePolicy: EnumTypeDefinition
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

