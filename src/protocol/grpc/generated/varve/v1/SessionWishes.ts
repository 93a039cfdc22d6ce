// Original file: proto/varve/v1/group.proto


export interface SessionWishes {
  'topics'?: (string)[];
  'assignor'?: (string);
  'weight'?: (number);
  'rebalanceTimeoutMs'?: (number);
}

export interface SessionWishes__Output {
  'topics': (string)[];
  'assignor': (string);
  'weight': (number);
  'rebalanceTimeoutMs': (number);
}
