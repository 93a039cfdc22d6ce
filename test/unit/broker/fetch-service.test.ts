import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import type { FetchOutcome, FetchRequest } from '../../../src/broker/fetch-service.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { at, BATCH_TIME_MS, batchOf, batchOfSize } from '../../support/batches.ts'
import { createTopic, fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

function partitionsOf(topic: string, count: number): FetchRequest['partitions'] {
  return Array.from({ length: count }, (_, partition) => ({ topic, partition, offset: at(0) }))
}

const AT_ONCE = { maxWaitMs: 0, minBytes: 0, maxBytes: 0 }

/** A fetch under way: `outcomes` is undefined until it has ended. */
function started(
  broker: Broker,
  request: FetchRequest,
  signal?: AbortSignal,
): { outcomes: readonly FetchOutcome[] | undefined; ended: Promise<unknown> } {
  const state: { outcomes: readonly FetchOutcome[] | undefined; ended: Promise<unknown> } = {
    outcomes: undefined,
    ended: Promise.resolve(),
  }
  state.ended = broker.fetcher.fetch(request, signal).then((outcomes) => {
    state.outcomes = outcomes
  })
  return state
}

describe('the limits of a fetch', () => {
  it.each([
    ['a negative budget', 'INVALID_FETCH_SIZE', { maxBytes: -1 }],
    ['a negative minimum', 'INVALID_FETCH_SIZE', { minBytes: -1 }],
    ['a minimum above the budget', 'INVALID_FETCH_SIZE', { minBytes: 11, maxBytes: 10 }],
    [
      'a minimum above the default budget',
      'INVALID_FETCH_SIZE',
      { minBytes: LIMITS.fetchBytesDefault + 1 },
    ],
    [
      'a negative budget of a partition',
      'INVALID_FETCH_SIZE',
      { partitions: [{ topic: 'a', partition: 0, offset: at(0), maxBytes: -1 }] },
    ],
    ['a negative wait', 'INVALID_ARGUMENT', { maxWaitMs: -1 }],
    [
      'too many partitions',
      'TOO_MANY_ITEMS',
      { partitions: partitionsOf('a', LIMITS.itemsPerRequestMax + 1) },
    ],
  ])('refuse %s', async (_what, code, change) => {
    const { broker } = await openBroker()
    const request = { partitions: [], ...AT_ONCE, ...change }
    expect((await refusalOf(broker.fetcher.fetch(request))).code).toBe(code)
  })

  it('bring a budget that is too large down', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'big', 1, { 'max.message.bytes': String(LIMITS.batchBytesMax) })
    for (let index = 0; index < 6; index++) {
      const batch = batchOfSize(1_000_000)
      await broker.producer.append({ topic: 'big', partition: 0, batch })
    }
    const request = { ...AT_ONCE, minBytes: 2 ** 31 - 1, maxBytes: 2 ** 31 - 1 }
    const [outcome] = await broker.fetcher.fetch({ ...request, partitions: partitionsOf('big', 1) })
    expect(outcome?.bytes).toBeGreaterThan(3_000_000)
    expect(outcome?.bytes).toBeLessThanOrEqual(LIMITS.fetchBytesMax)
  })

  it('answer nothing to nothing, at once', async () => {
    const { broker } = await openBroker()
    const request = { partitions: [], maxWaitMs: 60_000, minBytes: 1, maxBytes: 0 }
    expect(await broker.fetcher.fetch(request)).toEqual([])
  })
})

