// Original file: proto/varve/v1/record.proto

import type { Record as _varve_v1_Record, Record__Output as _varve_v1_Record__Output } from '../../varve/v1/Record.ts';

export interface RecordList {
  'records'?: (_varve_v1_Record)[];
}

export interface RecordList__Output {
  'records': (_varve_v1_Record__Output)[];
}
