// Original file: proto/varve/v1/replay.proto

export const ReplayLatePolicy = {
  REPLAY_LATE_POLICY_UNSPECIFIED: 'REPLAY_LATE_POLICY_UNSPECIFIED',
  REPLAY_LATE_POLICY_DELAY: 'REPLAY_LATE_POLICY_DELAY',
  REPLAY_LATE_POLICY_CATCH_UP: 'REPLAY_LATE_POLICY_CATCH_UP',
} as const;

export type ReplayLatePolicy =
  | 'REPLAY_LATE_POLICY_UNSPECIFIED'
  | 0
  | 'REPLAY_LATE_POLICY_DELAY'
  | 1
  | 'REPLAY_LATE_POLICY_CATCH_UP'
  | 2

export type ReplayLatePolicy__Output = typeof ReplayLatePolicy[keyof typeof ReplayLatePolicy]
