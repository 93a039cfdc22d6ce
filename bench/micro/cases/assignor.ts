// Each assignor: for a small group, and for the largest one that is meant to work well. Members keep what they had; one has joined.

import type { AssignorMember } from '../../../src/coordinator/assignors/assignor.ts'
import { ASSIGNOR_NAMES } from '../../../src/coordinator/assignors/assignor-name.ts'
import { ASSIGNORS } from '../../../src/coordinator/assignors/assignors.ts'
import type { GroupTopic } from '../../../src/coordinator/group-state.ts'
import { topicIdFromBytes } from '../../../src/domain/topic.ts'
import type { MicroCase, MicroGroup } from '../case.ts'

const TOPICS = 10
const SIZES = [
  { members: 4, partitions: 40 },
  { members: 1_000, partitions: 10_000 },
]

export function assignorCases(): MicroGroup {
  const cases: MicroCase[] = []
  for (const { members, partitions } of SIZES) {
    const topics: GroupTopic[] = Array.from({ length: TOPICS }, (_, index) => ({
      id: topicIdFromBytes(new Uint8Array(16).fill(index + 1)),
      name: `topic-${index}`,
      partitions: partitions / TOPICS,
    }))
    const names = topics.map(({ name }) => name)
    const backlogOf = (_topic: GroupTopic, partition: number): number => (partition * 7_919) % 1_000
    const member = (index: number): AssignorMember => ({
      ...{ id: `member-${String(index).padStart(5, '0')}`, instanceId: undefined, topics: names },
      ...{ weight: 1 + (index % 3), current: new Set() },
    })
    const everyone = Array.from({ length: members }, (_, index) => member(index))
    for (const name of ASSIGNOR_NAMES) {
      const assign = ASSIGNORS[name]
      const before = assign({ members: everyone.slice(1), topics, backlogOf })
      const settled = everyone.map((one) => ({ ...one, current: new Set(before.get(one.id)) }))
      const perPartition = { ceiling: 'loop', units: partitions } as const
      cases.push({
        name: `assign ${name} ${members} x ${partitions}`,
        ...perPartition,
        run: () => assign({ members: settled, topics, backlogOf }).size,
      })
    }
  }
  return { cases }
}
