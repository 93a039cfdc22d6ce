// What a client may send before it is read: enough for uploads to flow, and no more than the windows, which count as bytes of
// requests. Fails when the library or Node keep their windows elsewhere.
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import { setTimeout as pause } from 'node:timers/promises'
import { status } from '@grpc/grpc-js'
import { afterEach, expect, it } from 'vitest'
import { LIMITS, type Limits } from '../../../src/domain/limits.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf, batchOfSize } from '../../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { http2Session } from '../../support/http2-call.ts'
import { createTopic } from '../../support/open-broker.ts'
import { framedMessage } from '../../support/raw-http2.ts'

const KIB = 1024
const MIB = 1024 * KIB
const PATH = logService.Produce.path
const CALLS = 4

let served: GrpcBroker
const sessions: ClientHttp2Session[] = []

afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy()
  await served.close()
})

async function serve(limits: Partial<Limits> = {}): Promise<void> {
  served = await serveBroker({ limits })
  await createTopic(served.broker, 'orders', 1, { 'max.message.bytes': `${8 * MIB}` })
}

async function connected(): Promise<ClientHttp2Session> {
  const session = http2Session(served.server.address)
  sessions.push(session)
  await new Promise((resolve) => session.once('remoteSettings', resolve))
  // The window of the connection comes behind the settings.
  while (session.state.remoteWindowSize === 65_535) await pause(1)
  return session
}

function begin(session: ClientHttp2Session): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': PATH,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  stream.on('error', () => undefined)
  return stream
}

/** One call that takes the whole room of its connection, and others whose messages then are not read. */
async function fill(session: ClientHttp2Session): Promise<ClientHttp2Stream[]> {
  const entries = [{ topic: 'orders', records: { batches: batchOfSize(2 * MIB) } }]
  const request = framedMessage(logService.Produce.requestSerialize({ entries }))
  begin(session).write(request.subarray(0, MIB))
  while (served.server.requestBytes < MIB) await pause(5)
  return Array.from({ length: CALLS }, () => {
    const stream = begin(session)
    stream.write(request)
    return stream
  })
}

/** When it has not grown for a while. */
async function unreadBytes(): Promise<number> {
  for (;;) {
    const before = served.server.unreadRequestBytes
    await pause(100)
    if (before > 0 && served.server.unreadRequestBytes === before) return before
  }
}

it('the windows that a client gets are those of the limits', async () => {
  await serve()
  const session = await connected()
  expect(session.remoteSettings.initialWindowSize).toBe(LIMITS.receiveWindowBytesPerCall)
  expect(session.remoteSettings.maxConcurrentStreams).toBe(LIMITS.streamsPerConnectionMax)
  expect(session.remoteSettings.maxFrameSize).toBeGreaterThan(16 * KIB)
  expect(session.state.remoteWindowSize).toBe(LIMITS.receiveWindowBytesPerConnection)
})

it('calls that are not read hold what their windows let through, which counts until they are over', async () => {
  const windowBytes = 128 * KIB
  await serve({ receiveWindowBytesPerCall: windowBytes, requestBytesPerConnectionMax: 2 * MIB })
  const session = await connected()
  await fill(session)
  const unread = await unreadBytes()
  expect(unread).toBeGreaterThan((CALLS * windowBytes) / 2)
  expect(unread).toBeLessThanOrEqual(CALLS * windowBytes)
  session.destroy()
  while (served.server.unreadRequestBytes + served.server.requestBytes > 0) await pause(5)
})

it('what is not read is refused where all connections together have too much', async () => {
  await serve({
    receiveWindowBytesPerCall: MIB,
    requestBytesPerConnectionMax: 2 * MIB,
    requestBytesInFlightMax: 3 * MIB,
  })
  const session = await connected()
  const calls = await fill(session)
  const codes = new Set<unknown>()
  for (const one of calls) {
    for (const event of ['response', 'trailers']) {
      one.on(event, (fields: Record<string, unknown>) => codes.add(fields['grpc-status']))
    }
  }
  while (codes.size === 0) await pause(5)
  expect([...codes]).toEqual([`${status.RESOURCE_EXHAUSTED}`])
  expect(await unreadBytes()).toBeLessThanOrEqual(2 * MIB)
  session.destroy()
  while (served.server.unreadRequestBytes + served.server.requestBytes > 0) await pause(5)
  const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['well'] }) } }]
  const { results } = await call(served.client, logService.Produce, { entries })
  expect(results[0]?.error).toBeNull()
})
