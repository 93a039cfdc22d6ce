// Original file: proto/varve/v1/log.proto

import type { SubscribeInit as _varve_v1_SubscribeInit, SubscribeInit__Output as _varve_v1_SubscribeInit__Output } from '../../varve/v1/SubscribeInit.ts';
import type { SubscribeCredit as _varve_v1_SubscribeCredit, SubscribeCredit__Output as _varve_v1_SubscribeCredit__Output } from '../../varve/v1/SubscribeCredit.ts';
import type { SubscribeAdd as _varve_v1_SubscribeAdd, SubscribeAdd__Output as _varve_v1_SubscribeAdd__Output } from '../../varve/v1/SubscribeAdd.ts';
import type { SubscribeSeek as _varve_v1_SubscribeSeek, SubscribeSeek__Output as _varve_v1_SubscribeSeek__Output } from '../../varve/v1/SubscribeSeek.ts';
import type { SubscribePause as _varve_v1_SubscribePause, SubscribePause__Output as _varve_v1_SubscribePause__Output } from '../../varve/v1/SubscribePause.ts';
import type { SubscribeResume as _varve_v1_SubscribeResume, SubscribeResume__Output as _varve_v1_SubscribeResume__Output } from '../../varve/v1/SubscribeResume.ts';
import type { SubscribeRemove as _varve_v1_SubscribeRemove, SubscribeRemove__Output as _varve_v1_SubscribeRemove__Output } from '../../varve/v1/SubscribeRemove.ts';

export interface SubscribeRequest {
  'init'?: (_varve_v1_SubscribeInit | null);
  'credit'?: (_varve_v1_SubscribeCredit | null);
  'add'?: (_varve_v1_SubscribeAdd | null);
  'seek'?: (_varve_v1_SubscribeSeek | null);
  'pause'?: (_varve_v1_SubscribePause | null);
  'resume'?: (_varve_v1_SubscribeResume | null);
  'remove'?: (_varve_v1_SubscribeRemove | null);
  'message'?: "init"|"credit"|"add"|"seek"|"pause"|"resume"|"remove";
}

export interface SubscribeRequest__Output {
  'init'?: (_varve_v1_SubscribeInit__Output | null);
  'credit'?: (_varve_v1_SubscribeCredit__Output | null);
  'add'?: (_varve_v1_SubscribeAdd__Output | null);
  'seek'?: (_varve_v1_SubscribeSeek__Output | null);
  'pause'?: (_varve_v1_SubscribePause__Output | null);
  'resume'?: (_varve_v1_SubscribeResume__Output | null);
  'remove'?: (_varve_v1_SubscribeRemove__Output | null);
  'message'?: "init"|"credit"|"add"|"seek"|"pause"|"resume"|"remove";
}
