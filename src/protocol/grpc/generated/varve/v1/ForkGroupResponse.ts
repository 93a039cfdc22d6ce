// Original file: proto/varve/v1/group.proto

import type { CommittedOffset as _varve_v1_CommittedOffset, CommittedOffset__Output as _varve_v1_CommittedOffset__Output } from '../../varve/v1/CommittedOffset.ts';

export interface ForkGroupResponse {
  'offsets'?: (_varve_v1_CommittedOffset)[];
  'isApplied'?: (boolean);
}

export interface ForkGroupResponse__Output {
  'offsets': (_varve_v1_CommittedOffset__Output)[];
  'isApplied': (boolean);
}
