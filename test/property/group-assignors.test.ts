// Laws of the assignors over random members, subscriptions, weights, backlogs and earlier assignments.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type Assignment,
  type AssignorInput,
  type AssignorMember,
} from '../../src/coordinator/assignors/assignor.ts'
import { ASSIGNOR_NAMES, type AssignorName } from '../../src/coordinator/assignors/assignor-name.ts'
import { ASSIGNORS } from '../../src/coordinator/assignors/assignors.ts'
import type { GroupTopic } from '../../src/coordinator/group-state.ts'
import {
  type PartitionKey,
  partitionKey,
  partitionOf,
  topicIdOf,
} from '../../src/coordinator/partition-key.ts'
import { GroupTopics } from '../support/group-topics.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('GROUP_ASSIGNORS', 100)
const counts = { assignments: 0, partitions: 0, moved: 0 }
const parameters = { seed, numRuns: runs }

afterAll(() => {
  console.log(
    `GROUP_ASSIGNORS_SEED=${seed}: ${counts.assignments} assignments of ${counts.partitions} partitions, ${counts.moved} moved at joins and leaves`,
  )
})

interface Group {
  readonly topics: GroupTopic[]
  readonly members: AssignorMember[]
  readonly backlogs: ReadonlyMap<PartitionKey, number>
}

interface GroupShape {
  readonly partitions: readonly number[]
  readonly members: readonly {
    readonly topics: number
    readonly weight: number
    readonly isStatic: boolean
  }[]
  readonly backlogs: readonly number[]
}

const shape = (maxMembers: number): fc.Arbitrary<GroupShape> =>
  fc.record({
    partitions: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
    members: fc.array(
      fc.record({
        topics: fc.nat(15),
        weight: fc.integer({ min: 1, max: 5 }),
        isStatic: fc.boolean(),
      }),
      { minLength: 1, maxLength: maxMembers },
    ),
    backlogs: fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }),
  })

/** @param isAlike all subscribe to all topics. */
function groupOf({ partitions, members, backlogs }: GroupShape, isAlike: boolean): Group {
  const view = new GroupTopics()
  const topics = partitions.map((count, index) => view.create(`topic-${index}`, count))
  const keys = topics.flatMap(keysOf)
  return {
    topics,
    members: members.map((member, index) => ({
      id: `member-${index}`,
      instanceId: member.isStatic ? `instance-${index}` : undefined,
      topics: topics
        .map(({ name }) => name)
        .filter((_, topic) => isAlike || (member.topics >> topic) % 2 === 1),
      weight: member.weight,
      current: new Set<PartitionKey>(),
    })),
    backlogs: new Map(keys.map((key, index) => [key, backlogs[index % backlogs.length] ?? 0])),
  }
}

function keysOf(topic: GroupTopic): PartitionKey[] {
  return Array.from({ length: topic.partitions }, (_, partition) =>
    partitionKey(topic.id, partition),
  )
}

function assign(name: AssignorName, group: Group): Assignment {
  const { topics, members, backlogs } = group
  const input: AssignorInput = {
    topics,
    members,
    backlogOf: (topic, partition) => backlogs.get(partitionKey(topic.id, partition)) ?? 0,
  }
  const assignment = ASSIGNORS[name](input)
  counts.assignments++
  for (const keys of assignment.values()) counts.partitions += keys.length
  return assignment
}

/** The group with what it was assigned as what its members have. */
function after(group: Group, assignment: Assignment): Group {
  const members = group.members.map((member) => ({
    ...member,
    current: new Set(assignment.get(member.id)),
  }))
  return { ...group, members }
}

function checkComplete(group: Group, assignment: Assignment): void {
  expect(new Set(assignment.keys())).toEqual(new Set(group.members.map(({ id }) => id)))
  const owners = new Map<PartitionKey, string>()
  for (const [id, keys] of assignment) {
    for (const key of keys) {
      expect(owners.has(key), `${key} was given twice`).toBe(false)
      owners.set(key, id)
    }
  }
  let expected = 0
  for (const topic of group.topics) {
    const takers = new Set(
      group.members.filter(({ topics }) => topics.includes(topic.name)).map(({ id }) => id),
    )
    for (const key of keysOf(topic)) {
      const owner = owners.get(key)
      if (takers.size === 0) expect(owner).toBeUndefined()
      else expect(takers).toContain(owner)
      if (takers.size > 0) expected++
    }
  }
  expect(owners.size).toBe(expected)
}

