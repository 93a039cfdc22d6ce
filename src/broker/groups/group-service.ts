// What the broker does for consumer groups, in its own words: the contract between those who host the groups and whoever
// carries the requests. Topics go by name here and may be pinned by id; times are ms, of the wall clock where they say so.
// Every refusal is a VarveError.
import type { VarveError } from '../../domain/error.ts'
import type {
  GroupDescription,
  GroupExplanation,
  GroupPage,
  SnapshotDescription,
} from './group-descriptions.ts'
import type { GroupPartition, GroupSession, SessionEvents } from './group-membership.ts'

export interface CommitRequest {
  readonly group: string
  readonly memberId?: string
  readonly instanceId?: string
  readonly memberEpoch?: number
  readonly entries: readonly CommitEntry[]
  readonly allowRewind?: boolean
}

export interface CommitEntry extends GroupPartition {
  readonly offset: number
  readonly leaderEpoch?: number
  readonly metadata?: string
}

/** In the order of the entries; an error is why this one was refused. */
export interface CommitOutcome {
  readonly topic: string
  readonly partition: number
  readonly error?: VarveError
}

export interface CommittedPosition {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  /** Undefined when nothing is committed; then the rest is empty. */
  readonly offset: number | undefined
  readonly leaderEpoch: number
  readonly metadata: string
  readonly commitTimeMs: number
  readonly memberId: string
  readonly memberEpoch: number
}

export type ResetPlace =
  | { readonly to: 'earliest' | 'latest' }
  | { readonly to: 'offset'; readonly offset: number }
  | { readonly to: 'timestamp'; readonly timestampMs: number }
  | { readonly to: 'shift'; readonly by: number }
  | { readonly to: 'as-of'; readonly timeMs: number }

/** Of several that mean a partition the most exact one holds: a partition before its topic, a topic before the group. */
export interface ResetEntry {
  /** Undefined: every topic of the group. */
  readonly topic: string | undefined
  /** Undefined: every partition. */
  readonly partition: number | undefined
  readonly place: ResetPlace
}

export interface ResetRequest {
  readonly group: string
  /** What to reset; `undo` takes the last reset back, and cannot be taken back itself. */
  readonly what: readonly ResetEntry[] | 'undo'
  readonly dryRun: boolean
  readonly force: boolean
  readonly reason: string
}

export interface PlannedChange {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  /** Undefined for nothing committed. */
  readonly before: number | undefined
  readonly after: number | undefined
  readonly startOffset: number
  readonly readableEndOffset: number
}

export interface ResetOutcome {
  readonly changes: readonly PlannedChange[]
  /** False for a dry run, and where there was nothing to change. */
  readonly isApplied: boolean
  /** This time included; of a dry run, as if it were carried out. */
  readonly resetEpoch: number
  /** Live members that held partitions of the plan; of a dry run, who would be put out. */
  readonly membersPutOut: readonly string[]
}

export interface WaitForCommitRequest {
  readonly group: string
  /** Each: the group must have committed an offset larger than this one. */
  readonly positions: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number
  }[]
  readonly maxWaitMs: number
}

export interface WaitForCommitOutcome {
  readonly isReached: boolean
  readonly offsets: readonly CommittedPosition[]
}

export interface HistoryRequest {
  readonly group: string
  readonly topic?: string
  readonly partition?: number
  readonly fromMs?: number
  readonly toMs?: number
  readonly resetsOnly: boolean
  readonly limit: number
  /** From the page before. */
  readonly before?: string
}

export type HistoryKind =
  | 'commit'
  | 'reset'
  | 'expired'
  | 'topic-deleted'
  | 'group-created'
  | 'group-deleted'

export interface HistoryEntry {
  /** When it was stored; what was committed as of this moment includes it. */
  readonly timeMs: number
  readonly kind: HistoryKind
  readonly memberId: string
  readonly memberEpoch: number
  readonly reason: string
  readonly resetEpoch: number
  /** The bounds are 0. */
  readonly changes: readonly PlannedChange[]
}

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  readonly next?: string
  readonly knownFromMs: number
}

