// Original file: proto/varve/v1/group.proto

import type { OffsetPosition as _varve_v1_OffsetPosition, OffsetPosition__Output as _varve_v1_OffsetPosition__Output } from '../../varve/v1/OffsetPosition.ts';
import type { Long } from '@grpc/proto-loader';

export interface ResetOffsetsEntry {
  'topic'?: (string);
  'partition'?: (number);
  'position'?: (_varve_v1_OffsetPosition);
  'offset'?: (number | string | Long);
  'timestampMs'?: (number | string | Long);
  'shiftBy'?: (number | string | Long);
  'asOfMs'?: (number | string | Long);
  '_partition'?: "partition";
  'to'?: "position"|"offset"|"timestampMs"|"shiftBy"|"asOfMs";
}

export interface ResetOffsetsEntry__Output {
  'topic': (string);
  'partition'?: (number);
  'position'?: (_varve_v1_OffsetPosition__Output);
  'offset'?: (number);
  'timestampMs'?: (number);
  'shiftBy'?: (number);
  'asOfMs'?: (number);
  '_partition'?: "partition";
  'to'?: "position"|"offset"|"timestampMs"|"shiftBy"|"asOfMs";
}
