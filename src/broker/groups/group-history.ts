// What looks at the past of a group, or makes some: resets and their plans, undos, snapshots, forks, what was committed at a
// moment, and pages of history. Invariant: whatever changes a group is decided by its actor on the group as it is then; what is
// looked up before (bounds, moments, partitions that are meant) only says where to go, and the answer tells what was done.
import type {
  BoundsOf,
  GroupCommand,
  PartitionBounds,
  ResetReply,
} from '../../coordinator/group-command.ts'
import type { GroupSnapshot, GroupState } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../coordinator/partition-key.ts'
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import { admitOffset } from '../../domain/offset.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { byPartition, noPosition, positionOf, sortedPositions } from './committed-positions.ts'
import type { GroupAccess } from './group-actors.ts'
import type { SnapshotDescription } from './group-descriptions.ts'
import type { GroupJournal } from './group-journal.ts'
import type { GroupPartition } from './group-membership.ts'
import { groupNotFound } from './group-not-found.ts'
import type {
  CommittedPosition,
  GroupService,
  HistoryPage,
  HistoryRequest,
  ResetEntry,
  ResetOutcome,
  ResetRequest,
} from './group-service.ts'
import { historyPage, isInHistory } from './history-pages.ts'
import type { PartitionLookup } from './partition-lookup.ts'
import { resetItems, resetTargets } from './reset-items.ts'

export interface GroupHistoryParts {
  readonly groups: GroupAccess
  readonly journal: GroupJournal
  readonly lookup: PartitionLookup
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
}

type ServedHere = Pick<
  GroupService,
  'reset' | 'restore' | 'snapshot' | 'deleteSnapshot' | 'fork' | 'history'
>

export class GroupHistory implements ServedHere {
  readonly #parts: GroupHistoryParts
  #reads = 0

  constructor(parts: GroupHistoryParts) {
    this.#parts = parts
  }

