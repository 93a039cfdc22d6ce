// What is known of one consumer group: exactly what its events say, and nothing else. Time that runs (sessions) is not
// part of it: see deadlines.ts. Invariant: a partition is in `assigned` or `pendingRevocation` of at most one member, and
// `owners` says of which; `instances` names members that exist. Readonly for everyone but evolve.ts, which owns it.
// The words are those of KIP-848 (https://cwiki.apache.org/confluence/display/KAFKA/KIP-848).
import type { Offset } from '../domain/offset.ts'
import type { TopicId } from '../domain/topic.ts'
import type { AssignorName } from './assignors/assignor-name.ts'
import type { PartitionKey } from './partition-key.ts'

/** Made by the server or by a Kafka client; unique in its group. */
export type MemberId = string

/** The epoch of a static member that said it will come back. */
export const AWAY_EPOCH = -2

/**
 * `stable`: it has what it may have at its epoch. `unrevoked`: it must still give up what is pending. `unreleased`: it
 * is at its epoch, and waits for partitions that others have not given up.
 */
export type MemberState = 'stable' | 'unrevoked' | 'unreleased'

/** What a member asks for. */
export interface MemberWishes {
  /** Names a static member: one that keeps its partitions while its process is restarted. */
  readonly instanceId: string | undefined
  /** For people. */
  readonly clientId: string
  /** Names, sorted, each once. Topics that do not exist (yet) may be among them. */
  readonly topics: readonly string[]
  /** Its vote; a member without one takes what the others want. */
  readonly assignor: AssignorName | undefined
  /** Its share under the assignor `weighted`, from 1. */
  readonly weight: number
  /** Without a heartbeat for so long it is put out. */
  readonly sessionTimeoutMs: number
  /** How long it may take to give up partitions. */
  readonly rebalanceTimeoutMs: number
}

/** Partitions with the member epoch at which each was given to the member. */
export type Holdings = ReadonlyMap<PartitionKey, number>

export interface Member {
  readonly id: MemberId
  readonly wishes: MemberWishes
  /** 0 until it got its first assignment; AWAY_EPOCH while it is away. */
  readonly epoch: number
  /** The epoch before: what a member shows whose last answer was lost. */
  readonly previousEpoch: number
  readonly state: MemberState
  readonly assigned: Holdings
  /** Taken from it, and not yet acknowledged: still its own for commits, nobody else's. */
  readonly pendingRevocation: Holdings
}

/** A topic as the group last took notice of it. */
export interface GroupTopic {
  readonly id: TopicId
  readonly name: string
  readonly partitions: number
}

/** Where the group stands in a partition. */
export interface CommittedOffset {
  readonly topicId: TopicId
  readonly topicName: string
  readonly partition: number
  /** The next one to be read. */
  readonly offset: Offset
  /** The epoch of the last record that was read, -1 when it is not known. */
  readonly leaderEpoch: number
  readonly metadata: string
  /** Wall clock. */
  readonly timeMs: number
  /** Who committed it; empty for a commit from outside the group and for a reset. */
  readonly memberId: MemberId
  /** The epoch that the member showed, -1 without a member. */
  readonly memberEpoch: number
}

/** What was committed at some moment, kept under a name until it is removed, or its group is. */
export interface GroupSnapshot {
  readonly name: string
  /** When it was taken; wall clock. */
  readonly timeMs: number
  /** The moment that it shows; wall clock. */
  readonly asOfMs: number
  readonly offsets: readonly CommittedOffset[]
}

/** What it takes to take a reset back. */
export interface LastReset {
  readonly resetEpoch: number
  /** Those that it changed. */
  readonly partitions: readonly PartitionKey[]
  /** What was committed in them before; nothing in those that are left out. */
  readonly before: readonly CommittedOffset[]
}

export interface GroupState {
  readonly groupId: string
  readonly createdMs: number
  /** Raised with everything that asks for another assignment. */
  readonly epoch: number
  /** The group epoch that `target` was made for; behind `epoch` while a new one is due. */
  readonly assignmentEpoch: number
  /** What made the target; undefined before the first. */
  readonly assignor: AssignorName | undefined
  /** Those of the subscribed topics that exist, by name. */
  readonly topics: ReadonlyMap<string, GroupTopic>
  readonly members: ReadonlyMap<MemberId, Member>
  /** Which member is which instance. */
  readonly instances: ReadonlyMap<string, MemberId>
  /** What each member shall have in the end. */
  readonly target: ReadonlyMap<MemberId, ReadonlySet<PartitionKey>>
  readonly owners: ReadonlyMap<PartitionKey, MemberId>
  readonly offsets: ReadonlyMap<PartitionKey, CommittedOffset>
  /** How often committed offsets were reset. */
  readonly resetEpoch: number
  /** The last reset, unless it was taken back. */
  readonly lastReset: LastReset | undefined
  /** By name, the oldest first. */
  readonly snapshots: ReadonlyMap<string, GroupSnapshot>
  /** Wall clock; undefined while it has members. */
  readonly emptySinceMs: number | undefined
}

/** A group that nothing has happened to. */
export function newGroup(groupId: string, createdMs: number): GroupState {
  return {
    groupId,
    createdMs,
    epoch: 0,
    assignmentEpoch: 0,
    assignor: undefined,
    topics: new Map(),
    members: new Map(),
    instances: new Map(),
    target: new Map(),
    owners: new Map(),
    offsets: new Map(),
    resetEpoch: 0,
    lastReset: undefined,
    snapshots: new Map(),
    emptySinceMs: createdMs,
  }
}

/** A member that has nothing yet. */
export function newMember(id: MemberId, wishes: MemberWishes): Member {
  return {
    id,
    wishes,
    epoch: 0,
    previousEpoch: 0,
    state: 'stable',
    assigned: new Map(),
    pendingRevocation: new Map(),
  }
}

/** A static member that is back: with what it had, and still to be told so. */
export function successorOf(member: Member, id: MemberId, wishes: MemberWishes): Member {
  return { ...newMember(id, wishes), assigned: member.assigned }
}
