import { describe, expect, it } from 'vitest'
import type { HeartbeatCommand, JoinCommand } from '../../../src/coordinator/group-command.ts'
import { conditionOf, membersToCall } from '../../../src/coordinator/group-condition.ts'
import { AWAY_EPOCH } from '../../../src/coordinator/group-state.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { GroupHost } from '../../support/group-host.ts'

const SESSION_MS = 10_000
const REBALANCE_MS = 5_000

function join(memberId: string, changes: Partial<JoinCommand> = {}): JoinCommand {
  return {
    ...{ kind: 'join', groupId: 'g', memberId, clientId: 'c', topics: ['t'] },
    ...{ sessionTimeoutMs: SESSION_MS, rebalanceTimeoutMs: REBALANCE_MS },
    ...changes,
  }
}

function beat(
  memberId: string,
  memberEpoch: number,
  changes: Partial<HeartbeatCommand> = {},
): HeartbeatCommand {
  return { kind: 'heartbeat', memberId, memberEpoch, ...changes }
}

function withTopic(partitions: number): GroupHost {
  const host = new GroupHost()
  host.topics.create('t', partitions)
  return host
}

describe('joining', () => {
  it('the first member makes the group and gets everything', () => {
    const host = withTopic(2)
    const reply = host.reply(join('m1'))
    expect(reply).toEqual({
      ...{ memberId: 'm1', memberEpoch: 1, heartbeatIntervalMs: Math.floor(SESSION_MS / 3) },
      assigned: [host.topics.key('t', 0), host.topics.key('t', 1)],
    })
    expect(conditionOf(host.group)).toBe('stable')
  })

  it('a second member waits for what the first still has, and gets it when that is acknowledged', () => {
    const host = withTopic(2)
    const [p0, p1] = [host.topics.key('t', 0), host.topics.key('t', 1)]
    host.reply(join('m1'))
    expect(host.reply(join('m2'))).toMatchObject({ memberEpoch: 2, assigned: [] })
    expect(host.group.members.get('m2')?.state).toBe('unreleased')
    expect(membersToCall(host.group)).toEqual(['m1'])

    const told = host.reply(beat('m1', 1, { owned: [p0, p1] }))
    expect(told).toMatchObject({ memberEpoch: 1, assigned: [p0] })
    expect(host.group.members.get('m1')?.state).toBe('unrevoked')
    expect(host.reply(beat('m2', 2))).not.toHaveProperty('assigned')
    // Silence acknowledges nothing.
    host.reply(beat('m1', 1))
    expect(host.group.owners.get(p1)).toBe('m1')

    expect(host.reply(beat('m1', 1, { owned: [p0] }))).toMatchObject({ memberEpoch: 2 })
    expect(membersToCall(host.group)).toEqual(['m2'])
    expect(host.reply(beat('m2', 2))).toMatchObject({ memberEpoch: 2, assigned: [p1] })
    expect(conditionOf(host.group)).toBe('stable')
  })

  it('only the partitions that move are taken from anybody', () => {
    const host = withTopic(12)
    for (const id of ['m1', 'm2', 'm3']) host.reply(join(id))
    for (let round = 0; round < 4; round++) settleAll(host)
    const before = new Map(host.group.owners)
    host.reply(join('m4'))
    for (const { id, epoch } of [...host.group.members.values()]) {
      if (id !== 'm4') host.reply(beat(id, epoch))
    }
    const pending = [...host.group.members.values()].flatMap((member) => [
      ...member.pendingRevocation.keys(),
    ])
    expect(pending).toHaveLength(3)
    for (const [key, owner] of before) {
      if (!pending.includes(key))
        expect(host.group.members.get(owner)?.assigned.has(key)).toBe(true)
    }
  })

  it('whoever joins again with its id has lost everything, and gets it back under a later epoch', () => {
    const host = withTopic(1)
    const p0 = host.topics.key('t', 0)
    host.reply(join('m1'))
    host.reply(join('m2'))
    settleAll(host)
    const epoch = host.group.members.get('m1')?.epoch ?? 0
    host.reply(join('m1', { topics: ['t', 'u'] }))
    expect(host.group.members.get('m1')?.epoch).toBeGreaterThan(epoch)
    expect(host.group.members.get('m1')?.assigned.get(p0)).toBeGreaterThan(epoch)
  })

  it('a join that is repeated because its answer was lost changes nothing', () => {
    const host = withTopic(1)
    const first = host.reply(join('m1'))
    const events = host.journal.length
    expect(host.reply(join('m1'))).toEqual(first)
    expect(host.journal).toHaveLength(events)
  })

  it('a topic that does not exist yet is assigned when it appears', () => {
    const host = new GroupHost()
    expect(host.reply(join('m1'))).toMatchObject({ memberEpoch: 1, assigned: [] })
    const topic = host.topics.create('t', 1)
    host.run({ kind: 'topics-changed' })
    expect(conditionOf(host.group)).toBe('assigning')
    expect(host.reply(beat('m1', 1))).toMatchObject({ memberEpoch: 2, assigned: [`${topic.id}:0`] })
  })

  it('names like those of an object are names like others', () => {
    const host = new GroupHost()
    host.topics.create('constructor', 1)
    const command = join('__proto__', { groupId: 'toString', topics: ['constructor'] })
    expect(host.reply(command).assigned).toHaveLength(1)
    expect(host.refusal(join('m', { assignor: 'constructor' }))).toBe('UNSUPPORTED_ASSIGNOR')
  })

  const refused: readonly (readonly [string, Partial<JoinCommand>, string])[] = [
    ['an empty group id', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['a group id of 256 bytes', { groupId: 'ä'.repeat(128) }, 'INVALID_GROUP_ID'],
    ['a line feed in the group id', { groupId: 'a\nb' }, 'INVALID_GROUP_ID'],
    ['an empty member id', { memberId: '' }, 'INVALID_MEMBER_ID'],
    ['an empty instance id', { instanceId: '' }, 'INVALID_MEMBER_ID'],
    ['a client id that is too long', { clientId: 'c'.repeat(256) }, 'INVALID_MEMBER_ID'],
    ['a session of 0', { sessionTimeoutMs: 0 }, 'INVALID_SESSION_TIMEOUT'],
    ['a session of 1 ms', { sessionTimeoutMs: 1 }, 'INVALID_SESSION_TIMEOUT'],
    ['a session of 10 days', { sessionTimeoutMs: 864_000_000 }, 'INVALID_SESSION_TIMEOUT'],
    ['a rebalance of NaN', { rebalanceTimeoutMs: Number.NaN }, 'INVALID_SESSION_TIMEOUT'],
    ['an assignor that is none', { assignor: 'best' }, 'UNSUPPORTED_ASSIGNOR'],
    ['a weight of 0', { weight: 0 }, 'INVALID_ARGUMENT'],
    ['a topic name that is none', { topics: ['a b'] }, 'INVALID_TOPIC_NAME'],
    [
      'too many topics',
      { topics: Array.from({ length: 100_000 }, (_, index) => `t${index}`) },
      'TOO_MANY_TOPICS',
    ],
  ]
  it.each(refused)('refuses %s', (_, changes, code) => {
    const host = withTopic(1)
    expect(host.refusal(join('m1', changes))).toBe(code)
    expect(host.state).toBeUndefined()
  })

  it('refuses one member more than a group may have', () => {
    const host = withTopic(1)
    host.limits = { ...LIMITS, groupMembersMax: 2 }
    host.reply(join('m1'))
    host.reply(join('m2'))
    expect(host.refusal(join('m3'))).toBe('GROUP_FULL')
    host.reply(join('m2', { topics: [] }))
  })
})

describe('heartbeats', () => {
  it('refuse an epoch that the member does not have', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    expect(host.refusal(beat('m1', 2))).toBe('FENCED_MEMBER_EPOCH')
    expect(host.refusal(beat('m1', 0))).toBe('INVALID_ARGUMENT')
    expect(host.refusal(beat('m2', 7))).toBe('UNKNOWN_MEMBER')
    expect(new GroupHost().refusal(beat('m1', 1))).toBe('GROUP_NOT_FOUND')
  })

  it('take the epoch before only from a member that has no more than it was left with', () => {
    const host = withTopic(2)
    const [p0, p1] = [host.topics.key('t', 0), host.topics.key('t', 1)]
    host.reply(join('m1'))
    host.reply(join('m2'))
    host.reply(beat('m1', 1, { owned: [p0, p1] }))
    host.reply(beat('m1', 1, { owned: [p0] }))
    // The answer with epoch 2 was lost.
    expect(host.refusal(beat('m1', 1))).toBe('FENCED_MEMBER_EPOCH')
    expect(host.refusal(beat('m1', 1, { owned: [p0, p1] }))).toBe('FENCED_MEMBER_EPOCH')
    expect(host.reply(beat('m1', 1, { owned: [p0] }))).toMatchObject({ memberEpoch: 2 })
  })

  it('tell a member what it has whenever it shows anything else', () => {
    const host = withTopic(1)
    const p0 = host.topics.key('t', 0)
    host.reply(join('m1'))
    expect(host.reply(beat('m1', 1, { owned: [] })).assigned).toEqual([p0])
    expect(host.reply(beat('m1', 1, { owned: [p0] }))).not.toHaveProperty('assigned')
    const full = beat('m1', 1, { owned: [p0], wishes: { topics: ['t'] } })
    expect(host.reply(full).assigned).toEqual([p0])
  })

  it('raise the group epoch for other topics or weights, but not for another vote', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    host.reply(beat('m1', 1, { wishes: { assignor: 'range', rebalanceTimeoutMs: 2_000 } }))
    expect(host.group.epoch).toBe(1)
    host.reply(beat('m1', 1, { wishes: { weight: 2 } }))
    expect(host.group.epoch).toBe(2)
    host.reply(beat('m1', 2, { wishes: { topics: [] } }))
    expect(host.group).toMatchObject({ epoch: 3, assignor: 'range' })
    expect(host.group.members.get('m1')).toMatchObject({ epoch: 2, state: 'unrevoked' })
  })

  it('the assignor is the one that most ask for', () => {
    const host = withTopic(1)
    host.reply(join('m1', { assignor: 'range' }))
    host.reply(join('m2', { assignor: 'round-robin' }))
    expect(host.group.assignor).toBe('range')
    host.reply(join('m3', { assignor: 'round-robin' }))
    expect(host.group.assignor).toBe('round-robin')
  })
})

