// What this server relies on in grpc-js and in Node beyond what they promise. Each of these fails when an update has moved one of the places; then
// src/transport/grpc/library-parts.ts is to be looked at, and docs/adr/0014-the-library-behind-a-guard.md says what for.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, it } from 'vitest'
import { type LogFields, SILENT_LOG } from '../../../src/platform/log.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, type ServeOptions, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import {
  data,
  FRAME,
  frame,
  framedMessage,
  grpcHeaders,
  headers,
  PREFACE,
  RawConnection,
  resetStream,
  settings,
  windowUpdate,
} from '../../support/raw-http2.ts'
import { until } from '../../support/until.ts'

const load = createRequire(import.meta.url)
const PRODUCE = grpcHeaders(logService.Produce.path)
const LIST = grpcHeaders(logService.ListOffsets.path)

let served: GrpcBroker
let lines: LogFields[]
const raw: RawConnection[] = []

afterEach(async () => {
  for (const connection of raw.splice(0)) connection.close()
  await served.close()
})

async function serve(limits: ServeOptions['limits'] = {}): Promise<void> {
  lines = []
  const warn = (event: string, fields?: LogFields): void => {
    lines.push({ event, ...fields })
  }
  served = await serveBroker({ log: { ...SILENT_LOG, warn }, limits })
  await createTopic(served.broker, 'orders')
}

async function open(): Promise<RawConnection> {
  const connection = await RawConnection.open(served.server.address)
  raw.push(connection)
  return connection
}

async function expectWell(): Promise<void> {
  const { results } = await call(served.client, logService.Produce, { entries })
  expect(results[0]?.error).toBeNull()
}

const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['well'] }) } }]

it('the version of grpc-js is fixed, and its decoder, which keeps a buffer for each frame, sees no byte of a request', async () => {
  await serve()
  const file = new URL('../../../package.json', import.meta.url)
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    dependencies: Record<string, string>
  }
  const { version } = load('@grpc/grpc-js/package.json') as { version: string }
  expect(dependencies['@grpc/grpc-js']).toBe(version)
  const { StreamDecoder } = load('@grpc/grpc-js/build/src/stream-decoder.js') as {
    StreamDecoder: { prototype: { write: (this: unknown, bytes: Buffer) => Buffer[] } }
  }
  const seen: number[] = []
  const write = StreamDecoder.prototype.write
  StreamDecoder.prototype.write = function (bytes) {
    seen.push(bytes.length)
    return write.call(this, bytes)
  }
  try {
    const connection = await open()
    const message = framedMessage(logService.Produce.requestSerialize({ entries }))
    connection.send(headers(1, PRODUCE))
    for (const byte of message.subarray(0, -1)) connection.send(data(1, Buffer.of(byte)))
    connection.send(data(1, message.subarray(-1), true))
    await connection.until(() => connection.count(FRAME.headers, 1) === 2)
    expect(connection.count(FRAME.data, 1)).toBeGreaterThan(0)
    expect(seen).toEqual([])
    // The client's own side still has it: that is how we know that this is the one.
    await expectWell()
    expect(seen.length).toBeGreaterThan(0)
  } finally {
    StreamDecoder.prototype.write = write
  }
})

describe('a connection that breaks the protocol', () => {
  it.each([
    [
      'a header block that goes on without a beginning',
      frame(FRAME.continuation, 4, 1, Buffer.alloc(1)),
    ],
    ['settings of a wrong size', frame(FRAME.settings, 0, 0, Buffer.alloc(5))],
    ['data of a call that was not made', data(1, Buffer.alloc(4))],
    ['a frame larger than is taken', Buffer.from('ffffff000000000001', 'hex')],
    ['headers that cannot be unpacked', frame(FRAME.headers, 4, 1, Buffer.alloc(5, 0xff))],
  ])(
    'by %s is closed within seconds, though HTTP/2 of Node 20 leaves it open',
    async (_what, bytes) => {
      await serve()
      const connection = await open()
      connection.send(bytes)
      await connection.closed
      expect(connection.count(FRAME.goAway)).toBe(1)
      expect(lines.map((line) => line['reason'])).toEqual(['protocol-error'])
      await expectWell()
      expect(served.server.connections).toBe(1)
    },
  )

  it.each([
    ['HTTP/2 of Node 20 leaves open', data(1, Buffer.alloc(4))],
    ['HTTP/2 ends itself', Buffer.concat(Array<Buffer>(2).fill(windowUpdate(0, 0x7fff_ffff)))],
  ])('again and again, in a way that %s, is let in no more for a while', async (_what, bytes) => {
    await serve({ cutConnectionsBurstMax: 2, cutConnectionsPerSecondMax: 0.001 })
    const connections = [await open(), await open()]
    for (const connection of connections) {
      connection.send(bytes)
      await connection.closed
    }
    const late = await RawConnection.connect(served.server.address)
    raw.push(late)
    await late.closed
    const reasons = lines.map((line) => line['reason'])
    expect(reasons).toEqual(['protocol-error', 'cut-too-often'])
  })
})

