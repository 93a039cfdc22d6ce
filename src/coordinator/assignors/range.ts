// `range`: each topic is cut into runs of partitions, one for each of its subscribers. Members that subscribe to the same
// topics get the same partition numbers of topics that have as many, which is what joins need (co-partitioning).

import { partitionKey } from '../partition-key.ts'
import {
  type Assignment,
  type AssignorInput,
  type AssignorMember,
  sortMembers,
  sortTopics,
} from './assignor.ts'

export function assignByRange({ members, topics }: AssignorInput): Assignment {
  const sorted = sortMembers(members)
  const assignment: Assignment = new Map(sorted.map(({ id }) => [id, []]))
  const subscribers = subscribersByTopic(sorted)
  for (const topic of sortTopics(topics)) {
    const takers = subscribers.get(topic.name) ?? []
    const quota = Math.floor(topic.partitions / takers.length)
    const longer = topic.partitions % takers.length
    let next = 0
    takers.forEach(({ id }, index) => {
      const end = next + quota + (index < longer ? 1 : 0)
      const mine = assignment.get(id)
      for (; next < end; next++) mine?.push(partitionKey(topic.id, next))
    })
  }
  return assignment
}

/** The members of each topic's name, in their order. */
function subscribersByTopic(members: readonly AssignorMember[]): Map<string, AssignorMember[]> {
  const byTopic = new Map<string, AssignorMember[]>()
  for (const member of members) {
    for (const name of member.topics) {
      const list = byTopic.get(name)
      if (list === undefined) byTopic.set(name, [member])
      else list.push(member)
    }
  }
  return byTopic
}
