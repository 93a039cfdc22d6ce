// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface DepartedMember {
  'memberId'?: (string);
  'clientId'?: (string);
  'reason'?: (string);
  'timeMs'?: (number | string | Long);
  'refusedMs'?: (number | string | Long);
  '_refusedMs'?: "refusedMs";
}

export interface DepartedMember__Output {
  'memberId': (string);
  'clientId': (string);
  'reason': (string);
  'timeMs': (number);
  'refusedMs'?: (number);
  '_refusedMs'?: "refusedMs";
}
