// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayPartitionSummary {
  'topic'?: (string);
  'partition'?: (number);
  'startOffset'?: (number | string | Long);
  'nextOffset'?: (number | string | Long);
  'records'?: (number | string | Long);
  'bytes'?: (number | string | Long);
  'dropped'?: (number | string | Long);
  'skipped'?: (number | string | Long);
  'checksum'?: (number);
  '_checksum'?: "checksum";
}

export interface ReplayPartitionSummary__Output {
  'topic': (string);
  'partition': (number);
  'startOffset': (number);
  'nextOffset': (number);
  'records': (number);
  'bytes': (number);
  'dropped': (number);
  'skipped': (number);
  'checksum'?: (number);
  '_checksum'?: "checksum";
}
