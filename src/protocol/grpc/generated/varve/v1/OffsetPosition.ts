// Original file: proto/varve/v1/log.proto

export const OffsetPosition = {
  OFFSET_POSITION_UNSPECIFIED: 'OFFSET_POSITION_UNSPECIFIED',
  OFFSET_POSITION_EARLIEST: 'OFFSET_POSITION_EARLIEST',
  OFFSET_POSITION_LATEST: 'OFFSET_POSITION_LATEST',
  OFFSET_POSITION_MAX_TIMESTAMP: 'OFFSET_POSITION_MAX_TIMESTAMP',
} as const;

export type OffsetPosition =
  | 'OFFSET_POSITION_UNSPECIFIED'
  | 0
  | 'OFFSET_POSITION_EARLIEST'
  | 1
  | 'OFFSET_POSITION_LATEST'
  | 2
  | 'OFFSET_POSITION_MAX_TIMESTAMP'
  | 3

export type OffsetPosition__Output = typeof OffsetPosition[keyof typeof OffsetPosition]
