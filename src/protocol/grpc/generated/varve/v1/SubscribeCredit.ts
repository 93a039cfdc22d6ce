// Original file: proto/varve/v1/log.proto

import type { Long } from '@grpc/proto-loader';

export interface SubscribeCredit {
  'bytes'?: (number | string | Long);
  'records'?: (number | string | Long);
}

export interface SubscribeCredit__Output {
  'bytes': (number);
  'records': (number);
}
