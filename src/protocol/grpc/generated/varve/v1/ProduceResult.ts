// Original file: proto/varve/v1/log.proto

import type { Durability as _varve_v1_Durability, Durability__Output as _varve_v1_Durability__Output } from '../../varve/v1/Durability.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { ProducePart as _varve_v1_ProducePart, ProducePart__Output as _varve_v1_ProducePart__Output } from '../../varve/v1/ProducePart.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProduceResult {
  'topic'?: (string);
  'partition'?: (number);
  'baseOffset'?: (number | string | Long);
  'recordCount'?: (number);
  'durability'?: (_varve_v1_Durability);
  'error'?: (_google_rpc_Status | null);
  'parts'?: (_varve_v1_ProducePart)[];
  'duplicate'?: (boolean);
  'logAppendTimeMs'?: (number | string | Long);
  'startOffset'?: (number | string | Long);
}

export interface ProduceResult__Output {
  'topic': (string);
  'partition': (number);
  'baseOffset': (number);
  'recordCount': (number);
  'durability': (_varve_v1_Durability__Output);
  'error': (_google_rpc_Status__Output | null);
  'parts': (_varve_v1_ProducePart__Output)[];
  'duplicate': (boolean);
  'logAppendTimeMs': (number);
  'startOffset': (number);
}
