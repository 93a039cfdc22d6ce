// Original file: proto/varve/v1/log.proto

import type { ListOffsetsResult as _varve_v1_ListOffsetsResult, ListOffsetsResult__Output as _varve_v1_ListOffsetsResult__Output } from '../../varve/v1/ListOffsetsResult.ts';

export interface ListOffsetsResponse {
  'results'?: (_varve_v1_ListOffsetsResult)[];
}

export interface ListOffsetsResponse__Output {
  'results': (_varve_v1_ListOffsetsResult__Output)[];
}
