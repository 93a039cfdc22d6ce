// What `uniform` and `weighted` have in common: partitions shared out in proportion to weights, with as few moves as that
// takes. Balance goes before stickiness. Balanced means that no chain of moves, each of a partition to another of its
// topic's subscribers, would help whoever has most for its weight without making another one worse off than it was.
//
// 1. Everyone keeps what it had and still may have. 2. What nobody has goes to the subscriber with the least for its
// weight. 3. While a chain of moves improves the balance, the shortest one is made. Where all members subscribe to the
// same topics chains are not needed: the number for each is known beforehand (divisor method of D'Hondt), and only what
// is above it moves.
import type { GroupTopic } from '../group-state.ts'
import type { PartitionKey } from '../partition-key.ts'
import {
  type Assignment,
  type AssignorInput,
  type AssignorMember,
  compareTexts,
  partitionsOf,
  sortMembers,
  sortTopics,
} from './assignor.ts'
import { balanceByChains } from './chains.ts'
import { quotas } from './quotas.ts'
import { give, isLessLoaded, type Share, takeOf } from './share.ts'

export function assignShares(
  { members, topics }: AssignorInput,
  weightOf: (member: AssignorMember) => number,
): Assignment {
  const sortedTopics = sortTopics(topics)
  const known = new Set(sortedTopics.map(({ name }) => name))
  const shares = sortMembers(members).map((member) => newShare(member, weightOf(member), known))
  const free = keepCurrent(sortMembers(members), shares, sortedTopics)
  if (isHomogeneous(shares)) shareByQuota(shares, free, sortedTopics)
  else shareByChains(shares, free, sortedTopics)
  return new Map(shares.map((share) => [share.id, listOf(share, sortedTopics)]))
}

function newShare(member: AssignorMember, weight: number, known: ReadonlySet<string>): Share {
  const topics = new Set(member.topics.filter((name) => known.has(name)))
  return { id: member.id, weight, topics, held: new Map(), count: 0 }
}

/** Gives everyone what it had, where it exists and is subscribed to; returns what is left of each topic, in order. */
function keepCurrent(
  members: readonly AssignorMember[],
  shares: readonly Share[],
  topics: readonly GroupTopic[],
): Map<string, PartitionKey[]> {
  const keeper = new Map<PartitionKey, Share>()
  members.forEach((member, index) => {
    const share = shares[index]
    if (share === undefined) return
    for (const key of member.current) if (!keeper.has(key)) keeper.set(key, share)
  })
  const free = new Map<string, PartitionKey[]>()
  for (const topic of topics) {
    const left: PartitionKey[] = []
    for (const key of partitionsOf(topic)) {
      const share = keeper.get(key)
      if (share?.topics.has(topic.name) === true) give(share, topic.name, key)
      else left.push(key)
    }
    free.set(topic.name, left)
  }
  return free
}

function isHomogeneous(shares: readonly Share[]): boolean {
  const [first] = shares
  return shares.every(
    ({ topics }) =>
      topics.size === first?.topics.size && [...topics].every((name) => first.topics.has(name)),
  )
}

/** All subscribe to the same: everyone is brought to its number. */
function shareByQuota(
  shares: readonly Share[],
  free: ReadonlyMap<string, readonly PartitionKey[]>,
  topics: readonly GroupTopic[],
): void {
  const wanted = topics.filter(({ name }) => shares[0]?.topics.has(name) === true)
  const total = wanted.reduce((sum, topic) => sum + topic.partitions, 0)
  const numbers = quotas(total, shares)
  const loose: (readonly [topic: string, key: PartitionKey])[] = []
  for (const { name } of wanted) for (const key of free.get(name) ?? []) loose.push([name, key])
  shares.forEach((share, index) => {
    for (let over = share.count - (numbers[index] ?? 0); over > 0; over--)
      loose.push(takeOne(share))
  })
  let next = 0
  shares.forEach((share, index) => {
    for (let under = (numbers[index] ?? 0) - share.count; under > 0; under--) {
      const item = loose[next++]
      if (item !== undefined) give(share, ...item)
    }
  })
}

/** Subscriptions differ: what is free goes to those with the least, topics with few subscribers first; then chains. */
function shareByChains(
  shares: readonly Share[],
  free: ReadonlyMap<string, readonly PartitionKey[]>,
  topics: readonly GroupTopic[],
): void {
  const subscribers = new Map(
    topics.map(({ name }) => [name, shares.filter((share) => share.topics.has(name))]),
  )
  const byChoice = [...subscribers].sort(
    ([nameA, a], [nameB, b]) => a.length - b.length || compareTexts(nameA, nameB),
  )
  for (const [name, takers] of byChoice) {
    for (const key of free.get(name) ?? []) {
      const [first, ...others] = takers
      if (first === undefined) break
      let least = first
      for (const other of others) if (isLessLoaded(other, least)) least = other
      give(least, name, key)
    }
  }
  balanceByChains(shares, subscribers)
}

/** Takes one partition of the topic that the share has most of, so that topics stay spread. */
function takeOne(share: Share): readonly [topic: string, key: PartitionKey] {
  let largest: string | undefined
  let size = 0
  for (const [topic, keys] of share.held) {
    if (keys.length > size) {
      largest = topic
      size = keys.length
    }
  }
  if (largest === undefined) throw new Error('nothing to take')
  return [largest, takeOf(share, largest)]
}

function listOf(share: Share, topics: readonly GroupTopic[]): PartitionKey[] {
  return topics.flatMap(({ name }) => share.held.get(name) ?? [])
}
