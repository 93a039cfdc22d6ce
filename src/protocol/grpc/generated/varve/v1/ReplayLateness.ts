// Original file: proto/varve/v1/replay.proto


export interface ReplayLateness {
  'behind'?: (boolean);
  'lateMs'?: (number | string);
}

export interface ReplayLateness__Output {
  'behind': (boolean);
  'lateMs': (number);
}
