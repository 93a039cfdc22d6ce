// Original file: proto/varve/v1/admin.proto

import type { PartitionCondition as _varve_v1_PartitionCondition, PartitionCondition__Output as _varve_v1_PartitionCondition__Output } from '../../varve/v1/PartitionCondition.ts';
import type { Long } from '@grpc/proto-loader';

export interface Partition {
  'partition'?: (number);
  'startOffset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'endOffset'?: (number | string | Long);
  'leaderEpoch'?: (number);
  'bytes'?: (number | string | Long);
  'condition'?: (_varve_v1_PartitionCondition);
  'reason'?: (string);
}

export interface Partition__Output {
  'partition': (number);
  'startOffset': (number);
  'readableEndOffset': (number);
  'endOffset': (number);
  'leaderEpoch': (number);
  'bytes': (number);
  'condition': (_varve_v1_PartitionCondition__Output);
  'reason': (string);
}
