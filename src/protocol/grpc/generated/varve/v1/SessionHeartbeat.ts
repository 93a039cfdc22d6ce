// Original file: proto/varve/v1/group.proto

import type { OwnedPartitions as _varve_v1_OwnedPartitions, OwnedPartitions__Output as _varve_v1_OwnedPartitions__Output } from '../../varve/v1/OwnedPartitions.ts';
import type { SessionWishes as _varve_v1_SessionWishes, SessionWishes__Output as _varve_v1_SessionWishes__Output } from '../../varve/v1/SessionWishes.ts';
import type { PartitionProgress as _varve_v1_PartitionProgress, PartitionProgress__Output as _varve_v1_PartitionProgress__Output } from '../../varve/v1/PartitionProgress.ts';

export interface SessionHeartbeat {
  'memberEpoch'?: (number);
  'owned'?: (_varve_v1_OwnedPartitions | null);
  'wishes'?: (_varve_v1_SessionWishes | null);
  'progress'?: (_varve_v1_PartitionProgress)[];
  '_owned'?: "owned";
  '_wishes'?: "wishes";
}

export interface SessionHeartbeat__Output {
  'memberEpoch': (number);
  'owned'?: (_varve_v1_OwnedPartitions__Output | null);
  'wishes'?: (_varve_v1_SessionWishes__Output | null);
  'progress': (_varve_v1_PartitionProgress__Output)[];
  '_owned'?: "owned";
  '_wishes'?: "wishes";
}
