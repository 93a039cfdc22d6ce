// Original file: proto/varve/v1/record.proto

import type { RecordList as _varve_v1_RecordList, RecordList__Output as _varve_v1_RecordList__Output } from '../../varve/v1/RecordList.ts';

export interface RecordSet {
  'batches'?: (Buffer | Uint8Array | string);
  'records'?: (_varve_v1_RecordList | null);
  'form'?: "batches"|"records";
}

export interface RecordSet__Output {
  'batches'?: (Buffer);
  'records'?: (_varve_v1_RecordList__Output | null);
  'form'?: "batches"|"records";
}
