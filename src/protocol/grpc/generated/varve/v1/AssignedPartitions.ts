// Original file: proto/varve/v1/group.proto

import type { AssignedPartition as _varve_v1_AssignedPartition, AssignedPartition__Output as _varve_v1_AssignedPartition__Output } from '../../varve/v1/AssignedPartition.ts';

export interface AssignedPartitions {
  'partitions'?: (_varve_v1_AssignedPartition)[];
}

export interface AssignedPartitions__Output {
  'partitions': (_varve_v1_AssignedPartition__Output)[];
}
