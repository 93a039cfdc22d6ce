// Section A of the bad-input table, over raw sockets and a plain HTTP/2 client: what is wrong before a message is one. Where
// HTTP/2 or grpc-js decides, what they do today is written down, so that a change is noticed.
import { type ClientHttp2Session, constants } from 'node:http2'
import { deflateSync, gzipSync } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import {
  type Http2Answer,
  type Http2Call,
  http2Call,
  http2Session,
} from '../../support/http2-call.ts'
import { createTopic } from '../../support/open-broker.ts'
import { framedMessage, PREFACE, RawConnection } from '../../support/raw-http2.ts'

const PRODUCE = logService.Produce.path
const LIST = logService.ListOffsets.path

let served: GrpcBroker
let session: ClientHttp2Session

beforeAll(async () => {
  served = await serveBroker()
  await createTopic(served.broker, 'orders')
  session = http2Session(served.server.address)
})

afterAll(async () => {
  session.destroy()
  await served.close()
})

/** After whatever came in, others are served, and nothing of it is counted any more. */
afterEach(async () => {
  const { results } = await call(served.client, logService.Produce, { entries: [entry()] })
  expect(results[0]?.error).toBeNull()
  while (served.server.requestBytes > 0) await new Promise((resolve) => setImmediate(resolve))
})

function entry(): object {
  return { topic: 'orders', records: { batches: batchOf({ values: ['value'] }) } }
}

const produce = (): Buffer => logService.Produce.requestSerialize({ entries: [entry()] })
const empty = framedMessage(Buffer.alloc(0))

function declaring(length: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(5), body])
  bytes.writeUInt32BE(length, 1)
  return bytes
}

describe('what is not HTTP/2', () => {
  it.each([
    ['row 1: HTTP/1.1', Buffer.from('GET / HTTP/1.1\r\nHost: varve\r\n\r\n')],
    ['row 2: random bytes', Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 167) % 251))],
    ['row 2: the hello of TLS', Buffer.from('160301020001000001fc0303', 'hex')],
    ['row 2: the preface, then no settings', Buffer.concat([PREFACE, Buffer.alloc(100, 0x41)])],
  ])('%s is closed', async (_row, bytes) => {
    const connection = await RawConnection.connect(served.server.address)
    connection.send(bytes)
    await connection.closed
    expect(connection.frames).toEqual([])
  })
})

type Expected = Partial<Omit<Http2Answer, 'details'>> & { readonly reason?: string }

const rows: readonly (readonly [row: string, sent: Http2Call, expected: Expected])[] = [
  [
    'row 4: content-type application/json',
    { path: PRODUCE, headers: { 'content-type': 'application/json' }, body: empty },
    { status: 415, code: undefined },
  ],
  [
    'row 4: no content-type',
    { path: PRODUCE, headers: { 'content-type': undefined }, body: empty },
    { status: 415, code: undefined },
  ],
  [
    'row 5: a method that is not there',
    { path: '/varve.v1.LogService/Nothing', body: empty },
    { code: status.UNIMPLEMENTED },
  ],
  ['row 5: a path', { path: '/../../etc/passwd', body: empty }, { code: status.UNIMPLEMENTED }],
  ['row 6: GET', { path: LIST, headers: { ':method': 'GET' } }, { code: status.UNIMPLEMENTED }],
  ['row 6: no message', { path: LIST }, { code: status.UNIMPLEMENTED }],
  [
    'row 6: a message of 3 bytes',
    { path: LIST, body: Buffer.alloc(3) },
    { code: status.UNIMPLEMENTED },
  ],
  [
    'row 6: 2 bytes of 100',
    { path: LIST, body: declaring(100, Buffer.alloc(2)) },
    { code: status.UNIMPLEMENTED },
  ],
  [
    'row 7: one byte too large',
    { path: PRODUCE, body: declaring(LIMITS.requestBytesMax + 1), staysOpen: 'until-answered' },
    { code: status.RESOURCE_EXHAUSTED },
  ],
  [
    'row 7: the largest length',
    { path: PRODUCE, body: declaring(0xffff_ffff), staysOpen: 'until-answered' },
    { code: status.RESOURCE_EXHAUSTED },
  ],
  [
    'row 8: two messages',
    { path: LIST, body: Buffer.concat([empty, empty]) },
    { code: status.UNIMPLEMENTED },
  ],
  [
    'row 9: gzip that is none',
    {
      path: LIST,
      headers: { 'grpc-encoding': 'gzip' },
      body: framedMessage(Buffer.alloc(50, 7), true),
    },
    { code: status.INVALID_ARGUMENT, reason: 'DECOMPRESSION', effect: 'none' },
  ],
  [
    'row 9: gzip that breaks off',
    {
      path: PRODUCE,
      headers: { 'grpc-encoding': 'gzip' },
      body: framedMessage(gzipSync(Buffer.alloc(1_000)).subarray(0, 20), true),
    },
    { code: status.INVALID_ARGUMENT, reason: 'DECOMPRESSION', effect: 'none' },
  ],
  [
    'row 9: compressed, but not said how',
    { path: LIST, body: framedMessage(gzipSync(Buffer.alloc(0)), true) },
    { code: status.INVALID_ARGUMENT, reason: 'MALFORMED_REQUEST' },
  ],
  [
    'row 9: neither compressed nor not',
    { path: LIST, body: Buffer.of(2, 0, 0, 0, 0) },
    { code: status.INVALID_ARGUMENT, reason: 'MALFORMED_REQUEST' },
  ],
  [
    'row 10: zstd',
    {
      path: LIST,
      headers: { 'grpc-encoding': 'zstd' },
      body: framedMessage(Buffer.alloc(9), true),
    },
    { code: status.UNIMPLEMENTED },
  ],
  [
    'row 11: a bomb of gzip',
    {
      path: PRODUCE,
      headers: { 'grpc-encoding': 'gzip' },
      body: framedMessage(gzipSync(Buffer.alloc(64 * 1024 * 1024)), true),
    },
    { code: status.RESOURCE_EXHAUSTED, reason: 'DECOMPRESSED_TOO_LARGE', effect: 'none' },
  ],
  [
    'row 13: a timeout that is none',
    { path: LIST, headers: { 'grpc-timeout': 'abc' }, body: empty },
    { code: status.INTERNAL },
  ],
  [
    'row 13: a timeout without unit',
    { path: LIST, headers: { 'grpc-timeout': '1' }, body: empty },
    { code: status.INTERNAL },
  ],
  [
    'row 13: a timeout of a wrong unit',
    { path: LIST, headers: { 'grpc-timeout': '1X' }, body: empty },
    { code: status.INTERNAL },
  ],
  [
    'row 14: the longest timeout',
    { path: LIST, headers: { 'grpc-timeout': '99999999H' }, body: empty },
    { code: status.OK },
  ],
]

