// Original file: proto/varve/v1/group.proto


export interface GroupPartition {
  'topic'?: (string);
  'partition'?: (number);
  'topicId'?: (string);
}

export interface GroupPartition__Output {
  'topic': (string);
  'partition': (number);
  'topicId': (string);
}
