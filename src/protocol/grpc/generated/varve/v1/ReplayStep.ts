// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayStep {
  'records'?: (number | string | Long);
}

export interface ReplayStep__Output {
  'records': (number);
}
