// Original file: proto/varve/v1/replay.proto


export interface ReplayMatchSet {
  'values'?: (Buffer | Uint8Array | string)[];
}

export interface ReplayMatchSet__Output {
  'values': (Buffer)[];
}
