// Original file: proto/varve/v1/replay.proto

import type { ReplayStatus as _varve_v1_ReplayStatus, ReplayStatus__Output as _varve_v1_ReplayStatus__Output } from '../../varve/v1/ReplayStatus.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplayProgress {
  'status'?: (_varve_v1_ReplayStatus);
  'playheadMs'?: (number | string | Long);
  'records'?: (number | string | Long);
  'bytes'?: (number | string | Long);
  'dropped'?: (number | string | Long);
  'lagMs'?: (number | string);
  'delayedMs'?: (number | string);
  'share'?: (number | string);
  'remainingMs'?: (number | string);
  'offsetsLeft'?: (number | string | Long);
  '_playheadMs'?: "playheadMs";
  '_share'?: "share";
  '_remainingMs'?: "remainingMs";
}

export interface ReplayProgress__Output {
  'status': (_varve_v1_ReplayStatus__Output);
  'playheadMs'?: (number);
  'records': (number);
  'bytes': (number);
  'dropped': (number);
  'lagMs': (number);
  'delayedMs': (number);
  'share'?: (number);
  'remainingMs'?: (number);
  'offsetsLeft': (number);
  '_playheadMs'?: "playheadMs";
  '_share'?: "share";
  '_remainingMs'?: "remainingMs";
}
