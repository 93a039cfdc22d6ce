// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface ForkGroupRequest {
  'group'?: (string);
  'newGroup'?: (string);
  'asOfMs'?: (number | string | Long);
  'dryRun'?: (boolean);
  '_asOfMs'?: "asOfMs";
}

export interface ForkGroupRequest__Output {
  'group': (string);
  'newGroup': (string);
  'asOfMs'?: (number);
  'dryRun': (boolean);
  '_asOfMs'?: "asOfMs";
}
