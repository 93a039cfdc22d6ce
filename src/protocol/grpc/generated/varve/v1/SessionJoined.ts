// Original file: proto/varve/v1/group.proto

import type { AssignedPartitions as _varve_v1_AssignedPartitions, AssignedPartitions__Output as _varve_v1_AssignedPartitions__Output } from '../../varve/v1/AssignedPartitions.ts';

export interface SessionJoined {
  'memberId'?: (string);
  'memberEpoch'?: (number);
  'heartbeatIntervalMs'?: (number);
  'sessionTimeoutMs'?: (number);
  'rebalanceTimeoutMs'?: (number);
  'assigned'?: (_varve_v1_AssignedPartitions | null);
}

export interface SessionJoined__Output {
  'memberId': (string);
  'memberEpoch': (number);
  'heartbeatIntervalMs': (number);
  'sessionTimeoutMs': (number);
  'rebalanceTimeoutMs': (number);
  'assigned': (_varve_v1_AssignedPartitions__Output | null);
}
