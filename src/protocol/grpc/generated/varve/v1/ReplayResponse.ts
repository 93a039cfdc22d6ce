// Original file: proto/varve/v1/replay.proto

import type { ReplayReady as _varve_v1_ReplayReady, ReplayReady__Output as _varve_v1_ReplayReady__Output } from '../../varve/v1/ReplayReady.ts';
import type { ReplayRecords as _varve_v1_ReplayRecords, ReplayRecords__Output as _varve_v1_ReplayRecords__Output } from '../../varve/v1/ReplayRecords.ts';
import type { ReplayProgress as _varve_v1_ReplayProgress, ReplayProgress__Output as _varve_v1_ReplayProgress__Output } from '../../varve/v1/ReplayProgress.ts';
import type { ReplayState as _varve_v1_ReplayState, ReplayState__Output as _varve_v1_ReplayState__Output } from '../../varve/v1/ReplayState.ts';
import type { ReplayLateness as _varve_v1_ReplayLateness, ReplayLateness__Output as _varve_v1_ReplayLateness__Output } from '../../varve/v1/ReplayLateness.ts';
import type { ReplayTrouble as _varve_v1_ReplayTrouble, ReplayTrouble__Output as _varve_v1_ReplayTrouble__Output } from '../../varve/v1/ReplayTrouble.ts';
import type { ReplaySummary as _varve_v1_ReplaySummary, ReplaySummary__Output as _varve_v1_ReplaySummary__Output } from '../../varve/v1/ReplaySummary.ts';

export interface ReplayResponse {
  'ready'?: (_varve_v1_ReplayReady | null);
  'records'?: (_varve_v1_ReplayRecords | null);
  'progress'?: (_varve_v1_ReplayProgress | null);
  'state'?: (_varve_v1_ReplayState | null);
  'lateness'?: (_varve_v1_ReplayLateness | null);
  'trouble'?: (_varve_v1_ReplayTrouble | null);
  'summary'?: (_varve_v1_ReplaySummary | null);
  'message'?: "ready"|"records"|"progress"|"state"|"lateness"|"trouble"|"summary";
}

export interface ReplayResponse__Output {
  'ready'?: (_varve_v1_ReplayReady__Output | null);
  'records'?: (_varve_v1_ReplayRecords__Output | null);
  'progress'?: (_varve_v1_ReplayProgress__Output | null);
  'state'?: (_varve_v1_ReplayState__Output | null);
  'lateness'?: (_varve_v1_ReplayLateness__Output | null);
  'trouble'?: (_varve_v1_ReplayTrouble__Output | null);
  'summary'?: (_varve_v1_ReplaySummary__Output | null);
  'message'?: "ready"|"records"|"progress"|"state"|"lateness"|"trouble"|"summary";
}
