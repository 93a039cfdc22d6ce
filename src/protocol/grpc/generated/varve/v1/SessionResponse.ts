// Original file: proto/varve/v1/group.proto

import type { SessionJoined as _varve_v1_SessionJoined, SessionJoined__Output as _varve_v1_SessionJoined__Output } from '../../varve/v1/SessionJoined.ts';
import type { SessionHeartbeatAnswer as _varve_v1_SessionHeartbeatAnswer, SessionHeartbeatAnswer__Output as _varve_v1_SessionHeartbeatAnswer__Output } from '../../varve/v1/SessionHeartbeatAnswer.ts';
import type { SessionCall as _varve_v1_SessionCall, SessionCall__Output as _varve_v1_SessionCall__Output } from '../../varve/v1/SessionCall.ts';

export interface SessionResponse {
  'joined'?: (_varve_v1_SessionJoined | null);
  'heartbeat'?: (_varve_v1_SessionHeartbeatAnswer | null);
  'call'?: (_varve_v1_SessionCall | null);
  'message'?: "joined"|"heartbeat"|"call";
}

export interface SessionResponse__Output {
  'joined'?: (_varve_v1_SessionJoined__Output | null);
  'heartbeat'?: (_varve_v1_SessionHeartbeatAnswer__Output | null);
  'call'?: (_varve_v1_SessionCall__Output | null);
  'message'?: "joined"|"heartbeat"|"call";
}
