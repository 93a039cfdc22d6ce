// Original file: proto/varve/v1/admin.proto

import type { Partition as _varve_v1_Partition, Partition__Output as _varve_v1_Partition__Output } from '../../varve/v1/Partition.ts';
import type { TopicSetting as _varve_v1_TopicSetting, TopicSetting__Output as _varve_v1_TopicSetting__Output } from '../../varve/v1/TopicSetting.ts';
import type { Long } from '@grpc/proto-loader';

export interface Topic {
  'name'?: (string);
  'id'?: (string);
  'createdMs'?: (number | string | Long);
  'partitions'?: (_varve_v1_Partition)[];
  'settings'?: (_varve_v1_TopicSetting)[];
  'degraded'?: (string);
}

export interface Topic__Output {
  'name': (string);
  'id': (string);
  'createdMs': (number);
  'partitions': (_varve_v1_Partition__Output)[];
  'settings': (_varve_v1_TopicSetting__Output)[];
  'degraded': (string);
}
