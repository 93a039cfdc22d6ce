// The life of calls: deadlines, cancelling, long polls, errors that nobody expected, and what a connection may ask for.
import { setMaxListeners } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { compressionAlgorithms, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { PinoLog } from '../../../src/platform/pino-log.ts'
import { adminService, logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf, batchOfSize } from '../../support/batches.ts'
import { call, callRaw, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

async function serveOrders(): Promise<void> {
  served = await serveBroker()
  await createTopic(served.broker, 'orders')
}

const poll = (maxWaitMs: number, minBytes = 1): Buffer =>
  logService.Fetch.requestSerialize({
    partitions: [{ topic: 'orders', partition: 0, offset: 0 }],
    maxWaitMs,
    minBytes,
  })

async function untilWaiting(count: number): Promise<void> {
  while (served.broker.fetcher.waiting !== count) await pause(1)
}

describe('a long poll', () => {
  it('is answered as soon as there is a record', async () => {
    await serveOrders()
    const waiting = callRaw(served.client, logService.Fetch.path, poll(60_000))
    await untilWaiting(1)
    await produce(served.broker, 'orders')
    const { response } = await waiting
    expect(logService.Fetch.responseDeserialize(response ?? Buffer.alloc(0)).results).toMatchObject(
      [{ error: null, nextOffset: 1 }],
    )
    await untilWaiting(0)
  })

  // A machine that stands still for 100 ms misses the deadline all the same: hence the repetitions.
  it('answers empty before its deadline rather than fail at it', { retry: 3 }, async () => {
    await serveOrders()
    for (const deadlineMs of [150, 300]) {
      const end = await callRaw(served.client, logService.Fetch.path, poll(60_000), { deadlineMs })
      expect(end.code).toBe(status.OK)
    }
    await untilWaiting(0)
  })

  it('does not wait when a partition has an error', async () => {
    await serveOrders()
    const partitions = [
      { topic: 'orders', offset: 0 },
      { topic: 'orders', offset: -3 },
    ]
    const response = await call(served.client, logService.Fetch, { partitions, maxWaitMs: 60_000 })
    expect(response.results.map(({ error }) => error?.code ?? 0)).toEqual([
      0,
      status.INVALID_ARGUMENT,
    ])
  })

  it('is let go when its client cancels or its connection breaks, thousands of times', async () => {
    await serveOrders()
    const rounds = 20
    for (let round = 0; round < rounds; round++) {
      const client = served.connect()
      const controller = new AbortController()
      const { signal } = controller
      setMaxListeners(0, signal)
      const calls = Array.from({ length: LIMITS.streamsPerConnectionMax }, () =>
        callRaw(client, logService.Fetch.path, poll(60_000), { signal }),
      )
      await untilWaiting(LIMITS.streamsPerConnectionMax)
      if (round % 2 === 0) controller.abort()
      else client.close()
      // Closing a client lets its calls go on; they are cancelled too.
      controller.abort()
      await Promise.all(calls)
      await untilWaiting(0)
    }
    console.log(
      `long polls: ${rounds * LIMITS.streamsPerConnectionMax} opened and cancelled, 0 waiting`,
    )
  })

  it('is let go when the socket of its client breaks', async () => {
    await serveOrders()
    const session = connectHttp2(`http://${served.server.address}`)
    session.on('error', () => undefined)
    const stream = session.request({
      ':method': 'POST',
      ':path': logService.Fetch.path,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    stream.on('error', () => undefined)
    stream.end(framed(poll(60_000)))
    await untilWaiting(1)
    session.destroy()
    await untilWaiting(0)
  })
})

const OK: number = status.OK
const REFUSED: number = status.RESOURCE_EXHAUSTED

describe('a client that reads nothing', () => {
  it('is refused when too much is on its way to it, and others are served', async () => {
    await serveOrders()
    for (let index = 0; index < 4; index++) {
      const batch = batchOfSize(1_000_000)
      await served.broker.producer.append({ topic: 'orders', partition: 0, batch })
    }
    const session = connectHttp2(`http://${served.server.address}`)
    session.on('error', () => undefined)
    const large = logService.Fetch.requestSerialize({
      partitions: [{ topic: 'orders', offset: 0 }],
      maxBytes: 4_000_000,
    })
    const codes: number[] = []
    const calls = 40
    for (let index = 0; index < calls; index++) {
      const stream = session.request({
        ':method': 'POST',
        ':path': logService.Fetch.path,
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      stream.on('error', () => undefined)
      // Trailers alone are a refusal; nothing else is ever read.
      stream.on('response', (headers) => {
        codes.push(Number(headers['grpc-status'] ?? status.OK))
      })
      stream.end(framed(large))
    }
    while (codes.length < calls) await pause(1)
    const sent = codes.filter((code) => code === OK).length
    // Three of the batches fit an answer.
    const answerBytes = 3 * batchOfSize(1_000_000).length
    expect(sent).toBe(Math.floor(LIMITS.unreadAnswerBytesPerConnectionMax / answerBytes))
    expect(codes.filter((code) => code === REFUSED)).toHaveLength(calls - sent)
    expect((await callRaw(served.client, logService.Fetch.path, large)).code).toBe(status.OK)
    session.destroy()
  })

  it('that reads again and again is never refused', async () => {
    await serveOrders()
    await served.broker.producer.append({
      topic: 'orders',
      partition: 0,
      batch: batchOfSize(1_000_000),
    })
    const rounds = 200
    for (let round = 0; round < rounds; round++) {
      expect((await callRaw(served.client, logService.Fetch.path, poll(0))).code).toBe(status.OK)
    }
  })
})

describe('a deadline', () => {
  it('that passes is DEADLINE_EXCEEDED for the client', async () => {
    await serveOrders()
    const end = await callRaw(served.client, logService.Fetch.path, poll(60_000), { deadlineMs: 1 })
    expect([status.DEADLINE_EXCEEDED, status.OK]).toContain(end.code)
    await untilWaiting(0)
  })

  it.each(['30000m', '1H', '0n'])('row 14: grpc-timeout %s is handled', async (timeout) => {
    await serveOrders()
    const { headers, trailers } = await callHttp2(poll(1), { 'grpc-timeout': timeout })
    const code = Number(trailers['grpc-status'] ?? headers['grpc-status'])
    expect([status.OK, status.DEADLINE_EXCEEDED]).toContain(code)
  })

  it.each(['abc', '1X'])('row 13: grpc-timeout %s is refused by the transport', async (timeout) => {
    await serveOrders()
    const { headers, trailers } = await callHttp2(poll(1), { 'grpc-timeout': timeout })
    expect(Number(trailers['grpc-status'] ?? headers['grpc-status'])).toBe(status.INTERNAL)
  })
})

describe('the transport', () => {
  it('row 1: closes on HTTP/1.1', async () => {
    await serveOrders()
    const [host, port] = served.server.address.split(':')
    const socket = connectTcp(Number(port), host)
    socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    socket.on('error', () => undefined)
    socket.resume()
    await new Promise((resolve) => socket.on('close', resolve))
  })

  it('row 4: another content type is 415', async () => {
    await serveOrders()
    const { headers } = await callHttp2(poll(1), { 'content-type': 'application/json' })
    expect(headers[':status']).toBe(415)
  })

  it('row 5: an unknown method is UNIMPLEMENTED', async () => {
    await serveOrders()
    for (const path of ['/varve.v1.LogService/Nothing', '/nothing.Here/At']) {
      expect((await callRaw(served.client, path, Buffer.alloc(0))).code).toBe(status.UNIMPLEMENTED)
    }
  })

  it('row 7: a message that is declared larger than the limit is refused at once', async () => {
    await serveOrders()
    const frame = Buffer.from([0, 0xff, 0xff, 0xff, 0xff])
    const { headers, trailers } = await callHttp2(undefined, {}, frame)
    const code = Number(trailers['grpc-status'] ?? headers['grpc-status'])
    expect(code).toBe(status.RESOURCE_EXHAUSTED)
  })

  it('takes gzip as the encoding of a message', async () => {
    await serveOrders()
    const client = served.connect({
      'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
    })
    const entries = [{ topic: 'orders', records: { batches: batchOf() } }]
    const { results } = await call(client, logService.Produce, { entries })
    expect(results[0]).toMatchObject({ error: null, baseOffset: 0 })
  })
})

describe('an error that nobody expected', () => {
  it('is INTERNAL with an id, under which the log has the rest; nothing of it reaches the client', async () => {
    const lines: string[] = []
    const log = PinoLog.open({ stream: { write: (line) => lines.push(line) } })
    served = await serveBroker({ log })
    await createTopic(served.broker, 'orders')
    const secret = 'ENOENT: /var/secret/path'
    served.broker.topics.describeTopic = () => {
      throw new TypeError(secret)
    }
    const bytes = adminService.DescribeTopic.requestSerialize({ name: 'orders' })
    const end = await callRaw(served.client, adminService.DescribeTopic.path, bytes)
    expect(end).toMatchObject({ code: status.INTERNAL, reason: 'INTERNAL', effect: 'unknown' })
    expect(JSON.stringify(end)).not.toContain('secret')
    const id = end.details['id'] ?? ''
    expect(id).toMatch(/^[0-9a-f]{12}$/)
    expect(end.message).toContain(id)
    const line = lines.find((one) => one.includes(id))
    expect(line).toContain(secret)
  })
})

interface Http2End {
  readonly headers: Record<string, unknown>
  readonly trailers: Record<string, unknown>
}

/** One call with bare HTTP/2: a message in its frame, or the given bytes. */
async function callHttp2(
  message: Buffer | undefined,
  extra: Record<string, string>,
  bytes: Buffer = framed(message ?? Buffer.alloc(0)),
): Promise<Http2End> {
  const session = connectHttp2(`http://${served.server.address}`)
  session.on('error', () => undefined)
  const stream = session.request({
    ':method': 'POST',
    ':path': logService.Fetch.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...extra,
  })
  stream.on('error', () => undefined)
  const end: { headers: Record<string, unknown>; trailers: Record<string, unknown> } = {
    headers: {},
    trailers: {},
  }
  stream.on('response', (headers) => {
    end.headers = headers
  })
  stream.on('trailers', (trailers: Record<string, unknown>) => {
    end.trailers = trailers
  })
  stream.resume()
  stream.end(bytes)
  await new Promise((resolve) => stream.on('close', resolve))
  session.destroy()
  return end
}

function framed(message: Buffer): Buffer {
  const frame = Buffer.alloc(5 + message.length)
  frame.writeUInt32BE(message.length, 1)
  message.copy(frame, 5)
  return frame
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
