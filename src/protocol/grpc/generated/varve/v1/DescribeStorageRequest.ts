// Original file: proto/varve/v1/admin.proto


export interface DescribeStorageRequest {
  'topic'?: (string);
}

export interface DescribeStorageRequest__Output {
  'topic': (string);
}
