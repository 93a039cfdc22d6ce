// Original file: proto/varve/v1/log.proto

import type { Long } from '@grpc/proto-loader';

export interface SubscribePosition {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'offset'?: (number | string | Long);
  'stopOffset'?: (number | string | Long);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  '_stopOffset'?: "stopOffset";
}

export interface SubscribePosition__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'offset': (number);
  'stopOffset'?: (number);
  'startOffset': (number);
  'readableEndOffset': (number);
  'leaderEpoch': (number);
  '_stopOffset'?: "stopOffset";
}
