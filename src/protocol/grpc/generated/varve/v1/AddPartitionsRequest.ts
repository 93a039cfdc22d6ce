// Original file: proto/varve/v1/admin.proto


export interface AddPartitionsRequest {
  'name'?: (string);
  'partitions'?: (number);
}

export interface AddPartitionsRequest__Output {
  'name': (string);
  'partitions': (number);
}
