// What gRPC brings to groups beside their messages: deadlines, cancelled waits and sessions, and how many sessions a connection has.
import { setMaxListeners } from 'node:events'
import { type ClientDuplexStream, status } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { SessionRequest, SessionResponseOutput } from '../../../src/protocol/grpc/messages.ts'
import { adminService, groupService } from '../../../src/protocol/grpc/services.ts'
import {
  type CallEnd,
  call,
  callRaw,
  endOf,
  type GrpcBroker,
  type ServeOptions,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import { until } from '../../support/until.ts'

let served: GrpcBroker

async function setUp(options: ServeOptions = {}): Promise<void> {
  served = await serveBroker(options)
  await createTopic(served.broker, 't', 4)
}

afterEach(async () => {
  await served.close()
})

type Session = ClientDuplexStream<SessionRequest, SessionResponseOutput>

function openSession(client = served.client, deadlineMs?: number): Session {
  const { path, requestSerialize, responseDeserialize } = groupService.Session
  const options = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs }
  const session = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, options)
  session.on('error', () => undefined)
  return session
}

const answer = (session: Session): Promise<SessionResponseOutput> =>
  new Promise((resolve) => {
    session.once('data', resolve)
  })

const end = (session: Session): Promise<CallEnd> =>
  new Promise((resolve) => {
    session.resume()
    session.on('status', (ended) => {
      resolve(endOf(ended))
    })
  })

const WAIT = { group: 'g', positions: [{ topic: 't', partition: 0, offset: 5 }] }

it('a wait for a commit is answered before its deadline, whatever it asked for', async () => {
  await setUp()
  const waited = await call(
    served.client,
    groupService.WaitForCommit,
    { ...WAIT, maxWaitMs: 2 ** 31 - 1 },
    { deadlineMs: 1_000 },
  )
  expect(waited).toMatchObject({ isReached: false, offsets: [{ topic: 't', partition: 0 }] })
})

it('a wait for a commit lasts as long as it asks for, 30 seconds unless it does, and a minute at most', async () => {
  const clock = new VirtualClock()
  await setUp({ clock })
  const { path, requestSerialize } = groupService.WaitForCommit
  for (const [maxWaitMs, expectedMs] of [
    [5_000, 5_000],
    [0, LIMITS.commitWaitMsDefault],
    [2 ** 31 - 1, LIMITS.commitWaitMsMax],
  ] as const) {
    let isAnswered = false
    const waiting = callRaw(served.client, path, requestSerialize({ ...WAIT, maxWaitMs }), {
      // A moment of the real clock, and far away.
      deadlineMs: 600_000,
    }).then((ended) => {
      isAnswered = true
      return ended
    })
    await until(() => served.broker.groups.waiting === 1)
    await clock.advance(expectedMs - 1)
    expect(isAnswered).toBe(false)
    await clock.advance(1)
    expect((await waiting).code).toBe(status.OK)
  }
})

it('waits for commits that are cancelled leave nothing', async () => {
  await setUp()
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const { path, requestSerialize } = groupService.WaitForCommit
  const waits = Array.from({ length: 100 }, () =>
    callRaw(served.client, path, requestSerialize(WAIT), { signal: controller.signal }),
  )
  await until(() => served.broker.groups.waiting === 100)
  controller.abort()
  for (const { code } of await Promise.all(waits)) expect(code).toBe(status.CANCELLED)
  await until(() => served.broker.groups.waiting === 0)
})

it('sessions that are cancelled in every state leave their members, and nothing else', async () => {
  const clock = new VirtualClock()
  await setUp({ clock })
  // Whatever the first group of all brings with it.
  const first = openSession()
  first.write({ join: { group: 'g', topics: ['t'] } })
  await answer(first)
  first.write({ leave: {} })
  expect((await end(first)).code).toBe(status.OK)
  const timersBefore = clock.openTimers
  const client = served.connect()
  const runs = 256
  // A client knows of the end of its calls before the broker does: two rounds must have room on one connection.
  const atOnce = LIMITS.groupSessionsPerConnectionMax / 2
  for (let run = 0; run < runs; run += atOnce) {
    const sessions = Array.from({ length: atOnce }, () => openSession(client))
    await Promise.all(
      sessions.map(async (session, index) => {
        const kind = index % 4
        if (kind === 0) return
        const joined = answer(session)
        session.write({ join: { group: 'g', topics: ['t'] } })
        if (kind === 1) return
        const { memberEpoch = 0 } = (await joined).joined ?? {}
        if (kind === 2) return
        session.write({ heartbeat: { memberEpoch } })
      }),
    )
    const ends = sessions.map(end)
    for (const session of sessions) session.cancel()
    await Promise.all(ends)
    await until(() => served.broker.groups.sessions === 0)
  }
  await clock.advance(LIMITS.sessionTimeoutMsDefault)
  const { groups } = await call(served.client, groupService.ListGroups, {})
  expect(groups.map(({ members }) => members)).toEqual(groups.map(() => 0))
  client.close()
  await until(() => served.server.connections === 1)
  expect(clock.openTimers).toBeLessThanOrEqual(timersBefore)
  console.log(`sessions: ${runs} cancelled, ${served.broker.groups.sessions} left`)
})