function movedBetween(before: Group, assignment: Assignment): PartitionKey[] {
  const had = new Map<PartitionKey, string>()
  for (const { id, current } of before.members) for (const key of current) had.set(key, id)
  const moved: PartitionKey[] = []
  for (const [id, keys] of assignment) {
    for (const key of keys) if (had.has(key) && had.get(key) !== id) moved.push(key)
  }
  counts.moved += moved.length
  return moved
}

describe.each(ASSIGNOR_NAMES)('the assignor %s', (name) => {
  it('gives each partition to exactly one subscriber of its topic, and nothing else', () => {
    fc.assert(
      fc.property(shape(8), fc.boolean(), shape(8), (first, isAlike, second) => {
        const group = groupOf(first, isAlike)
        const assignment = assign(name, group)
        checkComplete(group, assignment)
        // Again with other topics and members, and what they had.
        const next = groupOf(second, isAlike)
        const members = next.members.map((member) => ({
          ...member,
          current: new Set(assignment.get(member.id)),
        }))
        checkComplete(next, assign(name, { ...next, members }))
      }),
      parameters,
    )
  })

  it('does not look at the order of members and topics', () => {
    fc.assert(
      fc.property(shape(6), fc.boolean(), (asked, isAlike) => {
        const group = groupOf(asked, isAlike)
        const had = after(group, assign(name, group))
        const turned = {
          ...had,
          topics: [...had.topics].reverse(),
          members: [...had.members].reverse(),
        }
        const sorted = (assignment: Assignment): unknown =>
          [...assignment].map(([id, keys]) => [id, [...keys].sort()]).sort()
        expect(sorted(assign(name, turned))).toEqual(sorted(assign(name, had)))
      }),
      parameters,
    )
  })
})

describe.each(['uniform', 'weighted'] as const)('the sticky assignor %s', (name) => {
  it('moves partitions at a join only to the member that joins, where all subscribe alike', () => {
    fc.assert(
      fc.property(shape(8), (asked) => {
        const group = groupOf(asked, true)
        const [joining, ...others] = group.members
        if (joining === undefined || others.length === 0) return
        const before = { ...group, members: others }
        const had = after(before, assign(name, before))
        const assignment = assign(name, { ...had, members: [...had.members, joining] })
        const mine = new Set(assignment.get(joining.id))
        for (const key of movedBetween(had, assignment)) expect(mine).toContain(key)
      }),
      parameters,
    )
  })

  it('moves nothing at a leave but what the member had that leaves, where all subscribe alike', () => {
    fc.assert(
      fc.property(shape(8), (asked) => {
        const group = groupOf(asked, true)
        const had = after(group, assign(name, group))
        const [leaving, ...others] = had.members
        if (leaving === undefined || others.length === 0) return
        const assignment = assign(name, { ...had, members: others })
        expect(movedBetween({ ...had, members: others }, assignment)).toEqual([])
      }),
      parameters,
    )
  })

  it('moves nothing when nothing has changed', () => {
    fc.assert(
      fc.property(shape(8), fc.boolean(), (asked, isAlike) => {
        const group = groupOf(asked, isAlike)
        const had = after(group, assign(name, group))
        expect(movedBetween(had, assign(name, had))).toEqual([])
      }),
      parameters,
    )
  })

  it('leaves no move that would help the one with most for its weight', () => {
    fc.assert(
      fc.property(shape(8), fc.boolean(), fc.func(fc.nat(7)), (asked, isAlike, scatter) => {
        const group = groupOf(asked, isAlike)
        const members = group.members.map((member, index) => ({
          ...member,
          // A start that is not balanced: whatever each is told to have had.
          current: new Set(
            group.topics
              .flatMap(keysOf)
              .filter((key) => scatter(key) % group.members.length === index),
          ),
        }))
        const assignment = assign(name, { ...group, members })
        checkComplete(group, assignment)
        const weightOf = (member: AssignorMember): number =>
          name === 'weighted' ? member.weight : 1
        const size = (member: AssignorMember): number => assignment.get(member.id)?.length ?? 0
        for (const from of group.members) {
          for (const to of group.members) {
            const movable = (assignment.get(from.id) ?? []).some((key) =>
              group.topics.some(
                ({ id, name }) => id === topicIdOf(key) && to.topics.includes(name),
              ),
            )
            if (!movable || from === to) continue
            const [gain, loss] = [(size(to) + 1) * weightOf(from), size(from) * weightOf(to)]
            expect(gain, `${from.id} could give one to ${to.id}`).toBeGreaterThanOrEqual(loss)
          }
        }
      }),
      parameters,
    )
  })
})

