// What a consumer in a group is told, and what it tells.
import type { Offset } from '../domain/offset.ts'
import type { ReadingOptions, TopicPartition } from './consumer-types.ts'

/** Which way the partitions of a group are shared out. */
export type AssignorName = 'uniform' | 'range' | 'round-robin' | 'weighted' | 'least-lag'

/** A partition that came to the consumer, and where it stands in it. */
export interface GroupAssignment extends TopicPartition {
  readonly topicId: string
  /** The next offset to be read, as the group committed it; undefined when it committed nothing. */
  readonly committedOffset: Offset | undefined
  /** What was committed with it; empty without. */
  readonly metadata: string
}

/** Where a partition begins of which the group has committed nothing; `none`: nowhere, the loop fails with NO_COMMITTED_OFFSET. */
export type GroupStart = 'earliest' | 'latest' | 'none' | { readonly timestampMs: number }

export interface AutoCommitOptions {
  /** How often what was finished is committed; 5 s unless told. It also is before a partition leaves, and at the end. */
  readonly intervalMs?: number
}

export interface GroupConsumerOptions extends ReadingOptions {
  /** The group's id, 1 to 255 bytes. The first member makes the group. */
  readonly group: string
  /** Names of topics; one that does not exist yet is read as soon as it does. */
  readonly topics: string | readonly string[]
  /** Names this member for good: while its process is restarted it keeps its partitions. No two may run with the same one. */
  readonly instanceId?: string
  /** Names the program, for people; `varve` unless told. */
  readonly clientId?: string
  /** What the group does when its members differ: most of them decide. `uniform` unless told by anyone. */
  readonly assignor?: AssignorName
  /** The share of this member under the assignor `weighted`, 1 unless told. */
  readonly weight?: number
  /** After so long without a sign of life the partitions go to others; the broker's default unless told. */
  readonly sessionTimeoutMs?: number
  /** How long giving up a partition may take: the record in hand, `onPartitionsRevoked`, the last commit; the broker's default unless told. */
  readonly rebalanceTimeoutMs?: number
  /** Where partitions begin of which nothing is committed; `earliest` unless told. */
  readonly from?: GroupStart
  /** Whether what the program has finished is committed by itself; every 5 s unless told. */
  readonly autoCommit?: AutoCommitOptions | boolean
  /**
   * After so long without an end or an answer something counts as stuck (a handler, the body of a loop, a heartbeat, a read, a
   * commit), and the event `stuck` says so; 30 s unless told, Infinity: never.
   */
  readonly stuckAfterMs?: number
  /** Partitions came. Records of them follow when its promise has resolved; `seek` may be called in it. */
  readonly onPartitionsAssigned?: (partitions: readonly GroupAssignment[]) => Promise<void> | void
  /**
   * Partitions are to be given up: none of their records are handed out any more, and the one in hand is finished. They leave when
   * its promise has resolved and what was finished is committed; `commit` may be called in it. Takes at most `rebalanceTimeoutMs`.
   */
  readonly onPartitionsRevoked?: (partitions: readonly TopicPartition[]) => Promise<void> | void
  /** The member was put out, or the partitions were taken: others may have them by now, and nothing can be committed for them. */
  readonly onPartitionsLost?: (partitions: readonly TopicPartition[]) => Promise<void> | void
}

/** An offset to commit, of a partition that the consumer holds. */
export interface OffsetToCommit extends TopicPartition {
  /** The next offset to be read: one more than that of the last finished record. */
  readonly offset: number
  /** Anything, at most 4 KiB. */
  readonly metadata?: string
  /** The epoch of the last finished record; left out where it is not known. */
  readonly leaderEpoch?: number
}

export interface CommitOptions {
  /** Whether offsets may be smaller than what is committed: else such a commit fails with COMMIT_REWIND. */
  readonly allowRewind?: boolean
}

/** Where a group stands in a partition; `offset` is undefined when nothing is committed. */
export interface GroupOffset extends TopicPartition {
  readonly offset: Offset | undefined
  readonly metadata: string
}

/** Where the consumer stands in a partition that it holds. */
export interface GroupPosition extends TopicPartition {
  /** The offset of the next record that is handed out; undefined while the partition is being opened. */
  readonly position: Offset | undefined
  /** Everything before it was finished. */
  readonly finishedOffset: Offset | undefined
  /** As this consumer knows it. */
  readonly committedOffset: Offset | undefined
  /** As the broker last said. */
  readonly readableEndOffset: number | undefined
  readonly isPaused: boolean
  /** It is about to be given up. */
  readonly isLeaving: boolean
}

export interface GroupCloseOptions {
  /** How long the record in hand, `onPartitionsRevoked`, the last commit and the leaving may take together; 10 s unless told. */
  readonly timeoutMs?: number
  /** Of a static member: it will be back within its session and keeps its partitions; true unless told. */
  readonly isComingBack?: boolean
}
