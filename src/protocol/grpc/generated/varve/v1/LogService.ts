// Original file: proto/varve/v1/log.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FetchRequest as _varve_v1_FetchRequest, FetchRequest__Output as _varve_v1_FetchRequest__Output } from '../../varve/v1/FetchRequest.ts';
import type { FetchResponse as _varve_v1_FetchResponse, FetchResponse__Output as _varve_v1_FetchResponse__Output } from '../../varve/v1/FetchResponse.ts';
import type { InitProducerIdRequest as _varve_v1_InitProducerIdRequest, InitProducerIdRequest__Output as _varve_v1_InitProducerIdRequest__Output } from '../../varve/v1/InitProducerIdRequest.ts';
import type { InitProducerIdResponse as _varve_v1_InitProducerIdResponse, InitProducerIdResponse__Output as _varve_v1_InitProducerIdResponse__Output } from '../../varve/v1/InitProducerIdResponse.ts';
import type { ListOffsetsRequest as _varve_v1_ListOffsetsRequest, ListOffsetsRequest__Output as _varve_v1_ListOffsetsRequest__Output } from '../../varve/v1/ListOffsetsRequest.ts';
import type { ListOffsetsResponse as _varve_v1_ListOffsetsResponse, ListOffsetsResponse__Output as _varve_v1_ListOffsetsResponse__Output } from '../../varve/v1/ListOffsetsResponse.ts';
import type { ProduceRequest as _varve_v1_ProduceRequest, ProduceRequest__Output as _varve_v1_ProduceRequest__Output } from '../../varve/v1/ProduceRequest.ts';
import type { ProduceResponse as _varve_v1_ProduceResponse, ProduceResponse__Output as _varve_v1_ProduceResponse__Output } from '../../varve/v1/ProduceResponse.ts';
import type { ProduceStreamRequest as _varve_v1_ProduceStreamRequest, ProduceStreamRequest__Output as _varve_v1_ProduceStreamRequest__Output } from '../../varve/v1/ProduceStreamRequest.ts';
import type { ProduceStreamResponse as _varve_v1_ProduceStreamResponse, ProduceStreamResponse__Output as _varve_v1_ProduceStreamResponse__Output } from '../../varve/v1/ProduceStreamResponse.ts';
import type { SubscribeRequest as _varve_v1_SubscribeRequest, SubscribeRequest__Output as _varve_v1_SubscribeRequest__Output } from '../../varve/v1/SubscribeRequest.ts';
import type { SubscribeResponse as _varve_v1_SubscribeResponse, SubscribeResponse__Output as _varve_v1_SubscribeResponse__Output } from '../../varve/v1/SubscribeResponse.ts';