describe('going', () => {
  it('a member that leaves frees its partitions at once', () => {
    const host = withTopic(2)
    host.reply(join('m1'))
    host.reply(join('m2'))
    host.reply({ kind: 'leave', memberId: 'm1' })
    expect(host.reply(beat('m2', 2)).assigned).toHaveLength(2)
    expect(host.refusal({ kind: 'leave', memberId: 'm1' })).toBe('UNKNOWN_MEMBER')
  })

  it('a member without heartbeats is put out when its session ends, and learns of it', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    host.advance(SESSION_MS - 1)
    expect(host.group.members.has('m1')).toBe(true)
    host.advance(1)
    expect(conditionOf(host.group)).toBe('empty')
    expect(host.refusal(beat('m1', 1))).toBe('FENCED_MEMBER_EPOCH')
  })

  it('jumps of the wall clock neither end nor prolong a session', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    host.wallMs += 3_600_000
    host.advance(SESSION_MS - 1)
    expect(host.group.members.has('m1')).toBe(true)
    host.wallMs -= 7_200_000
    host.advance(1)
    expect(host.group.members.has('m1')).toBe(false)
  })

  it('a member that does not let go in time is put out, though its heart beats', () => {
    const host = withTopic(2)
    const owned = [host.topics.key('t', 0), host.topics.key('t', 1)]
    host.reply(join('m1'))
    host.reply(join('m2'))
    for (let ms = 0; ms < REBALANCE_MS; ms += 1_000) {
      host.reply(beat('m1', 1, { owned }))
      host.reply(beat('m2', 2))
      host.advance(1_000)
    }
    expect(host.group.members.has('m1')).toBe(false)
    expect(new Set(host.reply(beat('m2', 2)).assigned)).toEqual(new Set(owned))
  })

  it('a restart of the coordinator gives every member a whole session to come back in', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    host.advance(SESSION_MS - 1)
    host.restart()
    host.advance(SESSION_MS - 1)
    expect(host.group.members.has('m1'), 'still a member').toBe(true)
    const events = host.journal.length
    expect(host.reply(beat('m1', 1, { owned: [host.topics.key('t', 0)] })).memberEpoch).toBe(1)
    expect(host.journal).toHaveLength(events)
  })
})

