// What an explanation of a partition is made from: what is known of its group in one moment, and the partition itself.
import type { Deadlines } from '../../coordinator/deadlines.ts'
import type { GroupState, Member, MemberId } from '../../coordinator/group-state.ts'
import type { PartitionKey } from '../../coordinator/partition-key.ts'
import type { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { LogBounds } from '../../storage/engine.ts'
import type { DepartedPresence, MemberPresence } from './group-presence.ts'

/** What is known of a group in one moment. */
export interface FlowFacts {
  readonly state: Pick<
    GroupState,
    'members' | 'owners' | 'epoch' | 'assignmentEpoch' | 'emptySinceMs'
  >
  readonly deadlines: Deadlines
  readonly presenceOf: (memberId: MemberId) => MemberPresence | undefined
  /** Newest first. */
  readonly departed: readonly DepartedPresence[]
  /** Who is to have a partition in the end. */
  readonly heirs: ReadonlyMap<PartitionKey, MemberId>
  /** Members by the names of topics that they subscribe to. */
  readonly subscribers: ReadonlyMap<string, readonly Member[]>
  /** Where a partition ended so long ago, or somewhat longer; undefined when that is not known. */
  readonly endBefore: (key: PartitionKey, ageMs: number) => number | undefined
  readonly monotonicMs: number
  readonly wallMs: number
  readonly limits: ExplainLimits
}

export type ExplainLimits = Pick<
  Limits,
  'groupHeartbeatIntervalMsMax' | 'groupHandlerStalledMs' | 'groupNotCommittingMs'
>

/** A partition to be explained. */
export interface FlowSubject {
  readonly topic: string
  /** -1 for a topic that does not exist and of which nothing is committed. */
  readonly partition: number
  /** Undefined for a topic that does not exist. */
  readonly key: PartitionKey | undefined
  readonly committed: { readonly offset: number; readonly timeMs: number } | undefined
  /** Or why there are none. Undefined for a topic that does not exist. */
  readonly bounds: LogBounds | VarveError | undefined
}

/** Heartbeats that may be missing before a member counts as silent, and its program as slow. */
const MISSED_HEARTBEATS = 1.5

/** How long nothing may be heard of a member, in ms, before that is told: by how often it is to send a heartbeat. */
export function patienceMs({ wishes }: Member, limits: ExplainLimits): number {
  const intervalMs = Math.min(
    limits.groupHeartbeatIntervalMsMax,
    Math.floor(wishes.sessionTimeoutMs / 3),
  )
  return MISSED_HEARTBEATS * intervalMs
}
