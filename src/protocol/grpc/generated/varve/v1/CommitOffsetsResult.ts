// Original file: proto/varve/v1/group.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';

export interface CommitOffsetsResult {
  'topic'?: (string);
  'partition'?: (number);
  'error'?: (_google_rpc_Status | null);
}

export interface CommitOffsetsResult__Output {
  'topic': (string);
  'partition': (number);
  'error': (_google_rpc_Status__Output | null);
}
