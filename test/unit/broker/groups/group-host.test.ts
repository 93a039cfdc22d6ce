import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { commitOne, joinGroup, settle, TestMember } from '../../../support/group-broker.ts'
import { createTopic, openBroker, produce, type TestBroker } from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'

const TOPICS = ['a']

const codeOf = async (promise: Promise<unknown>): Promise<string> => (await refusalOf(promise)).code

async function withTopic(partitions = 4): Promise<TestBroker> {
  const opened = await openBroker()
  await createTopic(opened.broker, 'a', partitions)
  return opened
}

describe('members of a group', () => {
  it('share the partitions, and each is told where it begins', async () => {
    const { broker, clock } = await withTopic()
    await produce(broker, 'a', ['x', 'y'], 1)
    await commitOne(broker, 'g', { topic: 'a', partition: 1, offset: 2 })
    const first = await joinGroup(broker, 'g', { topics: TOPICS })
    expect(first.held).toEqual(['a/0', 'a/1', 'a/2', 'a/3'])
    expect(first.assigned.map(({ committedOffset }) => committedOffset)).toEqual(
      first.assigned.map(({ partition }) => (partition === 1 ? 2 : undefined)),
    )
    const second = await joinGroup(broker, 'g', { topics: TOPICS })
    expect(second.held).toEqual([])
    await settle(clock, [first, second])
    expect([first.held.length, second.held.length]).toEqual([2, 2])
    expect([...first.held, ...second.held].sort()).toEqual(['a/0', 'a/1', 'a/2', 'a/3'])
  })

  it('are called once when something is due, and again only after their heartbeat', async () => {
    const { broker, clock } = await withTopic()
    const first = await joinGroup(broker, 'g', { topics: TOPICS })
    await joinGroup(broker, 'g', { topics: TOPICS })
    await joinGroup(broker, 'g', { topics: TOPICS })
    await clock.advance(0)
    expect(first.calls).toBe(1)
    await first.beat()
    await first.beat([])
    await clock.advance(0)
    expect(first.calls).toBe(1)
    await joinGroup(broker, 'g', { topics: TOPICS })
    await clock.advance(0)
    expect(first.calls).toBe(2)
  })

  it('get ids from the broker that begin with their client id, whatever that is', async () => {
    const { broker } = await withTopic()
    const plain = await joinGroup(broker, 'g', { topics: TOPICS, clientId: 'billing' })
    expect(plain.memberId).toMatch(/^billing-[A-Za-z0-9_-]{22}$/)
    const strange = await joinGroup(broker, 'g', { topics: TOPICS, clientId: 'ö/ß'.repeat(40) })
    expect(strange.memberId).toMatch(/^[_]{100}-[A-Za-z0-9_-]{22}$/)
    const nobody = new TestMember(broker, 'g')
    expect(await codeOf(nobody.join({ topics: TOPICS, clientId: 'a\nb' }))).toBe(
      'INVALID_MEMBER_ID',
    )
  })

  it('are put out when their session ends, hear of it at once, and commit nothing any more', async () => {
    const { broker, clock } = await withTopic()
    await produce(broker, 'a', ['x'])
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    const other = await joinGroup(broker, 'g', { topics: TOPICS })
    await settle(clock, [member, other])
    await clock.advance('6s')
    await other.beat()
    await clock.advance('5s')
    expect(member.ended?.code).toBe('FENCED_MEMBER_EPOCH')
    expect(other.ended).toBeUndefined()
    expect(await codeOf(member.beat())).toBe('FENCED_MEMBER_EPOCH')
    await settle(clock, [other])
    expect(other.held.length).toBe(4)
    expect(await codeOf(commitOne(broker, member, { topic: 'a', offset: 1 }))).toBe(
      'UNKNOWN_MEMBER',
    )
    const again = new TestMember(broker, 'g')
    expect(await codeOf(again.resume(member))).toBe('FENCED_MEMBER_EPOCH')
    const explained = await broker.groups.explain('g')
    expect(explained.departed).toMatchObject([
      { memberId: member.memberId, reason: 'session-expired', refusedMs: clock.wallMs() },
    ])
  })

  it('are put out when they do not give up partitions in time', async () => {
    const { broker, clock } = await withTopic()
    const slow = await joinGroup(broker, 'g', { topics: TOPICS })
    const other = await joinGroup(broker, 'g', { topics: TOPICS })
    const everything = slow.assigned
    await slow.beat(everything)
    await clock.advance('4s')
    await slow.beat(everything)
    await other.beat()
    expect(slow.ended).toBeUndefined()
    await clock.advance('2s')
    expect(slow.ended?.code).toBe('FENCED_MEMBER_EPOCH')
    expect(slow.ended?.message).toContain('not given up its partitions in time')
    await settle(clock, [other])
    expect(other.held.length).toBe(4)
  })

  it('stay members without a stream, and go on over another one', async () => {
    const { broker, clock } = await withTopic()
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    member.session.detach()
    member.session.detach()
    await clock.advance('5s')
    const other = new TestMember(broker, 'g', 'elsewhere')
    await other.resume(member)
    expect(other.epoch).toBe(member.epoch)
    expect(member.ended).toBeUndefined()
    expect(await codeOf(member.beat())).toBe('CANCELLED')
    const described = await broker.groups.describe('g', { withLagTime: false })
    expect(described.members).toMatchObject([{ memberId: member.memberId, peer: 'elsewhere' }])
  })

  it('speak over one stream at a time: the newer one counts', async () => {
    const { broker } = await withTopic()
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    const resumed = new TestMember(broker, 'g')
    await resumed.resume(member)
    expect(member.ended?.code).toBe('SESSION_REPLACED')
    expect(await codeOf(member.beat())).toBe('SESSION_REPLACED')
    expect(await codeOf(member.session.leave(false))).toBe('SESSION_REPLACED')
    const joined = await joinGroup(broker, 'g', { topics: TOPICS, memberId: member.memberId })
    expect(resumed.ended?.code).toBe('SESSION_REPLACED')
    expect(joined.held.length).toBe(4)
    // A refused one replaces nobody.
    const stranger = new TestMember(broker, 'g')
    expect(
      await codeOf(stranger.join({ topics: TOPICS, memberId: member.memberId, assignor: 'x' })),
    ).toBe('UNSUPPORTED_ASSIGNOR')
    expect(joined.ended).toBeUndefined()
    expect(broker.groups.sessions).toBe(2)
  })

  it('leave, and the others get their partitions', async () => {
    const { broker, clock } = await withTopic()
    const [first, second] = [
      await joinGroup(broker, 'g', { topics: TOPICS }),
      await joinGroup(broker, 'g', { topics: TOPICS }),
    ]
    await settle(clock, [first, second])
    await first.session.leave(false)
    expect(first.ended).toBeUndefined()
    expect(await codeOf(first.beat())).toBe('UNKNOWN_MEMBER')
    await clock.advance(0)
    expect(second.calls).toBeGreaterThan(0)
    await settle(clock, [second])
    expect(second.held.length).toBe(4)
    await second.session.leave(false)
    expect(await broker.groups.list({ limit: 10 })).toMatchObject({
      groups: [{ group: 'g', condition: 'empty', members: 0 }],
    })
    expect(broker.groups.sessions).toBe(0)
  })

  it('with an instance id keep what they have while they are away, and fence who holds on', async () => {
    const { broker, clock } = await withTopic()
    const instance = { topics: TOPICS, instanceId: 'one' }
    const first = await joinGroup(broker, 'g', instance)
    const stranger = new TestMember(broker, 'g')
    expect(await codeOf(stranger.join(instance))).toBe('UNRELEASED_INSTANCE_ID')
    const dynamic = await joinGroup(broker, 'h', { topics: TOPICS })
    expect(await codeOf(dynamic.session.leave(true))).toBe('INVALID_ARGUMENT')
    await dynamic.beat()
    await first.session.leave(true)
    await clock.advance('5s')
    const second = await joinGroup(broker, 'g', instance)
    expect(second.held).toEqual(first.held)
    await second.session.leave(true)
    // Its stream is back before the process that took its place.
    const late = new TestMember(broker, 'g')
    expect(await codeOf(late.resume(second))).toBe('FENCED_MEMBER_EPOCH')
    await clock.advance('11s')
    expect(await broker.groups.list({ limit: 1 })).toMatchObject({ groups: [{ members: 0 }] })
  })

  it('do not linger when the one that joined for them is gone before it heard of it', async () => {
    const { broker, clock } = await withTopic()
    const member = new TestMember(broker, 'g')
    const joining = member.join({ topics: TOPICS })
    member.session.detach()
    expect(await codeOf(joining)).toBe('CANCELLED')
    await clock.advance(0)
    expect(await broker.groups.list({ limit: 1 })).toMatchObject({ groups: [{ members: 0 }] })
  })

  it('who join at once are let in with one assignment, and one who is refused keeps nobody out', async () => {
    const { broker, clock } = await withTopic(100)
    const members = Array.from({ length: 100 }, () => new TestMember(broker, 'g'))
    const bad = new TestMember(broker, 'g')
    const joins = [...members.slice(0, 50), bad, ...members.slice(50)].map((member) =>
      member.join({ topics: TOPICS, ...(member === bad ? { sessionTimeoutMs: 1 } : {}) }),
    )
    const outcomes = await Promise.allSettled(joins)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'INVALID_SESSION_TIMEOUT' } },
    ])
    const { summary } = await broker.groups.describe('g', { withLagTime: false })
    expect(summary).toMatchObject({ members: 100, epoch: 1 })
    expect(members.map(({ held }) => held.length)).toEqual(new Array(100).fill(1))
    await clock.advance(0)
    expect(members.map(({ calls }) => calls)).toEqual(new Array(100).fill(0))
  })

  it('hear of topics that come, grow and go', async () => {
    const { broker, clock } = await withTopic(1)
    await produce(broker, 'a', ['x'])
    await commitOne(broker, 'other', { topic: 'a', offset: 1 })
    const member = await joinGroup(broker, 'g', { topics: ['a', 'later'] })
    expect(member.held).toEqual(['a/0'])
    await createTopic(broker, 'later', 1)
    await settle(clock, [member])
    expect(member.held).toEqual(['a/0', 'later/0'])
    await broker.topics.addPartitions('later', 3)
    await settle(clock, [member])
    expect(member.held.length).toBe(4)
    await commitOne(broker, member, { topic: 'a', offset: 1 })
    await broker.topics.deleteTopic('a')
    await clock.advance(0)
    expect(await broker.groups.fetchOffsets('other')).toEqual([])
    await settle(clock, [member])
    expect(member.held).toEqual(['later/0', 'later/1', 'later/2'])
    expect(await broker.groups.fetchOffsets('g')).toEqual([])
    await createTopic(broker, 'a', 1)
    await settle(clock, [member])
    expect(member.assigned.find(({ topic }) => topic === 'a')?.committedOffset).toBeUndefined()
  })

  it('may ask for other topics and take their vote back', async () => {
    const { broker, clock } = await withTopic(1)
    await createTopic(broker, 'b', 1)
    const member = await joinGroup(broker, 'g', { topics: ['a'], assignor: 'range' })
    const heartbeat = { owned: member.assigned, progress: [], memberEpoch: member.epoch }
    const answer = await member.session.heartbeat({ ...heartbeat, wishes: { topics: ['b'] } })
    member.epoch = answer.memberEpoch
    member.assigned = answer.assigned ?? []
    await settle(clock, [member])
    expect(member.held).toEqual(['b/0'])
    expect(await broker.groups.describe('g', { withLagTime: false })).toMatchObject({
      members: [{ topics: ['b'], assignor: '', weight: 1 }],
    })
  })

  it('cannot be heard before they join, nor join twice', async () => {
    const { broker } = await withTopic()
    const member = new TestMember(broker, 'g')
    expect(await codeOf(member.beat())).toBe('INVALID_ARGUMENT')
    await member.join({ topics: TOPICS })
    expect(await codeOf(member.join({ topics: TOPICS }))).toBe('INVALID_ARGUMENT')
    const stranger = new TestMember(broker, 'nothing')
    expect(await codeOf(stranger.resume(member))).toBe('UNKNOWN_MEMBER')
  })

  it('are neither put out nor kept by a wall clock that jumps', async () => {
    const { broker, clock } = await withTopic()
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    clock.setWallMs(clock.wallMs() + 3_600_000)
    await clock.advance('5s')
    expect(member.ended, 'after a jump ahead').toBeUndefined()
    await member.beat()
    clock.setWallMs(clock.wallMs() - 7_200_000)
    await clock.advance('9s')
    expect(member.ended, 'after a jump back').toBeUndefined()
    await clock.advance('3s')
    expect(member.ended?.code, 'after its session').toBe('FENCED_MEMBER_EPOCH')
  })

  it('are not put out because the broker stood still', async () => {
    const clock = new StallingClock()
    const { broker } = await openBroker({ clock })
    await createTopic(broker, 'a', 4)
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    clock.stallMs = 60_000
    await clock.advance('10s')
    expect(member.ended).toBeUndefined()
    await member.beat()
    await clock.advance('9s')
    expect(member.ended).toBeUndefined()
    await clock.advance('3s')
    expect(member.ended?.code).toBe('FENCED_MEMBER_EPOCH')
  })
})

