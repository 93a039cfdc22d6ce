// Committed offsets as they are now: commits come in, names and bounds are looked up, and what is committed is told. Invariant: a
// commit never lies beyond what readers can see, so that no crash leaves a group ahead of its log.
import type { CommitItem, CommitResult } from '../../coordinator/group-command.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import { positionsOf, sortedPositions } from './committed-positions.ts'
import type { GroupAccess } from './group-actors.ts'
import type { GroupPartition } from './group-membership.ts'
import { groupNotFound } from './group-not-found.ts'
import type {
  CommitEntry,
  CommitOutcome,
  CommitRequest,
  CommittedPosition,
} from './group-service.ts'
import { asMember } from './group-session.ts'
import type { PartitionLookup } from './partition-lookup.ts'

export interface GroupOffsetsParts {
  readonly groups: GroupAccess
  readonly lookup: PartitionLookup
  readonly limits: Limits
}

/** As GroupService.commit. */
export async function commitOffsets(
  { groups, lookup, limits }: GroupOffsetsParts,
  request: CommitRequest,
): Promise<CommitOutcome[]> {
  const { group: groupId, memberId, instanceId, memberEpoch, entries, allowRewind } = request
  if (entries.length > limits.commitEntriesMax) {
    const text = `a commit has at most ${limits.commitEntriesMax} offsets, not ${entries.length}`
    throw new VarveError('TOO_MANY_ITEMS', text, { details: { limit: limits.commitEntriesMax } })
  }
  const outcomes: CommitOutcome[] = []
  const items: CommitItem[] = []
  const places: number[] = []
  for (const [place, entry] of entries.entries()) {
    const { topic, partition } = entry
    try {
      items.push(itemOf(entry, lookup))
      places.push(place)
      outcomes.push({ topic, partition })
    } catch (error) {
      if (!isVarveError(error)) throw error
      outcomes.push({ topic, partition, error })
    }
  }
  const command = { kind: 'commit', groupId, memberId, instanceId, memberEpoch, items } as const
  const { results } = await groups
    .run(groupId, { ...command, allowRewind: allowRewind === true })
    .catch((error: unknown) => {
      throw memberId === undefined ? error : asMember(error)
    })
  for (const [index, place] of places.entries()) {
    const error = (results[index] as CommitResult).error
    const outcome = outcomes[place]
    if (error !== undefined && outcome !== undefined) outcomes[place] = { ...outcome, error }
  }
  return outcomes
}

/** @throws VarveError why this offset cannot be committed now */
function itemOf(entry: CommitEntry, lookup: PartitionLookup): CommitItem {
  const { topicId, partition } = lookup.find(entry)
  const { offset, leaderEpoch, metadata } = entry
  const endOffset = lookup.bounds(topicId, partition).readableEnd
  return { topicId, partition, offset, leaderEpoch, metadata, endOffset }
}

/** What is committed now. @throws VarveError GROUP_NOT_FOUND · UNKNOWN_TOPIC · UNKNOWN_PARTITION */
export async function fetchOffsets(
  { groups, lookup }: GroupOffsetsParts,
  groupId: string,
  partitions: readonly GroupPartition[] | undefined,
): Promise<CommittedPosition[]> {
  const asked = partitions?.map((partition) => lookup.find(partition))
  return await groups.read(groupId, ({ state }) => {
    if (state === undefined) throw groupNotFound(groupId)
    return asked === undefined ? sortedPositions(state.offsets.values()) : positionsOf(state, asked)
  })
}
