// Original file: proto/varve/v1/replay.proto

import type { ReplayStatus as _varve_v1_ReplayStatus, ReplayStatus__Output as _varve_v1_ReplayStatus__Output } from '../../varve/v1/ReplayStatus.ts';
import type { ReplayPace as _varve_v1_ReplayPace, ReplayPace__Output as _varve_v1_ReplayPace__Output } from '../../varve/v1/ReplayPace.ts';
import type { ReplayPlace as _varve_v1_ReplayPlace, ReplayPlace__Output as _varve_v1_ReplayPlace__Output } from '../../varve/v1/ReplayPlace.ts';

export interface ReplayState {
  'status'?: (_varve_v1_ReplayStatus);
  'pace'?: (_varve_v1_ReplayPace | null);
  'seekEpoch'?: (number);
  'places'?: (_varve_v1_ReplayPlace)[];
}

export interface ReplayState__Output {
  'status': (_varve_v1_ReplayStatus__Output);
  'pace': (_varve_v1_ReplayPace__Output | null);
  'seekEpoch': (number);
  'places': (_varve_v1_ReplayPlace__Output)[];
}
