// Original file: proto/varve/v1/group.proto

import type { GroupMemberState as _varve_v1_GroupMemberState, GroupMemberState__Output as _varve_v1_GroupMemberState__Output } from '../../varve/v1/GroupMemberState.ts';
import type { GroupPartition as _varve_v1_GroupPartition, GroupPartition__Output as _varve_v1_GroupPartition__Output } from '../../varve/v1/GroupPartition.ts';
import type { PartitionProgress as _varve_v1_PartitionProgress, PartitionProgress__Output as _varve_v1_PartitionProgress__Output } from '../../varve/v1/PartitionProgress.ts';
import type { Long } from '@grpc/proto-loader';

export interface GroupMember {
  'memberId'?: (string);
  'instanceId'?: (string);
  'clientId'?: (string);
  'peer'?: (string);
  'epoch'?: (number);
  'state'?: (_varve_v1_GroupMemberState);
  'topics'?: (string)[];
  'assignor'?: (string);
  'weight'?: (number);
  'sessionTimeoutMs'?: (number);
  'rebalanceTimeoutMs'?: (number);
  'assigned'?: (_varve_v1_GroupPartition)[];
  'pendingRevocation'?: (_varve_v1_GroupPartition)[];
  'heartbeatAgeMs'?: (number | string | Long);
  'sessionLeftMs'?: (number | string | Long);
  'progress'?: (_varve_v1_PartitionProgress)[];
  '_instanceId'?: "instanceId";
  '_heartbeatAgeMs'?: "heartbeatAgeMs";
}

export interface GroupMember__Output {
  'memberId': (string);
  'instanceId'?: (string);
  'clientId': (string);
  'peer': (string);
  'epoch': (number);
  'state': (_varve_v1_GroupMemberState__Output);
  'topics': (string)[];
  'assignor': (string);
  'weight': (number);
  'sessionTimeoutMs': (number);
  'rebalanceTimeoutMs': (number);
  'assigned': (_varve_v1_GroupPartition__Output)[];
  'pendingRevocation': (_varve_v1_GroupPartition__Output)[];
  'heartbeatAgeMs'?: (number);
  'sessionLeftMs': (number);
  'progress': (_varve_v1_PartitionProgress__Output)[];
  '_instanceId'?: "instanceId";
  '_heartbeatAgeMs'?: "heartbeatAgeMs";
}
