// Original file: proto/varve/v1/replay.proto

import type { ReplayInit as _varve_v1_ReplayInit, ReplayInit__Output as _varve_v1_ReplayInit__Output } from '../../varve/v1/ReplayInit.ts';
import type { ReplayCredit as _varve_v1_ReplayCredit, ReplayCredit__Output as _varve_v1_ReplayCredit__Output } from '../../varve/v1/ReplayCredit.ts';
import type { ReplayPause as _varve_v1_ReplayPause, ReplayPause__Output as _varve_v1_ReplayPause__Output } from '../../varve/v1/ReplayPause.ts';
import type { ReplayResume as _varve_v1_ReplayResume, ReplayResume__Output as _varve_v1_ReplayResume__Output } from '../../varve/v1/ReplayResume.ts';
import type { ReplayStep as _varve_v1_ReplayStep, ReplayStep__Output as _varve_v1_ReplayStep__Output } from '../../varve/v1/ReplayStep.ts';
import type { ReplaySeek as _varve_v1_ReplaySeek, ReplaySeek__Output as _varve_v1_ReplaySeek__Output } from '../../varve/v1/ReplaySeek.ts';
import type { ReplayPace as _varve_v1_ReplayPace, ReplayPace__Output as _varve_v1_ReplayPace__Output } from '../../varve/v1/ReplayPace.ts';

export interface ReplayRequest {
  'init'?: (_varve_v1_ReplayInit | null);
  'credit'?: (_varve_v1_ReplayCredit | null);
  'pause'?: (_varve_v1_ReplayPause | null);
  'resume'?: (_varve_v1_ReplayResume | null);
  'step'?: (_varve_v1_ReplayStep | null);
  'seek'?: (_varve_v1_ReplaySeek | null);
  'pace'?: (_varve_v1_ReplayPace | null);
  'message'?: "init"|"credit"|"pause"|"resume"|"step"|"seek"|"pace";
}

export interface ReplayRequest__Output {
  'init'?: (_varve_v1_ReplayInit__Output | null);
  'credit'?: (_varve_v1_ReplayCredit__Output | null);
  'pause'?: (_varve_v1_ReplayPause__Output | null);
  'resume'?: (_varve_v1_ReplayResume__Output | null);
  'step'?: (_varve_v1_ReplayStep__Output | null);
  'seek'?: (_varve_v1_ReplaySeek__Output | null);
  'pace'?: (_varve_v1_ReplayPace__Output | null);
  'message'?: "init"|"credit"|"pause"|"resume"|"step"|"seek"|"pace";
}
