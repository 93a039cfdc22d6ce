import { beforeEach, describe, expect, it } from 'vitest'
import { replay } from '../../../src/coordinator/evolve.ts'
import type { CommitCommand, ResetTo } from '../../../src/coordinator/group-command.ts'
import type { GroupTopic } from '../../../src/coordinator/group-state.ts'
import { partitionKey } from '../../../src/coordinator/partition-key.ts'
import type { VarveError } from '../../../src/domain/error.ts'
import type { TopicId } from '../../../src/domain/topic.ts'
import { GroupHost } from '../../support/group-host.ts'

const END = 100
const DAY_MS = 86_400_000
let host: GroupHost
let topic: GroupTopic

beforeEach(() => {
  host = new GroupHost()
  topic = host.topics.create('t', 2)
})

function join(memberId: string): void {
  host.reply({
    ...{ kind: 'join', groupId: 'g', memberId, clientId: '', topics: ['t'] },
    ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 5_000 },
  })
}

type Item = Partial<CommitCommand['items'][number]>

function commit(item: Item, command: Partial<CommitCommand> = {}): CommitCommand {
  const items = [{ topicId: topic.id, partition: 0, offset: 0, endOffset: END, ...item }]
  return { kind: 'commit', groupId: 'g', items, ...command }
}

/** Of the one item; undefined when it was committed. */
function errorOf(command: CommitCommand): VarveError | undefined {
  return host.reply(command).results[0]?.error
}

const committed = (partition = 0): number | undefined =>
  host.state?.offsets.get(partitionKey(topic.id, partition))?.offset

const asM1 = (memberEpoch = 1): Partial<CommitCommand> => ({ memberId: 'm1', memberEpoch })

