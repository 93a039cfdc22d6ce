// Original file: proto/varve/v1/admin.proto


export interface TopicSummary {
  'name'?: (string);
  'id'?: (string);
  'partitions'?: (number);
}

export interface TopicSummary__Output {
  'name': (string);
  'id': (string);
  'partitions': (number);
}
