// Original file: proto/varve/v1/admin.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface DeleteRecordsResult {
  'topic'?: (string);
  'partition'?: (number);
  'startOffset'?: (number | string | Long);
  'error'?: (_google_rpc_Status | null);
}

export interface DeleteRecordsResult__Output {
  'topic': (string);
  'partition': (number);
  'startOffset': (number);
  'error': (_google_rpc_Status__Output | null);
}