export interface LogServiceClient extends grpc.Client {
  Fetch(argument: _varve_v1_FetchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  Fetch(argument: _varve_v1_FetchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  Fetch(argument: _varve_v1_FetchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  Fetch(argument: _varve_v1_FetchRequest, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  fetch(argument: _varve_v1_FetchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  fetch(argument: _varve_v1_FetchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  fetch(argument: _varve_v1_FetchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  fetch(argument: _varve_v1_FetchRequest, callback: grpc.requestCallback<_varve_v1_FetchResponse__Output>): grpc.ClientUnaryCall;
  
  InitProducerId(argument: _varve_v1_InitProducerIdRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  InitProducerId(argument: _varve_v1_InitProducerIdRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  InitProducerId(argument: _varve_v1_InitProducerIdRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  InitProducerId(argument: _varve_v1_InitProducerIdRequest, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  initProducerId(argument: _varve_v1_InitProducerIdRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  initProducerId(argument: _varve_v1_InitProducerIdRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  initProducerId(argument: _varve_v1_InitProducerIdRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  initProducerId(argument: _varve_v1_InitProducerIdRequest, callback: grpc.requestCallback<_varve_v1_InitProducerIdResponse__Output>): grpc.ClientUnaryCall;
  
  ListOffsets(argument: _varve_v1_ListOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ListOffsets(argument: _varve_v1_ListOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ListOffsets(argument: _varve_v1_ListOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  ListOffsets(argument: _varve_v1_ListOffsetsRequest, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  listOffsets(argument: _varve_v1_ListOffsetsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  listOffsets(argument: _varve_v1_ListOffsetsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  listOffsets(argument: _varve_v1_ListOffsetsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  listOffsets(argument: _varve_v1_ListOffsetsRequest, callback: grpc.requestCallback<_varve_v1_ListOffsetsResponse__Output>): grpc.ClientUnaryCall;
  
  Produce(argument: _varve_v1_ProduceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  Produce(argument: _varve_v1_ProduceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  Produce(argument: _varve_v1_ProduceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  Produce(argument: _varve_v1_ProduceRequest, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  produce(argument: _varve_v1_ProduceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  produce(argument: _varve_v1_ProduceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  produce(argument: _varve_v1_ProduceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  produce(argument: _varve_v1_ProduceRequest, callback: grpc.requestCallback<_varve_v1_ProduceResponse__Output>): grpc.ClientUnaryCall;
  
  ProduceStream(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamResponse__Output>;
  ProduceStream(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamResponse__Output>;
  produceStream(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamResponse__Output>;
  produceStream(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamResponse__Output>;
  
  Subscribe(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SubscribeRequest, _varve_v1_SubscribeResponse__Output>;
  Subscribe(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SubscribeRequest, _varve_v1_SubscribeResponse__Output>;
  subscribe(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SubscribeRequest, _varve_v1_SubscribeResponse__Output>;
  subscribe(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_SubscribeRequest, _varve_v1_SubscribeResponse__Output>;
  
}

export interface LogServiceHandlers extends grpc.UntypedServiceImplementation {
  Fetch: grpc.handleUnaryCall<_varve_v1_FetchRequest__Output, _varve_v1_FetchResponse>;
  
  InitProducerId: grpc.handleUnaryCall<_varve_v1_InitProducerIdRequest__Output, _varve_v1_InitProducerIdResponse>;
  
  ListOffsets: grpc.handleUnaryCall<_varve_v1_ListOffsetsRequest__Output, _varve_v1_ListOffsetsResponse>;
  
  Produce: grpc.handleUnaryCall<_varve_v1_ProduceRequest__Output, _varve_v1_ProduceResponse>;
  
  ProduceStream: grpc.handleBidiStreamingCall<_varve_v1_ProduceStreamRequest__Output, _varve_v1_ProduceStreamResponse>;
  
  Subscribe: grpc.handleBidiStreamingCall<_varve_v1_SubscribeRequest__Output, _varve_v1_SubscribeResponse>;
  
}

export interface LogServiceDefinition extends grpc.ServiceDefinition {
  Fetch: MethodDefinition<_varve_v1_FetchRequest, _varve_v1_FetchResponse, _varve_v1_FetchRequest__Output, _varve_v1_FetchResponse__Output>
  InitProducerId: MethodDefinition<_varve_v1_InitProducerIdRequest, _varve_v1_InitProducerIdResponse, _varve_v1_InitProducerIdRequest__Output, _varve_v1_InitProducerIdResponse__Output>
  ListOffsets: MethodDefinition<_varve_v1_ListOffsetsRequest, _varve_v1_ListOffsetsResponse, _varve_v1_ListOffsetsRequest__Output, _varve_v1_ListOffsetsResponse__Output>
  Produce: MethodDefinition<_varve_v1_ProduceRequest, _varve_v1_ProduceResponse, _varve_v1_ProduceRequest__Output, _varve_v1_ProduceResponse__Output>
  ProduceStream: MethodDefinition<_varve_v1_ProduceStreamRequest, _varve_v1_ProduceStreamResponse, _varve_v1_ProduceStreamRequest__Output, _varve_v1_ProduceStreamResponse__Output>
  Subscribe: MethodDefinition<_varve_v1_SubscribeRequest, _varve_v1_SubscribeResponse, _varve_v1_SubscribeRequest__Output, _varve_v1_SubscribeResponse__Output>
}
