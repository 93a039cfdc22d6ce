// Original file: proto/varve/v1/record.proto

import type { Header as _varve_v1_Header, Header__Output as _varve_v1_Header__Output } from '../../varve/v1/Header.ts';
import type { Long } from '@grpc/proto-loader';

export interface Record {
  'key'?: (Buffer | Uint8Array | string);
  'value'?: (Buffer | Uint8Array | string);
  'headers'?: (_varve_v1_Header)[];
  'timestampMs'?: (number | string | Long);
  'offset'?: (number | string | Long);
  '_key'?: "key";
  '_value'?: "value";
}

export interface Record__Output {
  'key'?: (Buffer);
  'value'?: (Buffer);
  'headers': (_varve_v1_Header__Output)[];
  'timestampMs': (number);
  'offset': (number);
  '_key'?: "key";
  '_value'?: "value";
}
