// Original file: proto/varve/v1/log.proto

import type { RecordSet as _varve_v1_RecordSet, RecordSet__Output as _varve_v1_RecordSet__Output } from '../../varve/v1/RecordSet.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProduceEntry {
  'topic'?: (string);
  'partition'?: (number);
  'records'?: (_varve_v1_RecordSet | null);
  'expectedOffset'?: (number | string | Long);
  '_expectedOffset'?: "expectedOffset";
}

export interface ProduceEntry__Output {
  'topic': (string);
  'partition': (number);
  'records': (_varve_v1_RecordSet__Output | null);
  'expectedOffset'?: (number);
  '_expectedOffset'?: "expectedOffset";
}
