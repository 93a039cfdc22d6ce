// Original file: proto/varve/v1/admin.proto

import type { TopicSummary as _varve_v1_TopicSummary, TopicSummary__Output as _varve_v1_TopicSummary__Output } from '../../varve/v1/TopicSummary.ts';

export interface ListTopicsResponse {
  'topics'?: (_varve_v1_TopicSummary)[];
  'nextPageToken'?: (string);
}

export interface ListTopicsResponse__Output {
  'topics': (_varve_v1_TopicSummary__Output)[];
  'nextPageToken': (string);
}
