// What can happen to a group. The events of a decision are stored in order and then evolve the state; a crash may leave
// any first part of them stored, and every first part leaves a state from which the group goes on by itself:
// the group epoch goes before what it is raised for, targets before their epoch, the current assignment last.
import type { Offset } from '../domain/offset.ts'
import type { TopicId } from '../domain/topic.ts'
import type { AssignorName } from './assignors/assignor-name.ts'
import type {
  CommittedOffset,
  GroupSnapshot,
  GroupTopic,
  MemberId,
  MemberState,
  MemberWishes,
} from './group-state.ts'
import type { PartitionKey } from './partition-key.ts'

/** Why a member is not one any more. */
export type RemovalReason =
  | 'left'
  | 'session-expired'
  | 'rebalance-expired'
  | 'rejoined'
  | 'offsets-reset'

/** Why committed offsets were dropped. */
type OffsetRemovalReason = 'expired' | 'topic-deleted'

/** A partition and the member epoch at which it was given. */
export type Holding = readonly [key: PartitionKey, epoch: number]

/** One partition of a reset. */
export interface OffsetChange {
  readonly topicId: TopicId
  readonly topicName: string
  readonly partition: number
  /** What was committed before; left out for nothing. */
  readonly before?: CommittedOffset
  /** What is committed afterwards; left out for nothing. */
  readonly after?: CommittedOffset
}

/** Where the offsets of a new group come from. */
export interface ForkOrigin {
  readonly groupId: string
  /** The moment at which the other group stood there; by the wall clock. */
  readonly asOfMs: number
  readonly offsets: readonly CommittedOffset[]
}

/** Times are of the wall clock. */
export type GroupEvent =
  /** A fork has its offsets from the first: no part of it is ever without them. */
  | {
      readonly kind: 'group-created'
      readonly groupId: string
      readonly timeMs: number
      readonly fork?: ForkOrigin
    }
  /** The group epoch is raised; `topics` are those that the next assignment is made for. */
  | { readonly kind: 'group-epoch'; readonly epoch: number; readonly topics: readonly GroupTopic[] }
  /** A member is new, or asks for something else. */
  | { readonly kind: 'member-wishes'; readonly memberId: MemberId; readonly wishes: MemberWishes }
  | {
      readonly kind: 'member-removed'
      readonly memberId: MemberId
      readonly reason: RemovalReason
      readonly timeMs: number
    }
  /** A static member is back under this id or another one: it takes over what the instance had. */
  | {
      readonly kind: 'member-replaced'
      readonly memberId: MemberId
      readonly successorId: MemberId
      readonly wishes: MemberWishes
    }
  | {
      readonly kind: 'target-member'
      readonly memberId: MemberId
      readonly partitions: readonly PartitionKey[]
    }
  | { readonly kind: 'target-epoch'; readonly epoch: number; readonly assignor: AssignorName }
  | {
      readonly kind: 'member-current'
      readonly memberId: MemberId
      readonly epoch: number
      readonly previousEpoch: number
      readonly state: MemberState
      readonly assigned: readonly Holding[]
      readonly pendingRevocation: readonly Holding[]
    }
  | {
      readonly kind: 'offsets-committed'
      readonly offsets: readonly CommittedOffset[]
      /** What was committed before each of them, null for nothing: for the history. */
      readonly before: readonly (Offset | null)[]
    }
  | {
      readonly kind: 'offsets-reset'
      readonly resetEpoch: number
      /** In the words of who asked for it. */
      readonly reason: string
      readonly timeMs: number
      readonly changes: readonly OffsetChange[]
      /** The reset that this one takes back. */
      readonly undoneEpoch?: number
    }
  | {
      readonly kind: 'offsets-removed'
      /** As they were. */
      readonly offsets: readonly CommittedOffset[]
      readonly reason: OffsetRemovalReason
      readonly timeMs: number
    }
  | { readonly kind: 'snapshot-taken'; readonly snapshot: GroupSnapshot }
  | { readonly kind: 'snapshot-removed'; readonly name: string; readonly timeMs: number }
  | { readonly kind: 'group-deleted'; readonly timeMs: number }
