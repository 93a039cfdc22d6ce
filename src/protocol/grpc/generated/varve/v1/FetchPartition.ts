// Original file: proto/varve/v1/log.proto

import type { Long } from '@grpc/proto-loader';

export interface FetchPartition {
  'topic'?: (string);
  'partition'?: (number);
  'offset'?: (number | string | Long);
  'maxBytes'?: (number);
  'leaderEpoch'?: (number);
  '_leaderEpoch'?: "leaderEpoch";
}

export interface FetchPartition__Output {
  'topic': (string);
  'partition': (number);
  'offset': (number);
  'maxBytes': (number);
  'leaderEpoch'?: (number);
  '_leaderEpoch'?: "leaderEpoch";
}
