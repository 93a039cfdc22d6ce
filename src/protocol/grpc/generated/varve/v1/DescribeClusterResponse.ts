// Original file: proto/varve/v1/admin.proto

import type { Long } from '@grpc/proto-loader';

export interface DescribeClusterResponse {
  'clusterId'?: (string);
  'version'?: (string);
  'epoch'?: (number);
  'storage'?: (string);
  'features'?: (string)[];
  'limits'?: ({[key: string]: number | string | Long});
  'topicCount'?: (number);
  'partitionCount'?: (number);
  'durabilityMax'?: (string);
}

export interface DescribeClusterResponse__Output {
  'clusterId': (string);
  'version': (string);
  'epoch': (number);
  'storage': (string);
  'features': (string)[];
  'limits': ({[key: string]: number});
  'topicCount': (number);
  'partitionCount': (number);
  'durabilityMax': (string);
}
