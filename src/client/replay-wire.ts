// The init of a replay session, and the answers' words as the client has them.
import { LIMITS } from '../domain/limits.ts'
import type {
  ReplayPace as PaceMessage,
  ReplayInit,
  ReplayStatusName,
  ReplaySource as SourceMessage,
} from '../protocol/grpc/messages.ts'
import type { ReplaySettings } from './replay-settings.ts'
import type { ReplayStatus } from './replay-types.ts'

const STATUSES: Readonly<Record<ReplayStatusName, ReplayStatus>> = {
  REPLAY_STATUS_UNSPECIFIED: 'playing',
  REPLAY_STATUS_PLAYING: 'playing',
  REPLAY_STATUS_PAUSED: 'paused',
  REPLAY_STATUS_WAITING_FOR_CLIENT: 'waiting-for-client',
  REPLAY_STATUS_WAITING_FOR_RECORDS: 'waiting-for-records',
}

/** What a stream begins with, beside what was told by the options. */
export interface ReplayBeginning {
  readonly sessionId: string
  readonly sources: readonly SourceMessage[]
  readonly pace: PaceMessage
  readonly isPaused: boolean
  readonly creditBytes: number
  readonly playheadMs: number | undefined
}

export function initOf(settings: ReplaySettings, beginning: ReplayBeginning): ReplayInit {
  const { order, late, trouble, filters, prefetchBytes, progressIntervalMs } = settings
  const { sessionId, sources, pace, isPaused, creditBytes, playheadMs } = beginning
  return {
    sessionId,
    sources: [...sources],
    order: order === 'merged' ? 'REPLAY_ORDER_MERGED' : 'REPLAY_ORDER_PARTITION',
    pace,
    latePolicy: late === 'delay' ? 'REPLAY_LATE_POLICY_DELAY' : 'REPLAY_LATE_POLICY_CATCH_UP',
    troublePolicy: trouble === 'stop' ? 'REPLAY_TROUBLE_POLICY_STOP' : 'REPLAY_TROUBLE_POLICY_SKIP',
    filters: [...filters],
    form: 'RECORD_FORM_BATCHES',
    creditBytes,
    // A message is not to be larger than what may be held; 0 leaves it to the broker.
    maxBytes: prefetchBytes < LIMITS.replayMessageBytesDefault ? Math.max(1, prefetchBytes) : 0,
    progressIntervalMs,
    follow: settings.isFollowing,
    paused: isPaused,
    ...(playheadMs === undefined ? {} : { playheadMs }),
  }
}

export function statusOf(name: ReplayStatusName): ReplayStatus {
  return STATUSES[name]
}
