// Original file: proto/varve/v1/log.proto


export interface SubscribePartition {
  'topic'?: (string);
  'partition'?: (number);
}

export interface SubscribePartition__Output {
  'topic': (string);
  'partition': (number);
}
