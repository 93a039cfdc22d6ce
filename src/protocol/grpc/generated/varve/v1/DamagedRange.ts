// Original file: proto/varve/v1/admin.proto

import type { Long } from '@grpc/proto-loader';

export interface DamagedRange {
  'firstBadOffset'?: (number | string | Long);
  'nextGoodOffset'?: (number | string | Long);
  '_nextGoodOffset'?: "nextGoodOffset";
}

export interface DamagedRange__Output {
  'firstBadOffset': (number);
  'nextGoodOffset'?: (number);
  '_nextGoodOffset'?: "nextGoodOffset";
}
