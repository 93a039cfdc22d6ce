// Original file: proto/varve/v1/group.proto

import type { ResetOffsetsEntry as _varve_v1_ResetOffsetsEntry, ResetOffsetsEntry__Output as _varve_v1_ResetOffsetsEntry__Output } from '../../varve/v1/ResetOffsetsEntry.ts';

export interface ResetOffsetsRequest {
  'group'?: (string);
  'entries'?: (_varve_v1_ResetOffsetsEntry)[];
  'undo'?: (boolean);
  'dryRun'?: (boolean);
  'force'?: (boolean);
  'reason'?: (string);
}

export interface ResetOffsetsRequest__Output {
  'group': (string);
  'entries': (_varve_v1_ResetOffsetsEntry__Output)[];
  'undo': (boolean);
  'dryRun': (boolean);
  'force': (boolean);
  'reason': (string);
}
