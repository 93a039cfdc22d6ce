// Why the partitions of a group flow or do not, all of them and in a sentence. Pure: the same facts give the same words.

import type { TopicsView } from '../../coordinator/decision.ts'
import type { GroupState, Member, MemberId } from '../../coordinator/group-state.ts'
import {
  type PartitionKey,
  partitionKey,
  partitionOf,
  topicIdOf,
} from '../../coordinator/partition-key.ts'
import type { VarveError } from '../../domain/error.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { LogBounds } from '../../storage/engine.ts'
import { explainPartition, type FlowFacts, type FlowSubject } from './explain-partition.ts'
import { countText, listText } from './explain-words.ts'
import type { GroupExplanation, PartitionExplanation } from './group-service.ts'
import { summaryOf } from './group-summary.ts'

/** What an explanation is made from. */
export type GroupFacts = Omit<FlowFacts, 'heirs' | 'subscribers'> & {
  readonly topics: TopicsView
  /** Or why a partition has none. */
  readonly boundsOf: (topicId: TopicId, partition: number) => LogBounds | VarveError
}

/** Kinds of trouble that the sentence names. */
const CAUSES_SHOWN_MAX = 3

export function explainGroup(facts: GroupFacts): GroupExplanation {
  const { state, departed } = facts
  const flow: FlowFacts = {
    ...facts,
    heirs: heirsOf(state),
    subscribers: subscribersOf(state),
  }
  const partitions = subjectsOf(facts).map((subject) => explainPartition(subject, flow))
  return {
    summary: summaryOf(state),
    isFlowing: partitions.length > 0 && partitions.every(isFine),
    text: sentence(state, partitions),
    partitions,
    departed: departed.map(({ memberId, clientId, reason, timeMs, refusedMs }) => ({
      ...{ memberId, clientId, reason, timeMs, refusedMs },
    })),
  }
}

/** A partition that a group subscribes to or has something of. */
export interface GroupPlace {
  readonly topic: string
  /** -1 for a topic that was never there. */
  readonly partition: number
  /** Undefined for a topic of this name that does not exist. */
  readonly key: PartitionKey | undefined
  /** Whether the topic exists. */
  readonly isThere: boolean
}

/** Every partition that is subscribed to, held, or has something committed, sorted by topic and partition. */
export function placesOf(state: GroupState, topics: TopicsView): GroupPlace[] {
  const places = new Map<string, GroupPlace>()
  for (const name of subscribersOf(state).keys()) {
    const topic = topics.byName(name)
    if (topic === undefined) {
      places.set(name, { topic: name, partition: -1, key: undefined, isThere: false })
      continue
    }
    for (let partition = 0; partition < topic.partitions; partition++) {
      const key = partitionKey(topic.id, partition)
      places.set(key, { topic: name, partition, key, isThere: true })
    }
  }
  const add = (key: PartitionKey, name: string): void => {
    if (places.has(key)) return
    const topic = topics.byId(topicIdOf(key))
    const isThere = topic !== undefined
    places.set(key, { topic: topic?.name ?? name, partition: partitionOf(key), key, isThere })
  }
  for (const [key, { topicName }] of state.offsets) add(key, topicName)
  const names = new Map([...state.topics.values()].map(({ id, name }) => [id, name]))
  for (const key of state.owners.keys()) add(key, names.get(topicIdOf(key)) ?? topicIdOf(key))
  return [...places.values()].sort(byPlace)
}

/** By topic and partition; topics by code units. */
function byPlace(left: GroupPlace, right: GroupPlace): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1
  return left.partition - right.partition
}

function subjectsOf({ state, topics, boundsOf }: GroupFacts): FlowSubject[] {
  return placesOf(state, topics).map(({ topic, partition, key, isThere }) => {
    const committed = key === undefined ? undefined : state.offsets.get(key)
    const bounds = key === undefined || !isThere ? undefined : boundsOf(topicIdOf(key), partition)
    return { topic, partition, key, committed, bounds }
  })
}

function heirsOf({ target }: GroupState): Map<PartitionKey, MemberId> {
  const heirs = new Map<PartitionKey, MemberId>()
  for (const [memberId, keys] of target) for (const key of keys) heirs.set(key, memberId)
  return heirs
}

function subscribersOf({ members }: GroupState): Map<string, Member[]> {
  const subscribers = new Map<string, Member[]>()
  for (const member of members.values()) {
    for (const topic of member.wishes.topics) {
      const present = subscribers.get(topic)
      if (present === undefined) subscribers.set(topic, [member])
      else present.push(member)
    }
  }
  return subscribers
}

function isFine({ reason }: PartitionExplanation): boolean {
  return reason === 'flowing' || reason === 'at-end'
}

function sentence(
  { groupId, members }: GroupState,
  partitions: readonly PartitionExplanation[],
): string {
  if (partitions.length === 0) {
    return members.size === 0
      ? `Group ${groupId} has no members and nothing committed: it does nothing.`
      : `The ${countText(members.size, 'member')} of group ${groupId} subscribe to no topics.`
  }
  const stuck = partitions.filter((one) => !isFine(one))
  const all = countText(partitions.length, 'partition')
  if (stuck.length === 0) {
    const flowing = partitions.filter(({ reason }) => reason === 'flowing').length
    return `Group ${groupId} flows: of ${all} ${flowing} ${flowing === 1 ? 'has' : 'have'} records under way, ${partitions.length - flowing} ${partitions.length - flowing === 1 ? 'is' : 'are'} at the end.`
  }
  const causes = new Map<string, PartitionExplanation[]>()
  for (const one of stuck) {
    const cause = `${one.reason} ${one.memberId} ${one.waitingForMemberId}`
    const present = causes.get(cause)
    if (present === undefined) causes.set(cause, [one])
    else present.push(one)
  }
  // The most frequent first; those of one size as they come.
  const sorted = [...causes.values()].sort((left, right) => right.length - left.length)
  const shown = sorted.slice(0, CAUSES_SHOWN_MAX).map(causeText)
  const more = sorted.length - shown.length
  const rest = more === 0 ? '' : ` And for ${countText(more, 'other reason')}.`
  const verb = stuck.length === 1 ? 'does' : 'do'
  return `${stuck.length} of ${all} of group ${groupId} ${verb} not flow. ${shown.join(' ')}${rest}`
}

/** The first one in its own words, and which others there are. */
function causeText(alike: readonly PartitionExplanation[]): string {
  const [first, ...others] = alike
  if (first === undefined) return ''
  if (others.length === 0) return first.text
  const places = others.map(({ topic, partition }) => `${topic}-${partition}`)
  return `${first.text} So it is with ${listText(places)}.`
}
