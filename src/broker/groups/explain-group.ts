// Why the partitions of a group flow or do not, all of them and in a sentence. Pure: the same facts give the same words.
import type { Deadlines } from '../../coordinator/deadlines.ts'
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
import { explainPartition } from './explain-partition.ts'
import { countText, listText, nameOf, numberText } from './explain-words.ts'
import type { FlowFacts, FlowSubject } from './flow-facts.ts'
import type { GroupExplanation, GroupSummary, PartitionExplanation } from './group-descriptions.ts'
import type { DepartedPresence } from './group-presence.ts'
import { summaryOf } from './group-summary.ts'

/** What an explanation is made from besides the group itself. */
export interface ExplainParts {
  readonly deadlines: Deadlines
  readonly presenceOf: FlowFacts['presenceOf']
  /** Newest first. */
  readonly departed: readonly DepartedPresence[]
  readonly topics: TopicsView
  /** What the last members subscribed to, where there are none now. */
  readonly lastTopics: readonly string[]
  /** Or why a partition has none. */
  readonly boundsOf: (topicId: TopicId, partition: number) => LogBounds | VarveError
  readonly endBefore: FlowFacts['endBefore']
  readonly monotonicMs: number
  readonly wallMs: number
  readonly limits: FlowFacts['limits']
}

/** Kinds of trouble that the sentence names. */
const CAUSES_SHOWN_MAX = 3
/** Partitions of one step. */
const STEP_PARTITIONS = 250

/**
 * Takes what it needs of the state at once, without keeping it; the rest is done in short steps, so that a group with ten
 * thousand partitions holds up nobody. The last step returns the explanation.
 */
export function explainGroup(
  state: GroupState,
  parts: ExplainParts,
): Generator<undefined, GroupExplanation> {
  const { groupId, epoch, assignmentEpoch, emptySinceMs } = state
  const places = placesOf(state, parts.topics, parts.lastTopics).map((place) => ({
    ...place,
    committed: place.key && state.offsets.get(place.key),
  }))
  const facts: FlowFacts = {
    ...parts,
    state: {
      ...{ epoch, assignmentEpoch, emptySinceMs },
      members: new Map(state.members),
      owners: new Map(state.owners),
    },
    deadlines: new Map(parts.deadlines),
    heirs: heirsOf(state),
    subscribers: subscribersOf(state),
  }
  return steps({ groupId, summary: summaryOf(state), places, facts, boundsOf: parts.boundsOf })
}

function* steps(about: {
  readonly groupId: string
  readonly summary: GroupSummary
  readonly places: readonly (GroupPlace & Pick<FlowSubject, 'committed'>)[]
  readonly facts: FlowFacts
  readonly boundsOf: ExplainParts['boundsOf']
}): Generator<undefined, GroupExplanation> {
  const { groupId, summary, places, facts, boundsOf } = about
  const partitions: PartitionExplanation[] = []
  for (const { topic, partition, key, isThere, committed } of places) {
    if (partitions.length % STEP_PARTITIONS === STEP_PARTITIONS - 1) yield
    const bounds = key === undefined || !isThere ? undefined : boundsOf(topicIdOf(key), partition)
    partitions.push(explainPartition({ topic, partition, key, committed, bounds }, facts))
  }
  return {
    summary,
    isFlowing: partitions.length > 0 && partitions.every(isFine),
    text: sentence(groupId, facts.state.members.size, partitions),
    partitions,
    // Who is back is missed by nobody, unless something of it was lost.
    departed: facts.departed
      .filter(
        ({ memberId, refusedMs }) => !facts.state.members.has(memberId) || refusedMs !== undefined,
      )
      .map(({ memberId, clientId, reason, timeMs, refusedMs }) => ({
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

/**
 * Every partition that is subscribed to, held, or has something committed, sorted by topic and partition.
 * @param lastTopics as in ExplainParts
 */
export function placesOf(
  state: GroupState,
  topics: TopicsView,
  lastTopics: readonly string[],
): GroupPlace[] {
  const places = new Map<string, GroupPlace>()
  const last = state.members.size > 0 ? [] : lastTopics.filter((name) => topics.byName(name))
  for (const name of new Set([...subscribersOf(state).keys(), ...last])) {
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
  groupId: string,
  members: number,
  partitions: readonly PartitionExplanation[],
): string {
  if (partitions.length === 0) {
    return members === 0
      ? `Group ${groupId} has no members and nothing committed: it does nothing.`
      : `The ${countText(members, 'member')} of group ${groupId} subscribe to no topics.`
  }
  const stuck = partitions.filter((one) => !isFine(one))
  const all = countText(partitions.length, 'partition')
  if (stuck.length === 0) {
    const flowing = partitions.filter(({ reason }) => reason === 'flowing').length
    const rest = partitions.length - flowing
    return members === 0
      ? `Group ${groupId} has no members, and nothing waits for one: it is at the end of ${all}.`
      : `Group ${groupId} flows: of ${all} ${numberText(flowing)} ${flowing === 1 ? 'has' : 'have'} records under way, ${numberText(rest)} ${rest === 1 ? 'is' : 'are'} at the end.`
  }
  const causes = new Map<string, PartitionExplanation[]>()
  for (const one of stuck) {
    const cause = namesIt(one)
      ? `${one.reason} ${one.memberId} ${one.waitingForMemberId}`
      : one.text
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
  return `${numberText(stuck.length)} of ${all} of group ${groupId} ${verb} not flow. ${shown.join(' ')}${rest}`
}

/** The first one in its own words, and which others there are. */
function causeText(alike: readonly PartitionExplanation[]): string {
  const [first, ...others] = alike
  if (first === undefined) return ''
  if (others.length === 0 || !namesIt(first)) return first.text
  const places = others.map(({ topic, partition }) => `${topic}-${partition}`)
  return `${first.text} So it is with ${listText(places)}.`
}

/** Whether what is said of a partition is said of it alone. */
function namesIt(one: PartitionExplanation): boolean {
  return one.text.includes(nameOf(one))
}
