// Original file: proto/varve/v1/admin.proto


export interface CreateTopicRequest {
  'name'?: (string);
  'partitions'?: (number);
  'settings'?: ({[key: string]: string});
  'validateOnly'?: (boolean);
  '_partitions'?: "partitions";
}

export interface CreateTopicRequest__Output {
  'name': (string);
  'partitions'?: (number);
  'settings': ({[key: string]: string});
  'validateOnly': (boolean);
  '_partitions'?: "partitions";
}
