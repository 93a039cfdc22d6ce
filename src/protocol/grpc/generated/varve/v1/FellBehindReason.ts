// Original file: proto/varve/v1/log.proto

export const FellBehindReason = {
  FELL_BEHIND_REASON_UNSPECIFIED: 'FELL_BEHIND_REASON_UNSPECIFIED',
  FELL_BEHIND_REASON_TAIL: 'FELL_BEHIND_REASON_TAIL',
  FELL_BEHIND_REASON_RETENTION: 'FELL_BEHIND_REASON_RETENTION',
} as const;

export type FellBehindReason =
  | 'FELL_BEHIND_REASON_UNSPECIFIED'
  | 0
  | 'FELL_BEHIND_REASON_TAIL'
  | 1
  | 'FELL_BEHIND_REASON_RETENTION'
  | 2

export type FellBehindReason__Output = typeof FellBehindReason[keyof typeof FellBehindReason]
