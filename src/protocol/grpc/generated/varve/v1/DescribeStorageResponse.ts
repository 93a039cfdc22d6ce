// Original file: proto/varve/v1/admin.proto

import type { PartitionStorage as _varve_v1_PartitionStorage, PartitionStorage__Output as _varve_v1_PartitionStorage__Output } from '../../varve/v1/PartitionStorage.ts';

export interface DescribeStorageResponse {
  'partitions'?: (_varve_v1_PartitionStorage)[];
  'nextPageToken'?: (string);
}

export interface DescribeStorageResponse__Output {
  'partitions': (_varve_v1_PartitionStorage__Output)[];
  'nextPageToken': (string);
}
