// Subscribe over the wire: that a client of any language gets what the session gives, and what becomes of one that does not read.
import { type Client, type ClientDuplexStream, type StatusObject, status } from '@grpc/grpc-js'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type {
  SubscribeRequest,
  SubscribeResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import { batchOfSize } from '../../support/batches.ts'
import {
  type CallEnd,
  endOf,
  type GrpcBroker,
  reasonOf,
  serveBroker,
} from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'
import { until } from '../../support/until.ts'

let served: GrpcBroker

afterEach(async () => {
  await served.close()
})

interface OpenStream {
  readonly call: ClientDuplexStream<SubscribeRequest, SubscribeResponseOutput>
  readonly messages: SubscribeResponseOutput[]
  readonly ended: Promise<CallEnd>
}

function openStream(client: Client): OpenStream {
  const { path, requestSerialize, responseDeserialize } = logService.Subscribe
  const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  const messages: SubscribeResponseOutput[] = []
  call.on('data', (message: SubscribeResponseOutput) => {
    messages.push(message)
  })
  call.on('error', () => undefined)
  const ended = new Promise<CallEnd>((resolve) => {
    call.on('status', (end: StatusObject) => {
      resolve(endOf(end))
    })
  })
  return { call, messages, ended }
}

function valuesOf(messages: readonly SubscribeResponseOutput[]): string[] {
  return messages.flatMap(({ batch }) => {
    if (batch?.records?.records) {
      return batch.records.records.records.map(({ value }) => String(value))
    }
    const batches = batch?.records?.batches
    if (!batches) return []
    return [...eachBatch(batches)].flatMap((stored) =>
      [...decodeBatch(stored)].map(({ value }) => String(value)),
    )
  })
}

describe('Subscribe', () => {
  it.each(['RECORD_FORM_BATCHES', 'RECORD_FORM_RECORDS'] as const)(
    'is a whole read in one go for a client that half-closes: %s',
    async (form) => {
      served = await serveBroker()
      await createTopic(served.broker, 'orders', 2)
      for (const partition of [0, 1]) {
        await produce(served.broker, 'orders', ['a', 'b'], partition)
        await produce(served.broker, 'orders', ['c'], partition)
      }
      const stream = openStream(served.client)
      stream.call.write({ init: { form, creditBytes: 1_000_000 } })
      const partitions = [0, 1].map((partition) => ({
        topic: 'orders',
        partition,
        position: 'OFFSET_POSITION_EARLIEST' as const,
        stopAtEnd: true,
      }))
      stream.call.write({ add: { partitions } })
      stream.call.end()
      expect((await stream.ended).code).toBe(status.OK)
      expect(stream.messages[0]?.ready).toMatchObject({ partitionsMax: 1_000 })
      expect(valuesOf(stream.messages).sort()).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
      expect(stream.messages.filter(({ reachedEnd }) => reachedEnd)).toHaveLength(2)
    },
  )

  it('has errors of partitions in messages, with reason and details', async () => {
    served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const stream = openStream(served.client)
    stream.call.write({ init: { creditBytes: 1 } })
    stream.call.write({ add: { partitions: [{ topic: 'orders', partition: 0, offset: 5 }] } })
    stream.call.end()
    expect((await stream.ended).code).toBe(status.OK)
    const told = stream.messages.find(({ partitionError }) => partitionError)?.partitionError
    expect(told).toMatchObject({ topic: 'orders', partition: 0, startOffset: 0 })
    expect(reasonOf(told?.error)).toMatchObject({
      reason: 'OFFSET_OUT_OF_RANGE',
      details: { startOffset: '0', endOffset: '0' },
    })
  })

  it.each([
    ['nothing to begin at', { add: { partitions: [{ topic: 'orders' }] } }, 'MISSING_FIELD'],
    ['a seek to nowhere', { seek: { topic: 'orders' } }, 'MISSING_FIELD'],
    ['a second init', { init: {} }, 'MALFORMED_REQUEST'],
  ])('ends with %s', async (_what, message: SubscribeRequest, reason) => {
    served = await serveBroker()
    const stream = openStream(served.client)
    stream.call.write({ init: {} })
    stream.call.write(message)
    expect(await stream.ended).toMatchObject({ code: status.INVALID_ARGUMENT, reason })
    expect(served.broker.subscriptions.counts.open).toBe(0)
  })

  it('ends with NOT_READY when the server stops', async () => {
    served = await serveBroker()
    await createTopic(served.broker, 'orders')
    const stream = openStream(served.client)
    stream.call.write({ init: { creditBytes: 1 } })
    stream.call.write({ add: { partitions: [{ topic: 'orders', partition: 0, offset: 0 }] } })
    await until(() => stream.messages.some(({ caughtUp }) => caughtUp))
    await Promise.all([served.server.close(), served.broker.close()])
    expect(await stream.ended).toMatchObject({ code: status.UNAVAILABLE, reason: 'NOT_READY' })
  })

  it('of a client that reads nothing costs one message, and is cut and broken off in its time', async () => {
    const clock = new VirtualClock()
    const metrics = new MetricRegistry()
    served = await serveBroker({ clock, metrics })
    await createTopic(served.broker, 'orders')
    for (let index = 0; index < 40; index++) {
      const batch = batchOfSize(100_000)
      await served.broker.producer.append({ topic: 'orders', partition: 0, batch })
    }
    const stream = openStream(served.connect())
    stream.call.pause()
    stream.call.write({ init: { creditBytes: 100_000_000 } })
    stream.call.write({ add: { partitions: [{ topic: 'orders', partition: 0, offset: 0 }] } })
    const unreadBytes = (): number => valueOf(metrics, 'varve_unread_subscription_bytes')
    const sentBytes = (): number => valueOf(metrics, 'varve_bytes_out_total{topic="orders"}')
    // What the windows of HTTP/2 take is under way, and one message waits behind it.
    await until(() => unreadBytes() > 100_000 && isSteady(sentBytes))
    expect(unreadBytes()).toBeLessThan(200_000)
    await clock.advance(LIMITS.subscriptionUnreadMsMax - 1)
    expect(served.broker.subscriptions.counts).toMatchObject({ open: 1, slow: 0 })
    await clock.advance(1)
    expect(served.broker.subscriptions.counts).toMatchObject({ open: 0, slow: 1 })
    expect(unreadBytes()).toBe(0)
    // The end waits behind what is not read.
    await clock.advance(LIMITS.subscriptionEndMsMax)
    stream.call.resume()
    expect(await stream.ended).toMatchObject({ code: status.RESOURCE_EXHAUSTED })
    expect(valueOf(metrics, 'varve_subscriptions_cut_total')).toBe(1)
  })
})

/** The value of one series in what the monitoring port would say. */
function valueOf(metrics: MetricRegistry, series: string): number {
  const line = metrics
    .render()
    .split('\n')
    .find((text) => text.startsWith(`${series} `))
  return Number(line?.slice(series.length + 1) ?? 0)
}

let before = { value: -1, times: 0 }

/** The same number came out ten times. */
function isSteady(count: () => number): boolean {
  const value = count()
  before = { value, times: value === before.value ? before.times + 1 : 0 }
  return before.times >= 10
}
