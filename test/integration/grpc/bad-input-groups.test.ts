// Section G of the bad-input table, over the wire: groups, members and commits. Each row says what goes in and what must come back.
// Where a row asks for something that KIP-848 and docs/adr/0015 answer otherwise, the name of the test says so.
import { status } from '@grpc/grpc-js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { GrpcTransport } from '../../../src/client/grpc-transport.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type {
  CommitOffsetsEntry,
  CommitOffsetsRequest,
  SessionJoin,
} from '../../../src/protocol/grpc/messages.ts'
import { groupService } from '../../../src/protocol/grpc/services.ts'
import {
  type CallEnd,
  call,
  callRaw,
  type GrpcBroker,
  reasonOf,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { MemberStream } from '../../support/member-stream.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

let served: GrpcBroker
let transport: GrpcTransport
let groups = 0
/** New for each test. */
let group: string

beforeAll(async () => {
  served = await serveBroker()
  transport = transportTo(served)
  await createTopic(served.broker, 'orders', 2)
  for (let index = 0; index < 5; index++) await produce(served.broker, 'orders', ['a', 'b'])
})

afterEach(() => {
  groups++
})

afterAll(async () => {
  transport.close()
  await served.close()
})

function transportTo({ server }: GrpcBroker): GrpcTransport {
  const clock = new NodeClock()
  return new GrpcTransport({ address: server.address, clock, connectTimeoutMs: 5_000 })
}

function commit(request: CommitOffsetsRequest): Promise<CallEnd> {
  const { path, requestSerialize } = groupService.CommitOffsets
  return callRaw(served.client, path, requestSerialize({ group, ...request }))
}

async function commitOne(
  entry: CommitOffsetsEntry,
  request: CommitOffsetsRequest = {},
): Promise<{ code: number | undefined; reason: string | undefined }> {
  const { results } = await call(served.client, groupService.CommitOffsets, {
    group,
    ...request,
    entries: [{ topic: 'orders', partition: 0, ...entry }],
  })
  const [result] = results
  if (result === undefined || results.length !== 1) throw new Error('one entry, one result')
  return { code: result.error?.code, reason: reasonOf(result.error).reason }
}

const join = (wishes: SessionJoin = {}, to = transport): ReturnType<typeof MemberStream.join> =>
  MemberStream.join(to, { group, topics: ['orders'], ...wishes })

/** How the session of somebody who joins so ends. */
async function refusalOfJoin(wishes: SessionJoin): Promise<unknown> {
  const member = await MemberStream.open(transport)
  member.stream.send({ join: { group, topics: ['orders'], ...wishes } })
  return member.ended
}

describe('G: groups', () => {
  beforeAll(() => {
    group = 'g'
  })

  afterEach(() => {
    group = `g-${groups}`
  })

  it.each([
    ['-1', { offset: -1 }, status.INVALID_ARGUMENT, 'INVALID_OFFSET'],
    ['2^53', { offset: '9007199254740992' }, status.INVALID_ARGUMENT, 'INVALID_OFFSET'],
    ['beyond the end', { offset: 11 }, status.OUT_OF_RANGE, 'OFFSET_OUT_OF_RANGE'],
    ['of an unknown topic', { topic: 'none', offset: 0 }, status.NOT_FOUND, 'UNKNOWN_TOPIC'],
    ['of an unknown partition', { partition: 7, offset: 0 }, status.NOT_FOUND, 'UNKNOWN_PARTITION'],
    [
      'of a topic of another id',
      { offset: 0, topicId: 'A'.repeat(22) },
      status.NOT_FOUND,
      'UNKNOWN_TOPIC',
    ],
    [
      'of a topic name that cannot be',
      { topic: 'a/b', offset: 0 },
      status.INVALID_ARGUMENT,
      'INVALID_TOPIC_NAME',
    ],
  ])('row 84: a commit %s', async (_row, entry, code, reason) => {
    expect(await commitOne(entry)).toEqual({ code, reason })
  })

  it('row 84: a commit for a partition that the member does not own', async () => {
    const one = await join()
    await join()
    await one.member.called()
    const { memberId, memberEpoch } = one.joined
    const told = await one.member.heartbeat({ memberEpoch })
    const kept = told.assigned?.partitions ?? []
    await one.member.heartbeat({
      memberEpoch: told.memberEpoch,
      owned: { partitions: kept },
    })
    const mine = kept[0]?.partition ?? -1
    const member = { memberId, memberEpoch: told.memberEpoch }
    expect(await commitOne({ partition: mine, offset: 0 }, member)).toEqual({})
    expect(await commitOne({ partition: 1 - mine, offset: 0 }, member)).toEqual({
      code: status.FAILED_PRECONDITION,
      reason: 'NOT_OWNER',
    })
  })

  it('row 85: a commit with an epoch that the member never had', async () => {
    const { joined } = await join()
    const { memberId } = joined
    const entries = [{ topic: 'orders', partition: 0, offset: 0 }]
    for (const memberEpoch of [joined.memberEpoch + 1, -1]) {
      expect(await commit({ memberId, memberEpoch, entries })).toMatchObject({
        code: status.FAILED_PRECONDITION,
        reason: 'STALE_MEMBER_EPOCH',
        effect: 'none',
      })
    }
  })

  it('row 85: a commit with an epoch that somebody had before the member owned the partition', async () => {
    const one = await join()
    const { memberId } = one.joined
    const again = await join({ memberId, weight: 2 })
    expect(again.joined.memberEpoch).toBeGreaterThan(one.joined.memberEpoch)
    const { memberEpoch } = one.joined
    expect(await commitOne({ offset: 0 }, { memberId, memberEpoch })).toEqual({
      code: status.FAILED_PRECONDITION,
      reason: 'STALE_MEMBER_EPOCH',
    })
  })

  it.each([
    ['a member that the group does not know', 'stranger'],
    ['nobody', ''],
  ])('row 85: a commit of %s', async (_row, memberId) => {
    await join()
    expect(await commit({ memberId, memberEpoch: 1, entries: [{}] })).toMatchObject({
      code: status.NOT_FOUND,
      reason: 'UNKNOWN_MEMBER',
      effect: 'none',
    })
  })

  it("row 85: a commit with another member's id and the epoch of one's own", async () => {
    const one = await join()
    const two = await join()
    expect(two.joined.memberEpoch).toBeGreaterThan(one.joined.memberEpoch)
    const end = await commit({
      memberId: one.joined.memberId,
      memberEpoch: two.joined.memberEpoch,
      entries: [{ topic: 'orders', offset: 0 }],
    })
    expect(end).toMatchObject({
      code: status.FAILED_PRECONDITION,
      reason: 'STALE_MEMBER_EPOCH',
    })
  })

  it('row 85: a commit of a member without its epoch', async () => {
    const { joined } = await join()
    expect(await commit({ memberId: joined.memberId, entries: [{}] })).toMatchObject({
      code: status.INVALID_ARGUMENT,
      reason: 'MISSING_FIELD',
      details: { field: 'member_epoch' },
    })
  })

  it('row 85: a commit of nobody in particular while the group has members', async () => {
    await join()
    expect(await commit({ entries: [{ topic: 'orders', offset: 0 }] })).toMatchObject({
      code: status.NOT_FOUND,
      reason: 'UNKNOWN_MEMBER',
    })
  })

  it.each([
    ['1 ms', 1],
    ['10 days', 864_000_000],
    ['-1', -1],
  ])('row 88: a session timeout of %s', async (_row, sessionTimeoutMs) => {
    expect(await refusalOfJoin({ sessionTimeoutMs })).toMatchObject({
      code: 'INVALID_SESSION_TIMEOUT',
    })
    expect(await refusalOfJoin({ rebalanceTimeoutMs: sessionTimeoutMs })).toMatchObject({
      code: 'INVALID_SESSION_TIMEOUT',
    })
  })

  it('row 88: a session timeout of 0 is no timeout of 0, but asks for the default', async () => {
    const { joined } = await join({ sessionTimeoutMs: 0 })
    expect(joined.sessionTimeoutMs).toBe(LIMITS.sessionTimeoutMsDefault)
  })

  it('row 89: a subscription to 100,000 topics', async () => {
    const topics = Array.from({ length: 100_000 }, (_, index) => `topic-${index}`)
    expect(await refusalOfJoin({ topics })).toMatchObject({ code: 'TOO_MANY_TOPICS' })
  })

  it.each(['(a+)+$', '.*', 'orders|.*', '^orders$'])(
    'row 89: a pattern, %s, is no name of a topic',
    async (pattern) => {
      expect(await refusalOfJoin({ topics: [pattern] })).toMatchObject({
        code: 'INVALID_TOPIC_NAME',
      })
    },
  )

  it('row 90: metadata above 4 KiB of a commit', async () => {
    for (const metadata of ['x'.repeat(4_097), 'é'.repeat(2_049), 'x'.repeat(8_000_000)]) {
      expect(await commitOne({ offset: 0, metadata })).toEqual({
        code: status.RESOURCE_EXHAUSTED,
        reason: 'METADATA_TOO_LARGE',
      })
    }
    expect(await commitOne({ offset: 0, metadata: 'x'.repeat(4_096) })).toEqual({})
  })

  it('row 90: 10 MiB of metadata do not even come in', async () => {
    const metadata = 'x'.repeat(10 * 1024 * 1024)
    const end = await commit({ entries: [{ topic: 'orders', offset: 0, metadata }] })
    expect(end.code).toBe(status.RESOURCE_EXHAUSTED)
    const member = await MemberStream.open(transport)
    // The client itself refuses to send so much; another one is refused by the broker.
    member.stream.send({ join: { group, clientId: 'x'.repeat(8 * 1024 * 1024) } })
    expect(await member.ended).toMatchObject({ code: 'INVALID_MEMBER_ID' })
  })

  it.each([
    ['a group id of 256 bytes', { group: 'x'.repeat(256) }, 'INVALID_GROUP_ID'],
    ['no group id', { group: '' }, 'INVALID_GROUP_ID'],
    ['a group id with a line feed', { group: 'a\nb' }, 'INVALID_GROUP_ID'],
    ['a member id of 256 bytes', { memberId: 'x'.repeat(256) }, 'INVALID_MEMBER_ID'],
    ['an empty instance id', { instanceId: '' }, 'INVALID_MEMBER_ID'],
    ['an instance id of 256 bytes', { instanceId: 'x'.repeat(256) }, 'INVALID_MEMBER_ID'],
    ['an instance id with an escape', { instanceId: 'a\u001b[2J' }, 'INVALID_MEMBER_ID'],
    ['a client id of 256 bytes', { clientId: 'x'.repeat(256) }, 'INVALID_MEMBER_ID'],
    ['a client id of 128 letters of two bytes', { clientId: 'é'.repeat(128) }, 'INVALID_MEMBER_ID'],
    ['a client id with a NUL', { clientId: 'a\0b' }, 'INVALID_MEMBER_ID'],
    ['an unknown assignor', { assignor: 'random' }, 'UNSUPPORTED_ASSIGNOR'],
    ['a weight of -1', { weight: -1 }, 'INVALID_ARGUMENT'],
    ['a weight of 1,001', { weight: 1_001 }, 'INVALID_ARGUMENT'],
  ])('%s', async (_what, wishes, code) => {
    expect(await refusalOfJoin(wishes)).toMatchObject({ code })
  })

  it('row 92: a commit during a rebalance is an ordinary one, for what the member had then and has still', async () => {
    const one = await join()
    await join()
    await one.member.called()
    const { memberId, memberEpoch } = one.joined
    const told = await one.member.heartbeat({ memberEpoch })
    const kept = told.assigned?.partitions[0]?.partition ?? -1
    // Not let go yet, so it is still its own.
    expect(await commitOne({ partition: 1 - kept, offset: 0 }, { memberId, memberEpoch })).toEqual(
      {},
    )
    expect(await commitOne({ partition: kept, offset: 0 }, { memberId, memberEpoch })).toEqual({})
  })

  it('row 93: a group with members is not deleted', async () => {
    const { member } = await join()
    const { path, requestSerialize } = groupService.DeleteGroup
    expect(await callRaw(served.client, path, requestSerialize({ group }))).toMatchObject({
      code: status.FAILED_PRECONDITION,
      reason: 'GROUP_NOT_EMPTY',
      effect: 'none',
    })
    member.stream.send({ leave: {} })
    await member.ended
    expect((await callRaw(served.client, path, requestSerialize({ group }))).code).toBe(status.OK)
  })

  it('two joins with one static id: the newer one is refused while the older one lives (row 87 fences the older)', async () => {
    const { member, joined } = await join({ instanceId: 'only-one' })
    expect(await refusalOfJoin({ instanceId: 'only-one' })).toMatchObject({
      code: 'UNRELEASED_INSTANCE_ID',
    })
    const { memberEpoch } = joined
    expect(await member.heartbeat({ memberEpoch })).toMatchObject({ memberEpoch })
    member.stream.send({ leave: { isComingBack: true } })
    await member.ended
    const back = await join({ instanceId: 'only-one' })
    expect(back.joined.assigned?.partitions).toHaveLength(2)
    const { memberId } = joined
    const instanceId = 'only-one'
    const late = { memberId, instanceId, memberEpoch, entries: [{ topic: 'orders', offset: 0 }] }
    expect(await commit(late)).toMatchObject({
      code: status.FAILED_PRECONDITION,
      reason: 'FENCED_INSTANCE_ID',
    })
  })

  it.each([
    ['no entries', {}, 'MISSING_FIELD'],
    ['an entry that says not where to', { entries: [{ topic: 'orders' }] }, 'MISSING_FIELD'],
    [
      'a partition of no topic',
      { entries: [{ partition: 1, position: 'OFFSET_POSITION_LATEST' as const }] },
      'MISSING_FIELD',
    ],
    [
      'an undo with entries',
      { undo: true, entries: [{ position: 'OFFSET_POSITION_LATEST' as const }] },
      'INVALID_ARGUMENT',
    ],
    [
      'the largest timestamp',
      { entries: [{ position: 'OFFSET_POSITION_MAX_TIMESTAMP' as const }] },
      'UNKNOWN_ENUM',
    ],
    ['an offset of -1', { entries: [{ topic: 'orders', offset: -1 }] }, 'INVALID_OFFSET'],
    ['a moment before 1970', { entries: [{ topic: 'orders', asOfMs: -1 }] }, 'INVALID_TIMESTAMP'],
    [
      'a shift of 2^60',
      { entries: [{ topic: 'orders', shiftBy: '1152921504606846976' }] },
      'INVALID_ARGUMENT',
    ],
  ])('a reset with %s', async (_what, request, reason) => {
    const { path, requestSerialize } = groupService.ResetOffsets
    const end = await callRaw(served.client, path, requestSerialize({ group, ...request }))
    expect(end).toMatchObject({ code: status.INVALID_ARGUMENT, reason, effect: 'none' })
  })

  it.each([
    ['more than 10,000 offsets', LIMITS.commitEntriesMax + 1, 'TOO_MANY_ITEMS'],
    ['none at all', 0, undefined],
  ])('a commit of %s', async (_what, length, reason) => {
    const entries = Array.from({ length }, () => ({ topic: 'orders', offset: 0 }))
    const end = await commit({ entries })
    expect(end.reason).toBe(reason)
  })

  it('a wait for more than a thousand records, for none, or for a negative time', async () => {
    const { path, requestSerialize } = groupService.WaitForCommit
    const position = { topic: 'orders', partition: 0, offset: 0 }
    for (const [request, reason] of [
      [{ positions: Array.from({ length: 1_001 }, () => position) }, 'TOO_MANY_ITEMS'],
      [{}, 'MISSING_FIELD'],
      [{ positions: [position], maxWaitMs: -1 }, 'INVALID_ARGUMENT'],
      [{ positions: [{ ...position, offset: -1 }] }, 'INVALID_OFFSET'],
    ] as const) {
      const bytes = requestSerialize({ group, ...request } as object)
      expect(await callRaw(served.client, path, bytes)).toMatchObject({
        code: status.INVALID_ARGUMENT,
        reason,
      })
    }
  })
})

describe('G: groups, on a clock of their own', () => {
  it('row 86: a heartbeat after the session ended is FENCED_MEMBER_EPOCH (the row says FENCED_MEMBER)', async () => {
    const clock = new VirtualClock()
    const own = await serveBroker({ clock })
    const to = transportTo(own)
    await createTopic(own.broker, 'orders')
    const { member, joined } = await MemberStream.join(to, {
      group: 'g',
      topics: ['orders'],
      sessionTimeoutMs: 10_000,
    })
    await clock.advance(11_000)
    expect(await member.ended).toMatchObject({ code: 'FENCED_MEMBER_EPOCH' })
    const zombie = await MemberStream.open(to)
    const { memberId, memberEpoch } = joined
    zombie.stream.send({ resume: { group: 'g', memberId, heartbeat: { memberEpoch } } })
    expect(await zombie.ended).toMatchObject({ code: 'FENCED_MEMBER_EPOCH' })
    to.close()
    await own.close()
  })

  it('row 91: members beyond the limit of a group are refused', async () => {
    const own = await serveBroker({ limits: { groupMembersMax: 3 } })
    const to = transportTo(own)
    await createTopic(own.broker, 'orders')
    for (let count = 0; count < 3; count++) {
      await MemberStream.join(to, { group: 'g', topics: ['orders'] })
    }
    const fourth = await MemberStream.open(to)
    fourth.stream.send({ join: { group: 'g', topics: ['orders'] } })
    expect(await fourth.ended).toMatchObject({ code: 'GROUP_FULL' })
    to.close()
    await own.close()
  })
})
