// What a member of a group and the broker say to each other, in the broker's own words: wishes, heartbeats with their progress, and
// what is assigned. Topics go by name here and may be pinned by id; times are ms. Every refusal is a VarveError.
import type { VarveError } from '../../domain/error.ts'

/** A partition by the name of its topic; with `topicId` only of that very topic. */
export interface GroupPartition {
  readonly topic: string
  readonly partition: number
  readonly topicId?: string
}

/** What a member does with a partition, as it says itself. */
export type ProgressState =
  | 'flowing'
  | 'in-handler'
  | 'paused'
  | 'no-credit'
  | 'failed'
  | 'handler-failed'

export interface PartitionProgress {
  readonly topic: string
  readonly partition: number
  readonly state: ProgressState
  /** How long it has been so when it was sent. */
  readonly stateAgeMs: number
  readonly position: number
  readonly text: string
}

export interface SessionWishes {
  readonly topics: readonly string[]
  readonly assignor?: string
  readonly weight?: number
  /** The broker's default when absent. */
  readonly rebalanceTimeoutMs?: number
}

export interface SessionJoin extends SessionWishes {
  readonly group: string
  /** Absent: the broker makes one. */
  readonly memberId?: string
  readonly instanceId?: string
  readonly clientId: string
  readonly sessionTimeoutMs?: number
}

export interface SessionHeartbeat {
  readonly memberEpoch: number
  /** Absent: nothing is acknowledged. */
  readonly owned?: readonly GroupPartition[]
  readonly wishes?: SessionWishes
  readonly progress: readonly PartitionProgress[]
}

export interface SessionResume {
  readonly group: string
  readonly memberId: string
  readonly instanceId?: string
  readonly heartbeat: SessionHeartbeat
}

/** A partition of a member, and where it begins: read in the same moment as it was assigned. */
export interface AssignedPartition {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  /** Undefined when nothing is committed. */
  readonly committedOffset: number | undefined
  /** -1 when it is not known. */
  readonly leaderEpoch: number
  readonly metadata: string
}

export interface SessionJoined {
  readonly memberId: string
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly assigned: readonly AssignedPartition[]
}

export interface HeartbeatAnswer {
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  /** Absent: as before. */
  readonly assigned?: readonly AssignedPartition[]
}

/** What a session tells its carrier. */
export interface SessionEvents {
  /** A heartbeat is wanted now. Comes at most once between two heartbeats. */
  onCall(): void
  /** The session is over, with the reason; nothing comes after it. Not called for `leave`, `detach`, or a refused join or resume. */
  onEnd(error: VarveError): void
}

/**
 * The life of one member as one carrier (a stream) sees it. One call is under way at a time; the carrier keeps the order. A
 * join or resume of the same member elsewhere ends this session (SESSION_REPLACED).
 */
export interface GroupSession {
  /** @throws VarveError INVALID_* · GROUP_FULL · UNRELEASED_INSTANCE_ID · UNSUPPORTED_ASSIGNOR · NOT_READY · what storage answers */
  join(request: SessionJoin): Promise<SessionJoined>
  /** @throws VarveError UNKNOWN_MEMBER · FENCED_MEMBER_EPOCH · FENCED_INSTANCE_ID · NOT_READY */
  resume(request: SessionResume): Promise<HeartbeatAnswer>
  /** After a join or resume. @throws as resume */
  heartbeat(request: SessionHeartbeat): Promise<HeartbeatAnswer>
  leave(isComingBack: boolean): Promise<void>
  /** The carrier is gone; the member stays one until its session ends. Safe to call twice. */
  detach(): void
}
