// From what somebody asks to be reset to places in partitions: topics and partitions that are left out are filled in, moments
// become offsets. Where several entries mean the same partition the most exact one holds: "everything to the end, but this
// partition there". Invariant: two entries that are equally exact about a partition are refused, so that no order decides.
import type { ResetItem, ResetTo } from '../../coordinator/group-command.ts'
import type { GroupState, GroupTopic } from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../coordinator/partition-key.ts'
import { VarveError } from '../../domain/error.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import type { ResetEntry, ResetPlace } from './group-service.ts'
import type { PartitionLookup } from './partition-lookup.ts'

/** Partitions in which a moment is looked for at a time. */
const LOOKUPS_AT_A_TIME = 16

/** A partition of a reset and where it shall go, before anything of it is looked up. */
export interface ResetTarget {
  readonly topic: GroupTopic
  readonly partition: number
  readonly place: ResetPlace
  /** Whether it was named, not only meant. */
  readonly isNamed: boolean
}

/**
 * The partitions that are meant, each once.
 * @throws VarveError INVALID_ARGUMENT · INVALID_TOPIC_NAME · UNKNOWN_TOPIC · UNKNOWN_PARTITION
 */
export function resetTargets(
  entries: readonly ResetEntry[],
  group: GroupState,
  lookup: PartitionLookup,
): ResetTarget[] {
  if (entries.length === 0) throw invalid('there is nothing to reset: name a place')
  const targets = new Map<PartitionKey, ResetTarget>()
  for (const exactness of [2, 1, 0] as const) {
    const taken = new Set<PartitionKey>()
    for (const entry of entries) {
      if (exactnessOf(entry) !== exactness) continue
      for (const target of targetsOf(entry, group, lookup)) {
        const { topic, partition } = target
        const key = partitionKey(topic.id, partition)
        if (taken.has(key)) {
          throw invalid(`two entries mean partition ${partition} of topic ${topic.name}`)
        }
        taken.add(key)
        if (!targets.has(key)) targets.set(key, target)
      }
    }
  }
  return [...targets.values()]
}

/** 2 for a partition, 1 for a topic, 0 for the group. */
function exactnessOf({ topic, partition }: ResetEntry): 0 | 1 | 2 {
  if (partition !== undefined) return 2
  return topic === undefined ? 0 : 1
}

function* targetsOf(
  { topic: name, partition, place }: ResetEntry,
  group: GroupState,
  lookup: PartitionLookup,
): Generator<ResetTarget> {
  if (partition !== undefined) {
    if (name === undefined) throw invalid('a partition is named without its topic')
    lookup.find({ topic: name, partition })
    yield { topic: lookup.topic(name), partition, place, isNamed: true }
    return
  }
  const topics = name === undefined ? topicsOf(group, lookup) : [lookup.topic(name)]
  for (const topic of topics) {
    for (let each = 0; each < topic.partitions; each++) {
      yield { topic, partition: each, place, isNamed: false }
    }
  }
}

/** The topics of a group: those that its members subscribe to and those with something committed. */
function topicsOf(group: GroupState, lookup: PartitionLookup): Set<GroupTopic> {
  const topics = new Map<string, GroupTopic>()
  const ids = new Set([...group.topics.values()].map(({ id }) => id))
  for (const { topicId } of group.offsets.values()) ids.add(topicId)
  for (const id of ids) {
    const topic = lookup.topics.byId(id)
    if (topic !== undefined) topics.set(id, topic)
  }
  return new Set(topics.values())
}

/** What was committed at a moment; undefined before there was the group. */
export type StateAsOf = (timeMs: number) => Promise<GroupState | undefined>

/**
 * The items of a reset, with the bounds of their partitions.
 * @param committed what is committed now: partitions that are only meant, and have nothing to be moved, are left out
 * @throws VarveError INVALID_TIMESTAMP · INVALID_ARGUMENT · GROUP_NOT_FOUND at the moment in question · HISTORY_UNKNOWN · NOT_READY ·
 *   UNKNOWN_TOPIC · what storage answers
 */
export async function resetItems(
  targets: readonly ResetTarget[],
  about: {
    readonly committed: ReadonlySet<PartitionKey>
    readonly lookup: PartitionLookup
    readonly stateAsOf: StateAsOf
  },
): Promise<ResetItem[]> {
  const { committed, lookup, stateAsOf } = about
  const asOf = onlyMoment(targets)
  const past = asOf === undefined ? undefined : await stateAsOf(asOf)
  const items: ResetItem[] = []
  await forEachBounded(targets, LOOKUPS_AT_A_TIME, async (target) => {
    const { topic, partition, place, isNamed } = target
    const key = partitionKey(topic.id, partition)
    const goal = await goalOf(target, past, lookup)
    const movesNothing = place.to === 'shift' || goal.to === 'nothing'
    if (movesNothing && !isNamed && !committed.has(key)) return
    const { start, readableEnd } = lookup.bounds(topic.id, partition)
    const at = { topicId: topic.id, partition, startOffset: start, endOffset: readableEnd }
    items.push(Object.assign(at, goal))
  })
  return items
}

/** One moment in all of a request: each costs a replay of the group. */
function onlyMoment(targets: readonly ResetTarget[]): number | undefined {
  let moment: number | undefined
  for (const { place } of targets) {
    if (place.to !== 'as-of') continue
    if (moment !== undefined && moment !== place.timeMs) {
      throw invalid('a reset goes back to one moment only')
    }
    moment = place.timeMs
  }
  return moment
}

async function goalOf(
  { topic, partition, place }: ResetTarget,
  past: GroupState | undefined,
  lookup: PartitionLookup,
): Promise<ResetTo> {
  switch (place.to) {
    case 'earliest':
    case 'latest':
      return { to: place.to }
    case 'offset':
    case 'shift':
      return place
    case 'timestamp':
      return { to: 'offset', offset: await offsetAt(place.timestampMs, topic, partition, lookup) }
    case 'as-of': {
      const then = past?.offsets.get(partitionKey(topic.id, partition))
      return then === undefined ? { to: 'nothing' } : { to: 'committed', committed: then }
    }
  }
}

/** The first record at or after the moment, or the end; held to what the partition has when the search is over. */
async function offsetAt(
  timestampMs: number,
  topic: GroupTopic,
  partition: number,
  lookup: PartitionLookup,
): Promise<number> {
  try {
    const log = lookup.log(topic.id, partition)
    const found = await log.offsetForTimestamp(timestampMs)
    const { start, readableEnd } = log.bounds()
    return Math.max(start, found?.offset ?? readableEnd)
  } catch (error) {
    throw lookup.explainError(topic.id, error)
  }
}

function invalid(text: string): VarveError {
  return new VarveError('INVALID_ARGUMENT', text, { details: { field: 'entries' } })
}