/** As if the process had not run for a while: time has passed when its timers come. */
class StallingClock extends VirtualClock {
  stallMs = 0

  override monotonicMs(): number {
    return super.monotonicMs() + this.stallMs
  }
}

describe('the end of the broker', () => {
  it('ends sessions and waits, and leaves no timer', async () => {
    const { broker, clock } = await withTopic()
    const member = await joinGroup(broker, 'g', { topics: TOPICS })
    const unjoined = new TestMember(broker, 'g')
    const waiting = broker.groups.waitForCommit(
      { group: 'g', positions: [{ topic: 'a', partition: 0, offset: 0 }], maxWaitMs: 60_000 },
      new AbortController().signal,
    )
    await Promise.all([
      clock.until(broker.close()),
      expect(codeOf(waiting)).resolves.toBe('NOT_READY'),
    ])
    expect(member.ended?.code).toBe('NOT_READY')
    expect(unjoined.ended?.code).toBe('NOT_READY')
    expect(await codeOf(broker.groups.list({ limit: 1 }))).toBe('NOT_READY')
    expect(() => new TestMember(broker, 'g')).toThrow('stopping')
    expect(clock.openTimers).toBe(0)
  })

  it('is no rebalance for members that come back within their session', async () => {
    const { broker, clock, engine } = await withTopic()
    await produce(broker, 'a', ['x'])
    const members = [
      await joinGroup(broker, 'g', { topics: TOPICS }),
      await joinGroup(broker, 'g', { topics: TOPICS }),
    ]
    await settle(clock, members)
    const before = await broker.groups.describe('g', { withLagTime: false })
    await broker.close()
    await clock.advance('1h')
    const next = await openBroker({ clock, engine })
    await clock.advance('9s')
    const back: TestMember[] = []
    for (const former of members) {
      const member = new TestMember(next.broker, 'g')
      const answer = await member.resume(former)
      expect(answer.memberEpoch).toBe(former.epoch)
      expect(answer.assigned).toBeUndefined()
      back.push(member)
    }
    await commitOne(next.broker, back[0] ?? 'nobody', {
      topic: 'a',
      offset: 1,
      partition: Number(back[0]?.held[0]?.slice(2)),
    })
    await clock.advance('9s')
    const after = await next.broker.groups.describe('g', { withLagTime: false })
    expect(after.summary.epoch).toBe(before.summary.epoch)
    expect(after.members.map(({ assigned }) => assigned)).toEqual(
      before.members.map(({ assigned }) => assigned),
    )
    await clock.advance('3s')
    expect(back.map(({ ended }) => ended?.code)).toEqual([
      'FENCED_MEMBER_EPOCH',
      'FENCED_MEMBER_EPOCH',
    ])
    expect(await next.broker.groups.list({ limit: 1 })).toMatchObject({ groups: [{ members: 0 }] })
  })
})
