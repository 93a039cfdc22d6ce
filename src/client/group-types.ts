// What is asked and told of consumer groups, in plain TypeScript: numbers checked, enums as words, absent things undefined. Times
// are milliseconds since 1970 by the broker's clock, unless they are said to be durations.

import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { TopicPartition } from './consumer-types.ts'

/**
 * How a group is doing as a whole. `assigning`: members or topics have changed, and the assignment is yet to be made. `reconciling`:
 * some member does not have yet what it shall have, or still has what it shall not. `unknown`: a word of a newer broker.
 */
export type GroupCondition = 'empty' | 'assigning' | 'reconciling' | 'stable' | 'unknown'

/** A group in a line. */
export interface GroupSummary {
  readonly group: string
  readonly condition: GroupCondition
  readonly members: number
  /** Partitions in which something is committed. */
  readonly committedPartitions: number
  readonly epoch: number
  readonly createdMs: number
  /** Since when it has no members; undefined while it has. */
  readonly emptySinceMs: number | undefined
}

/**
 * Where a member is on the way to its assignment. `unrevoked`: it must give up partitions. `unreleased`: it waits for partitions that
 * others have not given up. `away`: a static member that said it will be back.
 */
export type GroupMemberState = 'stable' | 'unrevoked' | 'unreleased' | 'away' | 'unknown'

/**
 * What a member does with a partition, as it says itself. `in-handler`: the program has records and has not finished them.
 * `no-credit`: the program does not come for more. `failed`: reading failed. `handler-failed`: the handler threw.
 */
export type GroupProgressState =
  | 'flowing'
  | 'in-handler'
  | 'paused'
  | 'no-credit'
  | 'failed'
  | 'handler-failed'
  | 'unknown'

export interface GroupMemberProgress extends TopicPartition {
  readonly state: GroupProgressState
  /** How long it has been so, in milliseconds. */
  readonly stateAgeMs: number
  /** The offset of the oldest record that its program has in its hands, else of the next one that it will get; -1 when it does not know. */
  readonly position: number
  /** More, for people. */
  readonly text: string
}

export interface GroupMemberInfo {
  readonly memberId: string
  /** Of a static member. */
  readonly instanceId: string | undefined
  readonly clientId: string
  /** The address that its session comes from; empty while it has none. */
  readonly peer: string
  readonly epoch: number
  readonly state: GroupMemberState
  /** What it subscribes to. */
  readonly topics: readonly string[]
  /** Its vote; empty for none. */
  readonly assignor: string
  readonly weight: number
  /** Without a heartbeat for so long it is put out, in milliseconds. */
  readonly sessionTimeoutMs: number
  /** How long it may take to give up partitions, in milliseconds. */
  readonly rebalanceTimeoutMs: number
  readonly assigned: readonly TopicPartition[]
  /** What it must still give up. */
  readonly pendingRevocation: readonly TopicPartition[]
  /** Since its last heartbeat, in milliseconds; undefined when the broker had none since it started. */
  readonly heartbeatAgeMs: number | undefined
  /** Until it is put out, if no heartbeat comes, in milliseconds. */
  readonly sessionLeftMs: number
  readonly progress: readonly GroupMemberProgress[]
}

/** Where a group stands in a partition, and what is before it. */
export interface GroupPartitionInfo extends TopicPartition {
  readonly topicId: string
  /** Who has it; undefined for nobody. */
  readonly memberId: string | undefined
  /** The next offset to be read; undefined when nothing is committed. */
  readonly committedOffset: number | undefined
  /** When that was committed; undefined when nothing is. */
  readonly commitTimeMs: number | undefined
  readonly metadata: string
  /** The answer had too much metadata already: `groupOffsets` of this partition alone tells it. */
  readonly isMetadataLeftOut: boolean
  /** The first offset that the partition keeps. */
  readonly startOffset: number
  /** Readers see offsets below it. */
  readonly readableEndOffset: number
  /** Records from the committed offset (the start, where nothing is committed) to the readable end. */
  readonly lagRecords: number
  /** The age of the oldest record that is not committed, by its own timestamp, in milliseconds; 0 at the end; undefined when not asked for or not readable. */
  readonly lagMs: number | undefined
  /** The timestamp of that record. */
  readonly oldestTimestampMs: number | undefined
  /** Stored bytes of the batches from that record on; undefined as `lagMs`. */
  readonly lagBytes: number | undefined
  /** Why something is missing. */
  readonly error: VarveError | undefined
}

