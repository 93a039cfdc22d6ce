// Commits and what becomes of them. A commit counts only for what its member holds, under an epoch at which it held it
// (KIP-1251: assignment epoch of the partition <= epoch shown <= epoch of the member), never beyond the end of the partition
// and never backwards unless asked for. What is pending revocation may still be committed: that is what the wait is for.
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import { checkGroupId } from './check-wishes.ts'
import type { Decider, DecisionContext } from './decision.ts'
import { existingGroup, memberClaimed } from './fencing.ts'
import type { CommitCommand, CommitItem, CommitResult } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import { type CommittedOffset, type GroupState, type Member, newGroup } from './group-state.ts'
import { type PartitionKey, partitionKey } from './partition-key.ts'

const utf8 = new TextEncoder()

export const decideCommit: Decider<'commit'> = (state, command, context) => {
  checkGroupId(command.groupId, context.limits)
  const group = state ?? newGroup(command.groupId, context.wallMs)
  const member = committer(state, command)
  const accepted = new Map<PartitionKey, CommittedOffset>()
  const results = command.items.map((item): CommitResult => {
    const { topicId, partition } = item
    try {
      const key = partitionKey(topicId, partition)
      const before = accepted.get(key) ?? group.offsets.get(key)
      accepted.set(key, admitItem({ item, before, member, command }, context))
      return { topicId, partition }
    } catch (error) {
      if (error instanceof VarveError) return { topicId, partition, error }
      throw error
    }
  })
  const events: GroupEvent[] = []
  if (accepted.size > 0) {
    const { groupId } = command
    if (state === undefined) events.push({ kind: 'group-created', groupId, timeMs: context.wallMs })
    const before = [...accepted.keys()].map((key) => group.offsets.get(key)?.offset ?? null)
    events.push({ kind: 'offsets-committed', offsets: [...accepted.values()], before })
  }
  return { events, reply: { results }, deadlines: [] }
}

/** Who commits; undefined for somebody from outside, who may only while there are no members. */
function committer(state: GroupState | undefined, command: CommitCommand): Member | undefined {
  const { memberId, memberEpoch, instanceId } = command
  if (memberId === undefined) {
    if (state === undefined || state.members.size === 0) return undefined
    throw new VarveError(
      'UNKNOWN_MEMBER',
      'the group has members: only they may commit, with member id and epoch',
      { details: { field: 'member_id' } },
    )
  }
  // Without the epoch in the claim: who is no member is told so, whatever epoch it shows.
  const [, member] = memberClaimed(state, { memberId, instanceId })
  if (memberEpoch === undefined || memberEpoch > member.epoch || memberEpoch < 0) {
    throw stale(memberEpoch ?? -1, member.epoch)
  }
  return member
}

function admitItem(
  about: {
    readonly item: CommitItem
    readonly before: CommittedOffset | undefined
    readonly member: Member | undefined
    readonly command: CommitCommand
  },
  { topics, limits, wallMs }: DecisionContext,
): CommittedOffset {
  const { item, before, member, command } = about
  const { topicId, partition, offset, endOffset, leaderEpoch = -1, metadata = '' } = item
  const topic = topics.byId(topicId)
  if (topic === undefined) throw new VarveError('UNKNOWN_TOPIC', 'there is no topic of this id')
  const details = { topic: topic.name, partition }
  if (!Number.isInteger(partition) || partition < 0 || partition >= topic.partitions) {
    const text = `topic ${topic.name} has no partition ${partition}`
    throw new VarveError('UNKNOWN_PARTITION', text, { details })
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    const text = `an offset is an integer from 0 to 2^53-1, not ${offset}`
    throw new VarveError('INVALID_OFFSET', text, { details })
  }
  const metadataBytes = utf8.encode(metadata).length
  if (metadataBytes > limits.commitMetadataBytesMax) {
    const text = `the metadata has ${metadataBytes} bytes, more than ${limits.commitMetadataBytesMax}`
    throw new VarveError('METADATA_TOO_LARGE', text, { details })
  }
  const memberEpoch = command.memberEpoch ?? -1
  if (member !== undefined)
    checkHolds(member, partitionKey(topicId, partition), memberEpoch, details)
  if (offset > endOffset) {
    const text = `offset ${offset} lies beyond the end of the partition, ${endOffset}`
    throw new VarveError('OFFSET_OUT_OF_RANGE', text, {
      details: { ...details, offset, endOffset },
    })
  }
  if (before !== undefined && offset < before.offset && command.allowRewind !== true) {
    const text = `offset ${offset} is before what is committed, ${before.offset}; say so if it is meant`
    throw new VarveError('COMMIT_REWIND', text, {
      details: { ...details, offset, committedOffset: before.offset },
    })
  }
  const memberId = member?.id ?? ''
  return {
    ...{
      topicId,
      topicName: topic.name,
      partition,
      offset: offset as Offset,
      leaderEpoch,
      metadata,
    },
    ...{ timeMs: wallMs, memberId, memberEpoch: member === undefined ? -1 : memberEpoch },
  }
}

function checkHolds(
  member: Member,
  key: PartitionKey,
  memberEpoch: number,
  details: { topic: string; partition: number },
): void {
  const givenAt = member.assigned.get(key) ?? member.pendingRevocation.get(key)
  if (givenAt === undefined) {
    throw new VarveError('NOT_OWNER', 'the member does not hold this partition', { details })
  }
  if (memberEpoch < givenAt) throw stale(memberEpoch, member.epoch, { ...details, givenAt })
}

function stale(
  memberEpoch: number,
  currentEpoch: number,
  details: Readonly<Record<string, string | number>> = {},
): VarveError {
  return new VarveError(
    'STALE_MEMBER_EPOCH',
    `epoch ${memberEpoch} does not hold here; the member is at ${currentEpoch}`,
    { details: { ...details, memberEpoch, currentEpoch } },
  )
}

/** Drops what nobody has needed for so long: of a dead group everything, of a live one topics nobody subscribes to. */
export const decideExpireOffsets: Decider<'expire-offsets'> = (state, { retentionMs }, context) => {
  const group = existingGroup(state)
  const timeMs = context.wallMs
  const before = timeMs - retentionMs
  const { emptySinceMs } = group
  const isDead = emptySinceMs !== undefined && emptySinceMs <= before
  const subscribed = new Set([...group.members.values()].flatMap(({ wishes }) => wishes.topics))
  const mayExpire = ({ topicName }: CommittedOffset): boolean =>
    emptySinceMs === undefined ? !subscribed.has(topicName) : isDead
  const offsets = [...group.offsets.values()].filter(
    (offset) => offset.timeMs <= before && mayExpire(offset),
  )
  const events: GroupEvent[] = []
  if (offsets.length > 0) {
    events.push({ kind: 'offsets-removed', offsets, reason: 'expired', timeMs })
  }
  // Somebody gave a snapshot a name, to find it again: it keeps its group.
  if (isDead && offsets.length === group.offsets.size && group.snapshots.size === 0) {
    events.push({ kind: 'group-deleted', timeMs })
  }
  return { events, reply: {}, deadlines: [] }
}

/** Removes a group with everything that is committed; only one without members. */
export const decideDelete: Decider<'delete'> = (state, _command, context) => {
  const group = existingGroup(state)
  if (group.members.size > 0) {
    throw new VarveError(
      'GROUP_NOT_EMPTY',
      `group ${group.groupId} has ${group.members.size} members; stop them first`,
      { details: { members: group.members.size } },
    )
  }
  return { events: [{ kind: 'group-deleted', timeMs: context.wallMs }], reply: {}, deadlines: [] }
}
