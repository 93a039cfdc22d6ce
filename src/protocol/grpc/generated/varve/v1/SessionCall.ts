// Original file: proto/varve/v1/group.proto


export interface SessionCall {
}

export interface SessionCall__Output {
}
