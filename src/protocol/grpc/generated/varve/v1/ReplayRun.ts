// Original file: proto/varve/v1/replay.proto

import type { RecordSet as _varve_v1_RecordSet, RecordSet__Output as _varve_v1_RecordSet__Output } from '../../varve/v1/RecordSet.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplayRun {
  'topic'?: (string);
  'partition'?: (number);
  'records'?: (_varve_v1_RecordSet | null);
  'offset'?: (number | string | Long);
  'nextOffset'?: (number | string | Long);
  'dropped'?: (number | string | Long);
  'leaderEpoch'?: (number);
}

export interface ReplayRun__Output {
  'topic': (string);
  'partition': (number);
  'records': (_varve_v1_RecordSet__Output | null);
  'offset': (number);
  'nextOffset': (number);
  'dropped': (number);
  'leaderEpoch': (number);
}
