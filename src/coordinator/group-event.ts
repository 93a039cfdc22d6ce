// What can happen to a group. The events of a decision are stored in order and then evolve the state; a crash may leave
// any first part of them stored, and every first part leaves a state from which the group goes on by itself:
// the group epoch goes before what it is raised for, targets before their epoch, the current assignment last.
import type { Offset } from '../domain/offset.ts'
import type { AssignorName } from './assignors/assignor-name.ts'
import type {
  CommittedOffset,
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
  /** What was committed before; undefined for nothing. */
  readonly before: Offset | undefined
  readonly after: CommittedOffset
}

/** Times are of the wall clock. */
export type GroupEvent =
  | { readonly kind: 'group-created'; readonly groupId: string; readonly timeMs: number }
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
  | { readonly kind: 'offsets-committed'; readonly offsets: readonly CommittedOffset[] }
  | {
      readonly kind: 'offsets-reset'
      readonly resetEpoch: number
      /** In the words of who asked for it. */
      readonly reason: string
      readonly timeMs: number
      readonly changes: readonly OffsetChange[]
    }
  | {
      readonly kind: 'offsets-removed'
      readonly partitions: readonly PartitionKey[]
      readonly reason: OffsetRemovalReason
      readonly timeMs: number
    }
  | { readonly kind: 'group-deleted'; readonly timeMs: number }
