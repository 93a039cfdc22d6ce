// Original file: proto/varve/v1/log.proto

import type { RecordSet as _varve_v1_RecordSet, RecordSet__Output as _varve_v1_RecordSet__Output } from '../../varve/v1/RecordSet.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribeBatch {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'records'?: (_varve_v1_RecordSet | null);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'nextOffset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'creditBytes'?: (number);
  'creditRecords'?: (number);
}

export interface SubscribeBatch__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'records': (_varve_v1_RecordSet__Output | null);
  'startOffset': (number);
  'readableEndOffset': (number);
  'nextOffset': (number);
  'leaderEpoch': (number);
  'creditBytes': (number);
  'creditRecords': (number);
}
