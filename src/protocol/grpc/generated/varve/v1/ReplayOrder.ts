// Original file: proto/varve/v1/replay.proto

export const ReplayOrder = {
  REPLAY_ORDER_UNSPECIFIED: 'REPLAY_ORDER_UNSPECIFIED',
  REPLAY_ORDER_PARTITION: 'REPLAY_ORDER_PARTITION',
  REPLAY_ORDER_MERGED: 'REPLAY_ORDER_MERGED',
} as const;

export type ReplayOrder =
  | 'REPLAY_ORDER_UNSPECIFIED'
  | 0
  | 'REPLAY_ORDER_PARTITION'
  | 1
  | 'REPLAY_ORDER_MERGED'
  | 2

export type ReplayOrder__Output = typeof ReplayOrder[keyof typeof ReplayOrder]