describe('what a fetch answers for a partition', () => {
  it('is an error of its own where there is nothing to read, beside the others', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 1)
    await produce(broker, 'orders', ['a'])
    const outcomes = await broker.fetcher.fetch({
      ...AT_ONCE,
      maxWaitMs: 60_000,
      minBytes: 100_000,
      partitions: [
        { topic: 'nope', partition: 0, offset: at(0) },
        { topic: 'orders', partition: 1, offset: at(0) },
        { topic: 'orders', partition: 0, offset: at(0) },
        { topic: 'orders', partition: 0, offset: at(2) },
      ],
    })
    expect(outcomes.map(({ error }) => error?.code)).toEqual([
      'UNKNOWN_TOPIC',
      'UNKNOWN_PARTITION',
      undefined,
      'OFFSET_OUT_OF_RANGE',
    ])
    expect(outcomes[3]?.error?.details).toEqual({ startOffset: 0, endOffset: 1 })
    expect(outcomes[0]).toMatchObject({ startOffset: -1, readableEndOffset: -1, nextOffset: 0 })
    expect(outcomes[3]).toMatchObject({ startOffset: 0, readableEndOffset: 1, nextOffset: 2 })
    expect(outcomes.map(valuesIn)).toEqual([[], [], ['a'], []])
  })

  it('begins with the batch that holds the offset and says where to read on', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    await produce(broker, 'orders', ['a', 'b', 'c'])
    await produce(broker, 'orders', ['d'])
    const outcome = await fetchOne(broker, 'orders', 0, 2)
    expect(valuesIn(outcome)).toEqual(['a', 'b', 'c', 'd'])
    expect(outcome.nextOffset).toBe(4)
    const atEnd = await fetchOne(broker, 'orders', 0, 4)
    expect(atEnd).toMatchObject({ bytes: 0, nextOffset: 4, readableEndOffset: 4 })
  })

  it('says that the log was cut when the epoch of the reader is not of this log', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    await produce(broker, 'orders', ['a'])
    const { chunks } = await fetchOne(broker, 'orders')
    const epoch = chunks[0]?.readInt32BE(12) ?? -1
    const ask = async (leaderEpoch: number): Promise<FetchOutcome | undefined> => {
      const partitions = [{ topic: 'orders', partition: 0, offset: at(1), leaderEpoch }]
      return (await broker.fetcher.fetch({ ...AT_ONCE, partitions }))[0]
    }
    expect((await ask(epoch))?.error).toBeUndefined()
    expect((await ask(-1))?.error).toBeUndefined()
    const diverged = (await ask(epoch + 1))?.error
    expect(diverged?.code).toBe('DIVERGED_EPOCH')
    expect(diverged?.details).toEqual({ epoch, endOffset: 1 })
  })
})

describe('sharing a budget between partitions', () => {
  it('goes beyond it by one batch at most, and only for the first', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 1_000)
    for (let partition = 0; partition < 1_000; partition++) {
      await produce(broker, 'orders', ['x'], partition)
    }
    const partitions = partitionsOf('orders', 1_000).map((one) => ({ ...one, maxBytes: 1 }))
    const outcomes = await broker.fetcher.fetch({ ...AT_ONCE, maxBytes: 1, partitions })
    expect(outcomes.filter(({ bytes }) => bytes > 0)).toHaveLength(1)
    expect(outcomes).toHaveLength(1_000)
    const wide = await broker.fetcher.fetch({ ...AT_ONCE, maxBytes: 10_000, partitions })
    expect(wide.filter(({ bytes }) => bytes > 0)).toHaveLength(1)
  })

  it('starves no partition, whoever else fetches', async () => {
    const { broker } = await openBroker()
    const count = 10
    await createTopic(broker, 'orders', count)
    for (let partition = 0; partition < count; partition += 3) {
      for (let index = 0; index < 5; index++) await produce(broker, 'orders', ['x'], partition)
    }
    const served = new Map<number, number>()
    const runs = 800
    for (let run = 0; run < runs; run++) {
      // Another reader in between, so that a common turn would always skip the same ones.
      await broker.fetcher.fetch({ ...AT_ONCE, maxBytes: 1, partitions: partitionsOf('orders', 4) })
      const outcomes = await broker.fetcher.fetch({
        ...AT_ONCE,
        maxBytes: 1,
        partitions: partitionsOf('orders', count),
      })
      for (const { partition, bytes } of outcomes) {
        if (bytes > 0) served.set(partition, (served.get(partition) ?? 0) + 1)
      }
    }
    expect([...served.keys()].sort()).toEqual([0, 3, 6, 9])
    for (const times of served.values()) expect(times).toBeGreaterThan(runs / 8)
    console.log(
      `fairness: ${runs} fetches, seed 1, first of four: ${[...served.values()].join(' ')}`,
    )
  })
})