describe('calls that come all at once', () => {
  it('begin in turns, and all are answered', async () => {
    await serve()
    const connection = await open()
    const CALLS = 190
    const request = framedMessage(Buffer.alloc(0))
    connection.send(
      ...Array.from({ length: CALLS }, (_, index) =>
        Buffer.concat([headers(1 + 2 * index, LIST), data(1 + 2 * index, request, true)]),
      ),
    )
    // The headers of the answer, and those behind it.
    await connection.until(() => connection.count(FRAME.headers) === 2 * CALLS)
    expect(connection.isClosed).toBe(false)
  })

  it('and are broken off before their turn leave nothing', async () => {
    await serve()
    const connection = await open()
    const CALLS = 150
    connection.send(
      ...Array.from({ length: CALLS }, (_, index) =>
        Buffer.concat([headers(1 + 2 * index, PRODUCE), resetStream(1 + 2 * index)]),
      ),
    )
    connection.send(headers(1_001, LIST), data(1_001, framedMessage(Buffer.alloc(0)), true))
    await connection.until(() => connection.count(FRAME.headers, 1_001) === 2)
    await until(() => served.server.calls === 0)
    expect(served.server.requestBytes).toBe(0)
    connection.close()
    await until(() => served.server.connections === 0)
  })
})

describe('a call that is answered at once', () => {
  const answered = [
    ['of no method', grpcHeaders('/varve.v1.LogService/Nothing')],
    ['of another kind', [...LIST.filter(([name]) => name !== 'content-type')]],
  ] as const
  const breaks = [
    ['reset', resetStream(1)],
    ['a frame of a wrong size', frame(FRAME.settings, 0, 0, Buffer.alloc(5))],
    ['headers that cannot be unpacked', frame(FRAME.headers, 4, 3, Buffer.alloc(5, 0xff))],
    ['a goodbye', frame(FRAME.goAway, 0, 0, Buffer.from('0000000000000002', 'hex'))],
  ] as const
  const cases = answered.flatMap(([what, fields]) =>
    breaks.map(([how, bytes]) => [what, how, headers(1, fields), bytes] as const),
  )

  it.each(cases)(
    '%s, with %s in the first breath of its connection, does no harm',
    async (_what, _how, begun, bytes) => {
      await serve()
      const thrown: unknown[] = []
      const onThrown = (error: unknown): void => {
        thrown.push(error)
      }
      process.on('uncaughtException', onThrown)
      try {
        const connection = await RawConnection.connect(served.server.address)
        raw.push(connection)
        connection.send(Buffer.concat([PREFACE, settings(), begun, bytes]))
        await connection.until(() => connection.isClosed || connection.count(FRAME.settings) > 1)
        await expectWell()
        await until(() => served.server.calls === 0)
        expect(thrown).toEqual([])
      } finally {
        process.off('uncaughtException', onThrown)
      }
    },
  )
})

describe('more calls than there may be', () => {
  it('from one address are refused, and taken when there is room again', async () => {
    await serve({ callsPerAddressMax: 20 })
    const holder = await open()
    holder.send(
      ...Array.from({ length: 20 }, (_, index) =>
        headers(1 + 2 * index, grpcHeaders(logService.ProduceStream.path)),
      ),
    )
    await until(() => served.server.calls === 20)
    await expect(
      call(served.client, logService.ListOffsets, { partitions: [] }),
    ).rejects.toMatchObject({
      end: { reason: 'QUEUE_FULL', effect: 'none' },
    })
    const stream = await open()
    stream.send(headers(1, grpcHeaders(logService.ProduceStream.path)))
    await stream.until(() => stream.count(FRAME.headers, 1) > 0)
    expect(lines.map((line) => [line['event'], line['reason']])).toEqual([
      ['call_refused', 'too-many-calls-from-address'],
    ])
    holder.close()
    await until(() => served.server.calls < 20)
    await expectWell()
  })
})
