// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface AssignedPartition {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
  'committedOffset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'metadata'?: (string);
  'isMetadataLeftOut'?: (boolean);
  '_committedOffset'?: "committedOffset";
}

export interface AssignedPartition__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
  'committedOffset'?: (number);
  'leaderEpoch': (number);
  'metadata': (string);
  'isMetadataLeftOut': (boolean);
  '_committedOffset'?: "committedOffset";
}
