// Original file: proto/varve/v1/replay.proto

import type { ReplayMatch as _varve_v1_ReplayMatch, ReplayMatch__Output as _varve_v1_ReplayMatch__Output } from '../../varve/v1/ReplayMatch.ts';

export interface ReplayHeaderMatch {
  'name'?: (string);
  'value'?: (_varve_v1_ReplayMatch | null);
}

export interface ReplayHeaderMatch__Output {
  'name': (string);
  'value': (_varve_v1_ReplayMatch__Output | null);
}
