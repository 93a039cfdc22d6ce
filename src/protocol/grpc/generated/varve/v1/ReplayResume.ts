// Original file: proto/varve/v1/replay.proto


export interface ReplayResume {
}

export interface ReplayResume__Output {
}
