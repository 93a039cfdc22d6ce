// Original file: proto/varve/v1/log.proto

import type { ProduceResult as _varve_v1_ProduceResult, ProduceResult__Output as _varve_v1_ProduceResult__Output } from '../../varve/v1/ProduceResult.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProduceStreamAck {
  'correlationId'?: (number | string | Long);
  'results'?: (_varve_v1_ProduceResult)[];
}

export interface ProduceStreamAck__Output {
  'correlationId': (number);
  'results': (_varve_v1_ProduceResult__Output)[];
}
