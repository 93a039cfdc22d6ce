// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplaySeek {
  'seekEpoch'?: (number);
  'timestampMs'?: (number | string | Long);
  'start'?: (boolean);
  'to'?: "timestampMs"|"start";
}

export interface ReplaySeek__Output {
  'seekEpoch': (number);
  'timestampMs'?: (number);
  'start'?: (boolean);
  'to'?: "timestampMs"|"start";
}
