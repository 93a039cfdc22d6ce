// Original file: proto/varve/v1/log.proto

import type { FetchResult as _varve_v1_FetchResult, FetchResult__Output as _varve_v1_FetchResult__Output } from '../../varve/v1/FetchResult.ts';

export interface FetchResponse {
  'results'?: (_varve_v1_FetchResult)[];
}

export interface FetchResponse__Output {
  'results': (_varve_v1_FetchResult__Output)[];
}
