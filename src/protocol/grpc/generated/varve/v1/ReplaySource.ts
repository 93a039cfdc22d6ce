// Original file: proto/varve/v1/replay.proto

import type { ReplayPosition as _varve_v1_ReplayPosition, ReplayPosition__Output as _varve_v1_ReplayPosition__Output } from '../../varve/v1/ReplayPosition.ts';

export interface ReplaySource {
  'topic'?: (string);
  'partition'?: (number);
  'start'?: (_varve_v1_ReplayPosition | null);
  'end'?: (_varve_v1_ReplayPosition | null);
  '_partition'?: "partition";
}

export interface ReplaySource__Output {
  'topic': (string);
  'partition'?: (number);
  'start': (_varve_v1_ReplayPosition__Output | null);
  'end': (_varve_v1_ReplayPosition__Output | null);
  '_partition'?: "partition";
}
