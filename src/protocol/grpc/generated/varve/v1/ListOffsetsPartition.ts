// Original file: proto/varve/v1/log.proto

import type { OffsetPosition as _varve_v1_OffsetPosition, OffsetPosition__Output as _varve_v1_OffsetPosition__Output } from '../../varve/v1/OffsetPosition.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListOffsetsPartition {
  'topic'?: (string);
  'partition'?: (number);
  'position'?: (_varve_v1_OffsetPosition);
  'timestampMs'?: (number | string | Long);
  'at'?: "position"|"timestampMs";
}

export interface ListOffsetsPartition__Output {
  'topic': (string);
  'partition': (number);
  'position'?: (_varve_v1_OffsetPosition__Output);
  'timestampMs'?: (number);
  'at'?: "position"|"timestampMs";
}
