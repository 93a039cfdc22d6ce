// Original file: proto/varve/v1/log.proto

import type { Long } from '@grpc/proto-loader';

export interface InitProducerIdRequest {
  'producerId'?: (number | string | Long);
  'producerEpoch'?: (number);
  '_producerId'?: "producerId";
  '_producerEpoch'?: "producerEpoch";
}

export interface InitProducerIdRequest__Output {
  'producerId'?: (number);
  'producerEpoch'?: (number);
  '_producerId'?: "producerId";
  '_producerEpoch'?: "producerEpoch";
}
