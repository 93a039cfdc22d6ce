// Original file: proto/varve/v1/record.proto

export const RecordForm = {
  RECORD_FORM_UNSPECIFIED: 'RECORD_FORM_UNSPECIFIED',
  RECORD_FORM_BATCHES: 'RECORD_FORM_BATCHES',
  RECORD_FORM_RECORDS: 'RECORD_FORM_RECORDS',
} as const;

export type RecordForm =
  | 'RECORD_FORM_UNSPECIFIED'
  | 0
  | 'RECORD_FORM_BATCHES'
  | 1
  | 'RECORD_FORM_RECORDS'
  | 2

export type RecordForm__Output = typeof RecordForm[keyof typeof RecordForm]
