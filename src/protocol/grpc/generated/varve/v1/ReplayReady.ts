// Original file: proto/varve/v1/replay.proto

import type { ReplayPlace as _varve_v1_ReplayPlace, ReplayPlace__Output as _varve_v1_ReplayPlace__Output } from '../../varve/v1/ReplayPlace.ts';

export interface ReplayReady {
  'sessionId'?: (string);
  'places'?: (_varve_v1_ReplayPlace)[];
  'maxBytes'?: (number);
  'progressIntervalMs'?: (number);
  'unreadMaxMs'?: (number);
}

export interface ReplayReady__Output {
  'sessionId': (string);
  'places': (_varve_v1_ReplayPlace__Output)[];
  'maxBytes': (number);
  'progressIntervalMs': (number);
  'unreadMaxMs': (number);
}
