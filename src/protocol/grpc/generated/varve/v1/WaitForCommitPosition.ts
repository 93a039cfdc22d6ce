// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface WaitForCommitPosition {
  'topic'?: (string);
  'partition'?: (number);
  'offset'?: (number | string | Long);
}

export interface WaitForCommitPosition__Output {
  'topic': (string);
  'partition': (number);
  'offset': (number);
}