describe('static members', () => {
  const instanceId = 'i1'

  it('one that comes back as the same instance has its partitions without a rebalance', () => {
    const host = withTopic(2)
    const first = host.reply(join('m1', { instanceId }))
    host.reply({ kind: 'leave', memberId: 'm1', instanceId, isComingBack: true })
    expect(host.group.members.get('m1')?.epoch).toBe(AWAY_EPOCH)
    const epoch = host.group.epoch
    const second = host.reply(join('m2', { instanceId }))
    expect(second).toMatchObject({ memberEpoch: 1, assigned: first.assigned })
    expect(host.group.epoch).toBe(epoch)
    expect(host.refusal(beat('m1', 1, { instanceId }))).toBe('FENCED_INSTANCE_ID')
    expect(host.refusal(beat('m1', 1))).toBe('FENCED_MEMBER_EPOCH')
  })

  it('a second process may not be an instance that lives', () => {
    const host = withTopic(1)
    host.reply(join('m1', { instanceId }))
    expect(host.refusal(join('m2', { instanceId }))).toBe('UNRELEASED_INSTANCE_ID')
    host.advance(SESSION_MS)
    host.reply(join('m2', { instanceId }))
  })

  it('a heartbeat that was still on its way does not bring back one that left', () => {
    const host = withTopic(1)
    const owned = [host.topics.key('t', 0)]
    host.reply(join('m1', { instanceId }))
    host.reply({ kind: 'leave', memberId: 'm1', instanceId, isComingBack: true })
    expect(host.refusal(beat('m1', 1, { instanceId, owned }))).toBe('FENCED_MEMBER_EPOCH')
    host.reply(join('m2', { instanceId }))
  })

  it('one that stays away loses its place when its session ends', () => {
    const host = withTopic(1)
    host.reply(join('m1', { instanceId }))
    host.reply({ kind: 'leave', memberId: 'm1', instanceId, isComingBack: true })
    host.advance(SESSION_MS)
    expect(conditionOf(host.group)).toBe('empty')
    expect(host.group.instances.size).toBe(0)
  })

  it('a member without an instance id cannot announce that it comes back', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    expect(host.refusal({ kind: 'leave', memberId: 'm1', isComingBack: true })).toBe(
      'INVALID_ARGUMENT',
    )
  })
})

