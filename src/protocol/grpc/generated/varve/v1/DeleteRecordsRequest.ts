// Original file: proto/varve/v1/admin.proto

import type { DeleteRecordsEntry as _varve_v1_DeleteRecordsEntry, DeleteRecordsEntry__Output as _varve_v1_DeleteRecordsEntry__Output } from '../../varve/v1/DeleteRecordsEntry.ts';

export interface DeleteRecordsRequest {
  'entries'?: (_varve_v1_DeleteRecordsEntry)[];
}

export interface DeleteRecordsRequest__Output {
  'entries': (_varve_v1_DeleteRecordsEntry__Output)[];
}
