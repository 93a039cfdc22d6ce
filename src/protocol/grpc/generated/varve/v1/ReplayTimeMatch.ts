// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayTimeMatch {
  'fromMs'?: (number | string | Long);
  'beforeMs'?: (number | string | Long);
  '_fromMs'?: "fromMs";
  '_beforeMs'?: "beforeMs";
}

export interface ReplayTimeMatch__Output {
  'fromMs'?: (number);
  'beforeMs'?: (number);
  '_fromMs'?: "fromMs";
  '_beforeMs'?: "beforeMs";
}
