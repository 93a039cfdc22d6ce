import { beforeEach, describe, expect, it } from 'vitest'
import type { PartitionProgress } from '../../../../src/broker/groups/group-membership.ts'
import { GroupPresence } from '../../../../src/broker/groups/group-presence.ts'
import { LIMITS } from '../../../../src/domain/limits.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { GroupHost } from '../../../support/group-host.ts'

const progressOf = (
  partition: number,
  change: Partial<PartitionProgress> = {},
): PartitionProgress => ({
  topic: 'orders',
  partition,
  state: 'flowing',
  stateAgeMs: 0,
  position: 0,
  text: '',
  ...change,
})

describe('GroupPresence', () => {
  let clock: VirtualClock
  let host: GroupHost
  let presence: GroupPresence

  beforeEach(() => {
    clock = new VirtualClock()
    host = new GroupHost()
    host.topics.create('orders', 2)
    const limits = { groupDepartedMembersMax: 2, groupDepartedMs: 60_000 }
    presence = new GroupPresence({ clock, topics: host.topics, limits })
    host.onStored = (state, events) => {
      presence.stored('g', events, state)
    }
  })

  const join = (memberId: string): void => {
    host.reply({
      kind: 'join',
      groupId: 'g',
      memberId,
      clientId: `client of ${memberId}`,
      topics: ['orders'],
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
    })
  }

  it('knows when a member last spoke and from where', async () => {
    join('a')
    expect(presence.member('g', 'a')).toMatchObject({ peer: '', heartbeatMs: undefined })
    await clock.advance(500)
    presence.heard({ group: 'g', memberId: 'a', peer: '10.0.0.1:999', progress: [] })
    expect(presence.member('g', 'a')).toMatchObject({ peer: '10.0.0.1:999', heartbeatMs: 500 })
    presence.detached('g', 'a')
    expect(presence.member('g', 'a')).toMatchObject({ peer: '', heartbeatMs: 500 })
  })

  it('keeps progress for partitions that the member holds and for no others', () => {
    join('a')
    const told = [progressOf(0), progressOf(1), progressOf(7), progressOf(0, { topic: 'other' })]
    presence.heard({ group: 'g', memberId: 'a', peer: '', progress: told })
    const keys = [...(presence.member('g', 'a')?.progress.keys() ?? [])]
    expect(keys).toEqual([host.topics.key('orders', 0), host.topics.key('orders', 1)])
    join('b')
    host.reply({
      kind: 'heartbeat',
      memberId: 'a',
      memberEpoch: 1,
      owned: [host.topics.key('orders', 0)],
    })
    expect(presence.member('g', 'a')?.progress.size).toBe(
      host.group.members.get('a')?.assigned.size,
    )
  })

  it('keeps what a heartbeat leaves out, and knows since when a position has not moved', async () => {
    join('a')
    const key = host.topics.key('orders', 0)
    presence.heard({
      group: 'g',
      memberId: 'a',
      peer: '',
      progress: [progressOf(0, { position: 5 })],
    })
    await clock.advance(1_000)
    presence.heard({ group: 'g', memberId: 'a', peer: '', progress: [] })
    await clock.advance(1_000)
    const progress = [progressOf(0, { position: 5, state: 'paused' })]
    presence.heard({ group: 'g', memberId: 'a', peer: '', progress })
    const noted = presence.member('g', 'a')?.progress.get(key)
    expect(noted).toMatchObject({ state: 'paused', heardMs: 2_000, movedMs: 0 })
  })

  it('tells who departed, newest first, when it was refused last, and forgets in time', async () => {
    for (const id of ['a', 'b', 'c']) join(id)
    host.run({ kind: 'session-expired', memberId: 'a' })
    host.run({ kind: 'session-expired', memberId: 'b' })
    await clock.advance(1_000)
    host.run({ kind: 'leave', memberId: 'c' })
    presence.refused('g', 'b')
    expect(presence.departed('g')).toMatchObject([
      { memberId: 'c', reason: 'left', refusedMs: undefined },
      {
        memberId: 'b',
        clientId: 'client of b',
        reason: 'session-expired',
        refusedMs: clock.wallMs(),
      },
    ])
    await clock.advance(59_500)
    expect(presence.departed('g').map(({ memberId }) => memberId)).toEqual(['c'])
    expect(presence.member('g', 'a')).toBeUndefined()
  })

  it('begins anew with the members that a start finds, and forgets a group that is gone', () => {
    join('a')
    const again = new GroupPresence({ clock, topics: host.topics, limits: LIMITS })
    again.loaded(host.group)
    expect(again.member('g', 'a')).toMatchObject({ peer: '', heartbeatMs: undefined })
    host.run({ kind: 'leave', memberId: 'a' })
    host.run({ kind: 'delete' })
    expect(presence.departed('g')).toEqual([])
  })
})
