// Original file: proto/varve/v1/admin.proto

import type { Long } from '@grpc/proto-loader';

export interface DeleteRecordsEntry {
  'topic'?: (string);
  'partition'?: (number);
  'beforeOffset'?: (number | string | Long);
}

export interface DeleteRecordsEntry__Output {
  'topic': (string);
  'partition': (number);
  'beforeOffset': (number);
}
