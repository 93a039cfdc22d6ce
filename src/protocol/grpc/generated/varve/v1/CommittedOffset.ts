// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface CommittedOffset {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
  'offset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'metadata'?: (string);
  'commitTimeMs'?: (number | string | Long);
  'memberId'?: (string);
  'memberEpoch'?: (number);
  'isMetadataLeftOut'?: (boolean);
  '_offset'?: "offset";
}

export interface CommittedOffset__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
  'offset'?: (number);
  'leaderEpoch': (number);
  'metadata': (string);
  'commitTimeMs': (number);
  'memberId': (string);
  'memberEpoch': (number);
  'isMetadataLeftOut': (boolean);
  '_offset'?: "offset";
}
