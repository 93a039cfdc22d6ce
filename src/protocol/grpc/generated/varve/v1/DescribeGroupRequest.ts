// Original file: proto/varve/v1/group.proto


export interface DescribeGroupRequest {
  'group'?: (string);
  'withoutLagTime'?: (boolean);
}

export interface DescribeGroupRequest__Output {
  'group': (string);
  'withoutLagTime': (boolean);
}
