// Undos, snapshots, restores and forks: what is not in the laws of test/property/group-resets.test.ts. Live members, limits,
// what is refused, and what becomes of them when a group dies.
import { beforeEach, describe, expect, it } from 'vitest'
import { replay } from '../../../src/coordinator/evolve.ts'
import type { BoundsOf, ResetTo } from '../../../src/coordinator/group-command.ts'
import type { CommittedOffset, GroupTopic } from '../../../src/coordinator/group-state.ts'
import { partitionKey } from '../../../src/coordinator/partition-key.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { GroupHost } from '../../support/group-host.ts'

const END = 100
const DAY_MS = 86_400_000
let host: GroupHost
let topic: GroupTopic
let start: number
const boundsOf: BoundsOf = () => ({ startOffset: start, endOffset: END })

beforeEach(() => {
  host = new GroupHost()
  topic = host.topics.create('t', 2)
  start = 0
})

function join(memberId: string, instanceId?: string): void {
  host.reply({
    ...{ kind: 'join', groupId: 'g', memberId, instanceId, clientId: '', topics: ['t'] },
    ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 5_000 },
  })
}

function commit(offset: number, of: { partition?: number; memberId?: string } = {}): void {
  const { partition = 0, memberId } = of
  const item = { topicId: topic.id, partition, offset, endOffset: END }
  const items = [{ ...item, leaderEpoch: 4, metadata: `at ${offset}` }]
  const by = memberId === undefined ? {} : { memberId, memberEpoch: 1 }
  const { results } = host.reply({ kind: 'commit', groupId: 'g', items, ...by })
  if (results[0]?.error !== undefined) throw results[0].error
}

const reset = (to: ResetTo, partition = 0) => ({
  ...({ kind: 'reset', reason: 'test' } as const),
  items: [{ topicId: topic.id, partition, ...boundsOf(topic.id, partition), ...to }],
})

const undo = {
  kind: 'undo',
  reason: '',
  boundsOf: ((id, partition) => boundsOf(id, partition)) as BoundsOf,
} as const

const offsetOf = (partition = 0): CommittedOffset | undefined =>
  host.state?.offsets.get(partitionKey(topic.id, partition))

describe('an undo', () => {
  it('goes back to what was committed before the reset, with what goes with it', () => {
    commit(50)
    host.reply(reset({ to: 'earliest' }))
    expect(offsetOf()).toMatchObject({ offset: 0, leaderEpoch: -1, metadata: '' })
    host.wallMs += 5
    const reply = host.reply(undo)
    expect(reply).toMatchObject({ resetEpoch: 2, membersPutOut: [], isApplied: true })
    expect(offsetOf()).toMatchObject({ offset: 50, leaderEpoch: 4, metadata: 'at 50' })
    expect(offsetOf()).toMatchObject({ memberId: '', memberEpoch: -1, timeMs: host.wallMs })
    const event = { kind: 'offsets-reset', reason: 'undo of reset 1', undoneEpoch: 1 }
    expect(host.journal.at(-1)).toMatchObject(event)
  })

  it('leaves nothing committed where nothing was', () => {
    commit(50)
    host.reply(reset({ to: 'latest' }, 1))
    expect(offsetOf(1)?.offset).toBe(END)
    host.reply(undo)
    expect(offsetOf(1)).toBeUndefined()
    expect(offsetOf(0)?.offset).toBe(50)
  })

  it('goes back although something was committed since, and says what that was', () => {
    commit(50)
    host.reply(reset({ to: 'earliest' }))
    commit(7)
    const { changes } = host.reply({ ...undo, isDryRun: true })
    expect(changes).toMatchObject([{ before: { offset: 7 }, after: { offset: 50 } }])
    host.reply(undo)
    expect(offsetOf()?.offset).toBe(50)
  })

  it('that is repeated is refused: it goes back one reset, and is none to take back itself', () => {
    commit(50)
    expect(host.refusal(undo)).toBe('NOTHING_TO_UNDO')
    host.reply(reset({ to: 'earliest' }))
    host.reply(reset({ to: 'latest' }))
    host.reply(undo)
    expect(offsetOf()?.offset).toBe(0)
    expect(host.refusal(undo)).toBe('NOTHING_TO_UNDO')
    expect(offsetOf()?.offset).toBe(0)
  })

  it('goes to where the partition begins now, when the records before are gone', () => {
    commit(50)
    host.reply(reset({ to: 'latest' }))
    start = 80
    host.reply(undo)
    expect(offsetOf()).toMatchObject({ offset: 80, leaderEpoch: -1, metadata: '' })
  })

  it('knows nothing of topics that are gone', () => {
    commit(50)
    host.reply(reset({ to: 'latest' }))
    host.topics.delete('t')
    host.reply({ kind: 'topics-changed' })
    expect(host.refusal(undo)).toBe('NOTHING_TO_UNDO')
  })

  it('is refused as long as bounds cannot be told', () => {
    commit(50)
    host.reply(reset({ to: 'latest' }))
    const notReady: BoundsOf = () => {
      throw new VarveError('NOT_READY', 'later')
    }
    expect(host.refusal({ ...undo, boundsOf: notReady })).toBe('NOT_READY')
  })

  it('survives a restart, and a reset that was cut off before it leaves the earlier one to be taken back', () => {
    join('m1')
    commit(50, { memberId: 'm1' })
    host.reply({ ...reset({ to: 'earliest' }), isForced: true })
    join('m1')
    // Who holds the partition is out; the reset itself is lost.
    host.runAndCrash({ ...reset({ to: 'latest' }), isForced: true }, (events) => events - 1)
    expect(offsetOf()?.offset).toBe(0)
    host.reply({ ...undo, isForced: true })
    expect(offsetOf()?.offset).toBe(50)
  })
})

