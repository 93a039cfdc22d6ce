// `least-lag`: balances what is still to be read. Partitions in order of their backlog, the largest first, each to the
// subscriber that has the least so far (LPT; R. L. Graham, "Bounds on multiprocessing timing anomalies", 1969). An even
// choice falls on who has the partition already. A partition counts one more than its backlog, so that a group that has
// read everything is balanced by number. Balance comes before stickiness here: each new assignment may move a lot.
import type { PartitionKey } from '../partition-key.ts'
import { partitionKey } from '../partition-key.ts'
import { type Assignment, type AssignorInput, compareTexts, sortMembers } from './assignor.ts'
import { type Loaded, LoadHeap } from './load-heap.ts'

interface Taker extends Loaded {
  readonly id: string
  readonly mine: PartitionKey[]
  load: number
}

export function assignByLeastLag({ members, topics, backlogOf }: AssignorInput): Assignment {
  const takers = new Map<string, Taker[]>()
  const owners = new Map<PartitionKey, Taker>()
  const all: Taker[] = []
  for (const { id, current, topics: names } of sortMembers(members)) {
    const taker: Taker = { id, order: all.length, mine: [], load: 0 }
    all.push(taker)
    for (const key of current) owners.set(key, taker)
    for (const name of names) {
      const list = takers.get(name)
      if (list === undefined) takers.set(name, [taker])
      else list.push(taker)
    }
  }
  const heaps = new Map([...takers].map(([name, list]) => [name, new LoadHeap(list)]))
  const subscribers = new Map([...takers].map(([name, list]) => [name, new Set(list)]))
  for (const { key, cost, name } of inOrderOfBacklog({ topics, backlogOf })) {
    const least = heaps.get(name)?.least()
    if (least === undefined) continue
    const owner = owners.get(key)
    const mayKeep = owner?.load === least.load && subscribers.get(name)?.has(owner) === true
    const taker = mayKeep ? owner : least
    taker.mine.push(key)
    taker.load += cost
  }
  return new Map(all.map(({ id, mine }) => [id, mine]))
}

function inOrderOfBacklog({ topics, backlogOf }: Pick<AssignorInput, 'topics' | 'backlogOf'>): {
  key: PartitionKey
  cost: number
  name: string
}[] {
  const partitions = topics.flatMap((topic) =>
    Array.from({ length: topic.partitions }, (_, partition) => ({
      key: partitionKey(topic.id, partition),
      cost: Math.max(0, backlogOf(topic, partition)) + 1,
      name: topic.name,
      partition,
    })),
  )
  return partitions.sort(
    (a, b) => b.cost - a.cost || compareTexts(a.name, b.name) || a.partition - b.partition,
  )
}
