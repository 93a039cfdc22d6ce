// What can be asked of a group, and what is answered. Commands come from whoever hosts the coordinator, decoded and of the
// right types; what they say is not trusted beyond that.
import type { VarveError } from '../domain/error.ts'
import type { TopicId } from '../domain/topic.ts'
import type { ForkOrigin, OffsetChange } from './group-event.ts'
import type { CommittedOffset, GroupSnapshot, MemberId } from './group-state.ts'
import type { PartitionKey } from './partition-key.ts'

/** Wishes as they come in. */
export interface AskedWishes {
  readonly topics: readonly string[]
  /** Undefined: what the others want. */
  readonly assignor?: string | undefined
  /** 1 unless told otherwise. */
  readonly weight?: number | undefined
  readonly rebalanceTimeoutMs: number
}

/** Becomes a member, or comes back as one: with nothing in its hands. Makes the group when there is none. */
export interface JoinCommand extends AskedWishes {
  readonly kind: 'join'
  readonly groupId: string
  /** New and random, made by the host or by the client; or the one it had. */
  readonly memberId: MemberId
  readonly instanceId?: string | undefined
  readonly clientId: string
  readonly sessionTimeoutMs: number
}

/** Several joins of one group, each of another member and instance, with one assignment for all. */
interface JoinsCommand {
  readonly kind: 'joins'
  readonly groupId: string
  readonly joins: readonly JoinCommand[]
}

/** A sign of life, an acknowledgement of what was revoked, and a question for what is assigned. */
export interface HeartbeatCommand {
  readonly kind: 'heartbeat'
  readonly memberId: MemberId
  readonly instanceId?: string | undefined
  /** The epoch that the member was told last. */
  readonly memberEpoch: number
  /** All that the member has in its hands. Left out it says nothing: then nothing is acknowledged. */
  readonly owned?: readonly PartitionKey[] | undefined
  /** Other wishes than before; what is left out stays. */
  readonly wishes?: Partial<AskedWishes> | undefined
}

/** Goes. `isComingBack` is for static members: they keep their partitions for as long as their session. */
interface LeaveCommand {
  readonly kind: 'leave'
  readonly memberId: MemberId
  readonly instanceId?: string | undefined
  readonly isComingBack?: boolean
}

/** The session of a member has ended: its deadline passed. */
export interface SessionExpiredCommand {
  readonly kind: 'session-expired'
  readonly memberId: MemberId
}

/** A member has not given up its partitions in time. Says nothing about a later epoch of the member. */
export interface RebalanceExpiredCommand {
  readonly kind: 'rebalance-expired'
  readonly memberId: MemberId
  readonly memberEpoch: number
}

/** Topics were created, grew or vanished. Also to be sent once after a replay: what happened meanwhile is not stored. */
interface TopicsChangedCommand {
  readonly kind: 'topics-changed'
}

/** Makes the assignment that is due. Joins and heartbeats do so too; the host sends it after members have gone. */
interface AssignCommand {
  readonly kind: 'assign'
}

export interface CommitItem {
  readonly topicId: TopicId
  readonly partition: number
  /** The next one to be read. */
  readonly offset: number
  readonly leaderEpoch?: number | undefined
  readonly metadata?: string | undefined
  /** Where the partition ends: the host looks it up. */
  readonly endOffset: number
}

/** Commits offsets: of a member, or without one where nobody is a member. */
export interface CommitCommand {
  readonly kind: 'commit'
  readonly groupId: string
  readonly memberId?: MemberId | undefined
  readonly instanceId?: string | undefined
  /** Required with a member. */
  readonly memberEpoch?: number | undefined
  readonly items: readonly CommitItem[]
  /** Whether an offset may be smaller than what is committed. */
  readonly allowRewind?: boolean
}

/** Where a partition is to be set. What needs a look at the log (a timestamp) the host resolves to an offset before. */
export type ResetTo =
  | { readonly to: 'earliest' }
  | { readonly to: 'latest' }
  | { readonly to: 'offset'; readonly offset: number }
  /** From what is committed (from the start where nothing is), held to what the partition has. */
  | { readonly to: 'shift'; readonly by: number }
  /** To just what was committed once, with what goes with it; held to what the partition has. */
  | { readonly to: 'committed'; readonly committed: CommittedPlace }
  /** Nothing is committed any more: who gets the partition begins where its own rule says. */
  | { readonly to: 'nothing' }

/** A place that was committed once. */
export type CommittedPlace = Pick<CommittedOffset, 'offset' | 'leaderEpoch' | 'metadata'>

/** Offsets that a partition has, `end` exclusive. */
export interface PartitionBounds {
  readonly startOffset: number
  readonly endOffset: number
}

/**
 * The bounds of a partition as they are. Asked only for partitions of topics that exist.
 * @throws VarveError when they cannot be told now
 */
export type BoundsOf = (topicId: TopicId, partition: number) => PartitionBounds

export type ResetItem = ResetTo &
  PartitionBounds & {
    readonly topicId: TopicId
    readonly partition: number
  }

