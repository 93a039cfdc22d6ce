// Original file: proto/varve/v1/log.proto

import type { SubscribeAddPartition as _varve_v1_SubscribeAddPartition, SubscribeAddPartition__Output as _varve_v1_SubscribeAddPartition__Output } from '../../varve/v1/SubscribeAddPartition.ts';

export interface SubscribeAdd {
  'partitions'?: (_varve_v1_SubscribeAddPartition)[];
}

export interface SubscribeAdd__Output {
  'partitions': (_varve_v1_SubscribeAddPartition__Output)[];
}
