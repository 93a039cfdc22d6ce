// What the port does with connections before they speak HTTP/2, and with too many of them.
import { status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { healthService } from '../../../src/protocol/grpc/services.ts'
import {
  callRaw,
  type GrpcBroker,
  type ServeOptions,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { FRAME, frame, PREFACE, ping, RawConnection } from '../../support/raw-http2.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

/** A connection, once the server has counted it. */
async function connectCounted(): Promise<RawConnection> {
  const before = served.server.connections
  const connection = await RawConnection.connect(served.server.address)
  await until(() => served.server.connections > before)
  return connection
}

async function expectWell(): Promise<void> {
  const end = await callRaw(served.client, healthService.Check.path, Buffer.alloc(0))
  expect(end.code).toBe(status.OK)
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('a connection that does not begin HTTP/2', () => {
  it.each([
    ['1: HTTP/1.1', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['2: random bytes', Buffer.alloc(4_096, 0xa7)],
    ['2: TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['3: a preface with a wrong end', Buffer.from('PRI * HTTP/2.0\r\n\r\nSN\r\n\r\n')],
    ['3: a preface without SETTINGS', Buffer.concat([PREFACE, ping()])],
  ])('row %s, is closed at once', async (_row, bytes) => {
    served = await serveBroker()
    const connection = await RawConnection.connect(served.server.address)
    connection.send(bytes)
    await connection.closed
    // Not a word of HTTP/2 was said to it.
    expect(connection.frames).toEqual([])
    await expectWell()
  })

  it.each([
    ['nothing', []],
    ['half a preface', [PREFACE.subarray(0, 12)]],
    ['a preface alone', [PREFACE]],
    [
      'a preface and half a SETTINGS',
      [PREFACE, frame(FRAME.settings, 0, 0, Buffer.of()).subarray(0, 4)],
    ],
  ])('row 3: %s and then silence, is closed when its time is over', async (_row, bytes) => {
    const clock = new VirtualClock()
    served = await serveBroker({ clock })
    const connection = await connectCounted()
    for (const part of bytes) connection.send(part)
    await clock.advance(LIMITS.handshakeMsMax - 1)
    expect(served.server.connections).toBe(1)
    expect(connection.isClosed).toBe(false)
    await clock.advance(1)
    await connection.closed
    await until(() => served.server.connections === 0)
  })

  it('byte by byte is well when the bytes are right', async () => {
    served = await serveBroker()
    const connection = await RawConnection.connect(served.server.address)
    const opening = Buffer.concat([PREFACE, frame(FRAME.settings, 0, 0, Buffer.of()), ping()])
    for (const byte of opening) await connection.push(Buffer.of(byte))
    await connection.until(() => connection.count(FRAME.ping) === 1)
    expect(connection.isClosed).toBe(false)
    connection.close()
  })
})

describe('too many connections', () => {
  const few: ServeOptions = { limits: { connectionsMax: 5, connectionsPerAddressMax: 3 } }

  it('of one address are closed; those that are there go on, and one that leaves makes room', async () => {
    served = await serveBroker(few)
    await expectWell()
    const [first] = [await connectCounted(), await connectCounted()]
    for (let index = 0; index < 20; index++) {
      const surplus = await RawConnection.connect(served.server.address)
      await surplus.closed
    }
    expect(served.server.connections).toBe(3)
    await expectWell()
    first.close()
    await until(() => served.server.connections === 2)
    await connectCounted()
  })

  it('that open and close again and again leave nothing behind', async () => {
    served = await serveBroker(few)
    const rounds = 300
    for (let round = 0; round < rounds; round++) {
      const connection = await RawConnection.connect(served.server.address)
      if (round % 3 === 0) connection.send(PREFACE)
      connection.close()
    }
    await until(() => served.server.connections === 0)
    await expectWell()
    console.log(`connections: ${rounds} opened and closed, 0 left`)
  })

  it('that never began do not hold up a stop', async () => {
    served = await serveBroker()
    const silent = [await connectCounted(), await connectCounted()]
    await served.server.close()
    for (const connection of silent) await connection.closed
    expect(served.server.connections).toBe(0)
  })
})

it('a connection that is too old takes no new calls and is closed when it is done', async () => {
  served = await serveBroker({ limits: { connectionAgeMsMax: 50 } })
  const connection = await RawConnection.open(served.server.address)
  await connection.closed
  expect(connection.count(FRAME.goAway)).toBeGreaterThan(0)
  await expectWell()
})

it('a connection without calls is closed when it was idle for too long', async () => {
  served = await serveBroker({ limits: { connectionIdleMsMax: 50 } })
  const connection = await RawConnection.open(served.server.address)
  await connection.closed
  await expectWell()
})
