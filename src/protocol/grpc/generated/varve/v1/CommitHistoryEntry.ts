// Original file: proto/varve/v1/group.proto

import type { CommitHistoryKind as _varve_v1_CommitHistoryKind, CommitHistoryKind__Output as _varve_v1_CommitHistoryKind__Output } from '../../varve/v1/CommitHistoryKind.ts';
import type { OffsetChange as _varve_v1_OffsetChange, OffsetChange__Output as _varve_v1_OffsetChange__Output } from '../../varve/v1/OffsetChange.ts';
import type { Long } from '@grpc/proto-loader';

export interface CommitHistoryEntry {
  'timeMs'?: (number | string | Long);
  'kind'?: (_varve_v1_CommitHistoryKind);
  'memberId'?: (string);
  'memberEpoch'?: (number);
  'reason'?: (string);
  'resetEpoch'?: (number);
  'changes'?: (_varve_v1_OffsetChange)[];
}

export interface CommitHistoryEntry__Output {
  'timeMs': (number);
  'kind': (_varve_v1_CommitHistoryKind__Output);
  'memberId': (string);
  'memberEpoch': (number);
  'reason': (string);
  'resetEpoch': (number);
  'changes': (_varve_v1_OffsetChange__Output)[];
}
