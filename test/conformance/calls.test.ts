// The life of calls and streams below the client, in all four ways: deadlines, cancelling, ends, and what they leave.
import { setMaxListeners } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import type { ProduceStream, SubscriptionStream } from '../../src/client/transport.ts'
import type { VarveError } from '../../src/domain/error.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import type {
  ProduceStreamAckOutput,
  SubscribeInit,
  SubscribeRequest,
  SubscribeResponseOutput,
} from '../../src/protocol/grpc/messages.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import { batchOf } from '../support/batches.ts'
import { createTopic, produce } from '../support/open-broker.ts'
import { type ServedBroker, serveBroker } from './served-broker.ts'
import { WAYS } from './ways.ts'

let served: ServedBroker

afterEach(async () => {
  await served.close()
})

const PATIENT = { timeoutMs: 30_000 }
const poll = { partitions: [{ topic: 't', offset: 0 }], maxWaitMs: 20_000 }

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** A stream's end, and what came before it. */
class Ended<Message> {
  readonly messages: Message[] = []
  readonly end: Promise<VarveError | undefined>
  onEnd: (error: VarveError | undefined) => void = () => undefined

  constructor() {
    this.end = new Promise((resolve) => {
      this.onEnd = resolve
    })
  }
}

async function openProducing(
  options: { timeoutMs: number; signal?: AbortSignal } = PATIENT,
): Promise<{ stream: ProduceStream; told: Ended<ProduceStreamAckOutput> }> {
  const told = new Ended<ProduceStreamAckOutput>()
  const events = {
    onAck: (ack: ProduceStreamAckOutput) => told.messages.push(ack),
    onDrain: () => undefined,
    onEnd: told.onEnd,
  }
  const stream = await served.transport.openProduceStream({}, events, options)
  return { stream, told }
}

async function subscribe(
  init: SubscribeInit = {},
  transport = served.transport,
): Promise<{ stream: SubscriptionStream; told: Ended<SubscribeResponseOutput> }> {
  const told = new Ended<SubscribeResponseOutput>()
  const events = {
    onMessage: (message: SubscribeResponseOutput) => told.messages.push(message),
    onEnd: told.onEnd,
  }
  const stream = await transport.openSubscription(
    { form: 'RECORD_FORM_BATCHES', creditBytes: 1_000_000, ...init },
    events,
    PATIENT,
  )
  return { stream, told }
}

const adding = (rest: object = { offset: 0 }): SubscribeRequest => ({
  add: { partitions: [{ topic: 't', ...rest }] },
})

function batch(correlationId: number): Parameters<ProduceStream['send']>[0] {
  return { correlationId, entries: [{ topic: 't', records: { batches: batchOf() } }] }
}

/** The values that a subscription received, as text. */
function valuesOf(messages: readonly SubscribeResponseOutput[]): string[] {
  return messages.flatMap(({ batch: received }) => {
    const bytes = received?.records?.batches
    if (bytes === undefined) return []
    return [...eachBatch(bytes)].flatMap((one) =>
      [...decodeBatch(one)].map(({ value }) => String(value)),
    )
  })
}

