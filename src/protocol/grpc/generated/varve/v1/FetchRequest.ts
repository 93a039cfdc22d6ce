// Original file: proto/varve/v1/log.proto

import type { FetchPartition as _varve_v1_FetchPartition, FetchPartition__Output as _varve_v1_FetchPartition__Output } from '../../varve/v1/FetchPartition.ts';
import type { RecordForm as _varve_v1_RecordForm, RecordForm__Output as _varve_v1_RecordForm__Output } from '../../varve/v1/RecordForm.ts';

export interface FetchRequest {
  'partitions'?: (_varve_v1_FetchPartition)[];
  'maxWaitMs'?: (number);
  'minBytes'?: (number);
  'maxBytes'?: (number);
  'form'?: (_varve_v1_RecordForm);
}

export interface FetchRequest__Output {
  'partitions': (_varve_v1_FetchPartition__Output)[];
  'maxWaitMs': (number);
  'minBytes': (number);
  'maxBytes': (number);
  'form': (_varve_v1_RecordForm__Output);
}