describe('a reset with members', () => {
  it('says whom it would put out, and whom it did', () => {
    join('m1')
    commit(50, { memberId: 'm1' })
    const plan = host.reply({ ...reset({ to: 'earliest' }), isDryRun: true })
    expect(plan).toMatchObject({ membersPutOut: ['m1'], resetEpoch: 1, isApplied: false })
    expect(host.group.members.size).toBe(1)
    const done = host.reply({ ...reset({ to: 'earliest' }), isForced: true })
    expect(done).toEqual({ ...plan, isApplied: true })
    expect(host.group.members.size).toBe(0)
  })

  it.each(['undo', 'restore'] as const)('%s is refused too, unless it is forced', (kind) => {
    join('m1')
    commit(50, { memberId: 'm1' })
    host.reply({ kind: 'snapshot', name: 's' })
    host.reply({ ...reset({ to: 'earliest' }), isForced: true })
    join('m1')
    const command = kind === 'undo' ? undo : ({ kind, name: 's', reason: '', boundsOf } as const)
    expect(host.refusal(command)).toBe('GROUP_NOT_EMPTY')
    expect(host.reply({ ...command, isForced: true }).membersPutOut).toEqual(['m1'])
    expect(offsetOf()?.offset).toBe(50)
  })

  it('a static member that is away is not put out, and begins at the new offsets', () => {
    join('m1', 'i')
    commit(50, { memberId: 'm1' })
    host.reply({ kind: 'leave', memberId: 'm1', instanceId: 'i', isComingBack: true })
    expect(host.reply(reset({ to: 'earliest' })).membersPutOut).toEqual([])
    expect(offsetOf()?.offset).toBe(0)
    expect(host.group.members.size).toBe(1)
  })

  it('takes a reason of some length', () => {
    commit(50)
    const longest = 'x'.repeat(LIMITS.resetReasonBytesMax)
    expect(host.refusal({ ...reset({ to: 'latest' }), reason: `${longest}x` })).toBe(
      'INVALID_ARGUMENT',
    )
    host.reply({ ...reset({ to: 'latest' }), reason: longest })
  })
})

