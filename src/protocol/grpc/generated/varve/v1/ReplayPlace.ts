// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayPlace {
  'topic'?: (string);
  'partition'?: (number);
  'startOffset'?: (number | string | Long);
  'endOffset'?: (number | string | Long);
  'firstKeptOffset'?: (number | string | Long);
  '_endOffset'?: "endOffset";
}

export interface ReplayPlace__Output {
  'topic': (string);
  'partition': (number);
  'startOffset': (number);
  'endOffset'?: (number);
  'firstKeptOffset': (number);
  '_endOffset'?: "endOffset";
}