describe.each(WAYS)('$name', (way) => {
  async function serve(): Promise<void> {
    served = await serveBroker(way)
    await createTopic(served.broker, 't')
  }

  describe('a long poll', () => {
    test('is answered as soon as there is a record', async () => {
      await serve()
      const answer = served.transport.call('fetch', poll, PATIENT)
      await until(() => served.broker.fetcher.waiting === 1)
      await produce(served.broker, 't', ['x'])
      const { results } = await answer
      expect(results).toMatchObject([
        { topic: 't', partition: 0, nextOffset: 1, readableEndOffset: 1 },
      ])
      expect(served.broker.fetcher.waiting).toBe(0)
    })

    test('is let go when its caller gives up, many times', async () => {
      await serve()
      const other = served.connect()
      for (let round = 0; round < 2; round++) {
        const abort = new AbortController()
        const { signal } = abort
        setMaxListeners(0, signal)
        const calls = Array.from({ length: 50 }, () =>
          other.call('fetch', poll, { ...PATIENT, signal }),
        )
        await until(() => served.broker.fetcher.waiting === 50)
        abort.abort()
        for (const call of await Promise.allSettled(calls)) {
          expect(call).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } })
        }
        await until(() => served.broker.fetcher.waiting === 0)
      }
      other.close()
    })

    test('that a close cuts off may have had an effect; later calls have none', async () => {
      await serve()
      const other = served.connect()
      const answer = other.call('fetch', poll, PATIENT)
      answer.catch(() => undefined)
      await until(() => served.broker.fetcher.waiting === 1)
      other.close()
      await expect(answer).rejects.toMatchObject({ code: 'CANCELLED', effect: 'unknown' })
      const late = other.call('listTopics', {}, PATIENT)
      await expect(late).rejects.toMatchObject({ code: 'CLOSED', effect: 'none' })
      await expect(other.connected()).rejects.toMatchObject({ code: 'CLOSED' })
      await until(() => served.broker.fetcher.waiting === 0)
    })
  })

  test('a call whose signal has aborted is not begun', async () => {
    await serve()
    const options = { ...PATIENT, signal: AbortSignal.abort() }
    const refusal = { code: 'CANCELLED' }
    const { transport } = served
    await expect(transport.call('createTopic', { name: 'x' }, options)).rejects.toMatchObject(
      refusal,
    )
    await expect(openProducing(options)).rejects.toMatchObject(refusal)
    await expect(transport.connected(options.signal)).rejects.toMatchObject(refusal)
    const { topics } = await transport.call('listTopics', {}, PATIENT)
    expect(topics.map(({ name }) => name)).toEqual(['t'])
  })

  test('a message that breaks the rules is refused with the field that does', async () => {
    await serve()
    const { transport } = served
    const fetch = (partitions: object[]): Promise<unknown> =>
      transport.call('fetch', { partitions }, PATIENT)
    await expect(
      fetch(Array.from({ length: LIMITS.itemsPerRequestMax + 1 }, () => ({}))),
    ).rejects.toMatchObject({ code: 'TOO_MANY_ITEMS', details: { field: 'partitions' } })
    await expect(
      transport.call('produce', { entries: [{ topic: 't', records: {} }] }, PATIENT),
    ).rejects.toMatchObject({
      code: 'MISSING_FIELD',
      details: { field: 'entries.records.form' },
    })
    await expect(
      transport.call('listOffsets', { partitions: [{ topic: 't' }] }, PATIENT),
    ).rejects.toMatchObject({ code: 'MISSING_FIELD', details: { field: 'partitions.at' } })
  })

  describe('a producing stream', () => {
    test('is answered in order, and ends well after the last answer', async () => {
      await serve()
      const { stream, told } = await openProducing()
      for (let id = 0; id < 200; id++) stream.send(batch(id))
      stream.finish()
      expect(await told.end).toBeUndefined()
      expect(told.messages.map(({ results }) => results[0]?.baseOffset)).toEqual([
        ...Array(200).keys(),
      ])
    })

    test('answers what it accepted before a message that ends it', async () => {
      await serve()
      const { stream, told } = await openProducing()
      stream.send(batch(1))
      stream.send({ correlationId: 2, entries: [{ topic: 't', records: {} }] })
      stream.send(batch(3))
      expect(await told.end).toMatchObject({ code: 'MISSING_FIELD' })
      expect(told.messages.map(({ correlationId }) => correlationId)).toEqual([1])
    })

    test('ends with CANCELLED when it is cancelled or its transport closed', async () => {
      await serve()
      const { stream, told } = await openProducing()
      stream.cancel()
      expect(await told.end).toMatchObject({ code: 'CANCELLED' })
      stream.cancel()
      const other = await openProducing()
      served.transport.close()
      expect(await other.told.end).toMatchObject({ code: 'CANCELLED' })
    })

    test('ends with NOT_READY when the broker stops', async () => {
      await serve()
      const { stream, told } = await openProducing()
      stream.send(batch(1))
      await until(() => told.messages.length === 1)
      await served.stop()
      expect(await told.end).toMatchObject({ code: 'NOT_READY' })
    })
  })

  describe('a subscription', () => {
    test('brings what is there and what comes, in order', async () => {
      await serve()
      await produce(served.broker, 't', ['a', 'b'])
      const { stream, told } = await subscribe()
      expect(stream.ready.partitionsMax).toBe(LIMITS.subscriptionPartitionsMax)
      stream.send(adding())
      await until(() => valuesOf(told.messages).length === 2)
      await produce(served.broker, 't', ['c'])
      await until(() => valuesOf(told.messages).length === 3)
      expect(valuesOf(told.messages)).toEqual(['a', 'b', 'c'])
      stream.cancel()
      expect(await told.end).toMatchObject({ code: 'CANCELLED' })
      await until(() => served.broker.subscriptions.counts.open === 0)
    })

    test('brings no more than its credit', async () => {
      await serve()
      for (let index = 0; index < 20; index++) await produce(served.broker, 't', [`${index}`])
      const { stream, told } = await subscribe({ creditRecords: 5 })
      stream.send(adding())
      await until(() => valuesOf(told.messages).length >= 5)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(valuesOf(told.messages)).toHaveLength(5)
      stream.send({ credit: { bytes: 0, records: 3 } })
      await until(() => valuesOf(told.messages).length >= 8)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(valuesOf(told.messages)).toEqual(Array.from({ length: 8 }, (_, index) => `${index}`))
      stream.cancel()
    })

    test('ends in order when all that was asked for has come', async () => {
      await serve()
      await produce(served.broker, 't', ['a', 'b'])
      const { stream, told } = await subscribe()
      stream.send(adding({ offset: 0, stopAtEnd: true }))
      stream.finish()
      expect(await told.end).toBeUndefined()
      expect(valuesOf(told.messages)).toEqual(['a', 'b'])
      expect(told.messages.some(({ reachedEnd }) => reachedEnd)).toBe(true)
    })

    test('is refused, or ends, with the error of what was wrong', async () => {
      await serve()
      await expect(subscribe({ creditBytes: -1 })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
      })
      const { stream, told } = await subscribe()
      stream.send({ init: {} })
      expect(await told.end).toMatchObject({
        code: 'MALFORMED_REQUEST',
        details: { field: 'init' },
      })
    })

    test('ends with NOT_READY when the broker stops', async () => {
      await serve()
      const { stream, told } = await subscribe()
      stream.send(adding())
      await served.stop()
      expect(await told.end).toMatchObject({ code: 'NOT_READY' })
    })

    test('of one connection: as many as the limit, and those that are cancelled leave none', async () => {
      await serve()
      const max = LIMITS.subscriptionsPerConnectionMax
      for (let round = 0; round < 2; round++) {
        const open = await Promise.all(Array.from({ length: max }, () => subscribe()))
        for (const { stream } of open) stream.send(adding())
        await until(() => served.broker.subscriptions.waiting === max)
        await expect(subscribe()).rejects.toMatchObject({ code: 'TOO_MANY_SUBSCRIPTIONS' })
        for (const { stream } of open) stream.cancel()
        await Promise.all(open.map(({ told }) => told.end))
        await until(() => served.broker.subscriptions.counts.open === 0)
        expect(served.broker.subscriptions.waiting).toBe(0)
      }
    })
  })
})

