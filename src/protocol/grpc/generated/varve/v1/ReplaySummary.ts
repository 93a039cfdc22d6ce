// Original file: proto/varve/v1/replay.proto

import type { ReplayPartitionSummary as _varve_v1_ReplayPartitionSummary, ReplayPartitionSummary__Output as _varve_v1_ReplayPartitionSummary__Output } from '../../varve/v1/ReplayPartitionSummary.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReplaySummary {
  'records'?: (number | string | Long);
  'bytes'?: (number | string | Long);
  'dropped'?: (number | string | Long);
  'elapsedMs'?: (number | string);
  'delayedMs'?: (number | string);
  'partitions'?: (_varve_v1_ReplayPartitionSummary)[];
}

export interface ReplaySummary__Output {
  'records': (number);
  'bytes': (number);
  'dropped': (number);
  'elapsedMs': (number);
  'delayedMs': (number);
  'partitions': (_varve_v1_ReplayPartitionSummary__Output)[];
}