describe('a commit', () => {
  it('is kept with what goes with it', () => {
    join('m1')
    expect(errorOf(commit({ offset: 5, leaderEpoch: 3, metadata: 'x' }, asM1()))).toBeUndefined()
    expect(host.group.offsets.get(partitionKey(topic.id, 0))).toEqual({
      ...{ topicId: topic.id, topicName: 't', partition: 0, offset: 5, leaderEpoch: 3 },
      ...{ metadata: 'x', timeMs: host.wallMs, memberId: 'm1', memberEpoch: 1 },
    })
    expect(replay(host.journal)).toEqual(host.state)
  })

  it('from outside makes a group where there is none, and is refused while it has members', () => {
    expect(errorOf(commit({ offset: 5 }))).toBeUndefined()
    expect(committed()).toBe(5)
    join('m1')
    expect(host.refusal(commit({ offset: 6 }))).toBe('UNKNOWN_MEMBER')
  })

  it('of which nothing is accepted makes no group', () => {
    expect(errorOf(commit({ offset: END + 1 }))?.code).toBe('OFFSET_OUT_OF_RANGE')
    expect(host.state).toBeUndefined()
    expect(host.refusal(commit({}, { groupId: '' }))).toBe('INVALID_GROUP_ID')
  })

  const bad: readonly (readonly [string, Item, string])[] = [
    ['offset -1', { offset: -1 }, 'INVALID_OFFSET'],
    ['a broken offset', { offset: 1.5 }, 'INVALID_OFFSET'],
    ['an offset beyond the end', { offset: END + 1 }, 'OFFSET_OUT_OF_RANGE'],
    ['an unknown topic', { topicId: 'A'.repeat(22) as TopicId }, 'UNKNOWN_TOPIC'],
    ['an unknown partition', { partition: 2 }, 'UNKNOWN_PARTITION'],
    ['partition -1', { partition: -1 }, 'UNKNOWN_PARTITION'],
    ['metadata that are too large', { metadata: 'ä'.repeat(2_049) }, 'METADATA_TOO_LARGE'],
  ]
  it.each(bad)('is refused for %s, and only that part of it', (_, item, code) => {
    join('m1')
    const both = commit(item, asM1())
    const items = [...both.items, ...commit({ partition: 1, offset: 7 }).items]
    const { results } = host.reply({ ...both, items })
    expect(results.map(({ error }) => error?.code)).toEqual([code, undefined])
    expect(committed(1)).toBe(7)
  })

  it('does not go backwards unless it says that it is meant', () => {
    join('m1')
    host.reply(commit({ offset: 9 }, asM1()))
    expect(errorOf(commit({ offset: 8 }, asM1()))?.code).toBe('COMMIT_REWIND')
    expect(errorOf(commit({ offset: 9 }, asM1()))).toBeUndefined()
    expect(errorOf(commit({ offset: 8 }, { ...asM1(), allowRewind: true }))).toBeUndefined()
    expect(committed()).toBe(8)
  })

  it('does not go backwards within itself', () => {
    join('m1')
    const two = commit({ offset: 9 }, asM1())
    const { results } = host.reply({
      ...two,
      items: [...two.items, ...commit({ offset: 8 }).items],
    })
    expect(results.map(({ error }) => error?.code)).toEqual([undefined, 'COMMIT_REWIND'])
    expect(committed()).toBe(9)
  })

  it('of somebody who is no member, or shows an epoch it does not have, is refused', () => {
    join('m1')
    expect(host.refusal(commit({}, { memberId: 'm2', memberEpoch: 1 }))).toBe('UNKNOWN_MEMBER')
    expect(host.refusal(commit({}, asM1(2)))).toBe('STALE_MEMBER_EPOCH')
    expect(host.refusal(commit({}, { memberId: 'm1' }))).toBe('STALE_MEMBER_EPOCH')
    expect(host.refusal(commit({}, { ...asM1(), instanceId: 'i' }))).toBe('UNKNOWN_MEMBER')
    expect(host.refusal(commit({}, { ...asM1(), groupId: '\n' }))).toBe('INVALID_GROUP_ID')
  })

  it('counts for what is pending revocation, until that is acknowledged', () => {
    const [p0, p1] = [partitionKey(topic.id, 0), partitionKey(topic.id, 1)]
    join('m1')
    join('m2')
    host.reply({ kind: 'heartbeat', memberId: 'm1', memberEpoch: 1, owned: [p0, p1] })
    expect(errorOf(commit({ partition: 1, offset: 3 }, asM1()))).toBeUndefined()
    host.reply({ kind: 'heartbeat', memberId: 'm1', memberEpoch: 1, owned: [p0] })
    expect(errorOf(commit({ partition: 1, offset: 4 }, asM1()))?.code).toBe('NOT_OWNER')
    // A commit that was on its way while the epoch rose counts for what the member kept.
    expect(errorOf(commit({ partition: 0, offset: 4 }, asM1(1)))).toBeUndefined()
    // The new owner had it not yet at the epoch that it shows.
    host.reply({ kind: 'heartbeat', memberId: 'm2', memberEpoch: 2 })
    const early = { memberId: 'm2', memberEpoch: 1 }
    expect(errorOf(commit({ partition: 1, offset: 4 }, early))?.code).toBe('STALE_MEMBER_EPOCH')
    expect(
      errorOf(commit({ partition: 1, offset: 4 }, { ...early, memberEpoch: 2 })),
    ).toBeUndefined()
  })

  it('of a member that slept through its session is refused', () => {
    join('m1')
    host.advance(10_000)
    expect(host.refusal(commit({ offset: 3 }, asM1()))).toBe('UNKNOWN_MEMBER')
  })
})

