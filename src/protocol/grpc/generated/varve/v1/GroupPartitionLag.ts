// Original file: proto/varve/v1/group.proto

import type { Status as _google_rpc_Status, Status__Output as _google_rpc_Status__Output } from '../../google/rpc/Status.ts';
import type { Long } from '@grpc/proto-loader';

export interface GroupPartitionLag {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
  'memberId'?: (string);
  'committedOffset'?: (number | string | Long);
  'commitTimeMs'?: (number | string | Long);
  'metadata'?: (string);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'lagRecords'?: (number | string | Long);
  'lagMs'?: (number | string | Long);
  'oldestTimestampMs'?: (number | string | Long);
  'lagBytes'?: (number | string | Long);
  'error'?: (_google_rpc_Status | null);
  'isMetadataLeftOut'?: (boolean);
  '_committedOffset'?: "committedOffset";
  '_lagMs'?: "lagMs";
  '_oldestTimestampMs'?: "oldestTimestampMs";
  '_lagBytes'?: "lagBytes";
}

export interface GroupPartitionLag__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
  'memberId': (string);
  'committedOffset'?: (number);
  'commitTimeMs': (number);
  'metadata': (string);
  'startOffset': (number);
  'readableEndOffset': (number);
  'lagRecords': (number);
  'lagMs'?: (number);
  'oldestTimestampMs'?: (number);
  'lagBytes'?: (number);
  'error': (_google_rpc_Status__Output | null);
  'isMetadataLeftOut': (boolean);
  '_committedOffset'?: "committedOffset";
  '_lagMs'?: "lagMs";
  '_oldestTimestampMs'?: "oldestTimestampMs";
  '_lagBytes'?: "lagBytes";
}
