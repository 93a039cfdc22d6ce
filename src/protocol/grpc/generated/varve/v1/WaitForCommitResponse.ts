// Original file: proto/varve/v1/group.proto

import type { CommittedOffset as _varve_v1_CommittedOffset, CommittedOffset__Output as _varve_v1_CommittedOffset__Output } from '../../varve/v1/CommittedOffset.ts';

export interface WaitForCommitResponse {
  'isReached'?: (boolean);
  'offsets'?: (_varve_v1_CommittedOffset)[];
}

export interface WaitForCommitResponse__Output {
  'isReached': (boolean);
  'offsets': (_varve_v1_CommittedOffset__Output)[];
}
