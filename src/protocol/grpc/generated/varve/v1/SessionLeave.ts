// Original file: proto/varve/v1/group.proto


export interface SessionLeave {
  'isComingBack'?: (boolean);
}

export interface SessionLeave__Output {
  'isComingBack': (boolean);
}