/** Everything that can be asked of groups. Reads see only what is stored. */
export interface GroupService {
  /** @param peer where the carrier comes from, for people */
  openSession(peer: string, events: SessionEvents): GroupSession
  /** @throws VarveError INVALID_GROUP_ID · UNKNOWN_MEMBER · STALE_MEMBER_EPOCH · NOT_READY · what storage answers; each entry also fails on its own */
  commit(request: CommitRequest): Promise<readonly CommitOutcome[]>
  /** @param partitions undefined: all that have something committed. @throws VarveError GROUP_NOT_FOUND · UNKNOWN_TOPIC · HISTORY_UNKNOWN */
  fetchOffsets(
    group: string,
    partitions?: readonly GroupPartition[],
    asOfMs?: number,
  ): Promise<readonly CommittedPosition[]>
  /**
   * Partitions that are not named, and have nothing committed, are neither shifted nor set to nothing.
   * @throws VarveError GROUP_NOT_FOUND (for a place as of a moment also when it was not there then) · GROUP_NOT_EMPTY · NOTHING_TO_UNDO ·
   *   OFFSET_OUT_OF_RANGE · INVALID_OFFSET · INVALID_TIMESTAMP · INVALID_ARGUMENT · UNKNOWN_TOPIC · UNKNOWN_PARTITION · HISTORY_UNKNOWN ·
   *   QUEUE_FULL · NOT_READY · what storage answers
   */
  reset(request: ResetRequest): Promise<ResetOutcome>
  list(page: { readonly after?: string; readonly limit: number }): Promise<GroupPage>
  /** @throws VarveError GROUP_NOT_FOUND */
  describe(group: string, options: { readonly withLagTime: boolean }): Promise<GroupDescription>
  /** @throws VarveError GROUP_NOT_FOUND · GROUP_NOT_EMPTY */
  delete(group: string): Promise<void>
  /** @throws VarveError GROUP_NOT_FOUND */
  explain(group: string): Promise<GroupExplanation>
  /** @throws VarveError INVALID_GROUP_ID · UNKNOWN_TOPIC · UNKNOWN_PARTITION · OFFSETS_RESET when a reset passes a position while it is waited for · CANCELLED · NOT_READY */
  waitForCommit(request: WaitForCommitRequest, signal: AbortSignal): Promise<WaitForCommitOutcome>
  /** @throws VarveError GROUP_NOT_FOUND: neither there nor in the history · INVALID_ARGUMENT for the page · QUEUE_FULL */
  history(request: HistoryRequest): Promise<HistoryPage>
  /** @throws VarveError GROUP_NOT_FOUND · INVALID_ARGUMENT · SNAPSHOT_EXISTS · TOO_MANY_SNAPSHOTS · HISTORY_UNKNOWN · INVALID_TIMESTAMP · QUEUE_FULL */
  snapshot(
    group: string,
    name: string,
    asOfMs?: number,
  ): Promise<{
    readonly snapshot: SnapshotDescription
    readonly offsets: readonly CommittedPosition[]
  }>
  /** Afterwards exactly what the snapshot has is committed. @throws VarveError SNAPSHOT_NOT_FOUND, and as reset */
  restore(request: {
    readonly group: string
    readonly name: string
    readonly dryRun: boolean
    readonly force: boolean
    readonly reason: string
  }): Promise<ResetOutcome>
  /** @throws VarveError GROUP_NOT_FOUND · SNAPSHOT_NOT_FOUND */
  deleteSnapshot(group: string, name: string): Promise<void>
  /**
   * `group` need not be there any more when it was at the moment.
   * @throws VarveError GROUP_NOT_FOUND · GROUP_EXISTS · INVALID_GROUP_ID · TOO_MANY_GROUPS · HISTORY_UNKNOWN · INVALID_TIMESTAMP · QUEUE_FULL · NOT_READY
   */
  fork(request: {
    readonly group: string
    readonly newGroup: string
    readonly asOfMs?: number
    readonly dryRun: boolean
  }): Promise<{ readonly offsets: readonly CommittedPosition[]; readonly isApplied: boolean }>
}
