// Original file: proto/varve/v1/replay.proto

import type { Long } from '@grpc/proto-loader';

export interface ReplayPace {
  'speed'?: (number | string);
  'recordsPerSecond'?: (number | string);
  'bytesPerSecond'?: (number | string);
  'gapMaxMs'?: (number | string | Long);
  'pace'?: "speed"|"recordsPerSecond"|"bytesPerSecond";
  '_gapMaxMs'?: "gapMaxMs";
}

export interface ReplayPace__Output {
  'speed'?: (number);
  'recordsPerSecond'?: (number);
  'bytesPerSecond'?: (number);
  'gapMaxMs'?: (number);
  'pace'?: "speed"|"recordsPerSecond"|"bytesPerSecond";
  '_gapMaxMs'?: "gapMaxMs";
}
