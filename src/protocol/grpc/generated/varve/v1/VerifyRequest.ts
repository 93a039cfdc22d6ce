// Original file: proto/varve/v1/admin.proto


export interface VerifyRequest {
  'topic'?: (string);
}

export interface VerifyRequest__Output {
  'topic': (string);
}
