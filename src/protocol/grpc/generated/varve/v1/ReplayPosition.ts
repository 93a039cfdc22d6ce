// Original file: proto/varve/v1/replay.proto

import type { OffsetPosition as _varve_v1_OffsetPosition, OffsetPosition__Output as _varve_v1_OffsetPosition__Output } from '../../varve/v1/OffsetPosition.ts';
import type { ReplayGroupPosition as _varve_v1_ReplayGroupPosition, ReplayGroupPosition__Output as _varve_v1_ReplayGroupPosition__Output } from '../../varve/v1/ReplayGroupPosition.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplayPosition {
  'offset'?: (number | string | Long);
  'timestampMs'?: (number | string | Long);
  'position'?: (_varve_v1_OffsetPosition);
  'group'?: (_varve_v1_ReplayGroupPosition | null);
  'at'?: "offset"|"timestampMs"|"position"|"group";
}

export interface ReplayPosition__Output {
  'offset'?: (number);
  'timestampMs'?: (number);
  'position'?: (_varve_v1_OffsetPosition__Output);
  'group'?: (_varve_v1_ReplayGroupPosition__Output | null);
  'at'?: "offset"|"timestampMs"|"position"|"group";
}
