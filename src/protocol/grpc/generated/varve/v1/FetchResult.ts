// Original file: proto/varve/v1/log.proto

import type { RecordSet as _varve_v1_RecordSet, RecordSet__Output as _varve_v1_RecordSet__Output } from '../../varve/v1/RecordSet.ts';
import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface FetchResult {
  'topic'?: (string);
  'partition'?: (number);
  'records'?: (_varve_v1_RecordSet | null);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'nextOffset'?: (number | string | Long);
  'error'?: (_google_rpc_Status | null);
}

export interface FetchResult__Output {
  'topic': (string);
  'partition': (number);
  'records': (_varve_v1_RecordSet__Output | null);
  'startOffset': (number);
  'readableEndOffset': (number);
  'nextOffset': (number);
  'error': (_google_rpc_Status__Output | null);
}
