// Original file: proto/varve/v1/admin.proto


export interface DescribeStorageRequest {
  'topic'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface DescribeStorageRequest__Output {
  'topic': (string);
  'pageSize': (number);
  'pageToken': (string);
}
