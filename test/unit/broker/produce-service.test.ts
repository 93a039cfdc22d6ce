import { describe, expect, it } from 'vitest'
import type { ProduceOutcome } from '../../../src/broker/produce-service.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { partitionForKey } from '../../../src/domain/murmur2.ts'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { at, BATCH_TIME_MS, batchOf, batchOfSize } from '../../support/batches.ts'
import { createTopic, fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { rawBatch } from '../../support/raw-batch.ts'
import { refusalOf } from '../../support/refusal.ts'

describe('appending a batch', () => {
  it('answers where it went and what was reached', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    await produce(broker, 'orders', ['a', 'b'], 1)
    expect(await produce(broker, 'orders', ['c', 'd', 'e'], 1)).toEqual({
      partition: 1,
      baseOffset: 2,
      recordCount: 3,
      durability: 'written',
      duplicate: false,
      startOffset: 0,
    })
    expect(valuesIn(await fetchOne(broker, 'orders', 1))).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it.each([
    ['orders', -1, 'UNKNOWN_PARTITION'],
    ['orders', 2, 'UNKNOWN_PARTITION'],
    ['orders', 0.5, 'UNKNOWN_PARTITION'],
    ['nope', 0, 'UNKNOWN_TOPIC'],
    ['', 0, 'INVALID_TOPIC_NAME'],
    ['a/b', 0, 'INVALID_TOPIC_NAME'],
    ['constructor', 0, 'UNKNOWN_TOPIC'],
    ['__proto__', 0, 'INTERNAL_TOPIC'],
  ])('refuses partition %j %s with %s', async (topic, partition, code) => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    expect((await refusalOf(produce(broker, topic, ['x'], partition))).code).toBe(code)
  })

  it('refuses what the door refuses, and stores nothing of it', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 1, { 'max.message.bytes': '1000' })
    const good = batchOf()
    const flipped = Buffer.from(good)
    flipped[good.length - 1] = (flipped[good.length - 1] ?? 0) ^ 1
    const now = BigInt(clock.wallMs())
    const cases: [string, Buffer][] = [
      ['EMPTY_BATCH', Buffer.alloc(0)],
      ['BATCH_TOO_LARGE', batchOfSize(1200)],
      ['CRC_MISMATCH', flipped],
      ['MULTIPLE_BATCHES', Buffer.concat([good, good])],
      ['UNSUPPORTED_MAGIC', rawBatch({ magic: 1 })],
      ['CONTROL_BATCH', rawBatch({ attributes: 0x20, baseTimestamp: now })],
      ['INVALID_TIMESTAMP', batchOf({ timestampMs: clock.wallMs() + 2 * 3_600_000 })],
    ]
    for (const [code, batch] of cases) {
      const refusal = await refusalOf(
        broker.producer.append({ topic: 'orders', partition: 0, batch }),
      )
      expect(refusal.code).toBe(code)
      expect(refusal.effect).toBe('none')
    }
    expect((await fetchOne(broker, 'orders')).readableEndOffset).toBe(0)
    expect(broker.producer.inFlightBytes).toBe(0)
  })

  it('compares the end of the partition with the expected offset', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const request = { topic: 'orders', partition: 0 }
    await broker.producer.append({ ...request, batch: batchOf(), expectedOffset: at(0) })
    const refusal = await refusalOf(
      broker.producer.append({ ...request, batch: batchOf(), expectedOffset: at(0) }),
    )
    expect(refusal.code).toBe('UNEXPECTED_OFFSET')
    expect(refusal.details['endOffset']).toBe(1)
  })

  it('gives records the time of the append where the topic asks for it', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders', 1, { 'message.timestamp.type': 'LogAppendTime' })
    await clock.advance('3h')
    const batch = batchOf({ values: ['a', 'b'], timestampMs: [5, 7] })
    const outcome = await broker.producer.append({ topic: 'orders', partition: 0, batch })
    expect(outcome.logAppendTimeMs).toBe(clock.wallMs())
    const { chunks } = await fetchOne(broker, 'orders')
    const times = Array.from(decodeBatch(chunks[0] ?? batch), ({ timestampMs }) => timestampMs)
    expect(times).toEqual([clock.wallMs(), clock.wallMs()])
  })

  it('keeps the order of calls that were not awaited', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const values = Array.from({ length: 200 }, (_, index) => String(index))
    const outcomes = await Promise.all(values.map((value) => produce(broker, 'orders', [value])))
    expect(outcomes.map(({ baseOffset }) => baseOffset)).toEqual([...values.keys()])
    expect(valuesIn(await fetchOne(broker, 'orders'))).toEqual(values)
  })
})

