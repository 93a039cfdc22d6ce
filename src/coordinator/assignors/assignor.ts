// What an assignor is: a pure function from members and topics to who shall have what. Invariant of every one of them:
// each partition goes to exactly one of the members that subscribe to its topic, to none when there is none, and the same
// input gives the same answer in whatever order members and topics come.
import type { GroupTopic, MemberId } from '../group-state.ts'
import type { PartitionKey } from '../partition-key.ts'
import { partitionKey } from '../partition-key.ts'

export interface AssignorMember {
  readonly id: MemberId
  readonly instanceId: string | undefined
  /** Names. */
  readonly topics: readonly string[]
  /** From 1. */
  readonly weight: number
  /** What it was to have so far; what is not there any more may be among it. */
  readonly current: ReadonlySet<PartitionKey>
}

export interface AssignorInput {
  readonly members: readonly AssignorMember[]
  readonly topics: readonly GroupTopic[]
  /** Records that the group has not read yet; only `least-lag` asks. */
  readonly backlogOf: (topic: GroupTopic, partition: number) => number
}

/** Every member has an entry. */
export type Assignment = Map<MemberId, PartitionKey[]>

export type Assignor = (input: AssignorInput) => Assignment

/** The order in which members are served: static ones by instance first, as they keep their place across restarts. */
export function sortMembers(members: readonly AssignorMember[]): AssignorMember[] {
  return [...members].sort((a, b) => {
    if (a.instanceId !== undefined && b.instanceId !== undefined) {
      return compareTexts(a.instanceId, b.instanceId)
    }
    if (a.instanceId !== undefined) return -1
    if (b.instanceId !== undefined) return 1
    return compareTexts(a.id, b.id)
  })
}

/** By name. */
export function sortTopics(topics: readonly GroupTopic[]): GroupTopic[] {
  return [...topics].sort((a, b) => compareTexts(a.name, b.name))
}

/** By code units, so that no locale has a say. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** All partitions of a topic. */
export function* partitionsOf(topic: GroupTopic): Generator<PartitionKey> {
  for (let partition = 0; partition < topic.partitions; partition++) {
    yield partitionKey(topic.id, partition)
  }
}