describe('a snapshot', () => {
  it('keeps what is committed, whatever happens to it afterwards', () => {
    commit(50)
    const { snapshot } = host.reply({ kind: 'snapshot', name: 's' })
    expect(snapshot).toMatchObject({ name: 's', timeMs: host.wallMs, asOfMs: host.wallMs })
    commit(60)
    commit(9, { partition: 1 })
    const plan = host.reply({ kind: 'restore', name: 's', reason: '', boundsOf, isDryRun: true })
    expect(plan.changes).toMatchObject([
      { partition: 0, before: { offset: 60 }, after: { offset: 50, metadata: 'at 50' } },
      { partition: 1, before: { offset: 9 } },
    ])
    expect(plan.changes[1]).not.toHaveProperty('after')
    host.reply({ kind: 'restore', name: 's', reason: '', boundsOf })
    expect(offsetOf(0)?.offset).toBe(50)
    expect(offsetOf(1)).toBeUndefined()
    expect(host.journal.at(-1)).toMatchObject({ reason: 'restore of snapshot s' })
    host.reply(undo)
    expect([offsetOf(0)?.offset, offsetOf(1)?.offset]).toEqual([60, 9])
    expect(replay(host.journal)).toEqual(host.state)
  })

  it('has a name that is new in its group, within limits', () => {
    const take = (name: string) => ({ kind: 'snapshot', name }) as const
    expect(host.refusal(take('s'))).toBe('GROUP_NOT_FOUND')
    commit(50)
    for (const name of ['', 'a\nb', 'ä'.repeat(128)]) {
      expect(host.refusal(take(name))).toBe('INVALID_ARGUMENT')
    }
    host.limits = { ...LIMITS, snapshotsPerGroupMax: 2 }
    host.reply(take('__proto__'))
    expect(host.refusal(take('__proto__'))).toBe('SNAPSHOT_EXISTS')
    host.reply(take('x'.repeat(255)))
    expect(host.refusal(take('third'))).toBe('TOO_MANY_SNAPSHOTS')
    host.reply({ kind: 'remove-snapshot', name: '__proto__' })
    expect(host.refusal({ kind: 'remove-snapshot', name: '__proto__' })).toBe('SNAPSHOT_NOT_FOUND')
    host.reply(take('third'))
  })

  it('is refused where all of them would keep too many offsets', () => {
    commit(50)
    commit(50, { partition: 1 })
    host.limits = { ...LIMITS, snapshotOffsetsPerGroupMax: 3 }
    host.reply({ kind: 'snapshot', name: 'one' })
    expect(host.refusal({ kind: 'snapshot', name: 'two' })).toBe('TOO_MANY_SNAPSHOTS')
  })

  it('keeps its group when the offsets expire', () => {
    commit(50)
    host.reply({ kind: 'snapshot', name: 's' })
    host.wallMs += 2 * DAY_MS
    host.reply({ kind: 'expire-offsets', retentionMs: DAY_MS })
    expect(offsetOf()).toBeUndefined()
    host.reply({ kind: 'restore', name: 's', reason: '', boundsOf })
    expect(offsetOf()?.offset).toBe(50)
    host.reply({ kind: 'remove-snapshot', name: 's' })
    host.wallMs += 2 * DAY_MS
    host.reply({ kind: 'expire-offsets', retentionMs: DAY_MS })
    expect(host.state).toBeUndefined()
  })
})

describe('a fork', () => {
  it('is refused for an id that is none, and for one that is taken', () => {
    const origin = { groupId: 'other', asOfMs: 1, offsets: [] }
    const fork = { kind: 'fork', groupId: 'g', origin, boundsOf } as const
    expect(host.refusal({ ...fork, groupId: '' })).toBe('INVALID_GROUP_ID')
    host.reply({ ...fork, isDryRun: true })
    expect(host.state).toBeUndefined()
    host.reply(fork)
    expect(host.refusal(fork)).toBe('GROUP_EXISTS')
    expect(host.refusal({ ...fork, isDryRun: true })).toBe('GROUP_EXISTS')
  })
})