/** What every kind of reset says. */
export interface ResetOptions {
  /** Kept in the history. */
  readonly reason: string
  /** Only make the plan. */
  readonly isDryRun?: boolean
  /** Even while members are live: those that hold the partitions are put out, and begin at the new offsets. */
  readonly isForced?: boolean
}

/** Sets committed offsets, all or none. */
interface ResetCommand extends ResetOptions {
  readonly kind: 'reset'
  /** The bounds of each partition in it: the host looks them up. */
  readonly items: readonly ResetItem[]
}

/** Takes the last reset back: what it changed goes to what was committed before it. Itself it cannot be taken back. */
interface UndoCommand extends ResetOptions {
  readonly kind: 'undo'
  readonly boundsOf: BoundsOf
}

/** Keeps what is committed under a name. */
interface SnapshotCommand {
  readonly kind: 'snapshot'
  readonly name: string
  /** What was committed at an earlier moment: the host looks it up. Left out: what is committed now. */
  readonly past?: Pick<GroupSnapshot, 'asOfMs' | 'offsets'> | undefined
}

/** Sets committed offsets to those of a snapshot, and to nothing where it has none. Topics that are gone are left out. */
interface RestoreCommand extends ResetOptions {
  readonly kind: 'restore'
  readonly name: string
  readonly boundsOf: BoundsOf
}

interface RemoveSnapshotCommand {
  readonly kind: 'remove-snapshot'
  readonly name: string
}

/** Makes a group that stands where another one stood. To be decided for the new group. */
interface ForkCommand {
  readonly kind: 'fork'
  /** Of the new group. */
  readonly groupId: string
  readonly origin: ForkOrigin
  readonly boundsOf: BoundsOf
  /** Only tell what it would have. */
  readonly isDryRun?: boolean
}

/** Removes a group without members, with all that it has. */
interface DeleteCommand {
  readonly kind: 'delete'
}

/** Drops offsets that nobody has needed for the given time; a group that is left with nothing is gone. */
interface ExpireOffsetsCommand {
  readonly kind: 'expire-offsets'
  readonly retentionMs: number
}

export type GroupCommand =
  | JoinCommand
  | JoinsCommand
  | HeartbeatCommand
  | LeaveCommand
  | SessionExpiredCommand
  | RebalanceExpiredCommand
  | TopicsChangedCommand
  | AssignCommand
  | CommitCommand
  | ResetCommand
  | UndoCommand
  | SnapshotCommand
  | RestoreCommand
  | RemoveSnapshotCommand
  | ForkCommand
  | DeleteCommand
  | ExpireOffsetsCommand

export type CommandKind = GroupCommand['kind']
export type CommandOf<Kind extends CommandKind> = Extract<GroupCommand, { kind: Kind }>

/** To a join or heartbeat. */
export interface MembershipReply {
  readonly memberId: MemberId
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  /**
   * All that the member may have now; whatever else it has it must give up, and say so with its next heartbeat. Only where
   * it changed, and always to a join and to a heartbeat that says what is owned and wished for.
   */
  readonly assigned?: readonly PartitionKey[]
}

/** To each of several joins, in their order: who is refused keeps nobody else out. */
export type JoinResult =
  | { readonly reply: MembershipReply; readonly refusal?: undefined }
  | { readonly refusal: VarveError; readonly reply?: undefined }

interface JoinsReply {
  readonly results: readonly JoinResult[]
}

/** To each item of a commit, in their order. */
export interface CommitResult {
  readonly topicId: TopicId
  readonly partition: number
  readonly error?: VarveError
}

interface CommitReply {
  readonly results: readonly CommitResult[]
}

export interface ResetReply {
  readonly changes: readonly OffsetChange[]
  /** How often the offsets of the group were reset, this time included; of a dry run, as if it were carried out. */
  readonly resetEpoch: number
  /** Who was put out, or would be. */
  readonly membersPutOut: readonly MemberId[]
  /** False for a dry run, and where there was nothing to change. */
  readonly isApplied: boolean
  /** As the history has it. */
  readonly reason: string
}

interface SnapshotReply {
  readonly snapshot: GroupSnapshot
}

interface ForkReply {
  /** What the new group has, or would have. */
  readonly offsets: readonly CommittedOffset[]
}

/** Nothing but that it was done. */
type DoneReply = Readonly<Record<string, never>>

export interface Replies {
  readonly join: MembershipReply
  readonly joins: JoinsReply
  readonly heartbeat: MembershipReply
  readonly leave: DoneReply
  readonly 'session-expired': DoneReply
  readonly 'rebalance-expired': DoneReply
  readonly 'topics-changed': DoneReply
  readonly assign: DoneReply
  readonly commit: CommitReply
  readonly reset: ResetReply
  readonly undo: ResetReply
  readonly snapshot: SnapshotReply
  readonly restore: ResetReply
  readonly 'remove-snapshot': DoneReply
  readonly fork: ForkReply
  readonly delete: DoneReply
  readonly 'expire-offsets': DoneReply
}
