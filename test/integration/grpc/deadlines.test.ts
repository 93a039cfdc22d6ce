// Deadlines over the wire: a stream lasts as long as its client says and is told its end; work that nobody waits for stops.
import { type ClientDuplexStream, type ClientReadableStream, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type {
  HealthCheckResponseOutput,
  ProduceStreamResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import {
  adminService,
  healthService,
  logService,
  reflectionService,
} from '../../../src/protocol/grpc/services.ts'
import { batchOf } from '../../support/batches.ts'
import {
  type CallEnd,
  call,
  endOf,
  type GrpcBroker,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { http2Call, http2Session } from '../../support/http2-call.ts'
import { createTopic } from '../../support/open-broker.ts'
import { framedMessage } from '../../support/raw-http2.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

const HOUR_MS = 3_600_000
/** The way to the broker takes some of it. */
const SECOND_MS = 1_000

function endOfStream(
  stream: ClientDuplexStream<never, object> | ClientReadableStream<object>,
): Promise<CallEnd> {
  stream.on('error', () => undefined)
  return new Promise((resolve) => {
    stream.on('status', (end) => {
      resolve(endOf(end))
    })
  })
}

describe('a stream whose client set a deadline of an hour', () => {
  const until = (clock: VirtualClock): { deadline: number } => ({
    deadline: clock.wallMs() + HOUR_MS,
  })

  it('of producing goes on after five minutes, and is told when the hour is over', async () => {
    const clock = new VirtualClock(Date.now())
    served = await serveBroker({ clock })
    await createTopic(served.broker, 'orders')
    const { path, requestSerialize, responseDeserialize } = logService.ProduceStream
    const stream = served.client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      until(clock),
    )
    const ended = endOfStream(stream)
    const messages = stream[Symbol.asyncIterator]() as AsyncIterator<ProduceStreamResponseOutput>
    stream.write({ init: {} })
    expect((await messages.next()).value).toMatchObject({ message: 'ready' })
    await clock.advance(LIMITS.deadlineMsMax + 1)
    const records = { batches: batchOf({ values: ['late'] }) }
    stream.write({ batch: { correlationId: 7, entries: [{ topic: 'orders', records }] } })
    expect((await messages.next()).value).toMatchObject({ ack: { correlationId: 7 } })
    await clock.advance(HOUR_MS - LIMITS.deadlineMsMax + SECOND_MS)
    expect(await ended).toMatchObject({
      code: status.DEADLINE_EXCEEDED,
      reason: 'REQUEST_TIMEOUT',
      effect: 'unknown',
    })
  })

  it('of watching is told that the hour is over, not that all is well', async () => {
    const clock = new VirtualClock(Date.now())
    served = await serveBroker({ clock })
    const { path, requestSerialize, responseDeserialize } = healthService.Watch
    const stream = served.client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { service: '' },
      until(clock),
    )
    const ended = endOfStream(stream)
    await new Promise<HealthCheckResponseOutput>((resolve) => stream.once('data', resolve))
    await clock.advance(HOUR_MS + SECOND_MS)
    expect(await ended).toMatchObject({ code: status.DEADLINE_EXCEEDED, reason: 'REQUEST_TIMEOUT' })
  })

  it('ends when its time is over between two of its answers', async () => {
    served = await serveBroker()
    const session = http2Session(served.server.address)
    const { path } = reflectionService.ServerReflectionInfo
    const body = Buffer.concat(new Array<Buffer>(4).fill(framedMessage(Buffer.alloc(0))))
    const headers = { 'grpc-timeout': '1m' }
    const calls = Array.from({ length: 50 }, () => http2Call(session, { path, headers, body }))
    for (const { code } of await Promise.all(calls)) {
      expect([status.OK, status.DEADLINE_EXCEEDED]).toContain(code)
    }
    session.destroy()
  })

  it('of reflection is told that the hour is over', async () => {
    const clock = new VirtualClock(Date.now())
    served = await serveBroker({ clock })
    const { path, requestSerialize, responseDeserialize } = reflectionService.ServerReflectionInfo
    const stream = served.client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      until(clock),
    )
    const ended = endOfStream(stream)
    stream.write({ listServices: '' })
    await new Promise((resolve) => stream.once('data', resolve))
    await clock.advance(HOUR_MS + SECOND_MS)
    expect(await ended).toMatchObject({ code: status.DEADLINE_EXCEEDED, reason: 'REQUEST_TIMEOUT' })
  })
})

describe('a request with a thousand parts', () => {
  it('about offsets stops between two of them when the broker closes', async () => {
    served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const question = { topic: 'orders', partition: 0, at: { timestampMs: 0 } }
    const asked = served.broker.fetcher.listOffsets(
      new Array<typeof question>(1_000).fill(question),
    )
    const closed = served.broker.close()
    await expect(asked).rejects.toMatchObject({ code: 'NOT_READY' })
    await closed
  })

  it('about offsets stops when nobody waits for it any more', async () => {
    served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const controller = new AbortController()
    const question = { topic: 'orders', partition: 0, at: { timestampMs: 0 } }
    const questions = new Array<typeof question>(1_000).fill(question)
    const asked = served.broker.fetcher.listOffsets(questions, controller.signal)
    controller.abort()
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('to delete records answers each in its place', async () => {
    served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const entries = Array.from({ length: 1_000 }, (_, index) => ({
      topic: index % 2 === 0 ? 'orders' : 'nothing',
      partition: 0,
      beforeOffset: -1,
    }))
    const { results } = await call(served.client, adminService.DeleteRecords, { entries })
    expect(results).toHaveLength(1_000)
    for (const [index, result] of results.entries()) {
      expect(result.startOffset).toBe(index % 2 === 0 ? 0 : -1)
    }
  })
})