/** How fast records come and go. Rates are in records a second. */
export interface GroupTrafficInfo {
  /** Undefined: all topics of the group together. */
  readonly topic: string | undefined
  readonly producerRate: number
  /** What the group commits. */
  readonly consumerRate: number
  /** Producer rate less consumer rate: above 0 the backlog grows. */
  readonly difference: number
  /** Records that are not committed. */
  readonly backlogRecords: number
  readonly backlogBytes: number | undefined
  /** The age of the oldest of them, in milliseconds. */
  readonly backlogMs: number | undefined
  /** Until nothing is left at these rates, in milliseconds; undefined: never. */
  readonly drainMs: number | undefined
  /** How much time the rates are measured over, in milliseconds. */
  readonly windowMs: number
}

/** Offsets that are kept under a name. */
export interface GroupSnapshotInfo {
  readonly name: string
  /** When it was taken. */
  readonly timeMs: number
  /** The moment that it shows. */
  readonly asOfMs: number
  readonly partitions: number
}

export interface GroupDescription {
  readonly summary: GroupSummary
  /** The group epoch that the assignment was made for. */
  readonly assignmentEpoch: number
  /** What made the assignment; empty before the first. */
  readonly assignor: string
  /** How often committed offsets were reset. */
  readonly resetEpoch: number
  /** Sorted by id. */
  readonly members: readonly GroupMemberInfo[]
  /** All that are subscribed to or have something committed, sorted by topic and partition. */
  readonly partitions: readonly GroupPartitionInfo[]
  /** First that of all topics together, then by topic. */
  readonly traffic: readonly GroupTrafficInfo[]
  /** Sorted by name. */
  readonly snapshots: readonly GroupSnapshotInfo[]
  /** The moment of the answer: what lag in time counts to. */
  readonly timeMs: number
}

export interface DescribeGroupOptions {
  /** Lag in time and bytes, which costs the broker a read a partition; true unless told. */
  readonly lagTime?: boolean
}

/** Why a partition flows or does not. docs/OBSERVABILITY.md says what ends each. */
export type GroupFlowReason =
  | 'flowing'
  | 'at-end'
  | 'no-member'
  | 'stalled-in-handler'
  | 'member-silent'
  | 'waiting-for-revocation'
  | 'waiting-for-member'
  | 'paused'
  | 'no-credit'
  | 'offset-out-of-range'
  | 'topic-missing'
  | 'member-fenced'
  | 'partition-unavailable'
  | 'member-away'
  | 'assigning'
  | 'read-failed'
  | 'handler-failed'
  | 'not-committing'
  | 'unknown'

export interface GroupPartitionExplanation {
  readonly topic: string
  /** Undefined for a topic that does not exist. */
  readonly partition: number | undefined
  readonly reason: GroupFlowReason
  /** For people. */
  readonly text: string
  /** Who has it or shall have it; undefined for nobody. */
  readonly memberId: string | undefined
  /** Whom it waits for, where it does. */
  readonly waitingForMemberId: string | undefined
  /** How long it has been so, in milliseconds; undefined when not known. */
  readonly ageMs: number | undefined
  /** When it changes by itself at the latest, in milliseconds from now; undefined when it does not. */
  readonly endsInMs: number | undefined
  readonly lagRecords: number
}

/** A member that is none any more. */
export interface DepartedGroupMember {
  readonly memberId: string
  readonly clientId: string
  /** left, session-expired, rebalance-expired, rejoined or offsets-reset. */
  readonly reason: string
  readonly timeMs: number
  /** When a commit or heartbeat of it was last refused; undefined for never. */
  readonly refusedMs: number | undefined
}

export interface GroupExplanation {
  readonly summary: GroupSummary
  /** Every partition is flowing or at its end. */
  readonly isFlowing: boolean
  /** One sentence for people. */
  readonly text: string
  /** Sorted by topic and partition. */
  readonly partitions: readonly GroupPartitionExplanation[]
  /** Newest first. */
  readonly departed: readonly DepartedGroupMember[]
}

/** Where a group stands in a partition. */
export interface CommittedGroupOffset extends TopicPartition {
  readonly topicId: string
  /** The next offset to be read; undefined when nothing is committed, and then the rest is empty. */
  readonly offset: number | undefined
  /** The epoch that was committed with it; undefined when it is not known. */
  readonly leaderEpoch: number | undefined
  readonly metadata: string
  /** The answer had too much metadata already: ask for this partition alone. */
  readonly isMetadataLeftOut: boolean
  /** Undefined when nothing is committed. */
  readonly commitTimeMs: number | undefined
  /** Who committed it; undefined for somebody from outside and for a reset. */
  readonly memberId: string | undefined
  /** The epoch that the member showed; undefined without one. */
  readonly memberEpoch: number | undefined
}

export interface GroupOffsetsOptions {
  /** All that have something committed, unless told. */
  readonly partitions?: readonly TopicPartition[]
  /** As it was at this moment; now unless told. */
  readonly asOfMs?: number
}

/** An offset to commit: one more than the last record that was finished. */
export interface GroupCommit extends TopicPartition {
  readonly offset: number
  /** Of the record before the offset. */
  readonly leaderEpoch?: number
  /** At most 4 KiB. */
  readonly metadata?: string
}