describe('topics', () => {
  it('that grow are assigned anew', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    host.topics.grow('t', 3)
    host.run({ kind: 'topics-changed' })
    expect(host.reply(beat('m1', 1)).assigned).toHaveLength(3)
  })

  it('that vanish are revoked, and their offsets dropped', () => {
    const host = withTopic(1)
    const topic = host.topics.create('u', 1)
    host.reply(join('m1', { topics: ['t', 'u'] }))
    host.reply({
      ...{ kind: 'commit', groupId: 'g', memberId: 'm1', memberEpoch: 1 },
      items: [{ topicId: topic.id, partition: 0, offset: 1, endOffset: 1 }],
    })
    host.topics.delete('u')
    host.run({ kind: 'topics-changed' })
    expect(host.group.offsets.size).toBe(0)
    expect(host.reply(beat('m1', 1)).assigned).toEqual([host.topics.key('t', 0)])
  })

  it('made again under the same name are others', () => {
    const host = withTopic(1)
    const old = host.topics.key('t', 0)
    host.reply(join('m1'))
    host.topics.delete('t')
    host.topics.create('t', 1)
    host.run({ kind: 'topics-changed' })
    expect(host.reply(beat('m1', 1, { owned: [old] })).assigned).toEqual([])
    expect(host.reply(beat('m1', 1, { owned: [] })).assigned).toEqual([host.topics.key('t', 0)])
  })

  it('that nobody subscribes to change nothing', () => {
    const host = withTopic(1)
    host.reply(join('m1'))
    const events = host.journal.length
    host.topics.create('other', 1)
    host.run({ kind: 'topics-changed' })
    expect(host.journal).toHaveLength(events)
  })
})

/** Everyone says what it was told to have. */
function settleAll(host: GroupHost): void {
  for (const { id, epoch, assigned } of [...host.group.members.values()]) {
    host.reply(beat(id, epoch, { owned: [...assigned.keys()] }))
  }
}
