// Original file: proto/varve/v1/replay.proto

import type { ReplaySource as _varve_v1_ReplaySource, ReplaySource__Output as _varve_v1_ReplaySource__Output } from '../../varve/v1/ReplaySource.ts';
import type { ReplayOrder as _varve_v1_ReplayOrder, ReplayOrder__Output as _varve_v1_ReplayOrder__Output } from '../../varve/v1/ReplayOrder.ts';
import type { ReplayPace as _varve_v1_ReplayPace, ReplayPace__Output as _varve_v1_ReplayPace__Output } from '../../varve/v1/ReplayPace.ts';
import type { ReplayLatePolicy as _varve_v1_ReplayLatePolicy, ReplayLatePolicy__Output as _varve_v1_ReplayLatePolicy__Output } from '../../varve/v1/ReplayLatePolicy.ts';
import type { ReplayTroublePolicy as _varve_v1_ReplayTroublePolicy, ReplayTroublePolicy__Output as _varve_v1_ReplayTroublePolicy__Output } from '../../varve/v1/ReplayTroublePolicy.ts';
import type { ReplayFilter as _varve_v1_ReplayFilter, ReplayFilter__Output as _varve_v1_ReplayFilter__Output } from '../../varve/v1/ReplayFilter.ts';
import type { RecordForm as _varve_v1_RecordForm, RecordForm__Output as _varve_v1_RecordForm__Output } from '../../varve/v1/RecordForm.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplayInit {
  'sessionId'?: (string);
  'sources'?: (_varve_v1_ReplaySource)[];
  'order'?: (_varve_v1_ReplayOrder);
  'pace'?: (_varve_v1_ReplayPace | null);
  'latePolicy'?: (_varve_v1_ReplayLatePolicy);
  'troublePolicy'?: (_varve_v1_ReplayTroublePolicy);
  'filters'?: (_varve_v1_ReplayFilter)[];
  'form'?: (_varve_v1_RecordForm);
  'creditBytes'?: (number | string | Long);
  'creditRecords'?: (number | string | Long);
  'maxBytes'?: (number);
  'progressIntervalMs'?: (number);
  'follow'?: (boolean);
  'paused'?: (boolean);
  'playheadMs'?: (number | string | Long);
  '_creditRecords'?: "creditRecords";
  '_playheadMs'?: "playheadMs";
}

export interface ReplayInit__Output {
  'sessionId': (string);
  'sources': (_varve_v1_ReplaySource__Output)[];
  'order': (_varve_v1_ReplayOrder__Output);
  'pace': (_varve_v1_ReplayPace__Output | null);
  'latePolicy': (_varve_v1_ReplayLatePolicy__Output);
  'troublePolicy': (_varve_v1_ReplayTroublePolicy__Output);
  'filters': (_varve_v1_ReplayFilter__Output)[];
  'form': (_varve_v1_RecordForm__Output);
  'creditBytes': (number);
  'creditRecords'?: (number);
  'maxBytes': (number);
  'progressIntervalMs': (number);
  'follow': (boolean);
  'paused': (boolean);
  'playheadMs'?: (number);
  '_creditRecords'?: "creditRecords";
  '_playheadMs'?: "playheadMs";
}
