// Original file: proto/varve/v1/replay.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ReplayRequest as _varve_v1_ReplayRequest, ReplayRequest__Output as _varve_v1_ReplayRequest__Output } from '../../varve/v1/ReplayRequest.ts';
import type { ReplayResponse as _varve_v1_ReplayResponse, ReplayResponse__Output as _varve_v1_ReplayResponse__Output } from '../../varve/v1/ReplayResponse.ts';

export interface ReplayServiceClient extends grpc.Client {
  Replay(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ReplayRequest, _varve_v1_ReplayResponse__Output>;
  Replay(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ReplayRequest, _varve_v1_ReplayResponse__Output>;
  replay(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ReplayRequest, _varve_v1_ReplayResponse__Output>;
  replay(options?: grpc.CallOptions): grpc.ClientDuplexStream<_varve_v1_ReplayRequest, _varve_v1_ReplayResponse__Output>;
  
}

export interface ReplayServiceHandlers extends grpc.UntypedServiceImplementation {
  Replay: grpc.handleBidiStreamingCall<_varve_v1_ReplayRequest__Output, _varve_v1_ReplayResponse>;
  
}

export interface ReplayServiceDefinition extends grpc.ServiceDefinition {
  Replay: MethodDefinition<_varve_v1_ReplayRequest, _varve_v1_ReplayResponse, _varve_v1_ReplayRequest__Output, _varve_v1_ReplayResponse__Output>
}
