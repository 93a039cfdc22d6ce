// Original file: proto/varve/v1/log.proto

import type { ListOffsetsPartition as _varve_v1_ListOffsetsPartition, ListOffsetsPartition__Output as _varve_v1_ListOffsetsPartition__Output } from '../../varve/v1/ListOffsetsPartition.ts';

export interface ListOffsetsRequest {
  'partitions'?: (_varve_v1_ListOffsetsPartition)[];
}

export interface ListOffsetsRequest__Output {
  'partitions': (_varve_v1_ListOffsetsPartition__Output)[];
}
