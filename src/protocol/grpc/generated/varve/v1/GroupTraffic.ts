// Original file: proto/varve/v1/group.proto

import type { Long } from '@grpc/proto-loader';

export interface GroupTraffic {
  'topic'?: (string);
  'producerRate'?: (number | string);
  'consumerRate'?: (number | string);
  'difference'?: (number | string);
  'backlogRecords'?: (number | string | Long);
  'backlogBytes'?: (number | string | Long);
  'backlogMs'?: (number | string | Long);
  'drainMs'?: (number | string | Long);
  'windowMs'?: (number | string | Long);
  '_backlogBytes'?: "backlogBytes";
  '_backlogMs'?: "backlogMs";
  '_drainMs'?: "drainMs";
}

export interface GroupTraffic__Output {
  'topic': (string);
  'producerRate': (number);
  'consumerRate': (number);
  'difference': (number);
  'backlogRecords': (number);
  'backlogBytes'?: (number);
  'backlogMs'?: (number);
  'drainMs'?: (number);
  'windowMs': (number);
  '_backlogBytes'?: "backlogBytes";
  '_backlogMs'?: "backlogMs";
  '_drainMs'?: "drainMs";
}
