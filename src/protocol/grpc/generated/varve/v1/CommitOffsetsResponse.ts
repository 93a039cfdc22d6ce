// Original file: proto/varve/v1/group.proto

import type { CommitOffsetsResult as _varve_v1_CommitOffsetsResult, CommitOffsetsResult__Output as _varve_v1_CommitOffsetsResult__Output } from '../../varve/v1/CommitOffsetsResult.ts';

export interface CommitOffsetsResponse {
  'results'?: (_varve_v1_CommitOffsetsResult)[];
}

export interface CommitOffsetsResponse__Output {
  'results': (_varve_v1_CommitOffsetsResult__Output)[];
}
