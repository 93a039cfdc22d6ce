// A group as people look at it: its members, where it stands in each partition, how far it is behind, and how fast it goes. What is
// told of the group itself is of one moment; each partition is measured right after it.
import type { Deadlines } from '../../coordinator/deadlines.ts'
import {
  AWAY_EPOCH,
  type CommittedOffset,
  type GroupState,
  type Holdings,
  type Member,
  type MemberId,
} from '../../coordinator/group-state.ts'
import { partitionOf, topicIdOf } from '../../coordinator/partition-key.ts'
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Clock } from '../../platform/clock.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import { placesOf } from './explain-group.ts'
import type {
  GroupTraffic as DescribedTraffic,
  GroupDescription,
  MemberDescription,
  PartitionLag,
} from './group-descriptions.ts'
import { describeSnapshot } from './group-history.ts'
import type { GroupPartition, PartitionProgress } from './group-membership.ts'
import type { MemberPresence } from './group-presence.ts'
import { summaryOf } from './group-summary.ts'
import type { TopicRates } from './group-traffic.ts'
import type { OldestRecords } from './oldest-record.ts'
import { type MeasuredLag, measureLag } from './partition-lag.ts'
import type { PartitionLookup } from './partition-lookup.ts'

/** Partitions that are measured at a time. */
const CONCURRENCY = 32

/** What is taken from a group in one moment, for `describeGroup`. */
export interface GroupSight {
  readonly description: Omit<GroupDescription, 'partitions' | 'traffic' | 'timeMs'>
  /** Sorted by topic and partition. */
  readonly places: readonly SightPlace[]
}

interface SightPlace {
  readonly topic: string
  readonly partition: number
  readonly topicId: TopicId
  readonly memberId: MemberId
  readonly committed: CommittedOffset | undefined
}

export interface SightParts {
  readonly lookup: PartitionLookup
  /** What the last members subscribed to, where there are none now. */
  readonly lastTopics: readonly string[]
  readonly presenceOf: (memberId: MemberId) => MemberPresence | undefined
  readonly monotonicMs: number
}

/** Nothing in it is the group's own. */
export function sightOf(state: GroupState, deadlines: Deadlines, parts: SightParts): GroupSight {
  const { lookup, lastTopics } = parts
  const places: SightPlace[] = []
  for (const { topic, partition, key } of placesOf(state, lookup.topics, lastTopics)) {
    if (key === undefined) continue
    const memberId = state.owners.get(key) ?? ''
    const committed = state.offsets.get(key)
    places.push({ topic, partition, topicId: topicIdOf(key), memberId, committed })
  }
  const members = [...state.members.values()]
    .map((member) => describeMember(state, member, deadlines, parts))
    .sort((left, right) => (left.memberId < right.memberId ? -1 : 1))
  const snapshots = [...state.snapshots.values()]
    .map(describeSnapshot)
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  return {
    places,
    description: {
      ...{ summary: summaryOf(state), assignmentEpoch: state.assignmentEpoch },
      ...{ assignor: state.assignor ?? '', resetEpoch: state.resetEpoch },
      ...{ members, snapshots },
    },
  }
}

/**
 * Measures what the sight shows.
 * @param rates of the topics of the group
 * @throws VarveError CANCELLED when the signal aborts
 */
export async function describeGroup(
  { description, places }: GroupSight,
  parts: {
    readonly lookup: PartitionLookup
    readonly oldest: OldestRecords
    readonly clock: Clock
    readonly rates: readonly TopicRates[]
    readonly withLagTime: boolean
    readonly signal: AbortSignal
  },
): Promise<GroupDescription> {
  const { clock, rates, signal } = parts
  const measured = new Map<SightPlace, MeasuredLag>()
  await forEachBounded(places, CONCURRENCY, async (place) => {
    if (signal.aborted) throw new VarveError('NOT_READY', 'the broker is stopping')
    measured.set(place, await measure(place, parts))
  })
  // After the last look: no record that was seen is younger.
  const timeMs = clock.wallMs()
  const partitions = places.map((place) =>
    lagOf(place, measured.get(place) ?? NOT_MEASURED, parts.withLagTime, timeMs),
  )
  return { ...description, partitions, traffic: trafficOf(partitions, rates), timeMs }
}

const NOT_MEASURED: MeasuredLag = {
  ...{ startOffset: 0, readableEndOffset: 0, lagRecords: 0, isAtEnd: false },
  ...{ oldestTimestampMs: undefined, lagBytes: undefined, error: undefined },
}

async function measure(
  { topicId, partition, committed }: SightPlace,
  parts: {
    readonly lookup: PartitionLookup
    readonly oldest: OldestRecords
    readonly withLagTime: boolean
  },
): Promise<MeasuredLag> {
  const { lookup, oldest, withLagTime: withTime } = parts
  try {
    const log = lookup.log(topicId, partition)
    const options = { withTime, withBytes: withTime, oldest }
    const measured = await measureLag(log, committed?.offset, options)
    const { error } = measured
    if (error === undefined) return measured
    const explained = lookup.explainError(topicId, error)
    return isVarveError(explained) ? { ...measured, error: explained } : measured
  } catch (error) {
    if (isVarveError(error)) return { ...NOT_MEASURED, error }
    throw error
  }
}