  /** See GroupService. */
  async reset({ group, what, dryRun, force, reason }: ResetRequest): Promise<ResetOutcome> {
    const options = { isDryRun: dryRun, isForced: force, reason }
    const bounds = new BoundsAsked(this.#parts.lookup)
    if (what === 'undo') {
      const { boundsOf } = bounds
      return await this.#carryOut(group, { kind: 'undo', ...options, boundsOf }, bounds)
    }
    const items = await this.#itemsOf(group, what)
    for (const item of items) bounds.known.set(partitionKey(item.topicId, item.partition), item)
    return await this.#carryOut(group, { kind: 'reset', ...options, items }, bounds)
  }

  /** See GroupService. */
  async restore(request: {
    readonly group: string
    readonly name: string
    readonly dryRun: boolean
    readonly force: boolean
    readonly reason: string
  }): Promise<ResetOutcome> {
    const { group, name, dryRun, force, reason } = request
    const options = { isDryRun: dryRun, isForced: force, reason }
    const bounds = new BoundsAsked(this.#parts.lookup)
    const { boundsOf } = bounds
    return await this.#carryOut(group, { kind: 'restore', name, ...options, boundsOf }, bounds)
  }

  /** See GroupService. */
  async snapshot(
    group: string,
    name: string,
    asOfMs?: number,
  ): Promise<{
    readonly snapshot: SnapshotDescription
    readonly offsets: readonly CommittedPosition[]
  }> {
    const past = asOfMs === undefined ? undefined : await this.#past(group, asOfMs)
    const { snapshot } = await this.#parts.groups.run(group, { kind: 'snapshot', name, past })
    return { snapshot: describeSnapshot(snapshot), offsets: sortedPositions(snapshot.offsets) }
  }

  /** See GroupService. */
  async deleteSnapshot(group: string, name: string): Promise<void> {
    await this.#parts.groups.run(group, { kind: 'remove-snapshot', name })
  }

  /** See GroupService. A group that was deleted can be forked too, as of a moment when it was there: under its own id as well. */
  async fork(request: {
    readonly group: string
    readonly newGroup: string
    readonly asOfMs?: number
    readonly dryRun: boolean
  }): Promise<{ readonly offsets: readonly CommittedPosition[]; readonly isApplied: boolean }> {
    const { group, newGroup, asOfMs, dryRun } = request
    const { groups } = this.#parts
    const past = asOfMs === undefined ? await this.#present(group) : await this.#past(group, asOfMs)
    const { offsets } = await groups.run(newGroup, {
      ...({ kind: 'fork', groupId: newGroup, origin: { groupId: group, ...past } } as const),
      ...{ boundsOf: new BoundsAsked(this.#parts.lookup).boundsOf, isDryRun: dryRun },
    })
    if (!dryRun) {
      this.#parts.log.info('group_forked', { group, newGroup, partitions: offsets.length })
    }
    return { offsets: sortedPositions(offsets), isApplied: !dryRun }
  }

  /**
   * What was committed at the end of a moment. A topic that was made again since is the one that it was then.
   * @param partitions undefined: all that had something committed
   * @throws VarveError GROUP_NOT_FOUND · UNKNOWN_TOPIC · UNKNOWN_PARTITION · HISTORY_UNKNOWN · INVALID_TIMESTAMP · QUEUE_FULL
   */
  async offsetsAsOf(
    group: string,
    partitions: readonly GroupPartition[] | undefined,
    asOfMs: number,
  ): Promise<readonly CommittedPosition[]> {
    const { offsets } = await this.#past(group, asOfMs)
    if (partitions === undefined) return sortedPositions(offsets)
    const byName = new Map<string, CommittedPosition>()
    for (const committed of offsets) {
      const position = positionOf(committed)
      byName.set(`${position.topic}/${position.partition}`, position)
    }
    return partitions.map((asked) => {
      const position = byName.get(`${asked.topic}/${asked.partition}`)
      const isMeant = asked.topicId === undefined || asked.topicId === position?.topicId
      return position !== undefined && isMeant
        ? position
        : noPosition(this.#parts.lookup.find(asked))
    })
  }

  /** See GroupService. */
  async history(request: HistoryRequest): Promise<HistoryPage> {
    const { journal, groups, limits } = this.#parts
    const { group } = request
    return this.#reading(async () => {
      const page = await historyPage(journal, request, limits)
      if (page.entries.length > 0 || request.before !== undefined) return page
      const isThere = await groups.read(group, ({ state }) => state !== undefined)
      if (isThere || (await isInHistory(journal, group))) return page
      throw groupNotFound(group, 'and none in the history')
    })
  }

  async #itemsOf(
    group: string,
    entries: readonly ResetEntry[],
  ): Promise<Awaited<ReturnType<typeof resetItems>>> {
    const { groups, lookup } = this.#parts
    for (const { place } of entries) {
      if (place.to === 'offset') admitOffset(place.offset)
      if (place.to === 'timestamp') admitMoment(place.timestampMs)
    }
    const [targets, committed] = await groups.read(group, ({ state }) => {
      const present = existing(state, group)
      return [resetTargets(entries, present, lookup), new Set(present.offsets.keys())] as const
    })
    const stateAsOf = (timeMs: number): Promise<GroupState> => this.#stateAsOf(group, timeMs)
    return resetItems(targets, { committed, lookup, stateAsOf })
  }

  async #present(group: string): Promise<Pick<GroupSnapshot, 'asOfMs' | 'offsets'>> {
    const { groups, clock } = this.#parts
    return groups.read(group, ({ state }) => ({
      ...{ asOfMs: clock.wallMs(), offsets: [...existing(state, group).offsets.values()] },
    }))
  }

  async #past(group: string, timeMs: number): Promise<Pick<GroupSnapshot, 'asOfMs' | 'offsets'>> {
    const { offsets } = await this.#stateAsOf(group, timeMs)
    const asOfMs = Math.min(timeMs, this.#parts.clock.wallMs())
    return { asOfMs, offsets: [...offsets.values()] }
  }

  #stateAsOf(group: string, timeMs: number): Promise<GroupState> {
    return this.#reading(async () => {
      const state = await this.#parts.journal.stateAsOf(
        group,
        admitPast(timeMs, this.#parts.clock.wallMs()),
      )
      if (state !== undefined) return state
      throw groupNotFound(group, `as of ${new Date(timeMs).toISOString()}`)
    })
  }

  /** Reads of the journal cost time and memory: only so many at once. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    const { groupHistoryReadsMax: max } = this.#parts.limits
    if (this.#reads >= max) {
      const text = `${max} requests read the history of groups; ask again when one has ended`
      throw new VarveError('QUEUE_FULL', text, { details: { limit: max } })
    }
    this.#reads++
    try {
      return await read()
    } finally {
      this.#reads--
    }
  }

  async #carryOut(
    group: string,
    command: Extract<GroupCommand, { kind: 'reset' | 'undo' | 'restore' }>,
    { known }: BoundsAsked,
  ): Promise<ResetOutcome> {
    const reply = await this.#parts.groups.run(group, command)
    const { changes, isApplied, resetEpoch, membersPutOut, reason } = reply
    if (isApplied) {
      this.#parts.log.info('group_offsets_reset', {
        ...{ group, resetEpoch, partitions: changes.length },
        ...{ membersPutOut: membersPutOut.length, reason },
      })
    }
    return outcome(reply, known)
  }
}

/** Looks bounds up, and keeps what it found for the answer. */
class BoundsAsked {
  readonly known = new Map<PartitionKey, PartitionBounds>()
  readonly boundsOf: BoundsOf

