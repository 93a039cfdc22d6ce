// Original file: proto/varve/v1/admin.proto

import type { PartitionCondition as _varve_v1_PartitionCondition, PartitionCondition__Output as _varve_v1_PartitionCondition__Output } from '../../varve/v1/PartitionCondition.ts';
import type { DamagedRange as _varve_v1_DamagedRange, DamagedRange__Output as _varve_v1_DamagedRange__Output } from '../../varve/v1/DamagedRange.ts';
import type { Long } from '@grpc/proto-loader';

export interface PartitionStorage {
  'topic'?: (string);
  'partition'?: (number);
  'condition'?: (_varve_v1_PartitionCondition);
  'reason'?: (string);
  'bytes'?: (number | string | Long);
  'outcome'?: (string);
  'segmentsScanned'?: (number);
  'bytesScanned'?: (number | string | Long);
  'tornBytes'?: (number | string | Long);
  'indexesRebuilt'?: (number);
  'durationMs'?: (number | string);
  'damaged'?: (_varve_v1_DamagedRange)[];
  'anomalies'?: (string)[];
}

export interface PartitionStorage__Output {
  'topic': (string);
  'partition': (number);
  'condition': (_varve_v1_PartitionCondition__Output);
  'reason': (string);
  'bytes': (number);
  'outcome': (string);
  'segmentsScanned': (number);
  'bytesScanned': (number);
  'tornBytes': (number);
  'indexesRebuilt': (number);
  'durationMs': (number);
  'damaged': (_varve_v1_DamagedRange__Output)[];
  'anomalies': (string)[];
}
