// Original file: proto/varve/v1/group.proto

import type { GroupSummary as _varve_v1_GroupSummary, GroupSummary__Output as _varve_v1_GroupSummary__Output } from '../../varve/v1/GroupSummary.ts';

export interface ListGroupsResponse {
  'groups'?: (_varve_v1_GroupSummary)[];
  'nextPageToken'?: (string);
}

export interface ListGroupsResponse__Output {
  'groups': (_varve_v1_GroupSummary__Output)[];
  'nextPageToken': (string);
}
