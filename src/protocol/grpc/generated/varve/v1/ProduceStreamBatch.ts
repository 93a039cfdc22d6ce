// Original file: proto/varve/v1/log.proto

import type { ProduceEntry as _varve_v1_ProduceEntry, ProduceEntry__Output as _varve_v1_ProduceEntry__Output } from '../../varve/v1/ProduceEntry.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProduceStreamBatch {
  'correlationId'?: (number | string | Long);
  'entries'?: (_varve_v1_ProduceEntry)[];
}

export interface ProduceStreamBatch__Output {
  'correlationId': (number);
  'entries': (_varve_v1_ProduceEntry__Output)[];
}
