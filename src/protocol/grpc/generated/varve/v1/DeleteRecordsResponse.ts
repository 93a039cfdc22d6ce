// Original file: proto/varve/v1/admin.proto

import type { DeleteRecordsResult as _varve_v1_DeleteRecordsResult, DeleteRecordsResult__Output as _varve_v1_DeleteRecordsResult__Output } from '../../varve/v1/DeleteRecordsResult.ts';

export interface DeleteRecordsResponse {
  'results'?: (_varve_v1_DeleteRecordsResult)[];
}

export interface DeleteRecordsResponse__Output {
  'results': (_varve_v1_DeleteRecordsResult__Output)[];
}
