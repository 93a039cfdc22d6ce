// Original file: proto/varve/v1/group.proto

import type { SessionHeartbeat as _varve_v1_SessionHeartbeat, SessionHeartbeat__Output as _varve_v1_SessionHeartbeat__Output } from '../../varve/v1/SessionHeartbeat.ts';

export interface SessionResume {
  'group'?: (string);
  'memberId'?: (string);
  'instanceId'?: (string);
  'heartbeat'?: (_varve_v1_SessionHeartbeat | null);
  '_instanceId'?: "instanceId";
}

export interface SessionResume__Output {
  'group': (string);
  'memberId': (string);
  'instanceId'?: (string);
  'heartbeat': (_varve_v1_SessionHeartbeat__Output | null);
  '_instanceId'?: "instanceId";
}
