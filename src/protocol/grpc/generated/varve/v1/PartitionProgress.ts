// Original file: proto/varve/v1/group.proto

import type { ProgressState as _varve_v1_ProgressState, ProgressState__Output as _varve_v1_ProgressState__Output } from '../../varve/v1/ProgressState.ts';
import type { Long } from '@grpc/proto-loader';

export interface PartitionProgress {
  'topic'?: (string);
  'partition'?: (number);
  'state'?: (_varve_v1_ProgressState);
  'stateAgeMs'?: (number | string | Long);
  'position'?: (number | string | Long);
  'text'?: (string);
}

export interface PartitionProgress__Output {
  'topic': (string);
  'partition': (number);
  'state': (_varve_v1_ProgressState__Output);
  'stateAgeMs': (number);
  'position': (number);
  'text': (string);
}
