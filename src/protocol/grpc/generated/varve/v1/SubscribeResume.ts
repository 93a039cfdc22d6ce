// Original file: proto/varve/v1/log.proto

import type { SubscribePartition as _varve_v1_SubscribePartition, SubscribePartition__Output as _varve_v1_SubscribePartition__Output } from '../../varve/v1/SubscribePartition.ts';

export interface SubscribeResume {
  'partitions'?: (_varve_v1_SubscribePartition)[];
}

export interface SubscribeResume__Output {
  'partitions': (_varve_v1_SubscribePartition__Output)[];
}
