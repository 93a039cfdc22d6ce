// Original file: proto/varve/v1/group.proto


export interface DeleteGroupResponse {
}

export interface DeleteGroupResponse__Output {
}
