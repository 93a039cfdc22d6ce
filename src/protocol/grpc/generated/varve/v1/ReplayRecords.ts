// Original file: proto/varve/v1/replay.proto

import type { ReplayRun as _varve_v1_ReplayRun, ReplayRun__Output as _varve_v1_ReplayRun__Output } from '../../varve/v1/ReplayRun.ts';

export interface ReplayRecords {
  'sessionId'?: (string);
  'seekEpoch'?: (number);
  'runs'?: (_varve_v1_ReplayRun)[];
  'creditBytes'?: (number);
  'creditRecords'?: (number);
  'lateMs'?: (number | string);
}

export interface ReplayRecords__Output {
  'sessionId': (string);
  'seekEpoch': (number);
  'runs': (_varve_v1_ReplayRun__Output)[];
  'creditBytes': (number);
  'creditRecords': (number);
  'lateMs': (number);
}