describe('a call', () => {
  it.each(rows)('%s', async (_row, sent, expected) => {
    const { details, ...answer } = await http2Call(session, sent)
    const { reason, ...rest } = expected
    expect(answer).toMatchObject(rest)
    if (reason !== undefined) expect(details).toContain(reason)
    // Nothing of the inside.
    expect(answer.message).not.toMatch(/node_modules|\.js|\.ts|at /)
  })

  it.each(['0n', '-1S'])('row 14: a timeout of %s is one of a millisecond', async (timeout) => {
    const sent = { path: LIST, headers: { 'grpc-timeout': timeout }, body: empty }
    const { code } = await http2Call(session, sent)
    expect([status.OK, status.DEADLINE_EXCEEDED]).toContain(code)
    const { code: ofOpen } = await http2Call(session, {
      path: LIST,
      headers: sent.headers,
      staysOpen: 'until-answered',
    })
    expect(ofOpen).toBe(status.DEADLINE_EXCEEDED)
  })

  it.each([
    ['one of them', 1, 66_000],
    ['many', 100, 1_000],
  ])(
    'row 12: headers of more than 64 KiB are refused, the connection stays: %s',
    async (_how, count, size) => {
      const own = http2Session(served.server.address)
      const headers = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`x-${index}`, 'x'.repeat(size)]),
      )
      // The bound is among the settings: it holds when the first answer has come.
      const wellBefore = await http2Call(own, { path: LIST, body: empty })
      const { code, resetCode } = await http2Call(own, { path: LIST, headers, body: empty })
      const wellAfter = await http2Call(own, { path: LIST, body: empty })
      expect([wellBefore.code, wellAfter.code]).toEqual([status.OK, status.OK])
      expect([code, resetCode]).toEqual([undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM])
      own.destroy()
    },
  )

  it('row 12: headers of a megabyte end the connection', async () => {
    const own = http2Session(served.server.address)
    const headers = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`x-${index}`, 'x'.repeat(10_000)]),
    )
    const { code, resetCode } = await http2Call(own, { path: LIST, headers, body: empty })
    expect([code, resetCode > 0]).toEqual([undefined, true])
    while (!own.destroyed) await new Promise((resolve) => setImmediate(resolve))
  })

  it('row 12: more than 128 headers are refused', async () => {
    const many = http2Session(served.server.address)
    const headers = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-${i}`, 'y']))
    const { code, resetCode } = await http2Call(many, { path: LIST, headers, body: empty })
    expect([code, resetCode > 0]).toEqual([undefined, true])
    many.destroy()
  })

  it('that is compressed properly is served', async () => {
    for (const encoding of ['gzip', 'deflate']) {
      const pack = encoding === 'gzip' ? gzipSync : deflateSync
      const answer = await http2Call(session, {
        path: PRODUCE,
        headers: { 'grpc-encoding': encoding },
        body: framedMessage(pack(produce()), true),
      })
      expect(answer.code).toBe(status.OK)
    }
  })

  it('of many bombs at once takes the memory of few', async () => {
    const body = framedMessage(gzipSync(Buffer.alloc(64 * 1024 * 1024)), true)
    const bomb = { path: PRODUCE, headers: { 'grpc-encoding': 'gzip' }, body }
    const before = process.memoryUsage.rss()
    const answers = await Promise.all(Array.from({ length: 60 }, () => http2Call(session, bomb)))
    const grown = process.memoryUsage.rss() - before
    console.log(`60 bombs of 64 MiB: resident memory grew by ${Math.round(grown / 2 ** 20)} MiB`)
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([status.RESOURCE_EXHAUSTED]))
    expect(grown).toBeLessThan(384 * 1024 * 1024)
  })
})
