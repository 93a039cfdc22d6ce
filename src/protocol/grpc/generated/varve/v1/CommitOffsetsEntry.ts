// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface CommitOffsetsEntry {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
  'offset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'metadata'?: (string);
  '_leaderEpoch'?: "leaderEpoch";
}

export interface CommitOffsetsEntry__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
  'offset': (number);
  'leaderEpoch'?: (number);
  'metadata': (string);
  '_leaderEpoch'?: "leaderEpoch";
}
