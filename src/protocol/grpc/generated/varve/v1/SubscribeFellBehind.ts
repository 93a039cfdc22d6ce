// Original file: proto/varve/v1/log.proto

import type { FellBehindReason as _varve_v1_FellBehindReason, FellBehindReason__Output as _varve_v1_FellBehindReason__Output } from '../../varve/v1/FellBehindReason.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribeFellBehind {
  'topic'?: (string);
  'partition'?: (number);
  'seekEpoch'?: (number);
  'offset'?: (number | string | Long);
  'readableEndOffset'?: (number | string | Long);
  'reason'?: (_varve_v1_FellBehindReason);
}

export interface SubscribeFellBehind__Output {
  'topic': (string);
  'partition': (number);
  'seekEpoch': (number);
  'offset': (number);
  'readableEndOffset': (number);
  'reason': (_varve_v1_FellBehindReason__Output);
}
