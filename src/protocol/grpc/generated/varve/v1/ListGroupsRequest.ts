// Original file: proto/varve/v1/group.proto


export interface ListGroupsRequest {
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListGroupsRequest__Output {
  'pageSize': (number);
  'pageToken': (string);
}
