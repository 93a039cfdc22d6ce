// Original file: proto/varve/v1/replay.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplayTrouble {
  'topic'?: (string);
  'partition'?: (number);
  'offset'?: (number | string | Long);
  'nextOffset'?: (number | string | Long);
  'error'?: (_google_rpc_Status | null);
  '_nextOffset'?: "nextOffset";
}

export interface ReplayTrouble__Output {
  'topic': (string);
  'partition': (number);
  'offset': (number);
  'nextOffset'?: (number);
  'error': (_google_rpc_Status__Output | null);
  '_nextOffset'?: "nextOffset";
}
