// Original file: proto/varve/v1/group.proto

import type { GroupPartition as _varve_v1_GroupPartition, GroupPartition__Output as _varve_v1_GroupPartition__Output } from '../../varve/v1/GroupPartition.ts';
import type { Long } from '@grpc/proto-loader';

export interface FetchOffsetsRequest {
  'group'?: (string);
  'partitions'?: (_varve_v1_GroupPartition)[];
  'asOfMs'?: (number | string | Long);
  '_asOfMs'?: "asOfMs";
}

export interface FetchOffsetsRequest__Output {
  'group': (string);
  'partitions': (_varve_v1_GroupPartition__Output)[];
  'asOfMs'?: (number);
  '_asOfMs'?: "asOfMs";
}
