// Original file: proto/varve/v1/record.proto


export interface Header {
  'key'?: (string);
  'value'?: (Buffer | Uint8Array | string);
  '_value'?: "value";
}

export interface Header__Output {
  'key': (string);
  'value'?: (Buffer);
  '_value'?: "value";
}
