// Original file: proto/varve/v1/group.proto

import type { OffsetChange as _varve_v1_OffsetChange, OffsetChange__Output as _varve_v1_OffsetChange__Output } from '../../varve/v1/OffsetChange.ts';

export interface ResetOffsetsResponse {
  'changes'?: (_varve_v1_OffsetChange)[];
  'isApplied'?: (boolean);
  'resetEpoch'?: (number);
  'membersPutOut'?: (string)[];
}

export interface ResetOffsetsResponse__Output {
  'changes': (_varve_v1_OffsetChange__Output)[];
  'isApplied': (boolean);
  'resetEpoch': (number);
  'membersPutOut': (string)[];
}
