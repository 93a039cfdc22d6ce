// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayCredit {
  'bytes'?: (number | string | Long);
  'records'?: (number | string | Long);
}

export interface ReplayCredit__Output {
  'bytes': (number);
  'records': (number);
}