describe.each(WAYS.filter(({ storage }) => storage === 'file'))('$name, a slow disk', (way) => {
  async function serveSlowly(): Promise<() => void> {
    served = await serveBroker(way)
    await createTopic(served.broker, 't')
    let letGo: () => void = () => undefined
    const waits = new Promise<void>((resolve) => {
      letGo = resolve
    })
    served.disk.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('.log') ? { kind: 'wait', until: waits } : undefined,
    )
    return letGo
  }

  test('lets a call run into its deadline, and nobody knows what became of it', async () => {
    const letGo = await serveSlowly()
    const entries = [{ topic: 't', records: { batches: batchOf() } }]
    await expect(
      served.transport.call('produce', { entries }, { timeoutMs: 150 }),
    ).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT', effect: 'unknown' })
    letGo()
  })

  test('lets no more batches of a stream into the broker than the bound, and then answers all', async () => {
    const letGo = await serveSlowly()
    const { stream, told } = await openProducing()
    const size = batchOf().length
    for (let id = 0; id < 300; id++) stream.send(batch(id))
    stream.finish()
    const { producer } = served.broker
    await until(() => producer.inFlightBytes >= LIMITS.produceStreamInFlightMax * size)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(producer.inFlightBytes).toBe(LIMITS.produceStreamInFlightMax * size)
    expect(told.messages).toHaveLength(0)
    letGo()
    expect(await told.end).toBeUndefined()
    expect(told.messages.map(({ correlationId }) => correlationId)).toEqual([...Array(300).keys()])
  })
})
