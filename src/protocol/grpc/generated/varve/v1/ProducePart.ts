// Original file: proto/varve/v1/log.proto

import type { Durability as _varve_v1_Durability, Durability__Output as _varve_v1_Durability__Output } from '../../varve/v1/Durability.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProducePart {
  'partition'?: (number);
  'baseOffset'?: (number | string | Long);
  'records'?: (number)[];
  'durability'?: (_varve_v1_Durability);
  'error'?: (_google_rpc_Status | null);
}

export interface ProducePart__Output {
  'partition': (number);
  'baseOffset': (number);
  'records': (number)[];
  'durability': (_varve_v1_Durability__Output);
  'error': (_google_rpc_Status__Output | null);
}
