// Original file: proto/varve/v1/group.proto


export interface ExplainGroupRequest {
  'group'?: (string);
}

export interface ExplainGroupRequest__Output {
  'group': (string);
}
