// ProduceStream over the wire: order, flow control, endings.
import { type Client, type ClientDuplexStream, type StatusObject, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type {
  ProduceStreamAckOutput,
  ProduceStreamRequest,
  ProduceStreamResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { batchOf, batchOfSize } from '../../support/batches.ts'
import {
  type CallEnd,
  endOf,
  type GrpcBroker,
  reasonOf,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { createTopic, fetchOne, valuesIn } from '../../support/open-broker.ts'
import { rawBatch } from '../../support/raw-batch.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

interface OpenStream {
  readonly call: ClientDuplexStream<ProduceStreamRequest, ProduceStreamResponseOutput>
  readonly acks: ProduceStreamAckOutput[]
  readonly ready: Promise<number>
  readonly ended: Promise<CallEnd>
  send(correlationId: number, value: string, topic?: string): void
}

function openStream(client: Client): OpenStream {
  const { path, requestSerialize, responseDeserialize } = logService.ProduceStream
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  const acks: ProduceStreamAckOutput[] = []
  let onReady: (inFlightMax: number) => void
  const ready = new Promise<number>((resolve) => {
    onReady = resolve
  })
  call.on('data', (message: ProduceStreamResponseOutput) => {
    if (message.ready) onReady(message.ready.inFlightMax)
    if (message.ack) acks.push(message.ack)
  })
  call.on('error', () => undefined)
  const ended = new Promise<CallEnd>((resolve) => {
    call.on('status', (end: StatusObject) => {
      resolve(endOf(end))
    })
  })
  return {
    call,
    acks,
    ready,
    ended,
    send: (correlationId, value, topic = 'orders') => {
      const records = { batches: batchOf({ values: [value] }) }
      call.write({ batch: { correlationId, entries: [{ topic, partition: 0, records }] } })
    },
  }
}

async function serveOrders(): Promise<void> {
  served = await serveBroker()
  await createTopic(served.broker, 'orders')
}

describe('ProduceStream', () => {
  it('answers the batches in their order and ends well after the last', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    expect(await stream.ready).toBe(LIMITS.produceStreamInFlightMax)
    for (let id = 0; id < 500; id++) stream.send(id, `value ${id}`)
    stream.call.end()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.map(({ correlationId }) => correlationId)).toEqual([...Array(500).keys()])
    expect(stream.acks.map(({ results }) => results[0]?.baseOffset)).toEqual([...Array(500).keys()])
  })

  it('does not need the client to wait for the answer to the init', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: { durability: 'DURABILITY_WRITTEN' } })
    stream.send(7, 'at once')
    stream.call.end()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks).toMatchObject([
      { correlationId: 7, results: [{ durability: 'DURABILITY_WRITTEN', error: null }] },
    ])
  })

  it('has errors in the answers of their batches and goes on', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    stream.send(1, 'good')
    stream.send(2, 'lost', 'nowhere')
    const entries = [{ topic: 'orders', partition: 0, records: { batches: rawBatch({ crc: 5 }) } }]
    stream.call.write({ batch: { correlationId: 3, entries } })
    stream.send(4, 'good again')
    stream.call.end()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.map(({ results }) => reasonOf(results[0]?.error).reason)).toEqual([
      undefined,
      'UNKNOWN_TOPIC',
      'CRC_MISMATCH',
      undefined,
    ])
  })

  it.each([
    ['a batch before the init', [{ batch: {} }], 'MISSING_FIELD'],
    ['an empty message before the init', [{}], 'MISSING_FIELD'],
    ['a second init', [{ init: {} }, { init: {} }], 'MALFORMED_REQUEST'],
    ['an unknown durability', [{ init: { durability: 77 as 1 } }], 'UNKNOWN_ENUM'],
  ])('ends with %s', async (_what, messages: ProduceStreamRequest[], reason) => {
    await serveOrders()
    const stream = openStream(served.client)
    for (const message of messages) stream.call.write(message)
    const end = await stream.ended
    expect(end).toMatchObject({ code: status.INVALID_ARGUMENT, reason, effect: 'none' })
  })

  it('answers what it accepted before it ends with an error', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    for (let id = 0; id < 20; id++) stream.send(id, 'value')
    stream.call.write({ init: {} })
    expect((await stream.ended).reason).toBe('MALFORMED_REQUEST')
    expect(stream.acks).toHaveLength(20)
    expect((await fetchOne(served.broker, 'orders')).readableEndOffset).toBe(20)
  })

  it('passes over a message of a kind that it does not know', async () => {
    await serveOrders()
    const { path, responseDeserialize, requestSerialize } = logService.ProduceStream
    const call = served.client.makeBidiStreamRequest(
      path,
      (bytes: Buffer) => bytes,
      responseDeserialize,
    )
    const acks: unknown[] = []
    call.on('data', ({ ack }: ProduceStreamResponseOutput) => {
      if (ack) acks.push(ack)
    })
    const ended = new Promise<StatusObject>((resolve) => call.on('status', resolve))
    call.write(requestSerialize({ init: {} }))
    call.write(Buffer.from([0x7a, 2, 1, 2]))
    const entries = [{ topic: 'orders', records: { batches: batchOf() } }]
    call.write(requestSerialize({ batch: { correlationId: 1, entries } }))
    call.end()
    expect((await ended).code).toBe(status.OK)
    expect(acks).toHaveLength(1)
  })

  it('reads no more bytes than the share of its connection while the disk is slow, and then answers all', async () => {
    const disk = new SimFileSystem()
    const engine = await FileStorageEngine.open({
      fileSystem: disk,
      clock: new NodeClock(),
      random: new SeededRandom(5),
      log: SILENT_LOG,
      directory: '/data',
    })
    const shareBytes = 512 * 1024
    served = await serveBroker({ engine, limits: { requestBytesPerConnectionMax: shareBytes } })
    await createTopic(served.broker, 'orders')
    let letGo: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    disk.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('.log') ? { kind: 'wait', until } : undefined,
    )
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    const records = { batches: batchOfSize(100_000) }
    for (let correlationId = 0; correlationId < 40; correlationId++) {
      stream.call.write({ batch: { correlationId, entries: [{ topic: 'orders', records }] } })
    }
    stream.call.end()
    while (served.server.requestBytes < shareBytes - 100_500) await pause(5)
    await pause(100)
    expect(served.server.requestBytes).toBeLessThanOrEqual(shareBytes)
    letGo()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.map(({ correlationId }) => correlationId)).toEqual([...Array(40).keys()])
    while (served.server.requestBytes > 0) await pause(5)
  })

  it('reads no further than its bound while the disk is slow, and then answers all', async () => {
    const disk = new SimFileSystem()
    const engine = await FileStorageEngine.open({
      fileSystem: disk,
      clock: new NodeClock(),
      random: new SeededRandom(5),
      log: SILENT_LOG,
      directory: '/data',
    })
    served = await serveBroker({ engine })
    await createTopic(served.broker, 'orders')
    // Counted on their way into the broker, which does its own work.
    let appended = 0
    const { producer } = served.broker
    const append = producer.append.bind(producer)
    producer.append = (...args) => {
      appended += 1
      return append(...args)
    }
    let letGo: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    disk.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('.log') ? { kind: 'wait', until } : undefined,
    )
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    for (let id = 0; id < 300; id++) stream.send(id, 'value')
    stream.call.end()
    while (appended < LIMITS.produceStreamInFlightMax) await pause(5)
    await pause(100)
    expect(appended).toBe(LIMITS.produceStreamInFlightMax)
    expect(stream.acks).toHaveLength(0)
    letGo()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.map(({ results }) => results[0]?.baseOffset)).toEqual([...Array(300).keys()])
  })

  it('stops appending for a client that does not read its answers, and goes on when it does', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    await stream.ready
    stream.call.pause()
    // Answers of many entries, so that they fill the windows of the connection soon.
    const entries = Array.from({ length: 200 }, () => ({ topic: 'nowhere'.padEnd(200, '-') }))
    const batches = 400
    for (let id = 0; id < batches; id++) {
      stream.call.write({ batch: { correlationId: id, entries } })
    }
    stream.call.end()
    await pause(500)
    expect(stream.acks.length).toBeLessThan(batches)
    stream.call.resume()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.map(({ correlationId }) => correlationId)).toEqual([
      ...Array(batches).keys(),
    ])
  })

  it('leaves whole batches or none when the client goes away in the middle', async () => {
    await serveOrders()
    for (let round = 0; round < 10; round++) {
      const client = served.connect()
      const stream = openStream(client)
      stream.call.write({ init: {} })
      for (let id = 0; id < 50; id++) {
        const records = { batches: batchOf({ values: ['a', 'b', 'c'] }) }
        stream.call.write({ batch: { correlationId: id, entries: [{ topic: 'orders', records }] } })
      }
      await pause(round)
      stream.call.cancel()
      expect((await stream.ended).code).toBe(status.CANCELLED)
    }
    const values: string[] = []
    for (let offset = 0; ; ) {
      const outcome = await fetchOne(served.broker, 'orders', 0, offset)
      if (outcome.bytes === 0) break
      values.push(...valuesIn(outcome))
      offset = outcome.nextOffset
    }
    expect(values.length % 3).toBe(0)
    expect(values.join('')).toBe('abc'.repeat(values.length / 3))
  })

  it('carries large batches', async () => {
    await serveOrders()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    for (let id = 0; id < 20; id++) {
      const records = { batches: batchOfSize(1_000_000) }
      stream.call.write({ batch: { correlationId: id, entries: [{ topic: 'orders', records }] } })
    }
    stream.call.end()
    expect((await stream.ended).code).toBe(status.OK)
    expect(stream.acks.every(({ results }) => results[0]?.error === null)).toBe(true)
  })
})

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
