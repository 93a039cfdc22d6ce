// Original file: proto/varve/v1/group.proto

import type { CommittedOffset as _varve_v1_CommittedOffset, CommittedOffset__Output as _varve_v1_CommittedOffset__Output } from '../../varve/v1/CommittedOffset.ts';

export interface FetchOffsetsResponse {
  'offsets'?: (_varve_v1_CommittedOffset)[];
}

export interface FetchOffsetsResponse__Output {
  'offsets': (_varve_v1_CommittedOffset__Output)[];
}
