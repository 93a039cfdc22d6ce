// Original file: proto/varve/v1/log.proto

import type { OffsetPosition as _varve_v1_OffsetPosition, OffsetPosition__Output as _varve_v1_OffsetPosition__Output } from '../../varve/v1/OffsetPosition.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribeAddPartition {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'offset'?: (number | string | Long);
  'timestampMs'?: (number | string | Long);
  'position'?: (_varve_v1_OffsetPosition);
  'stopOffset'?: (number | string | Long);
  'stopTimestampMs'?: (number | string | Long);
  'stopAtEnd'?: (boolean);
  'leaderEpoch'?: (number);
  'paused'?: (boolean);
  'start'?: "offset"|"timestampMs"|"position";
  'stop'?: "stopOffset"|"stopTimestampMs"|"stopAtEnd";
  '_leaderEpoch'?: "leaderEpoch";
}

export interface SubscribeAddPartition__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'offset'?: (number);
  'timestampMs'?: (number);
  'position'?: (_varve_v1_OffsetPosition__Output);
  'stopOffset'?: (number);
  'stopTimestampMs'?: (number);
  'stopAtEnd'?: (boolean);
  'leaderEpoch'?: (number);
  'paused': (boolean);
  'start'?: "offset"|"timestampMs"|"position";
  'stop'?: "stopOffset"|"stopTimestampMs"|"stopAtEnd";
  '_leaderEpoch'?: "leaderEpoch";
}
