// Original file: proto/varve/v1/group.proto


export interface RestoreGroupRequest {
  'group'?: (string);
  'name'?: (string);
  'dryRun'?: (boolean);
  'force'?: (boolean);
  'reason'?: (string);
}

export interface RestoreGroupRequest__Output {
  'group': (string);
  'name': (string);
  'dryRun': (boolean);
  'force': (boolean);
  'reason': (string);
}