describe('a long poll', () => {
  it('ends empty after its wait', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const request = { ...AT_ONCE, maxWaitMs: 500, partitions: partitionsOf('orders', 3) }
    const fetch = started(broker, request)
    await clock.advance(499)
    expect(fetch.outcomes).toBeUndefined()
    expect(broker.fetcher.waiting).toBe(1)
    expect(broker.fetcher.watchedPartitions).toBe(3)
    await clock.advance(1)
    expect(fetch.outcomes?.map(({ bytes, error }) => [bytes, error])).toEqual([
      [0, undefined],
      [0, undefined],
      [0, undefined],
    ])
    expect(broker.fetcher.waiting).toBe(0)
    expect(broker.fetcher.watchedPartitions).toBe(0)
  })

  it('waits a minute at most', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    const partitions = partitionsOf('orders', 1)
    const fetch = started(broker, { ...AT_ONCE, maxWaitMs: 2 ** 31 - 1, partitions })
    await clock.advance(LIMITS.fetchWaitMsMax - 1)
    expect(fetch.outcomes).toBeUndefined()
    await clock.advance(1)
    expect(fetch.outcomes).toHaveLength(1)
  })

  it('ends with the first record when no size is asked for', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const request = { ...AT_ONCE, maxWaitMs: 60_000, partitions: partitionsOf('orders', 3) }
    const fetch = started(broker, request)
    await clock.advance(10)
    const openTimers = clock.openTimers
    await produce(broker, 'orders', ['here'], 2)
    await clock.advance(0)
    expect(fetch.outcomes?.map(valuesIn)).toEqual([[], [], ['here']])
    expect(clock.openTimers).toBe(openTimers - 1)
  })

  it('ends when all its partitions together have enough', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 4)
    const bytes = batchOf({ values: ['value'] }).length
    const fetch = started(broker, {
      ...AT_ONCE,
      maxWaitMs: 60_000,
      minBytes: bytes * 6 - 3,
      partitions: partitionsOf('orders', 4),
    })
    for (const partition of [0, 1, 1, 3, 1]) {
      await produce(broker, 'orders', ['value'], partition)
      await clock.advance(1)
      expect(fetch.outcomes).toBeUndefined()
    }
    await produce(broker, 'orders', ['value'], 0)
    await clock.advance(0)
    expect(fetch.outcomes?.map((outcome) => valuesIn(outcome).length)).toEqual([2, 3, 0, 1])
  })

  it('gives what is there when its wait ends before there is enough', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    const partitions = partitionsOf('orders', 1)
    const fetch = started(broker, { partitions, maxWaitMs: 100, minBytes: 10_000, maxBytes: 0 })
    await produce(broker, 'orders', ['little'])
    await clock.advance(99)
    expect(fetch.outcomes).toBeUndefined()
    await clock.advance(1)
    expect(fetch.outcomes?.map(valuesIn)).toEqual([['little']])
  })

  it('counts no more of a partition than that may give', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 2)
    const [one, other] = partitionsOf('orders', 2)
    if (one === undefined || other === undefined) throw new Error('two partitions')
    const fetch = started(broker, {
      partitions: [{ ...one, maxBytes: 300 }, other],
      maxWaitMs: 1_000,
      minBytes: 1_000,
      maxBytes: 0,
    })
    for (let index = 0; index < 20; index++) await produce(broker, 'orders', ['x'.repeat(200)])
    await clock.advance(500)
    expect(fetch.outcomes).toBeUndefined()
    await produce(broker, 'orders', ['x'.repeat(800)], 1)
    await clock.advance(0)
    expect(fetch.outcomes?.map((outcome) => valuesIn(outcome).length)).toEqual([1, 1])
  })

  it('ends at once when its offset goes away or its topic is deleted', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    await createTopic(broker, 'other')
    await produce(broker, 'orders', ['x'])
    await produce(broker, 'orders', ['x'])
    const wait = { ...AT_ONCE, maxWaitMs: 60_000, minBytes: 1_000 }
    const first = started(broker, { ...wait, partitions: partitionsOf('orders', 1) })
    await clock.advance(1)
    await broker.topics.deleteRecords({
      topic: 'orders',
      partition: 0,
      beforeOffset: 'readable-end',
    })
    await produce(broker, 'orders', ['y'])
    await clock.advance(0)
    expect(first.outcomes?.[0]?.error?.code).toBe('OFFSET_OUT_OF_RANGE')
    const second = started(broker, {
      ...wait,
      partitions: [
        { topic: 'orders', partition: 0, offset: at(3) },
        { topic: 'other', partition: 0, offset: at(0) },
      ],
    })
    await clock.advance(1)
    await broker.topics.deleteTopic('orders')
    await createTopic(broker, 'orders')
    await clock.advance(0)
    expect(second.outcomes?.map(({ error }) => error?.code)).toEqual(['UNKNOWN_TOPIC', undefined])
    expect(broker.fetcher.waiting).toBe(0)
  })

  it('leaves nothing behind when ten thousand of them are cancelled', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const timersBefore = clock.openTimers
    const callers = Array.from({ length: LIMITS.waitingFetchesMax }, () => new AbortController())
    const request = { ...AT_ONCE, maxWaitMs: 60_000, partitions: partitionsOf('orders', 3) }
    const fetches = callers.map(({ signal }) => refusalOf(broker.fetcher.fetch(request, signal)))
    await clock.advance(0)
    expect(broker.fetcher.waiting).toBe(LIMITS.waitingFetchesMax)
    const oneMore = await refusalOf(broker.fetcher.fetch(request))
    expect(oneMore.code).toBe('QUEUE_FULL')
    for (const caller of callers) caller.abort()
    const codes = new Set((await Promise.all(fetches)).map(({ code }) => code))
    expect([...codes]).toEqual(['CANCELLED'])
    expect(broker.fetcher.waiting).toBe(0)
    expect(broker.fetcher.watchedPartitions).toBe(0)
    expect(clock.openTimers).toBe(timersBefore)
  })

  it('is refused when too many partitions are waited for, but served when it need not wait', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 1_000)
    const request = { ...AT_ONCE, maxWaitMs: 60_000, partitions: partitionsOf('orders', 1_000) }
    const room = LIMITS.waitingFetchPartitionsMax / 1_000
    const callers = Array.from({ length: room }, () => new AbortController())
    const fetches = callers.map(({ signal }) => refusalOf(broker.fetcher.fetch(request, signal)))
    await clock.advance(0)
    expect((await refusalOf(broker.fetcher.fetch(request))).code).toBe('QUEUE_FULL')
    expect(await broker.fetcher.fetch({ ...request, maxWaitMs: 0 })).toHaveLength(1_000)
    for (const caller of callers) caller.abort()
    await Promise.all(fetches)
    expect(broker.fetcher.watchedPartitions).toBe(0)
  })
})

