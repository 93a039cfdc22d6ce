// Original file: proto/varve/v1/group.proto

import type { GroupSnapshot as _varve_v1_GroupSnapshot, GroupSnapshot__Output as _varve_v1_GroupSnapshot__Output } from '../../varve/v1/GroupSnapshot.ts';
import type { CommittedOffset as _varve_v1_CommittedOffset, CommittedOffset__Output as _varve_v1_CommittedOffset__Output } from '../../varve/v1/CommittedOffset.ts';

export interface SnapshotGroupResponse {
  'snapshot'?: (_varve_v1_GroupSnapshot | null);
  'offsets'?: (_varve_v1_CommittedOffset)[];
}

export interface SnapshotGroupResponse__Output {
  'snapshot': (_varve_v1_GroupSnapshot__Output | null);
  'offsets': (_varve_v1_CommittedOffset__Output)[];
}
