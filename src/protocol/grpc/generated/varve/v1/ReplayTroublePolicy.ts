// Original file: proto/varve/v1/replay.proto

export const ReplayTroublePolicy = {
  REPLAY_TROUBLE_POLICY_UNSPECIFIED: 'REPLAY_TROUBLE_POLICY_UNSPECIFIED',
  REPLAY_TROUBLE_POLICY_STOP: 'REPLAY_TROUBLE_POLICY_STOP',
  REPLAY_TROUBLE_POLICY_SKIP: 'REPLAY_TROUBLE_POLICY_SKIP',
} as const;

export type ReplayTroublePolicy =
  | 'REPLAY_TROUBLE_POLICY_UNSPECIFIED'
  | 0
  | 'REPLAY_TROUBLE_POLICY_STOP'
  | 1
  | 'REPLAY_TROUBLE_POLICY_SKIP'
  | 2

export type ReplayTroublePolicy__Output = typeof ReplayTroublePolicy[keyof typeof ReplayTroublePolicy]
