// Original file: proto/varve/v1/replay.proto

import type { ReplayMatchSet as _varve_v1_ReplayMatchSet, ReplayMatchSet__Output as _varve_v1_ReplayMatchSet__Output } from '../../varve/v1/ReplayMatchSet.ts';

export interface ReplayMatch {
  'anyOf'?: (_varve_v1_ReplayMatchSet | null);
  'prefix'?: (Buffer | Uint8Array | string);
  'suffix'?: (Buffer | Uint8Array | string);
  'present'?: (boolean);
  'match'?: "anyOf"|"prefix"|"suffix"|"present";
}

export interface ReplayMatch__Output {
  'anyOf'?: (_varve_v1_ReplayMatchSet__Output | null);
  'prefix'?: (Buffer);
  'suffix'?: (Buffer);
  'present'?: (boolean);
  'match'?: "anyOf"|"prefix"|"suffix"|"present";
}
