// Original file: proto/varve/v1/group.proto


export interface DeleteGroupSnapshotRequest {
  'group'?: (string);
  'name'?: (string);
}

export interface DeleteGroupSnapshotRequest__Output {
  'group': (string);
  'name': (string);
}
