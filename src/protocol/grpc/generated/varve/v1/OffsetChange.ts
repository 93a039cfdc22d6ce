// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface OffsetChange {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
  'before'?: (number | string | Long);
  'after'?: (number | string | Long);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  '_before'?: "before";
  '_after'?: "after";
}

export interface OffsetChange__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
  'before'?: (number);
  'after'?: (number);
  'startOffset': (number);
  'readableEndOffset': (number);
  '_before'?: "before";
  '_after'?: "after";
}
