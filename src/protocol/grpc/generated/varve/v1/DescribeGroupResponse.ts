// Original file: proto/varve/v1/group.proto

import type { GroupSummary as _varve_v1_GroupSummary, GroupSummary__Output as _varve_v1_GroupSummary__Output } from '../../varve/v1/GroupSummary.ts';
import type { GroupMember as _varve_v1_GroupMember, GroupMember__Output as _varve_v1_GroupMember__Output } from '../../varve/v1/GroupMember.ts';
import type { GroupPartitionLag as _varve_v1_GroupPartitionLag, GroupPartitionLag__Output as _varve_v1_GroupPartitionLag__Output } from '../../varve/v1/GroupPartitionLag.ts';
import type { GroupTraffic as _varve_v1_GroupTraffic, GroupTraffic__Output as _varve_v1_GroupTraffic__Output } from '../../varve/v1/GroupTraffic.ts';
import type { GroupSnapshot as _varve_v1_GroupSnapshot, GroupSnapshot__Output as _varve_v1_GroupSnapshot__Output } from '../../varve/v1/GroupSnapshot.ts';
import type { Long } from '@grpc/proto-loader';

export interface DescribeGroupResponse {
  'summary'?: (_varve_v1_GroupSummary | null);
  'assignmentEpoch'?: (number);
  'assignor'?: (string);
  'resetEpoch'?: (number);
  'members'?: (_varve_v1_GroupMember)[];
  'partitions'?: (_varve_v1_GroupPartitionLag)[];
  'traffic'?: (_varve_v1_GroupTraffic)[];
  'snapshots'?: (_varve_v1_GroupSnapshot)[];
  'timeMs'?: (number | string | Long);
}

export interface DescribeGroupResponse__Output {
  'summary': (_varve_v1_GroupSummary__Output | null);
  'assignmentEpoch': (number);
  'assignor': (string);
  'resetEpoch': (number);
  'members': (_varve_v1_GroupMember__Output)[];
  'partitions': (_varve_v1_GroupPartitionLag__Output)[];
  'traffic': (_varve_v1_GroupTraffic__Output)[];
  'snapshots': (_varve_v1_GroupSnapshot__Output)[];
  'timeMs': (number);
}
