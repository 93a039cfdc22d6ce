// Original file: proto/varve/v1/replay.proto


export interface ReplayPause {
}

export interface ReplayPause__Output {
}
