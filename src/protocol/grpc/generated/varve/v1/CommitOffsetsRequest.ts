// Original file: proto/varve/v1/group.proto

import type { CommitOffsetsEntry as _varve_v1_CommitOffsetsEntry, CommitOffsetsEntry__Output as _varve_v1_CommitOffsetsEntry__Output } from '../../varve/v1/CommitOffsetsEntry.ts';

export interface CommitOffsetsRequest {
  'group'?: (string);
  'memberId'?: (string);
  'instanceId'?: (string);
  'memberEpoch'?: (number);
  'entries'?: (_varve_v1_CommitOffsetsEntry)[];
  'allowRewind'?: (boolean);
  '_memberId'?: "memberId";
  '_instanceId'?: "instanceId";
  '_memberEpoch'?: "memberEpoch";
}

export interface CommitOffsetsRequest__Output {
  'group': (string);
  'memberId'?: (string);
  'instanceId'?: (string);
  'memberEpoch'?: (number);
  'entries': (_varve_v1_CommitOffsetsEntry__Output)[];
  'allowRewind': (boolean);
  '_memberId'?: "memberId";
  '_instanceId'?: "instanceId";
  '_memberEpoch'?: "memberEpoch";
}