describe('a reset', () => {
  const reset = (to: ResetTo, flags: { isForced?: boolean; isDryRun?: boolean } = {}) => ({
    ...({ kind: 'reset', reason: 'test', ...flags } as const),
    items: [{ topicId: topic.id, partition: 0, startOffset: 10, endOffset: END, ...to }],
  })

  const places: readonly (readonly [string, ResetTo, number])[] = [
    ['the start', { to: 'earliest' }, 10],
    ['the end', { to: 'latest' }, END],
    ['an offset', { to: 'offset', offset: 30 }, 30],
    ['so many further', { to: 'shift', by: 5 }, 55],
    ['no further back than the start', { to: 'shift', by: -1_000 }, 10],
    ['no further than the end', { to: 'shift', by: 1_000 }, END],
  ]
  it.each(places)('goes to %s, after a plan that changes nothing', (_, to, place) => {
    host.reply(commit({ offset: 50 }))
    const plan = host.reply(reset(to, { isDryRun: true }))
    expect(plan.changes).toMatchObject([{ before: { offset: 50 }, after: { offset: place } }])
    expect(committed()).toBe(50)
    expect(host.reply(reset(to))).toEqual({ ...plan, isApplied: true })
    expect(committed()).toBe(place)
    expect(host.group.resetEpoch).toBe(1)
    expect(host.journal.at(-1)).toMatchObject({ kind: 'offsets-reset', reason: 'test' })
  })

  it('is refused as a whole for what is not possible', () => {
    expect(host.refusal(reset({ to: 'latest' }))).toBe('GROUP_NOT_FOUND')
    host.reply(commit({ offset: 50 }))
    expect(host.refusal(reset({ to: 'offset', offset: 9 }))).toBe('OFFSET_OUT_OF_RANGE')
    expect(host.refusal(reset({ to: 'shift', by: 0.5 }))).toBe('INVALID_ARGUMENT')
    const { items, ...rest } = reset({ to: 'latest' })
    expect(host.refusal({ ...rest, items: [...items, ...items] })).toBe('INVALID_ARGUMENT')
    const beyond = items.map((item) => ({ ...item, partition: 5 }))
    expect(host.refusal({ ...rest, items: [...items, ...beyond] })).toBe('UNKNOWN_PARTITION')
    expect(committed()).toBe(50)
  })

  it('is refused while members live, and when forced nobody can undo it by a commit', () => {
    join('m1')
    host.reply(commit({ offset: 50 }, asM1()))
    expect(host.refusal(reset({ to: 'earliest' }))).toBe('GROUP_NOT_EMPTY')
    host.reply(reset({ to: 'earliest' }, { isForced: true }))
    expect(host.refusal(commit({ offset: 51 }, asM1()))).toBe('UNKNOWN_MEMBER')
    join('m1')
    expect(committed()).toBe(10)
    expect(host.group.members.get('m1')?.assigned.size).toBe(2)
  })

  it('leaves those in peace who hold other partitions', () => {
    const p0 = partitionKey(topic.id, 0)
    join('m1')
    host.reply(commit({ partition: 1, offset: 1 }, asM1()))
    join('m2')
    host.reply({ kind: 'heartbeat', memberId: 'm1', memberEpoch: 1, owned: [p0] })
    host.reply({ kind: 'heartbeat', memberId: 'm2', memberEpoch: 2 })
    const { items, ...rest } = reset({ to: 'latest' }, { isForced: true })
    host.reply({ ...rest, items: items.map((item) => ({ ...item, partition: 1 })) })
    expect([...host.group.members.keys()]).toEqual(['m1'])
  })
})

describe('offsets and groups that nobody needs', () => {
  const expire = (): void => {
    host.reply({ kind: 'expire-offsets', retentionMs: DAY_MS })
  }

  it('are kept until the group was empty for the retention time, and then gone with it', () => {
    join('m1')
    host.reply(commit({ offset: 1 }, asM1()))
    host.wallMs += 2 * DAY_MS
    expire()
    expect(committed()).toBe(1)
    host.reply({ kind: 'leave', memberId: 'm1' })
    host.wallMs += DAY_MS - 1
    expire()
    expect(committed()).toBe(1)
    host.wallMs += 1
    expire()
    expect(host.state).toBeUndefined()
    expect(replay(host.journal)).toBeUndefined()
  })

  it('of topics that no member subscribes to go by the time of their commit', () => {
    const other = host.topics.create('other', 1)
    host.reply(commit({ topicId: other.id, offset: 1 }))
    join('m1')
    host.reply(commit({ offset: 1 }, asM1()))
    host.wallMs += DAY_MS
    expire()
    expect([...host.group.offsets.keys()]).toEqual([partitionKey(topic.id, 0)])
  })

  it('a group is deleted only without members', () => {
    expect(host.refusal({ kind: 'delete' })).toBe('GROUP_NOT_FOUND')
    join('m1')
    expect(host.refusal({ kind: 'delete' })).toBe('GROUP_NOT_EMPTY')
    host.reply({ kind: 'leave', memberId: 'm1' })
    host.reply({ kind: 'delete' })
    expect(host.state).toBeUndefined()
  })
})