it('a connection has as many sessions as its limit, beside as many subscriptions, and room for other calls', async () => {
  await setUp()
  const most = LIMITS.groupSessionsPerConnectionMax
  const sessions = Array.from({ length: most }, () => openSession())
  for (const session of sessions) session.write({ join: { group: 'g', topics: ['t'] } })
  await Promise.all(sessions.map(answer))
  const next = openSession()
  next.write({ join: { group: 'g', topics: ['t'] } })
  expect(await end(next)).toMatchObject({
    code: status.RESOURCE_EXHAUSTED,
    reason: 'TOO_MANY_SESSIONS',
  })
  expect(LIMITS.streamsPerConnectionMax).toBeGreaterThan(
    most + LIMITS.subscriptionsPerConnectionMax,
  )
  expect((await call(served.client, adminService.DescribeTopic, { name: 't' })).topic?.name).toBe(
    't',
  )
  const other = openSession(served.connect())
  other.write({ join: { group: 'g', topics: ['t'] } })
  expect((await answer(other)).joined).not.toBeNull()
  const [first] = sessions
  first?.cancel()
  await until(() => served.broker.groups.sessions === most)
  const again = openSession()
  again.write({ join: { group: 'g', topics: ['t'] } })
  expect((await answer(again)).joined).not.toBeNull()
})

it('a session without a first message is ended', async () => {
  const clock = new VirtualClock()
  await setUp({ clock })
  const timersBefore = clock.openTimers
  const silent = end(openSession())
  await until(() => clock.openTimers > timersBefore)
  await clock.advance(LIMITS.groupSessionStartMsMax)
  expect(await silent).toMatchObject({
    code: status.DEADLINE_EXCEEDED,
    reason: 'REQUEST_TIMEOUT',
  })
})

it('a session with a deadline ends at its deadline, and its member stays', async () => {
  await setUp()
  const session = openSession(served.client, 500)
  session.write({ join: { group: 'g', topics: ['t'] } })
  expect((await answer(session)).joined).not.toBeNull()
  expect((await end(session)).code).toBe(status.DEADLINE_EXCEEDED)
  await until(() => served.broker.groups.sessions === 0)
  const { groups } = await call(served.client, groupService.ListGroups, {})
  expect(groups).toMatchObject([{ group: 'g', members: 1 }])
})

it('an answer with more metadata than fits leaves some of it out, and each partition tells its own', async () => {
  await setUp()
  await createTopic(served.broker, 'wide', 300)
  const metadata = 'm'.repeat(LIMITS.commitMetadataBytesMax)
  const entries = Array.from({ length: 300 }, (_, partition) => ({
    topic: 'wide',
    partition,
    offset: 0,
    metadata,
  }))
  await call(served.client, groupService.CommitOffsets, { group: 'g', entries })
  const { offsets } = await call(served.client, groupService.FetchOffsets, { group: 'g' })
  expect(offsets).toHaveLength(300)
  const told = offsets.filter((offset) => offset.metadata === metadata)
  expect(told.length).toBe(Math.floor(LIMITS.answerMetadataCharactersMax / metadata.length))
  expect(offsets.filter((offset) => offset.isMetadataLeftOut)).toHaveLength(300 - told.length)
  const alone = await call(served.client, groupService.FetchOffsets, {
    group: 'g',
    partitions: [{ topic: 'wide', partition: 299 }],
  })
  expect(alone.offsets).toMatchObject([{ metadata, isMetadataLeftOut: false }])
})
