// Original file: proto/varve/v1/log.proto

import type { ProduceResult as _varve_v1_ProduceResult, ProduceResult__Output as _varve_v1_ProduceResult__Output } from '../../varve/v1/ProduceResult.ts';

export interface ProduceResponse {
  'results'?: (_varve_v1_ProduceResult)[];
}

export interface ProduceResponse__Output {
  'results': (_varve_v1_ProduceResult__Output)[];
}
