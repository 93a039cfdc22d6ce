// Original file: proto/varve/v1/replay.proto

import type { ReplayMatch as _varve_v1_ReplayMatch, ReplayMatch__Output as _varve_v1_ReplayMatch__Output } from '../../varve/v1/ReplayMatch.ts';
import type { ReplayHeaderMatch as _varve_v1_ReplayHeaderMatch, ReplayHeaderMatch__Output as _varve_v1_ReplayHeaderMatch__Output } from '../../varve/v1/ReplayHeaderMatch.ts';
import type { ReplayTimeMatch as _varve_v1_ReplayTimeMatch, ReplayTimeMatch__Output as _varve_v1_ReplayTimeMatch__Output } from '../../varve/v1/ReplayTimeMatch.ts';

export interface ReplayFilter {
  'key'?: (_varve_v1_ReplayMatch | null);
  'header'?: (_varve_v1_ReplayHeaderMatch | null);
  'time'?: (_varve_v1_ReplayTimeMatch | null);
  'not'?: (boolean);
  'on'?: "key"|"header"|"time";
}

export interface ReplayFilter__Output {
  'key'?: (_varve_v1_ReplayMatch__Output | null);
  'header'?: (_varve_v1_ReplayHeaderMatch__Output | null);
  'time'?: (_varve_v1_ReplayTimeMatch__Output | null);
  'not': (boolean);
  'on'?: "key"|"header"|"time";
}
