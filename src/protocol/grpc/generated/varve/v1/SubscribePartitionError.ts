// Original file: proto/varve/v1/log.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribePartitionError {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'error'?: (_google_rpc_Status | null);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
}

export interface SubscribePartitionError__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'error': (_google_rpc_Status__Output | null);
  'startOffset': (number);
  'readableEndOffset': (number);
}