export interface CommitGroupOffsetsOptions {
  /** Whether offsets may be smaller than what is committed; false unless told. */
  readonly allowRewind?: boolean
}

/**
 * Where committed offsets are to be set: to the start or end as it is, to an offset within the partition, to the first record at or
 * after a moment (the end when there is none), by so many records from what is committed (held to what the partition has), or to
 * what was committed at a moment.
 */
export type GroupResetPlace =
  | 'earliest'
  | 'latest'
  | { readonly offset: number }
  | { readonly timestampMs: number }
  | { readonly shiftBy: number }
  | { readonly asOfMs: number }

export interface GroupResetTarget {
  /** Every topic of the group, those subscribed to and those with something committed, unless told. */
  readonly topic?: string
  /** All of the topic unless told. */
  readonly partition?: number
  readonly to: GroupResetPlace
}

export interface GroupResetOptions {
  /** Only tell the plan. */
  readonly dryRun?: boolean
  /** Even while members are live: those that hold the partitions are put out, and begin at the new offsets. */
  readonly force?: boolean
  /** Why, for the history. */
  readonly reason?: string
}

/** What a reset, undo or restore changes in a partition; undefined for nothing committed. */
export interface GroupOffsetChange extends TopicPartition {
  readonly topicId: string
  readonly before: number | undefined
  readonly after: number | undefined
}

/** With the bounds of the partition when it was planned. */
export interface PlannedGroupOffset extends GroupOffsetChange {
  readonly startOffset: number
  readonly readableEndOffset: number
}

export interface GroupResetReport {
  /** Sorted by topic and partition. */
  readonly changes: readonly PlannedGroupOffset[]
  /** False for a dry run. */
  readonly isApplied: boolean
  /** How often the offsets of the group were reset, this time included. */
  readonly resetEpoch: number
  /** Members that were put out, or would be. */
  readonly membersPutOut: readonly string[]
}

export type GroupHistoryKind =
  | 'commit'
  | 'reset'
  | 'expired'
  | 'topic-deleted'
  | 'group-created'
  | 'group-deleted'
  | 'unknown'

/** One thing that happened to committed offsets. */
export interface GroupHistoryEntry {
  readonly timeMs: number
  /** A restore and an undo are resets; their reason says more. */
  readonly kind: GroupHistoryKind
  /** Who committed; undefined for somebody from outside and for everything else. */
  readonly memberId: string | undefined
  /** The epoch that the member showed, -1 without one. */
  readonly memberEpoch: number
  /** Why, of a reset. */
  readonly reason: string
  /** Of a reset: the how manieth of the group it was. */
  readonly resetEpoch: number
  readonly changes: readonly GroupOffsetChange[]
}

export interface GroupHistoryPage {
  /** Newest first. */
  readonly entries: readonly GroupHistoryEntry[]
  /** From when on the history is whole; what is older is forgotten. */
  readonly knownFromMs: number
}

export interface GroupHistoryOptions {
  /** All topics unless told. */
  readonly topic?: string
  /** Of that topic; all of them unless told. */
  readonly partition?: number
  /** From this moment on. */
  readonly fromMs?: number
  /** Before this moment. */
  readonly toMs?: number
  /** Only resets, restores and undos. */
  readonly resetsOnly?: boolean
  /** Entries of one page, at most 1,000; 100 unless told. */
  readonly pageSize?: number
}

export interface GroupSnapshotOptions {
  /** As it was at this moment; now unless told. */
  readonly asOfMs?: number
}

export interface GroupSnapshotReport {
  readonly snapshot: GroupSnapshotInfo
  readonly offsets: readonly CommittedGroupOffset[]
}

export interface ForkGroupOptions extends GroupSnapshotOptions {
  /** Only tell what the new group would have. */
  readonly dryRun?: boolean
}

export interface GroupForkReport {
  /** What the new group has, sorted by topic and partition. */
  readonly offsets: readonly CommittedGroupOffset[]
  /** False for a dry run. */
  readonly isApplied: boolean
}

/** A record that must be committed, as `send` and `append` report it: by its offset, or as a run of records by its first. */
export type ProducedPosition = TopicPartition &
  (
    | { readonly offset: Offset | number | undefined }
    | { readonly baseOffset: Offset | number | undefined; readonly recordCount: number }
  )

export interface WaitForCommitOptions {
  /** How long to wait, in milliseconds; 30 s unless told. */
  readonly timeoutMs?: number
  /** Ends the wait with CANCELLED. */
  readonly signal?: AbortSignal
}

export interface WaitForCommitReport {
  /** False when the time passed before. */
  readonly isReached: boolean
  /** What is committed in the partitions that were waited for, sorted by topic and partition. */
  readonly offsets: readonly CommittedGroupOffset[]
}
