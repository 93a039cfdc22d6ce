// Original file: proto/varve/v1/log.proto


export interface SubscribeHeartbeat {
}

export interface SubscribeHeartbeat__Output {
}
