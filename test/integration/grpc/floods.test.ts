// Connections that only make work are cut, and whoever else is connected does not notice. Some floods HTTP/2 itself ends; they
// are here so that a version that does so no more is noticed.
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { type LogFields, SILENT_LOG } from '../../../src/platform/log.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import {
  data,
  FRAME,
  frame,
  grpcHeaders,
  headerBlock,
  headers,
  PREFACE,
  ping,
  RawConnection,
  resetStream,
  settings,
  windowUpdate,
} from '../../support/raw-http2.ts'

const PATH = logService.Fetch.path
const NOTHING = Buffer.alloc(0)
/** Says that a message of 16 KiB follows. */
const MESSAGE_HEADER = Buffer.of(0, 0, 0, 0x40, 0)

let served: GrpcBroker
let lines: LogFields[]
let connection: RawConnection

afterEach(async () => {
  connection.close()
  await served.close()
})

async function connect(): Promise<void> {
  lines = []
  const log = {
    ...SILENT_LOG,
    warn: (event: string, fields?: LogFields) => lines.push({ event, ...fields }),
  }
  served = await serveBroker({ log })
  await createTopic(served.broker, 'orders')
  connection = await RawConnection.open(served.server.address)
}

/** An honest client at work. */
async function produceOne(): Promise<void> {
  const entries = [{ topic: 'orders', records: { batches: batchOf({ values: ['well'] }) } }]
  const { results } = await call(served.client, logService.Produce, { entries })
  expect(results[0]?.error).toBeNull()
}

interface Flood {
  readonly name: string
  readonly first?: readonly Buffer[]
  readonly next: (index: number) => Buffer
  /** What the log says; of a protocol error that HTTP/2 itself ends the connection. */
  readonly reason: 'small-frames' | 'aborted-calls' | 'protocol-error'
}

/** Later versions of Node take no priorities. */
const isCutByNode = Number.parseInt(process.versions.node) >= 24

const call1 = headers(1, grpcHeaders(PATH))
const floods: readonly Flood[] = [
  { name: 'pings', next: ping, reason: 'small-frames' },
  { name: 'settings', next: settings, reason: 'small-frames' },
  {
    name: 'data of one byte',
    first: [call1, data(1, MESSAGE_HEADER)],
    next: () => data(1, Buffer.of(0)),
    reason: 'small-frames',
  },
  {
    name: 'data of one byte on calls whose messages wait to be read',
    first: Array.from({ length: 50 }, (_, index) =>
      Buffer.concat([
        headers(1 + 2 * index, grpcHeaders(logService.ProduceStream.path)),
        data(1 + 2 * index, MESSAGE_HEADER),
      ]),
    ),
    next: (index) => data(1 + 2 * (index % 50), Buffer.of(0)),
    reason: 'small-frames',
  },
  {
    name: 'priorities',
    next: (index) => frame(FRAME.priority, 0, 1 + 2 * index, Buffer.of(0, 0, 0, 0, 1)),
    reason: isCutByNode ? 'protocol-error' : 'small-frames',
  },
  {
    name: 'calls that are reset at once',
    next: (index) =>
      Buffer.concat([headers(1 + 2 * index, grpcHeaders(PATH)), resetStream(1 + 2 * index)]),
    reason: 'aborted-calls',
  },
  {
    name: 'acknowledgements of pings that were not sent',
    next: () => frame(FRAME.ping, 1, 0, Buffer.alloc(8)),
    reason: 'protocol-error',
  },
  {
    name: 'empty data',
    first: [call1],
    next: () => data(1, NOTHING),
    reason: 'protocol-error',
  },
  {
    name: 'headers that go on and on',
    first: [headers(1, grpcHeaders(PATH), 0)],
    next: () => frame(FRAME.continuation, 0, 1, headerBlock([['x-more', 'y']])),
    reason: 'protocol-error',
  },
  {
    name: 'windows that overflow',
    next: () => windowUpdate(0, 0x7fff_ffff),
    reason: 'protocol-error',
  },
  {
    name: 'resets of calls that were not made',
    next: (index) => resetStream(1 + 2 * index),
    reason: 'protocol-error',
  },
]

describe('a flood of', () => {
  it.each(floods)('$name is cut', async ({ first = [], next, reason }) => {
    await connect()
    connection.send(...first)
    const most = 100_000
    let sent = 0
    while (!connection.isClosed && sent < most) {
      const frames = Array.from({ length: 250 }, () => next(sent++))
      await connection.push(Buffer.concat(frames))
      await produceOne()
      await turn()
    }
    await connection.closed
    console.log(`cut after ${sent} frames at most`)
    expect(sent).toBeLessThan(most)
    const cut = lines.filter(({ event }) => event === 'connection_cut')
    expect(cut.map((line) => line['reason'])).toEqual([reason])
    await produceOne()
    expect(served.server.connections).toBe(1)
  })
})

describe('a call beyond the most at a time', () => {
  const calls = (from: number, to: number): Buffer[] =>
    Array.from({ length: to - from }, (_, index) =>
      headers(1 + 2 * (from + index), grpcHeaders(logService.ProduceStream.path)),
    )
  const most = LIMITS.streamsPerConnectionMax

  it('is refused alone when the client cannot know of the bound yet', async () => {
    await connect()
    const early = await RawConnection.connect(served.server.address)
    early.send(PREFACE, settings(), ...calls(0, most + 1))
    await early.until(() => early.count(FRAME.resetStream) > 0)
    const refused = early.frames.filter(({ type }) => type === FRAME.resetStream)
    const REFUSED_STREAM = 7
    expect(refused.map(({ stream }) => stream)).toEqual([1 + 2 * most])
    expect(refused[0]?.payload.readUInt32BE(0)).toBe(REFUSED_STREAM)
    expect(early.isClosed).toBe(false)
    early.close()
  })

  it('ends the connection of a client that was told', async () => {
    await connect()
    connection.send(...calls(0, most))
    connection.send(ping())
    await connection.until(() => connection.count(FRAME.ping) > 0)
    expect(connection.isClosed).toBe(false)
    connection.send(...calls(most, most + 1))
    await connection.closed
    expect(connection.count(FRAME.goAway)).toBe(1)
    await produceOne()
  })
})