describe('durability', () => {
  it('is what the storage reaches when nothing is asked for', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'strong', 1, { durability: 'synced' })
    expect((await produce(broker, 'strong')).durability).toBe('written')
  })

  it('is refused by name where the storage cannot reach it', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const request = { topic: 'orders', partition: 0, batch: batchOf() }
    const refusal = await refusalOf(broker.producer.append({ ...request, durability: 'synced' }))
    expect(refusal.code).toBe('UNSUPPORTED')
  })

  it('is never below what the topic demands', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 1, { 'min.durability': 'written' })
    const request = { topic: 'orders', partition: 0, batch: batchOf() }
    const refusal = await refusalOf(broker.producer.append({ ...request, durability: 'none' }))
    expect(refusal.code).toBe('DURABILITY_NOT_ALLOWED')
    const spread = { topic: 'orders', partition: -1, records: [{ timestampMs: BATCH_TIME_MS }] }
    const other = await refusalOf(broker.producer.appendRecords({ ...spread, durability: 'none' }))
    expect(other.code).toBe('DURABILITY_NOT_ALLOWED')
  })

  it('none is answered without an offset, from bytes that the caller may reuse at once', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    const batch = batchOf({ values: ['kept'] })
    const answer = broker.producer.append({
      topic: 'orders',
      partition: 0,
      batch,
      durability: 'none',
    })
    const outcome = await answer
    batch.fill(0)
    expect(outcome).toMatchObject({ baseOffset: undefined, durability: 'none', recordCount: 1 })
    await clock.advance(1)
    expect(valuesIn(await fetchOne(broker, 'orders'))).toEqual(['kept'])
  })

  it('none counts what failed after it was answered', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    const request = { topic: 'orders', partition: 0, batch: batchOf() }
    await broker.producer.append({ ...request, durability: 'none', expectedOffset: at(9) })
    await clock.advance(1)
    expect(broker.producer.unansweredFailures).toBe(1)
    expect((await fetchOne(broker, 'orders')).readableEndOffset).toBe(0)
  })
})

describe('appending records', () => {
  const record = (
    value: string,
    key?: string,
  ): { value: Buffer; key?: Buffer; timestampMs: number } => ({
    value: Buffer.from(value),
    timestampMs: BATCH_TIME_MS,
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
  })

  it('encodes them as one batch for the given partition', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    const { parts } = await broker.producer.appendRecords({
      topic: 'orders',
      partition: 1,
      records: [record('a', 'k'), record('b')],
      expectedOffset: at(0),
    })
    expect(parts).toHaveLength(1)
    expect(parts[0]).toMatchObject({ partition: 1, records: [0, 1], outcome: { baseOffset: 0 } })
    expect(valuesIn(await fetchOne(broker, 'orders', 1))).toEqual(['a', 'b'])
  })

  it('spreads keys as Kafka does and keeps keyless records of a request together', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 7)
    const keys = ['a', undefined, 'b', 'c', undefined, '', 'a', undefined]
    const records = keys.map((key, index) => record(String(index), key))
    const { parts } = await broker.producer.appendRecords({
      topic: 'orders',
      partition: -1,
      records,
    })
    const partitionOf = new Map<number, number>()
    for (const part of parts) {
      expect(part.error).toBeUndefined()
      expect([...part.records]).toEqual([...part.records].sort((a, b) => a - b))
      for (const index of part.records) partitionOf.set(index, part.partition)
      const fetched = valuesIn(await fetchOne(broker, 'orders', part.partition))
      expect(fetched).toEqual(part.records.map(String))
    }
    expect(partitionOf.size).toBe(keys.length)
    for (const [index, key] of keys.entries()) {
      const expected = key === undefined ? partitionOf.get(1) : partitionForKey(Buffer.from(key), 7)
      expect(partitionOf.get(index)).toBe(expected)
    }
  })

  it('takes the partitions in turn for requests without keys', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const chosen: (number | undefined)[] = []
    for (let index = 0; index < 6; index++) {
      const { parts } = await broker.producer.appendRecords({
        topic: 'orders',
        partition: -1,
        records: [record('x'), record('y')],
      })
      expect(parts).toHaveLength(1)
      chosen.push(parts[0]?.partition)
    }
    expect(chosen).toEqual([0, 1, 2, 0, 1, 2])
  })

  it('lets one part fail alone', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2, { 'max.message.bytes': '1000' })
    const keyFor = (partition: number): string => {
      for (let key = 0; ; key++) {
        if (partitionForKey(Buffer.from(String(key)), 2) === partition) return String(key)
      }
    }
    const records = [record('small', keyFor(0)), record('x'.repeat(2000), keyFor(1))]
    const { parts } = await broker.producer.appendRecords({
      topic: 'orders',
      partition: -1,
      records,
    })
    expect(parts.map(({ outcome, error }) => error?.code ?? outcome?.baseOffset)).toEqual([
      0,
      'BATCH_TOO_LARGE',
    ])
  })

  it.each([
    ['EMPTY_BATCH', { records: [], partition: 0 }],
    [
      'TOO_MANY_ITEMS',
      {
        records: Array<{ timestampMs: number }>(LIMITS.recordsPerEntryMax + 1).fill({
          timestampMs: 1,
        }),
        partition: 0,
      },
    ],
    ['INVALID_ARGUMENT', { records: [{ timestampMs: 1 }], partition: -1, expectedOffset: at(0) }],
    ['INVALID_TIMESTAMP', { records: [{ timestampMs: -5 }], partition: 0 }],
    ['INVALID_TIMESTAMP', { records: [{ timestampMs: BATCH_TIME_MS * 2 }], partition: 0 }],
    ['UNKNOWN_PARTITION', { records: [{ timestampMs: 1 }], partition: -2 }],
  ])('is refused with %s', async (code, request) => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    const refusal = await refusalOf(broker.producer.appendRecords({ topic: 'orders', ...request }))
    expect(refusal.code).toBe(code)
  })
})

