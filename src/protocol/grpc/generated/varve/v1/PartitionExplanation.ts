// Original file: proto/varve/v1/group.proto

import type { FlowReason as _varve_v1_FlowReason, FlowReason__Output as _varve_v1_FlowReason__Output } from '../../varve/v1/FlowReason.ts';
import type { Long } from '@grpc/proto-loader';

export interface PartitionExplanation {
  'topic'?: (string);
  'partition'?: (number);
  'reason'?: (_varve_v1_FlowReason);
  'text'?: (string);
  'memberId'?: (string);
  'waitingForMemberId'?: (string);
  'ageMs'?: (number | string | Long);
  'endsInMs'?: (number | string | Long);
  'lagRecords'?: (number | string | Long);
  '_ageMs'?: "ageMs";
  '_endsInMs'?: "endsInMs";
}

export interface PartitionExplanation__Output {
  'topic': (string);
  'partition': (number);
  'reason': (_varve_v1_FlowReason__Output);
  'text': (string);
  'memberId': (string);
  'waitingForMemberId': (string);
  'ageMs'?: (number);
  'endsInMs'?: (number);
  'lagRecords': (number);
  '_ageMs'?: "ageMs";
  '_endsInMs'?: "endsInMs";
}