function lagOf(
  { topic, partition, topicId, memberId, committed }: SightPlace,
  measured: MeasuredLag,
  withLagTime: boolean,
  timeMs: number,
): PartitionLag {
  const { startOffset, readableEndOffset, lagRecords, isAtEnd, error } = measured
  const { oldestTimestampMs, lagBytes } = measured
  const ageMs = oldestTimestampMs === undefined ? undefined : timeMs - oldestTimestampMs
  return {
    ...{ topic, partition, topicId, memberId },
    committedOffset: committed?.offset,
    commitTimeMs: committed?.timeMs ?? 0,
    metadata: committed?.metadata ?? '',
    ...{ startOffset, readableEndOffset, lagRecords, oldestTimestampMs },
    // A producer's clock may be ahead of ours.
    lagMs: withLagTime && isAtEnd ? 0 : ageMs && Math.max(0, ageMs),
    lagBytes: withLagTime ? lagBytes : undefined,
    ...(error === undefined ? {} : { error }),
  }
}

/** The sum of all first, then each topic. */
function trafficOf(
  partitions: readonly PartitionLag[],
  rates: readonly TopicRates[],
): DescribedTraffic[] {
  const byTopic = new Map<string, PartitionLag[]>()
  for (const lag of partitions) {
    const present = byTopic.get(lag.topicId)
    if (present === undefined) byTopic.set(lag.topicId, [lag])
    else present.push(lag)
  }
  const topics = [...byTopic].map(([topicId, lags]) =>
    traffic(
      lags[0]?.topic ?? '',
      lags,
      rates.filter((rate) => rate.topicId === topicId),
    ),
  )
  return [traffic('', partitions, rates), ...topics]
}

function traffic(
  topic: string,
  lags: readonly PartitionLag[],
  rates: readonly TopicRates[],
): DescribedTraffic {
  const producerRate = sum(rates.map((rate) => rate.producerRate)) ?? 0
  const consumerRate = sum(rates.map((rate) => rate.consumerRate)) ?? 0
  const backlogRecords = sum(lags.map((lag) => lag.lagRecords)) ?? 0
  return {
    ...{ topic, producerRate, consumerRate, difference: producerRate - consumerRate },
    backlogRecords,
    backlogBytes: sum(lags.map((lag) => lag.lagBytes)),
    backlogMs: largest(lags.map((lag) => lag.lagMs)),
    drainMs: drainMs(backlogRecords, consumerRate - producerRate),
    windowMs: rates.length === 0 ? 0 : Math.min(...rates.map((rate) => rate.windowMs)),
  }
}

/** Until nothing is left. @param perSecond by how much the backlog shrinks. Undefined: never. */
export function drainMs(records: number, perSecond: number): number | undefined {
  if (records === 0) return 0
  return perSecond > 0 ? Math.round((records * 1_000) / perSecond) : undefined
}

/** Undefined when one of them is. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  let total = 0
  for (const value of values) {
    if (value === undefined) return undefined
    total += value
  }
  return total
}

/** Undefined when one of them is; 0 of none. */
function largest(values: readonly (number | undefined)[]): number | undefined {
  let found = 0
  for (const value of values) {
    if (value === undefined) return undefined
    found = Math.max(found, value)
  }
  return found
}

function describeMember(
  state: GroupState,
  member: Member,
  deadlines: Deadlines,
  parts: SightParts,
): MemberDescription {
  const { id, wishes, epoch } = member
  const { monotonicMs, presenceOf } = parts
  const presence = presenceOf(id)
  const heartbeatMs = presence?.heartbeatMs
  const sessionMs = deadlines.get(id)?.sessionMs ?? monotonicMs + wishes.sessionTimeoutMs
  return {
    ...{ memberId: id, instanceId: wishes.instanceId, clientId: wishes.clientId, epoch },
    peer: presence?.peer ?? '',
    state: epoch === AWAY_EPOCH ? 'away' : member.state,
    topics: wishes.topics,
    assignor: wishes.assignor ?? '',
    weight: wishes.weight,
    sessionTimeoutMs: wishes.sessionTimeoutMs,
    rebalanceTimeoutMs: wishes.rebalanceTimeoutMs,
    assigned: partitionsOf(member.assigned, state, parts),
    pendingRevocation: partitionsOf(member.pendingRevocation, state, parts),
    heartbeatAgeMs: heartbeatMs === undefined ? undefined : Math.max(0, monotonicMs - heartbeatMs),
    sessionLeftMs: Math.max(0, sessionMs - monotonicMs),
    progress: progressOf(presence, monotonicMs),
  }
}

function partitionsOf(
  holdings: Holdings,
  state: GroupState,
  { lookup }: SightParts,
): GroupPartition[] {
  const names = new Map([...state.topics.values()].map((topic) => [topic.id, topic.name]))
  return Array.from(holdings.keys(), (key) => {
    const topicId = topicIdOf(key)
    const topic = lookup.topics.byId(topicId)?.name ?? names.get(topicId) ?? ''
    return { topic, partition: partitionOf(key), topicId }
  }).sort(byPlace)
}

/** How long each has been so is told as of now. */
function progressOf(
  presence: MemberPresence | undefined,
  monotonicMs: number,
): PartitionProgress[] {
  return Array.from(
    presence?.progress.values() ?? [],
    ({ topic, partition, state, stateAgeMs, heardMs, position, text }) => ({
      ...{ topic, partition, state, position, text },
      stateAgeMs: Math.round(stateAgeMs + Math.max(0, monotonicMs - heardMs)),
    }),
  ).sort(byPlace)
}

function byPlace(
  left: { readonly topic: string; readonly partition: number },
  right: { readonly topic: string; readonly partition: number },
): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1
  return left.partition - right.partition
}
