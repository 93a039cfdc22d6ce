// Resets: committed offsets are set to another place, all of the plan or nothing. A reset is an event of its own, with what
// was committed before, so that it stays visible and can be taken back. Nobody may undo it by accident: with live members it
// is refused, and where it is forced those that hold the partitions are put out, so that a commit of theirs that is still on
// its way is refused and whoever gets the partitions begins at the new offsets. An undo and a restore are resets whose places
// the group knows itself.
import { VarveError } from '../domain/error.ts'
import { checkReason } from './check-wishes.ts'
import { departure } from './decide-departure.ts'
import { snapshotNamed } from './decide-snapshot.ts'
import type { Accepted, Decider, DecisionContext } from './decision.ts'
import { existingGroup } from './fencing.ts'
import type { BoundsOf, ResetItem, ResetOptions, ResetReply } from './group-command.ts'
import type { GroupEvent } from './group-event.ts'
import { AWAY_EPOCH, type CommittedOffset, type GroupState, type MemberId } from './group-state.ts'
import { type PartitionKey, partitionKey, partitionOf, topicIdOf } from './partition-key.ts'
import { planReset, type ResetPlan } from './reset-plan.ts'

export const decideReset: Decider<'reset'> = (state, command, context) => {
  const group = existingGroup(state)
  const plan = planReset(group, command.items, context)
  return carryOut(plan, { group, options: command, context })
}

/**
 * What was committed since the reset does not count: the partitions go to where they stood before it. An undo cannot be taken
 * back in its turn, so that one that is repeated because its answer was lost does nothing more.
 */
export const decideUndo: Decider<'undo'> = (state, command, context) => {
  const group = existingGroup(state)
  const { lastReset } = group
  const items =
    lastReset === undefined
      ? []
      : itemsTo(lastReset.before, new Set(lastReset.partitions), command.boundsOf, context)
  if (lastReset === undefined || items.length === 0) {
    const text = `no reset of group ${group.groupId} is known that was not taken back`
    throw new VarveError('NOTHING_TO_UNDO', text)
  }
  const undoneEpoch = lastReset.resetEpoch
  const reason = command.reason === '' ? `undo of reset ${undoneEpoch}` : command.reason
  const options = { ...command, reason }
  return carryOut(planReset(group, items, context), { group, options, context, undoneEpoch })
}

export const decideRestore: Decider<'restore'> = (state, command, context) => {
  const group = existingGroup(state)
  const { name, offsets } = snapshotNamed(group, command.name)
  const partitions = new Set(group.offsets.keys())
  for (const { topicId, partition } of offsets) partitions.add(partitionKey(topicId, partition))
  const items = itemsTo(offsets, partitions, command.boundsOf, context)
  const reason = command.reason === '' ? `restore of snapshot ${name}` : command.reason
  const options = { ...command, reason }
  return carryOut(planReset(group, items, context), { group, options, context })
}

/** Whatever kind of reset it is of. */
interface ResetDecision extends Pick<Accepted<'reset'>, 'events' | 'deadlines'> {
  readonly reply: ResetReply
}

/** Each of the partitions to what is given for it, or to nothing. Those of topics that are gone are left out. */
function itemsTo(
  offsets: readonly CommittedOffset[],
  partitions: ReadonlySet<PartitionKey>,
  boundsOf: BoundsOf,
  { topics }: DecisionContext,
): ResetItem[] {
  const places = new Map(
    offsets.map((offset) => [partitionKey(offset.topicId, offset.partition), offset]),
  )
  const items: ResetItem[] = []
  for (const key of partitions) {
    const [topicId, partition] = [topicIdOf(key), partitionOf(key)]
    if (topics.byId(topicId) === undefined) continue
    const committed = places.get(key)
    const { startOffset, endOffset } = boundsOf(topicId, partition)
    const at = { topicId, partition, startOffset, endOffset }
    items.push(
      committed === undefined ? { to: 'nothing', ...at } : { to: 'committed', committed, ...at },
    )
  }
  return items
}

/** The events of a reset, or only its plan. @throws VarveError GROUP_NOT_EMPTY · INVALID_ARGUMENT */
function carryOut(
  plan: ResetPlan,
  about: {
    readonly group: GroupState
    readonly options: ResetOptions
    readonly context: DecisionContext
    readonly undoneEpoch?: number
  },
): ResetDecision {
  const { group, options, context, undoneEpoch } = about
  const { reason, isDryRun, isForced } = options
  checkReason(reason, context.limits)
  const changes = [...plan.values()]
  const resetEpoch = group.resetEpoch + (changes.length > 0 ? 1 : 0)
  const membersPutOut = holdersOf(group, plan)
  const reply: ResetReply = { changes, resetEpoch, membersPutOut, isApplied: false, reason }
  if (isDryRun === true) return { events: [], reply, deadlines: [] }
  const live = [...group.members.values()].filter(({ epoch }) => epoch !== AWAY_EPOCH)
  if (live.length > 0 && isForced !== true) {
    throw new VarveError(
      'GROUP_NOT_EMPTY',
      `group ${group.groupId} has ${live.length} live members; stop them, or force the reset`,
      { details: { members: live.length } },
    )
  }
  if (changes.length === 0) return { events: [], reply, deadlines: [] }
  const out =
    membersPutOut.length === 0
      ? { events: [], deadlines: [] }
      : departure(group, membersPutOut, 'offsets-reset', context)
  const reset: GroupEvent = {
    ...({ kind: 'offsets-reset', resetEpoch, reason, timeMs: context.wallMs } as const),
    ...{ changes, ...(undoneEpoch === undefined ? {} : { undoneEpoch }) },
  }
  return {
    events: [...out.events, reset],
    reply: { ...reply, isApplied: true },
    deadlines: out.deadlines,
  }
}

/** The live members that hold partitions of the plan. */
function holdersOf(group: GroupState, plan: ResetPlan): MemberId[] {
  const holders = new Set<MemberId>()
  for (const key of plan.keys()) {
    const owner = group.owners.get(key)
    if (owner !== undefined && group.members.get(owner)?.epoch !== AWAY_EPOCH) holders.add(owner)
  }
  return [...holders]
}
