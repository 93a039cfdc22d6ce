// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface SnapshotGroupRequest {
  'group'?: (string);
  'name'?: (string);
  'asOfMs'?: (number | string | Long);
  '_asOfMs'?: "asOfMs";
}

export interface SnapshotGroupRequest__Output {
  'group': (string);
  'name': (string);
  'asOfMs'?: (number);
  '_asOfMs'?: "asOfMs";
}
