// What requests may cost while they come in: memory follows the bytes that came, each connection has its share, and what does not
// come in whole in its time is over.
import type { ClientHttp2Session } from 'node:http2'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS, type Limits } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf, batchOfSize } from '../../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { http2Call, http2Session } from '../../support/http2-call.ts'
import { createTopic } from '../../support/open-broker.ts'
import {
  data,
  framedMessage,
  grpcHeaders,
  headers,
  RawConnection,
} from '../../support/raw-http2.ts'

const KIB = 1024
const MIB = 1024 * KIB
const PRODUCE = logService.Produce.path

let served: GrpcBroker
const raw: RawConnection[] = []
const sessions: ClientHttp2Session[] = []

afterEach(async () => {
  for (const connection of raw.splice(0)) connection.close()
  for (const session of sessions.splice(0)) session.destroy()
  await served.close()
})

async function serve(limits: Partial<Limits> = {}, clock?: VirtualClock): Promise<void> {
  served = await serveBroker({ limits, ...(clock ? { clock } : {}) })
  await createTopic(served.broker, 'orders', 1, { 'max.message.bytes': `${8 * MIB}` })
}

async function connect(): Promise<RawConnection> {
  const connection = await RawConnection.open(served.server.address)
  raw.push(connection)
  return connection
}

function session(): ClientHttp2Session {
  const opened = http2Session(served.server.address)
  sessions.push(opened)
  return opened
}

function produceRequest(bytes: number): Buffer {
  const batches = batchOfSize(bytes)
  return logService.Produce.requestSerialize({
    entries: [{ topic: 'orders', records: { batches } }],
  })
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function memoryInUse(): Promise<number> {
  // Twice: what a buffer held is gone only after the buffer.
  for (let round = 0; round < 2; round++) {
    collectGarbage()
    await turn()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn()
}

async function expectWell(): Promise<void> {
  const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['well'] }) } }]
  const { results } = await call(served.client, logService.Produce, { entries })
  expect(results[0]?.error).toBeNull()
}

describe('a large message', () => {
  it('in frames of 64 bytes holds no more memory than twice what came', async () => {
    await serve()
    const connection = await connect()
    const message = framedMessage(produceRequest(4 * MIB))
    connection.send(headers(1, grpcHeaders(PRODUCE)))
    const before = await memoryInUse()
    let sent = 0
    // The window of the stream is opened again as the server reads.
    while (sent < message.length - 64) {
      const frames: Buffer[] = []
      const end = Math.min(message.length - 64, sent + 512 * 64)
      for (; sent < end; sent += 64) frames.push(data(1, message.subarray(sent, sent + 64)))
      await connection.push(Buffer.concat(frames))
      await until(() => served.server.requestBytes > sent - 48 * KIB)
    }
    const held = (await memoryInUse()) - before
    console.log(`a message of ${sent} bytes in frames of 64: ${held} bytes of memory`)
    expect(held).toBeLessThan(2 * sent)
    connection.send(data(1, message.subarray(sent), true))
    await until(() => served.server.requestBytes === 0)
    await expectWell()
  })
})

describe('the requests of one connection', () => {
  it('wait for each other when they are more than its share, and all are answered', async () => {
    const shareBytes = 256 * KIB
    await serve({ requestBytesPerConnectionMax: shareBytes })
    let most = 0
    let isOver = false
    const watch = async (): Promise<void> => {
      while (!isOver) {
        most = Math.max(most, served.server.requestBytes)
        await turn()
      }
    }
    const watching = watch()
    const request = framedMessage(produceRequest(100 * KIB))
    const one = session()
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => http2Call(one, { path: PRODUCE, body: request })),
    )
    isOver = true
    await watching
    expect(answers.map(({ code }) => code)).toEqual(new Array(40).fill(status.OK))
    expect(most).toBeGreaterThan(100 * KIB)
    expect(most).toBeLessThanOrEqual(shareBytes)
    expect(served.server.requestBytes).toBe(0)
  })

  it('one larger than the share is taken when it is alone', async () => {
    await serve({ requestBytesPerConnectionMax: 64 * KIB })
    const request = framedMessage(produceRequest(MIB))
    const one = session()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => http2Call(one, { path: PRODUCE, body: request })),
    )
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0])
  })

  it('that are cancelled while they wait let the others pass', async () => {
    await serve({ requestBytesPerConnectionMax: 64 * KIB })
    const one = session()
    const held = one.request({
      ':method': 'POST',
      ':path': PRODUCE,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    held.on('error', () => undefined)
    const request = framedMessage(produceRequest(100 * KIB))
    held.write(request.subarray(0, 50 * KIB))
    await until(() => served.server.requestBytes >= 50 * KIB)
    const waiting = http2Call(one, { path: PRODUCE, body: request })
    const small = await http2Call(one, {
      path: logService.ListOffsets.path,
      body: framedMessage(Buffer.alloc(0)),
    })
    expect(small.code).toBe(status.OK)
    held.close(8)
    expect((await waiting).code).toBe(status.OK)
    expect(served.server.requestBytes).toBe(0)
  })
})

it('beyond what all connections together may have, a request is refused, and taken when there is room again', async () => {
  await serve({ requestBytesInFlightMax: 300 * KIB })
  const request = framedMessage(produceRequest(200 * KIB))
  const one = session()
  const held = one.request({
    ':method': 'POST',
    ':path': PRODUCE,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  held.on('error', () => undefined)
  held.write(request.subarray(0, 190 * KIB))
  await until(() => served.server.requestBytes >= 190 * KIB)
  const refused = await http2Call(session(), { path: PRODUCE, body: request })
  expect(refused).toMatchObject({ code: status.RESOURCE_EXHAUSTED, effect: 'none' })
  expect(refused.details).toContain('QUEUE_FULL')
  expect(refused.details).toContain('google.rpc.RetryInfo')
  await expectWell()
  held.close(8)
  await until(() => served.server.requestBytes === 0)
  expect((await http2Call(session(), { path: PRODUCE, body: request })).code).toBe(status.OK)
})

describe('a request that does not come in whole', () => {
  const request = framedMessage(Buffer.alloc(100))

  it.each([
    ['nothing after its headers', undefined],
    ['half of its message', request.subarray(0, 50)],
    ['its message, but not its end', request],
  ])('%s, is over after its time', async (_what, body) => {
    const clock = new VirtualClock(Date.now())
    await serve({}, clock)
    const answer = http2Call(session(), {
      path: PRODUCE,
      ...(body ? { body } : {}),
      staysOpen: 'for-ever',
    })
    await until(() => clock.openTimers > 0 && served.server.requestBytes === (body?.length ?? 0))
    // A connection and a call take their time to be there.
    for (let round = 0; round < 50; round++) await turn()
    await clock.advance(LIMITS.requestReceiveMsMax - 1)
    await clock.advance(2)
    for (let round = 0; round < 50; round++) await turn()
    await clock.advance(LIMITS.answeredCallMsMax)
    const { code, details, resetCode } = await answer
    expect(code).toBe(status.DEADLINE_EXCEEDED)
    expect(details).toContain('REQUEST_TIMEOUT')
    expect(resetCode).toBe(0)
    expect(served.server.requestBytes).toBe(0)
  })
})
