// Original file: proto/varve/v1/log.proto


export interface SubscribeReady {
  'maxBytes'?: (number);
  'heartbeatIntervalMs'?: (number);
  'partitionsMax'?: (number);
  'unreadMaxMs'?: (number);
}

export interface SubscribeReady__Output {
  'maxBytes': (number);
  'heartbeatIntervalMs': (number);
  'partitionsMax': (number);
  'unreadMaxMs': (number);
}
