// Original file: proto/varve/v1/admin.proto

import type { DamagedRange as _varve_v1_DamagedRange, DamagedRange__Output as _varve_v1_DamagedRange__Output } from '../../varve/v1/DamagedRange.ts';
import type { Long } from '@grpc/proto-loader';

export interface VerifyResponse {
  'topic'?: (string);
  'partition'?: (number);
  'batches'?: (number | string | Long);
  'records'?: (number | string | Long);
  'bytes'?: (number | string | Long);
  'done'?: (boolean);
  'damaged'?: (_varve_v1_DamagedRange)[];
}

export interface VerifyResponse__Output {
  'topic': (string);
  'partition': (number);
  'batches': (number);
  'records': (number);
  'bytes': (number);
  'done': (boolean);
  'damaged': (_varve_v1_DamagedRange__Output)[];
}
