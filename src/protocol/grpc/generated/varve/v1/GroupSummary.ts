// Original file: proto/varve/v1/group.proto

import type { GroupCondition as _varve_v1_GroupCondition, GroupCondition__Output as _varve_v1_GroupCondition__Output } from '../../varve/v1/GroupCondition.ts';
import type { Long } from '@grpc/proto-loader';

export interface GroupSummary {
  'group'?: (string);
  'condition'?: (_varve_v1_GroupCondition);
  'members'?: (number);
  'committedPartitions'?: (number);
  'epoch'?: (number);
  'createdMs'?: (number | string | Long);
  'emptySinceMs'?: (number | string | Long);
  '_emptySinceMs'?: "emptySinceMs";
}

export interface GroupSummary__Output {
  'group': (string);
  'condition': (_varve_v1_GroupCondition__Output);
  'members': (number);
  'committedPartitions': (number);
  'epoch': (number);
  'createdMs': (number);
  'emptySinceMs'?: (number);
  '_emptySinceMs'?: "emptySinceMs";
}
