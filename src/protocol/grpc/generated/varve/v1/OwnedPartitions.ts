// Original file: proto/varve/v1/group.proto

import type { GroupPartition as _varve_v1_GroupPartition, GroupPartition__Output as _varve_v1_GroupPartition__Output } from '../../varve/v1/GroupPartition.ts';

export interface OwnedPartitions {
  'partitions'?: (_varve_v1_GroupPartition)[];
}

export interface OwnedPartitions__Output {
  'partitions': (_varve_v1_GroupPartition__Output)[];
}
