// Original file: proto/varve/v1/log.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListOffsetsResult {
  'topic'?: (string);
  'partition'?: (number);
  'offset'?: (number | string | Long);
  'timestampMs'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'error'?: (_google_rpc_Status | null);
}

export interface ListOffsetsResult__Output {
  'topic': (string);
  'partition': (number);
  'offset': (number);
  'timestampMs': (number);
  'leaderEpoch': (number);
  'startOffset': (number);
  'readableEndOffset': (number);
  'error': (_google_rpc_Status__Output | null);
}
