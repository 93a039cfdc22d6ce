// Original file: proto/varve/v1/group.proto

import type { AssignedPartitions as _varve_v1_AssignedPartitions, AssignedPartitions__Output as _varve_v1_AssignedPartitions__Output } from '../../varve/v1/AssignedPartitions.ts';

export interface SessionHeartbeatAnswer {
  'memberEpoch'?: (number);
  'heartbeatIntervalMs'?: (number);
  'assigned'?: (_varve_v1_AssignedPartitions | null);
  '_assigned'?: "assigned";
}

export interface SessionHeartbeatAnswer__Output {
  'memberEpoch': (number);
  'heartbeatIntervalMs': (number);
  'assigned'?: (_varve_v1_AssignedPartitions__Output | null);
  '_assigned'?: "assigned";
}
