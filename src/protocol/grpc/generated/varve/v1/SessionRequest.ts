// Original file: proto/varve/v1/group.proto

import type { SessionJoin as _varve_v1_SessionJoin, SessionJoin__Output as _varve_v1_SessionJoin__Output } from '../../varve/v1/SessionJoin.ts';
import type { SessionResume as _varve_v1_SessionResume, SessionResume__Output as _varve_v1_SessionResume__Output } from '../../varve/v1/SessionResume.ts';
import type { SessionHeartbeat as _varve_v1_SessionHeartbeat, SessionHeartbeat__Output as _varve_v1_SessionHeartbeat__Output } from '../../varve/v1/SessionHeartbeat.ts';
import type { SessionLeave as _varve_v1_SessionLeave, SessionLeave__Output as _varve_v1_SessionLeave__Output } from '../../varve/v1/SessionLeave.ts';

export interface SessionRequest {
  'join'?: (_varve_v1_SessionJoin | null);
  'resume'?: (_varve_v1_SessionResume | null);
  'heartbeat'?: (_varve_v1_SessionHeartbeat | null);
  'leave'?: (_varve_v1_SessionLeave | null);
  'message'?: "join"|"resume"|"heartbeat"|"leave";
}

export interface SessionRequest__Output {
  'join'?: (_varve_v1_SessionJoin__Output | null);
  'resume'?: (_varve_v1_SessionResume__Output | null);
  'heartbeat'?: (_varve_v1_SessionHeartbeat__Output | null);
  'leave'?: (_varve_v1_SessionLeave__Output | null);
  'message'?: "join"|"resume"|"heartbeat"|"leave";
}
