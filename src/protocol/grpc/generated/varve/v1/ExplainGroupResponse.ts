// Original file: proto/varve/v1/group.proto

import type { GroupSummary as _varve_v1_GroupSummary, GroupSummary__Output as _varve_v1_GroupSummary__Output } from '../../varve/v1/GroupSummary.ts';
import type { PartitionExplanation as _varve_v1_PartitionExplanation, PartitionExplanation__Output as _varve_v1_PartitionExplanation__Output } from '../../varve/v1/PartitionExplanation.ts';
import type { DepartedMember as _varve_v1_DepartedMember, DepartedMember__Output as _varve_v1_DepartedMember__Output } from '../../varve/v1/DepartedMember.ts';

export interface ExplainGroupResponse {
  'summary'?: (_varve_v1_GroupSummary | null);
  'isFlowing'?: (boolean);
  'text'?: (string);
  'partitions'?: (_varve_v1_PartitionExplanation)[];
  'departed'?: (_varve_v1_DepartedMember)[];
}

export interface ExplainGroupResponse__Output {
  'summary': (_varve_v1_GroupSummary__Output | null);
  'isFlowing': (boolean);
  'text': (string);
  'partitions': (_varve_v1_PartitionExplanation__Output)[];
  'departed': (_varve_v1_DepartedMember__Output)[];
}
