// Original file: proto/varve/v1/log.proto

import type { Long } from '@grpc/proto-loader';

export interface SubscribeCaughtUp {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'offset'?: (number | string | Long);
}

export interface SubscribeCaughtUp__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'offset': (number);
}