  constructor(lookup: PartitionLookup) {
    this.boundsOf = (topicId, partition) => {
      const { start, readableEnd } = lookup.bounds(topicId, partition)
      const bounds = { startOffset: start, endOffset: readableEnd }
      this.known.set(partitionKey(topicId, partition), bounds)
      return bounds
    }
  }
}

function outcome(
  { changes, isApplied, resetEpoch, membersPutOut }: ResetReply,
  known: ReadonlyMap<PartitionKey, PartitionBounds>,
): ResetOutcome {
  const planned = changes.map(({ topicId, topicName: topic, partition, before, after }) => {
    const bounds = known.get(partitionKey(topicId, partition))
    return {
      topic,
      partition,
      topicId,
      before: before?.offset,
      after: after?.offset,
      startOffset: bounds?.startOffset ?? 0,
      readableEndOffset: bounds?.endOffset ?? 0,
    }
  })
  return { changes: planned.sort(byPartition), isApplied, resetEpoch, membersPutOut }
}

/** For those who list them. */
export function describeSnapshot(snapshot: GroupSnapshot): SnapshotDescription {
  const { name, timeMs, asOfMs, offsets } = snapshot
  return { name, timeMs, asOfMs, partitions: offsets.length }
}

function existing(state: GroupState | undefined, group: string): GroupState {
  if (state === undefined) throw groupNotFound(group)
  return state
}

/** How far clocks of callers may be ahead, in ms. */
const AHEAD_MS_MAX = 60_000

/** A moment that the broker has seen, or nearly: clocks differ. @throws VarveError INVALID_TIMESTAMP · INVALID_ARGUMENT */
function admitPast(timeMs: number, wallMs: number): number {
  if (admitMoment(timeMs) <= wallMs + AHEAD_MS_MAX) return timeMs
  const [moment, now] = [new Date(timeMs).toISOString(), new Date(wallMs).toISOString()]
  const text = `${moment} is yet to come: by the clock of the broker it is ${now}`
  throw new VarveError('INVALID_ARGUMENT', text, { details: { field: 'as_of_ms' } })
}

/** What a date can show. */
const MOMENT_MS_MAX = 8_640_000_000_000_000

/** ms since 1970. @throws VarveError INVALID_TIMESTAMP */
function admitMoment(timeMs: number): number {
  if (Number.isSafeInteger(timeMs) && timeMs >= 0 && timeMs <= MOMENT_MS_MAX) return timeMs
  const text = `a moment is a whole number of ms from 0 to ${MOMENT_MS_MAX}, not ${timeMs}`
  throw new VarveError('INVALID_TIMESTAMP', text)
}
