// Original file: proto/varve/v1/log.proto


export interface ProduceStreamReady {
  'inFlightMax'?: (number);
}

export interface ProduceStreamReady__Output {
  'inFlightMax': (number);
}
