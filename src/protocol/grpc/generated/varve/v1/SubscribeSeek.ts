// Original file: proto/varve/v1/log.proto

import type { OffsetPosition as _varve_v1_OffsetPosition, OffsetPosition__Output as _varve_v1_OffsetPosition__Output } from '../../varve/v1/OffsetPosition.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribeSeek {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'offset'?: (number | string | Long);
  'timestampMs'?: (number | string | Long);
  'position'?: (_varve_v1_OffsetPosition);
  'leaderEpoch'?: (number);
  'to'?: "offset"|"timestampMs"|"position";
  '_leaderEpoch'?: "leaderEpoch";
}

export interface SubscribeSeek__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'offset'?: (number);
  'timestampMs'?: (number);
  'position'?: (_varve_v1_OffsetPosition__Output);
  'leaderEpoch'?: (number);
  'to'?: "offset"|"timestampMs"|"position";
  '_leaderEpoch'?: "leaderEpoch";
}
