// Original file: proto/varve/v1/log.proto

import type { ProduceStreamReady as _varve_v1_ProduceStreamReady, ProduceStreamReady__Output as _varve_v1_ProduceStreamReady__Output } from '../../varve/v1/ProduceStreamReady.ts';
import type { ProduceStreamAck as _varve_v1_ProduceStreamAck, ProduceStreamAck__Output as _varve_v1_ProduceStreamAck__Output } from '../../varve/v1/ProduceStreamAck.ts';

export interface ProduceStreamResponse {
  'ready'?: (_varve_v1_ProduceStreamReady | null);
  'ack'?: (_varve_v1_ProduceStreamAck | null);
  'message'?: "ready"|"ack";
}

export interface ProduceStreamResponse__Output {
  'ready'?: (_varve_v1_ProduceStreamReady__Output | null);
  'ack'?: (_varve_v1_ProduceStreamAck__Output | null);
  'message'?: "ready"|"ack";
}
