// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface GroupSnapshot {
  'name'?: (string);
  'timeMs'?: (number | string | Long);
  'asOfMs'?: (number | string | Long);
  'partitions'?: (number);
}

export interface GroupSnapshot__Output {
  'name': (string);
  'timeMs': (number);
  'asOfMs': (number);
  'partitions': (number);
}