describe('balance', () => {
  it.each(['uniform', 'round-robin'] as const)(
    'differs by at most one under %s where all subscribe alike',
    (name) => {
      fc.assert(
        fc.property(shape(8), (asked) => {
          const sizes = [...assign(name, groupOf(asked, true)).values()].map(({ length }) => length)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        }),
        parameters,
      )
    },
  )

  it('gives under weighted at least the share rounded down, where all subscribe alike', () => {
    fc.assert(
      fc.property(shape(8), (asked) => {
        const group = groupOf(asked, true)
        const assignment = assign('weighted', group)
        const total = group.topics.reduce((sum, { partitions }) => sum + partitions, 0)
        const weights = group.members.reduce((sum, { weight }) => sum + weight, 0)
        for (const { id, weight } of group.members) {
          const share = Math.floor((total * weight) / weights)
          expect(assignment.get(id)?.length).toBeGreaterThanOrEqual(share)
        }
      }),
      parameters,
    )
  })

  it('of the backlog differs under least-lag by no more than the largest of one partition', () => {
    fc.assert(
      fc.property(shape(8), (asked) => {
        const group = groupOf(asked, true)
        const costOf = (key: PartitionKey): number => (group.backlogs.get(key) ?? 0) + 1
        const loads = [...assign('least-lag', group).values()].map((keys) =>
          keys.reduce((sum, key) => sum + costOf(key), 0),
        )
        const largest = Math.max(...group.topics.flatMap(keysOf).map(costOf))
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(largest)
      }),
      parameters,
    )
  })

  it('under uniform is the best there is, however members subscribe', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }),
        (partitions, subscriptions) => {
          const members = subscriptions.map((topics) => ({ topics, weight: 1, isStatic: false }))
          const group = groupOf({ partitions, members, backlogs: [0] }, false)
          const squares = (sizes: number[]): number =>
            sizes.reduce((sum, size) => sum + size ** 2, 0)
          const sizes = [...assign('uniform', group).values()].map(({ length }) => length)
          expect(squares(sizes)).toBe(leastSquares(group))
        },
      ),
      parameters,
    )
  })
})

/** By trying everything. */
function leastSquares({ topics, members }: Group): number {
  const choices = topics.flatMap((topic) => {
    const takers = members.flatMap(({ topics: names }, index) =>
      names.includes(topic.name) ? [index] : [],
    )
    return takers.length === 0 ? [] : keysOf(topic).map(() => takers)
  })
  const sizes = members.map(() => 0)
  const best = (from: number): number => {
    const takers = choices[from]
    if (takers === undefined) return sizes.reduce((sum, size) => sum + size ** 2, 0)
    return Math.min(
      ...takers.map((index) => {
        sizes[index] = (sizes[index] ?? 0) + 1
        const result = best(from + 1)
        sizes[index] = (sizes[index] ?? 0) - 1
        return result
      }),
    )
  }
  return best(0)
}

describe('range', () => {
  it('gives members that subscribe alike the same numbers of topics with as many partitions', () => {
    fc.assert(
      fc.property(shape(8), fc.integer({ min: 1, max: 9 }), (asked, partitions) => {
        const alike = { ...asked, partitions: asked.partitions.map(() => partitions) }
        const group = groupOf(alike, true)
        for (const keys of assign('range', group).values()) {
          const numbers = group.topics.map(({ id }) =>
            keys.filter((key) => topicIdOf(key) === id).map(partitionOf),
          )
          for (const list of numbers) expect(list).toEqual(numbers[0])
        }
      }),
      parameters,
    )
  })
})
