// Original file: proto/varve/v1/log.proto

import type { RecordForm as _varve_v1_RecordForm, RecordForm__Output as _varve_v1_RecordForm__Output } from '../../varve/v1/RecordForm.ts';
import type { Long } from '@grpc/proto-loader';

export interface SubscribeInit {
  'form'?: (_varve_v1_RecordForm);
  'creditBytes'?: (number | string | Long);
  'creditRecords'?: (number | string | Long);
  'maxBytes'?: (number);
  'heartbeatIntervalMs'?: (number);
  '_creditRecords'?: "creditRecords";
}

export interface SubscribeInit__Output {
  'form': (_varve_v1_RecordForm__Output);
  'creditBytes': (number);
  'creditRecords'?: (number);
  'maxBytes': (number);
  'heartbeatIntervalMs': (number);
  '_creditRecords'?: "creditRecords";
}
