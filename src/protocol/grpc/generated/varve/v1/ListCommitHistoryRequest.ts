// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface ListCommitHistoryRequest {
  'group'?: (string);
  'topic'?: (string);
  'partition'?: (number);
  'fromMs'?: (number | string | Long);
  'toMs'?: (number | string | Long);
  'resetsOnly'?: (boolean);
  'pageSize'?: (number);
  'pageToken'?: (string);
  '_partition'?: "partition";
  '_fromMs'?: "fromMs";
  '_toMs'?: "toMs";
}

export interface ListCommitHistoryRequest__Output {
  'group': (string);
  'topic': (string);
  'partition'?: (number);
  'fromMs'?: (number);
  'toMs'?: (number);
  'resetsOnly': (boolean);
  'pageSize': (number);
  'pageToken': (string);
  '_partition'?: "partition";
  '_fromMs'?: "fromMs";
  '_toMs'?: "toMs";
}
