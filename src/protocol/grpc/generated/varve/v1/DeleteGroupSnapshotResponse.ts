// Original file: proto/varve/v1/group.proto


export interface DeleteGroupSnapshotResponse {
}

export interface DeleteGroupSnapshotResponse__Output {
}
