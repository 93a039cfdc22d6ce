// Snapshots and forks: what is committed, or was at an earlier moment, kept under a name or given to a new group. Neither
// touches the group that it is taken of. A fork is one event with its offsets in it: a new group is never seen without them.
import { VarveError } from '../domain/error.ts'
import { checkGroupId, checkSnapshotName } from './check-wishes.ts'
import type { Decider } from './decision.ts'
import { existingGroup } from './fencing.ts'
import type { GroupEvent } from './group-event.ts'
import type { CommittedOffset, GroupSnapshot, GroupState } from './group-state.ts'
import { heldPlace, setTo } from './reset-plan.ts'

export const decideSnapshot: Decider<'snapshot'> = (state, { name, past }, context) => {
  const { limits, wallMs } = context
  const group = existingGroup(state)
  checkSnapshotName(name, limits)
  if (group.snapshots.has(name)) {
    throw new VarveError('SNAPSHOT_EXISTS', `group ${group.groupId} has a snapshot ${name} already`)
  }
  const offsets = past?.offsets ?? [...group.offsets.values()]
  checkRoom(group, offsets.length, limits)
  const snapshot: GroupSnapshot = {
    ...{ name, timeMs: wallMs, asOfMs: past?.asOfMs ?? wallMs },
    offsets,
  }
  return {
    events: [{ kind: 'snapshot-taken', snapshot }],
    reply: { snapshot },
    deadlines: [],
  }
}

export const decideRemoveSnapshot: Decider<'remove-snapshot'> = (state, { name }, context) => {
  snapshotNamed(existingGroup(state), name)
  const event: GroupEvent = { kind: 'snapshot-removed', name, timeMs: context.wallMs }
  return { events: [event], reply: {}, deadlines: [] }
}

export const decideFork: Decider<'fork'> = (state, command, context) => {
  const { groupId, origin, boundsOf, isDryRun } = command
  checkGroupId(groupId, context.limits)
  if (state !== undefined) {
    throw new VarveError('GROUP_EXISTS', `there is a group ${groupId} already`)
  }
  const timeMs = context.wallMs
  const offsets: CommittedOffset[] = []
  for (const committed of origin.offsets) {
    const { topicId, partition } = committed
    const topic = context.topics.byId(topicId)
    if (topic === undefined) continue
    const place = heldPlace(committed, boundsOf(topicId, partition))
    offsets.push(setTo(place, { topic, partition, timeMs }))
  }
  const { groupId: originId, asOfMs } = origin
  const fork = { groupId: originId, asOfMs, offsets }
  const event: GroupEvent = { kind: 'group-created', groupId, timeMs, fork }
  return { events: isDryRun === true ? [] : [event], reply: { offsets }, deadlines: [] }
}

/** @throws VarveError SNAPSHOT_NOT_FOUND */
export function snapshotNamed(group: GroupState, name: string): GroupSnapshot {
  const snapshot = group.snapshots.get(name)
  if (snapshot !== undefined) return snapshot
  throw new VarveError('SNAPSHOT_NOT_FOUND', `group ${group.groupId} has no snapshot ${name}`)
}

function checkRoom(
  { snapshots }: GroupState,
  offsets: number,
  limits: { readonly snapshotsPerGroupMax: number; readonly snapshotOffsetsPerGroupMax: number },
): void {
  const { snapshotsPerGroupMax: max, snapshotOffsetsPerGroupMax: offsetsMax } = limits
  if (snapshots.size >= max) {
    throw new VarveError('TOO_MANY_SNAPSHOTS', `the group has ${max} snapshots already`, {
      details: { limit: max },
    })
  }
  let kept = 0
  for (const snapshot of snapshots.values()) kept += snapshot.offsets.length
  if (kept + offsets > offsetsMax) {
    const text = `the snapshots of the group keep ${kept} offsets; ${offsets} more are above ${offsetsMax}`
    throw new VarveError('TOO_MANY_SNAPSHOTS', text, { details: { limit: offsetsMax } })
  }
}
