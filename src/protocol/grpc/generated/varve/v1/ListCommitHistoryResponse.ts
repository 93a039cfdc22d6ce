// Original file: proto/varve/v1/group.proto

import type { CommitHistoryEntry as _varve_v1_CommitHistoryEntry, CommitHistoryEntry__Output as _varve_v1_CommitHistoryEntry__Output } from '../../varve/v1/CommitHistoryEntry.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListCommitHistoryResponse {
  'entries'?: (_varve_v1_CommitHistoryEntry)[];
  'nextPageToken'?: (string);
  'knownFromMs'?: (number | string | Long);
}

export interface ListCommitHistoryResponse__Output {
  'entries': (_varve_v1_CommitHistoryEntry__Output)[];
  'nextPageToken': (string);
  'knownFromMs': (number);
}
