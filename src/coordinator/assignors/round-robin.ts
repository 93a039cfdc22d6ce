// `round-robin`: the partitions of all topics in a row, dealt out in turn; who does not subscribe to a topic is passed
// over. As even as it gets where all subscribe to the same; it does not look at who had what.
import type { PartitionKey } from '../partition-key.ts'
import {
  type Assignment,
  type AssignorInput,
  partitionsOf,
  sortMembers,
  sortTopics,
} from './assignor.ts'

export function assignRoundRobin({ members, topics }: AssignorInput): Assignment {
  const takers = sortMembers(members).map(({ id, topics }) => ({
    wants: new Set(topics),
    mine: [] as PartitionKey[],
    id,
  }))
  let turn = 0
  for (const topic of sortTopics(topics)) {
    for (const key of partitionsOf(topic)) {
      const skipped = takers.findIndex(
        (_, index) => takers[(turn + index) % takers.length]?.wants.has(topic.name) === true,
      )
      if (skipped < 0) break
      const chosen = (turn + skipped) % takers.length
      takers[chosen]?.mine.push(key)
      turn = chosen + 1
    }
  }
  return new Map(takers.map(({ id, mine }) => [id, mine]))
}
