// Original file: proto/varve/v1/group.proto

import type { WaitForCommitPosition as _varve_v1_WaitForCommitPosition, WaitForCommitPosition__Output as _varve_v1_WaitForCommitPosition__Output } from '../../varve/v1/WaitForCommitPosition.ts';

export interface WaitForCommitRequest {
  'group'?: (string);
  'positions'?: (_varve_v1_WaitForCommitPosition)[];
  'maxWaitMs'?: (number);
}

export interface WaitForCommitRequest__Output {
  'group': (string);
  'positions': (_varve_v1_WaitForCommitPosition__Output)[];
  'maxWaitMs': (number);
}
