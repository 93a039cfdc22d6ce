// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayGroupPosition {
  'group'?: (string);
  'asOfMs'?: (number | string | Long);
  '_asOfMs'?: "asOfMs";
}

export interface ReplayGroupPosition__Output {
  'group': (string);
  'asOfMs'?: (number);
  '_asOfMs'?: "asOfMs";
}
