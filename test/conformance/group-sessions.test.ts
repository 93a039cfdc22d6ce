// The session of a group member, in all four ways: what is said and answered, calls, and every way in which a stream can end.
import { afterEach, describe, expect, test } from 'vitest'
import type { ClientTransport } from '../../src/client/transport.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import { MemberStream, shown } from '../support/member-stream.ts'
import { createTopic, produce } from '../support/open-broker.ts'
import { until } from '../support/until.ts'
import { type ServedBroker, serveBroker } from './served-broker.ts'
import { WAYS, type Way } from './ways.ts'

let served: ServedBroker
let transport: ClientTransport

/** Topic `t` with four partitions, two records in each. */
async function setUp(way: Way): Promise<void> {
  served = await serveBroker(way)
  transport = served.transport
  await createTopic(served.broker, 't', 4)
  for (let partition = 0; partition < 4; partition++) {
    await produce(served.broker, 't', ['a', 'b'], partition)
  }
}

afterEach(async () => {
  await served.close()
})

const members = async (group = 'g'): Promise<string[]> =>
  (await served.client.admin().describeGroup(group)).members.map(({ memberId }) => memberId)

describe.each(WAYS)('$name', (way) => {
  test('a member joins, is told what it has and where it begins, shows that it lives, and leaves', async () => {
    await setUp(way)
    await served.client
      .admin()
      .commitGroupOffsets('g', [{ topic: 't', partition: 2, offset: 1, metadata: 'half' }])
    const join = { group: 'g', topics: ['t'], clientId: 'test', sessionTimeoutMs: 10_000 }
    const { member, joined } = await MemberStream.join(transport, join)
    expect(joined).toMatchObject({ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 60_000 })
    expect(joined.memberId).toMatch(/^test-/)
    expect(joined.heartbeatIntervalMs).toBeGreaterThan(0)
    const assigned = joined.assigned?.partitions
    expect(shown(assigned)).toEqual(['t/0', 't/1', 't/2@1', 't/3'])
    expect(assigned?.find(({ partition }) => partition === 2)).toMatchObject({ metadata: 'half' })
    const answer = await member.heartbeat({
      memberEpoch: joined.memberEpoch,
      owned: { partitions: assigned ?? [] },
    })
    expect(answer).toMatchObject({ memberEpoch: joined.memberEpoch })
    expect(answer.assigned ?? null).toBeNull()
    member.stream.send({ leave: {} })
    expect(await member.ended).toBeUndefined()
    expect(await members()).toEqual([])
  })

  test('partitions go from one member to another when it has let go, and the others stay', async () => {
    await setUp(way)
    const one = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const two = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    expect(shown(two.joined.assigned?.partitions)).toEqual([])
    await one.member.called()
    const told = await one.member.heartbeat({ memberEpoch: one.joined.memberEpoch })
    const kept = told.assigned?.partitions ?? []
    expect(kept).toHaveLength(2)
    const again = await one.member.heartbeat({
      memberEpoch: told.memberEpoch,
      owned: { partitions: kept },
    })
    await two.member.called()
    const got = await two.member.heartbeat({ memberEpoch: two.joined.memberEpoch })
    const all = [...shown(kept), ...shown(got.assigned?.partitions)].sort()
    expect(all).toEqual(['t/0', 't/1', 't/2', 't/3'])
    expect(got.memberEpoch).toBe(again.memberEpoch)
  })

  test('a stream that is cut, or half-closed, is no leave: the member goes on with a resume', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const { memberId, memberEpoch } = joined
    const owned = { partitions: joined.assigned?.partitions ?? [] }
    const resume = { group: 'g', memberId, heartbeat: { memberEpoch, owned } }
    member.stream.cancel()
    expect(await member.ended).toMatchObject({ code: 'CANCELLED' })
    const second = await MemberStream.open(transport)
    expect((await second.ask({ resume })).heartbeat).toMatchObject({ memberEpoch })
    second.stream.finish()
    expect(await second.ended).toBeUndefined()
    expect(await members()).toEqual([memberId])
    const third = await MemberStream.open(transport)
    expect((await third.ask({ resume })).heartbeat).toMatchObject({ memberEpoch })
    expect(await third.heartbeat({ memberEpoch, owned })).toMatchObject({ memberEpoch })
  })

  test('what was sent before the end of the sending is answered: a leave, then a half-close', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    member.stream.send({ heartbeat: { memberEpoch: joined.memberEpoch } })
    member.stream.send({ leave: {} })
    member.stream.finish()
    expect(await member.ended).toBeUndefined()
    expect(member.told).toEqual(['joined', 'heartbeat'])
    expect(await members()).toEqual([])
  })

  test('a member that speaks on another stream is heard there, and the older one ends', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const { memberId, memberEpoch } = joined
    const newer = await MemberStream.open(transport)
    await newer.ask({ resume: { group: 'g', memberId, heartbeat: { memberEpoch } } })
    expect(await member.ended).toMatchObject({ code: 'SESSION_REPLACED' })
    expect(await newer.heartbeat({ memberEpoch })).toMatchObject({ memberEpoch })
  })

  test('a member that is put out by a reset hears it at once, and its late commit is refused', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const report = await served.client
      .admin()
      .resetGroup('g', { topic: 't', to: 'latest' }, { force: true })
    expect(report.membersPutOut).toEqual([joined.memberId])
    expect(await member.ended).toMatchObject({ code: 'FENCED_MEMBER_EPOCH' })
    const { memberId, memberEpoch } = joined
    const late = transport.call(
      'commitOffsets',
      { group: 'g', memberId, memberEpoch, entries: [{ topic: 't', offset: 1 }] },
      { timeoutMs: 5_000 },
    )
    await expect(late).rejects.toMatchObject({ code: 'UNKNOWN_MEMBER' })
  })

  test.each([
    ['a heartbeat first', [{ heartbeat: {} }], 'MISSING_FIELD'],
    ['a leave first', [{ leave: {} }], 'MISSING_FIELD'],
    ['a resume without a heartbeat', [{ resume: { group: 'g', memberId: 'm' } }], 'MISSING_FIELD'],
    [
      'a resume of nobody',
      [{ resume: { group: 'g', memberId: 'm', heartbeat: { memberEpoch: 1 } } }],
      'UNKNOWN_MEMBER',
    ],
    ['no group', [{ join: { topics: ['t'] } }], 'INVALID_GROUP_ID'],
    ['a second join', [{ join: { group: 'g' } }, { join: { group: 'g' } }], 'MALFORMED_REQUEST'],
    [
      'a progress without a state',
      [{ join: { group: 'g' } }, { heartbeat: { memberEpoch: 1, progress: [{ topic: 't' }] } }],
      'UNKNOWN_ENUM',
    ],
    [
      'a progress at an offset that cannot be',
      [
        { join: { group: 'g' } },
        {
          heartbeat: {
            memberEpoch: 1,
            progress: [{ topic: 't', state: 'PROGRESS_STATE_FLOWING', position: 2 ** 60 }],
          },
        },
      ],
      'INVALID_ARGUMENT',
    ],
  ] as const)('%s ends the stream with the error of the table', async (_what, messages, code) => {
    await setUp(way)
    const member = await MemberStream.open(transport)
    for (const message of messages) member.stream.send(structuredClone(message) as object)
    expect(await member.ended).toMatchObject({ name: 'VarveError', code })
  })

  test('wishes that cannot be end the stream, and the member goes on with those it had', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const { memberId, memberEpoch } = joined
    member.stream.send({ heartbeat: { memberEpoch, wishes: { topics: ['(a+)+$'] } } })
    expect(await member.ended).toMatchObject({ code: 'INVALID_TOPIC_NAME' })
    const resumed = await MemberStream.open(transport)
    await resumed.ask({ resume: { group: 'g', memberId, heartbeat: { memberEpoch } } })
    const { members: described } = await served.client.admin().describeGroup('g')
    expect(described).toMatchObject([{ memberId, topics: ['t'] }])
  })

  test('what a member says of its partitions is there for those who ask', async () => {
    await setUp(way)
    const { member, joined } = await MemberStream.join(transport, {
      group: 'g',
      topics: ['t'],
      clientId: 'worker',
      instanceId: 'w-1',
      assignor: 'weighted',
      weight: 3,
    })
    const text = 'é'.repeat(LIMITS.progressTextCharactersMax)
    await member.heartbeat({
      memberEpoch: joined.memberEpoch,
      owned: { partitions: joined.assigned?.partitions ?? [] },
      progress: [
        {
          topic: 't',
          partition: 1,
          state: 'PROGRESS_STATE_IN_HANDLER',
          stateAgeMs: 1_500,
          position: 2,
          text: `${text} and more`,
        },
      ],
    })
    const description = await served.client.admin().describeGroup('g')
    expect(description.members).toMatchObject([
      {
        memberId: joined.memberId,
        instanceId: 'w-1',
        clientId: 'worker',
        assignor: 'weighted',
        weight: 3,
        state: 'stable',
        progress: [{ topic: 't', partition: 1, state: 'in-handler', position: 2, text }],
      },
    ])
    // It has been so a little longer since.
    const [progress] = description.members[0]?.progress ?? []
    expect(progress?.stateAgeMs).toBeGreaterThanOrEqual(1_500)
    expect(description.members[0]?.peer).not.toBe('')
    expect(description.members[0]?.assigned).toHaveLength(4)
  })

  test('a reset past what is waited for is told to those who wait: nobody will have read it', async () => {
    await setUp(way)
    const admin = served.client.admin()
    await admin.commitGroupOffsets('g', [{ topic: 't', partition: 0, offset: 0 }])
    const waiting = admin
      .waitForCommit('g', { topic: 't', partition: 0, offset: 1 })
      .catch((error: unknown) => error)
    await until(() => served.broker.groups.waiting === 1)
    await admin.resetGroup('g', { topic: 't', to: 'latest' })
    expect(await waiting).toMatchObject({ code: 'OFFSETS_RESET' })
  })

  test('a broker that stops ends sessions with NOT_READY, and takes no new ones', async () => {
    await setUp(way)
    const { member } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
    const stopping = served.stop()
    expect(await member.ended).toMatchObject({ code: 'NOT_READY' })
    await stopping
    const late = MemberStream.open(transport).then((opened) => {
      opened.stream.send({ join: { group: 'g' } })
      return opened.ended.then((error) => Promise.reject(error ?? new Error('ended in order')))
    })
    await expect(late).rejects.toMatchObject({
      code: way.transport === 'gRPC' ? 'BROKER_UNAVAILABLE' : 'NOT_READY',
    })
  })

  test('sessions that are cancelled while they wait leave nothing but their members', async () => {
    await setUp(way)
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const opened = await MemberStream.open(transport)
        opened.stream.send({ join: { group: 'g', topics: ['t'] } })
        return opened
      }),
    )
    for (const { stream } of all) stream.cancel()
    await Promise.all(all.map(({ ended }) => ended))
    await until(() => served.broker.groups.sessions === 0)
    const { groups } = await transport.call('listGroups', {}, { timeoutMs: 5_000 })
    for (const group of groups) expect(group.members).toBeLessThanOrEqual(20)
  })
})

test('within the process, messages that do not wait for answers end the session', async () => {
  await setUp({ name: '', transport: 'in-process', storage: 'memory' })
  const { member, joined } = await MemberStream.join(transport, { group: 'g', topics: ['t'] })
  const { memberEpoch } = joined
  for (let count = 0; count < LIMITS.groupSessionMessagesWaitingMax + 2; count++) {
    member.stream.send({ heartbeat: { memberEpoch } })
  }
  expect(await member.ended).toMatchObject({ code: 'MALFORMED_REQUEST' })
  expect(await members()).toEqual([joined.memberId])
})
