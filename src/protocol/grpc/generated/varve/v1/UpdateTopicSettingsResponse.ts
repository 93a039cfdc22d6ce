// Original file: proto/varve/v1/admin.proto

import type { Topic as _varve_v1_Topic, Topic__Output as _varve_v1_Topic__Output } from '../../varve/v1/Topic.ts';

export interface UpdateTopicSettingsResponse {
  'topic'?: (_varve_v1_Topic | null);
}

export interface UpdateTopicSettingsResponse__Output {
  'topic': (_varve_v1_Topic__Output | null);
}
