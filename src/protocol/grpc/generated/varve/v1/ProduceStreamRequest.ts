// Original file: proto/varve/v1/log.proto

import type { ProduceStreamInit as _varve_v1_ProduceStreamInit, ProduceStreamInit__Output as _varve_v1_ProduceStreamInit__Output } from '../../varve/v1/ProduceStreamInit.ts';
import type { ProduceStreamBatch as _varve_v1_ProduceStreamBatch, ProduceStreamBatch__Output as _varve_v1_ProduceStreamBatch__Output } from '../../varve/v1/ProduceStreamBatch.ts';

export interface ProduceStreamRequest {
  'init'?: (_varve_v1_ProduceStreamInit | null);
  'batch'?: (_varve_v1_ProduceStreamBatch | null);
  'message'?: "init"|"batch";
}

export interface ProduceStreamRequest__Output {
  'init'?: (_varve_v1_ProduceStreamInit__Output | null);
  'batch'?: (_varve_v1_ProduceStreamBatch__Output | null);
  'message'?: "init"|"batch";
}