describe('bytes that wait for a log', () => {
  it('are bounded over all partitions, and counted back when they leave', async () => {
    const { broker } = await openBroker()
    const settings = {
      'max.message.bytes': String(LIMITS.batchBytesMax),
      'record.validation': 'header',
    }
    await createTopic(broker, 'orders', 2, settings)
    const batch = batchOfSize(LIMITS.batchBytesMax - 100)
    const fitting = Math.floor(LIMITS.appendQueueBytesMax / batch.length)
    // Refused by the log only after they waited for it: nothing has to be stored here.
    const answers = Array.from({ length: fitting + 1 }, (_, index) =>
      refusalOf(
        broker.producer.append({
          topic: 'orders',
          partition: index % 2,
          batch,
          expectedOffset: at(999),
        }),
      ),
    )
    expect(broker.producer.inFlightBytes).toBe(fitting * batch.length)
    const refusals = await Promise.all(answers)
    expect(refusals.map(({ code }) => code)).toEqual([
      ...new Array<string>(fitting).fill('UNEXPECTED_OFFSET'),
      'QUEUE_FULL',
    ])
    expect(refusals.at(-1)?.effect).toBe('none')
    expect(broker.producer.inFlightBytes).toBe(0)
  })
})

describe('cancelling an append', () => {
  it('before it is accepted appends nothing', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const request = { topic: 'orders', partition: 0, batch: batchOf() }
    const refusal = await refusalOf(broker.producer.append(request, AbortSignal.abort()))
    expect(refusal.code).toBe('CANCELLED')
    expect((await fetchOne(broker, 'orders')).readableEndOffset).toBe(0)
  })

  it('after that ends only the waiting', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const leaving = new AbortController()
    const request = { topic: 'orders', partition: 0, batch: batchOf() }
    const answer = refusalOf(broker.producer.append(request, leaving.signal))
    leaving.abort()
    expect((await answer).code).toBe('CANCELLED')
    expect((await fetchOne(broker, 'orders')).readableEndOffset).toBe(1)
    expect(broker.producer.inFlightBytes).toBe(0)
  })
})

describe('the metrics of appends', () => {
  it('count a repeated batch as a duplicate, and its records once', async () => {
    const metrics = new MetricRegistry()
    const { broker } = await openBroker({ metrics })
    await createTopic(broker, 'orders')
    const producer = { id: 7, epoch: 0, sequence: 0 }
    const repeated = (): Promise<ProduceOutcome> =>
      broker.producer.append({
        topic: 'orders',
        partition: 0,
        batch: batchOf({ values: ['a', 'b'], producer }),
      })
    expect((await repeated()).duplicate).toBe(false)
    expect((await repeated()).duplicate).toBe(true)
    const lines = metrics.render().split('\n')
    expect(lines).toContain('varve_duplicate_batches_total 1')
    expect(lines).toContain('varve_records_in_total{topic="orders"} 2')
    await broker.close()
  })
})
