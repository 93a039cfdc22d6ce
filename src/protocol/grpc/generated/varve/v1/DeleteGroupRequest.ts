// Original file: proto/varve/v1/group.proto


export interface DeleteGroupRequest {
  'group'?: (string);
}

export interface DeleteGroupRequest__Output {
  'group': (string);
}
