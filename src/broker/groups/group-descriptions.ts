// What is told of a group to people and programs that look at it: as it stands, who its members are, how far it lags, why it flows or
// does not. Topics go by name; times are ms, of the wall clock where they say so; what is not known is undefined, never a guess.
import type { GroupCondition } from '../../coordinator/group-condition.ts'
import type { MemberState } from '../../coordinator/group-state.ts'
import type { VarveError } from '../../domain/error.ts'
import type { GroupPartition, PartitionProgress } from './group-membership.ts'

export interface GroupSummary {
  readonly group: string
  readonly condition: GroupCondition
  readonly members: number
  readonly committedPartitions: number
  readonly epoch: number
  readonly createdMs: number
  readonly emptySinceMs: number | undefined
}

export interface GroupPage {
  readonly groups: readonly GroupSummary[]
  /** Pass it as `after`; absent on the last page. */
  readonly next?: string
}

export interface MemberDescription {
  readonly memberId: string
  readonly instanceId: string | undefined
  readonly clientId: string
  /** Empty without a stream. */
  readonly peer: string
  readonly epoch: number
  readonly state: MemberState | 'away'
  readonly topics: readonly string[]
  readonly assignor: string
  readonly weight: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly assigned: readonly GroupPartition[]
  readonly pendingRevocation: readonly GroupPartition[]
  /** Undefined when this process had no heartbeat of it yet. */
  readonly heartbeatAgeMs: number | undefined
  readonly sessionLeftMs: number
  readonly progress: readonly PartitionProgress[]
}

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  /** Empty for nobody. */
  readonly memberId: string
  readonly committedOffset: number | undefined
  readonly commitTimeMs: number
  readonly metadata: string
  readonly startOffset: number
  readonly readableEndOffset: number
  readonly lagRecords: number
  /** Of the oldest record that is not committed; 0 at the end; undefined when not asked for or not readable. */
  readonly lagMs: number | undefined
  readonly oldestTimestampMs: number | undefined
  readonly lagBytes: number | undefined
  readonly error?: VarveError
}

export interface GroupTraffic {
  /** Empty: the sum of all. */
  readonly topic: string
  /** Records a second. */
  readonly producerRate: number
  readonly consumerRate: number
  readonly difference: number
  readonly backlogRecords: number
  readonly backlogBytes: number | undefined
  readonly backlogMs: number | undefined
  /** Undefined: never at these rates. */
  readonly drainMs: number | undefined
  readonly windowMs: number
}

export interface SnapshotDescription {
  readonly name: string
  readonly timeMs: number
  readonly asOfMs: number
  readonly partitions: number
}

export interface GroupDescription {
  readonly summary: GroupSummary
  readonly assignmentEpoch: number
  readonly assignor: string
  readonly resetEpoch: number
  readonly members: readonly MemberDescription[]
  readonly partitions: readonly PartitionLag[]
  readonly traffic: readonly GroupTraffic[]
  readonly snapshots: readonly SnapshotDescription[]
  readonly timeMs: number
}

/** Why a partition flows or does not; the words of FlowReason in group.proto. */
export type FlowReason =
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

export interface PartitionExplanation {
  readonly topic: string
  /** -1 for a topic that does not exist. */
  readonly partition: number
  readonly reason: FlowReason
  readonly text: string
  readonly memberId: string
  readonly waitingForMemberId: string
  readonly ageMs: number | undefined
  readonly endsInMs: number | undefined
  readonly lagRecords: number
}

export interface DepartedMember {
  readonly memberId: string
  readonly clientId: string
  readonly reason: string
  readonly timeMs: number
  readonly refusedMs: number | undefined
}

export interface GroupExplanation {
  readonly summary: GroupSummary
  readonly isFlowing: boolean
  readonly text: string
  readonly partitions: readonly PartitionExplanation[]
  readonly departed: readonly DepartedMember[]
}