describe('asking for offsets', () => {
  it('answers ends, moments and the largest timestamp', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const times = [10, 30, 20].map((after) => BATCH_TIME_MS + after)
    for (const timestampMs of times) {
      await broker.producer.append({
        topic: 'orders',
        partition: 0,
        batch: batchOf({ timestampMs }),
      })
    }
    const ask = async (at: 'earliest' | 'latest' | 'max-timestamp' | { timestampMs: number }) => {
      const [answer] = await broker.fetcher.listOffsets([{ topic: 'orders', partition: 0, at }])
      return [answer?.offset, answer?.timestampMs, answer?.error?.code]
    }
    expect(await ask('earliest')).toEqual([0, undefined, undefined])
    expect(await ask('latest')).toEqual([3, undefined, undefined])
    expect(await ask('max-timestamp')).toEqual([1, times[1], undefined])
    expect(await ask({ timestampMs: 0 })).toEqual([0, times[0], undefined])
    expect(await ask({ timestampMs: BATCH_TIME_MS + 11 })).toEqual([1, times[1], undefined])
    expect(await ask({ timestampMs: BATCH_TIME_MS + 31 })).toEqual([3, undefined, undefined])
    expect(await ask({ timestampMs: 2 ** 63 })).toEqual([3, undefined, undefined])
    expect(await ask({ timestampMs: -3 })).toEqual([undefined, undefined, 'INVALID_TIMESTAMP'])
  })

  it('answers each question on its own, in order', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const answers = await broker.fetcher.listOffsets([
      { topic: 'nope', partition: 0, at: 'latest' },
      { topic: 'orders', partition: 0, at: 'max-timestamp' },
      { topic: 'orders', partition: 7, at: 'latest' },
    ])
    expect(answers.map(({ offset, error }) => error?.code ?? offset)).toEqual([
      'UNKNOWN_TOPIC',
      0,
      'UNKNOWN_PARTITION',
    ])
    expect(answers[1]?.bounds).toMatchObject({ start: 0, readableEnd: 0, end: 0 })
  })

  it('refuses too many questions', async () => {
    const { broker } = await openBroker()
    const questions = Array.from({ length: LIMITS.itemsPerRequestMax + 1 }, () => ({
      topic: 'a',
      partition: 0,
      at: 'latest' as const,
    }))
    expect((await refusalOf(broker.fetcher.listOffsets(questions))).code).toBe('TOO_MANY_ITEMS')
  })
})
