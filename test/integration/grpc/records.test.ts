// Both forms of records both ways, over the wire.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partitionForKey } from '../../../src/domain/murmur2.ts'
import type {
  FetchResultOutput,
  ProduceResultOutput,
  Record as RecordMessage,
  RecordOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { CODEC_NAMES, loadCodec } from '../../../src/record/codec.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, reasonOf, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic, produce } from '../../support/open-broker.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
  await Promise.all(CODEC_NAMES.map(loadCodec))
})

afterAll(async () => {
  await served.close()
})

async function produceRecords(
  topic: string,
  partition: number,
  records: RecordMessage[],
): Promise<ProduceResultOutput> {
  const entries = [{ topic, partition, records: { records: { records } } }]
  const { results } = await call(served.client, logService.Produce, { entries })
  const [result] = results
  if (result === undefined) throw new Error('no result')
  return result
}

async function fetchRecords(topic: string, offset: number, partition = 0): Promise<RecordOutput[]> {
  const { results } = await call(served.client, logService.Fetch, {
    partitions: [{ topic, partition, offset }],
    form: 'RECORD_FORM_RECORDS',
  })
  expect(results[0]?.error).toBeNull()
  return results[0]?.records?.records?.records ?? []
}

async function fetchBatches(topic: string, offset: number): Promise<FetchResultOutput> {
  const { results } = await call(served.client, logService.Fetch, {
    partitions: [{ topic, partition: 0, offset }],
  })
  const [result] = results
  if (result === undefined) throw new Error('no result')
  return result
}

const text = (value: string): Buffer => Buffer.from(value)

describe('records one by one', () => {
  it('come back with everything they had: absent and empty are not the same', async () => {
    await createTopic(served.broker, 'all')
    const sent: RecordMessage[] = [
      { key: text('k'), value: text('v'), timestampMs: 1_700_000_000_001 },
      { value: Buffer.alloc(0), timestampMs: 1 },
      { key: Buffer.alloc(0), timestampMs: 2 },
      {
        value: Buffer.from([0, 255, 10]),
        headers: [
          { key: 'a', value: text('1') },
          { key: 'a' },
          { key: '', value: Buffer.alloc(0) },
        ],
        timestampMs: 3,
      },
    ]
    const result = await produceRecords('all', 0, sent)
    expect(result).toMatchObject({
      baseOffset: 0,
      recordCount: 4,
      durability: 'DURABILITY_WRITTEN',
      error: null,
      parts: [],
      logAppendTimeMs: -1,
      startOffset: 0,
    })
    const back = await fetchRecords('all', 0)
    expect(back.map(({ offset }) => offset)).toEqual([0, 1, 2, 3])
    expect(back.map(({ timestampMs }) => timestampMs)).toEqual([1_700_000_000_001, 1, 2, 3])
    expect(back.map(({ key }) => key)).toEqual([text('k'), undefined, Buffer.alloc(0), undefined])
    expect(back.map(({ value }) => value)).toEqual([
      text('v'),
      Buffer.alloc(0),
      undefined,
      Buffer.from([0, 255, 10]),
    ])
    expect(back[3]?.headers.map(({ key, value }) => [key, value])).toEqual([
      ['a', text('1')],
      ['a', undefined],
      ['', Buffer.alloc(0)],
    ])
  })

  it('get the time of the broker when they have none', async () => {
    await createTopic(served.broker, 'now')
    const before = Date.now()
    await produceRecords('now', 0, [{ value: text('x') }])
    const [record] = await fetchRecords('now', 0)
    expect(record?.timestampMs).toBeGreaterThanOrEqual(before)
    expect(record?.timestampMs).toBeLessThanOrEqual(Date.now())
  })

  it('begin exactly at the offset, in the middle of a batch too, whatever its codec', async () => {
    for (const codec of CODEC_NAMES) {
      const topic = `middle-${codec}`
      await createTopic(served.broker, topic)
      const values = Array.from({ length: 100 }, (_, index) => `${index}`)
      const batch = batchOf({ values, codec })
      await served.broker.producer.append({ topic, partition: 0, batch })
      const records = await fetchRecords(topic, 42)
      expect(records.map(({ value }) => value?.toString())).toEqual(values.slice(42))
    }
  })

  it('are batches for who asks for batches, and the other way round', async () => {
    await createTopic(served.broker, 'forms')
    await produceRecords('forms', 0, [{ key: text('k'), value: text('from records') }])
    await call(served.client, logService.Produce, {
      entries: [
        { topic: 'forms', records: { batches: batchOf({ values: ['from a batch', 'x'] }) } },
      ],
    })
    const { records, nextOffset } = await fetchBatches('forms', 0)
    const decoded = [...eachBatch(records?.batches ?? Buffer.alloc(0))].flatMap((batch) => [
      ...decodeBatch(batch),
    ])
    expect(decoded.map(({ value }) => value?.toString())).toEqual([
      'from records',
      'from a batch',
      'x',
    ])
    expect(nextOffset).toBe(3)
    const back = await fetchRecords('forms', 1)
    expect(back.map(({ value }) => value?.toString())).toEqual(['from a batch', 'x'])
  })

  it('are stored byte for byte as the batch that was sent, but for base offset and epoch', async () => {
    await createTopic(served.broker, 'bytes')
    const batch = batchOf({ values: ['a', 'b'], codec: 'lz4' })
    const copy = Buffer.from(batch)
    await produce(served.broker, 'bytes', ['first'])
    await call(served.client, logService.Produce, {
      entries: [{ topic: 'bytes', records: { batches: batch } }],
    })
    const { records } = await fetchBatches('bytes', 1)
    expect(records?.batches?.subarray(16)).toEqual(copy.subarray(16))
  })

  it('go where Kafka would put their keys when the broker chooses the partition', async () => {
    await createTopic(served.broker, 'spread', 5)
    const keys = Array.from({ length: 50 }, (_, index) => text(`key-${index}`))
    const result = await produceRecords(
      'spread',
      -1,
      keys.map((key) => ({ key })),
    )
    expect(result).toMatchObject({ error: null, recordCount: 50, partition: -1, baseOffset: -1 })
    const placed = new Map<number, number>()
    for (const { partition, records } of result.parts) {
      for (const index of records) placed.set(index, partition)
    }
    keys.forEach((key, index) => {
      expect(placed.get(index)).toBe(partitionForKey(key, 5))
    })
    for (const { partition, records, baseOffset } of result.parts) {
      const stored = await fetchRecords('spread', baseOffset, partition)
      expect(stored.map(({ key }) => key)).toEqual(records.map((index) => keys[index]))
    }
  })

  it('without keys go to one partition, in turn, and the result says where', async () => {
    await createTopic(served.broker, 'turns', 3)
    const partitions = new Set<number>()
    for (let round = 0; round < 3; round++) {
      const result = await produceRecords('turns', -1, [{ value: text('a') }, { value: text('b') }])
      expect(result).toMatchObject({ error: null, recordCount: 2, baseOffset: 0 })
      expect(result.parts).toHaveLength(1)
      partitions.add(result.partition)
    }
    expect(partitions).toEqual(new Set([0, 1, 2]))
  })
})

describe('records of batches that unpack to much', () => {
  const putZipped = async (topic: string, partition: number, bytes: number): Promise<void> => {
    const values = ['some text that compresses '.repeat(Math.ceil(bytes / 26)).slice(0, bytes)]
    const batch = batchOf({ values, codec: 'gzip' })
    await served.broker.producer.append({ topic, partition, batch })
  }
  const fetchAll = async (
    topic: string,
    offsets: readonly number[],
    maxBytes = 0,
  ): Promise<FetchResultOutput[]> => {
    const { results } = await call(served.client, logService.Fetch, {
      partitions: offsets.map((offset, partition) => ({ topic, partition, offset })),
      maxBytes,
      form: 'RECORD_FORM_RECORDS',
    })
    return results
  }
  const countOf = (result: FetchResultOutput | undefined): number =>
    result?.records?.records?.records.length ?? 0

  it('come within the default answer, whoever is first', async () => {
    await createTopic(served.broker, 'two-large', 2)
    await putZipped('two-large', 0, 900_000)
    await putZipped('two-large', 1, 3_600_000)
    const seen = new Set<string>()
    for (let round = 0; round < 20; round++) {
      const results = await fetchAll('two-large', [0, 0])
      seen.add(results.map(countOf).join(' '))
      results.forEach((result) => {
        expect(result.nextOffset).toBe(countOf(result))
      })
    }
    // Both together are above the 4 MiB that a client takes unless told: one comes, then the other.
    expect([...seen].sort()).toEqual(['0 1', '1 0'])
  })

  it('do not keep a quiet partition from its turn', async () => {
    await createTopic(served.broker, 'busy-and-quiet', 2)
    for (let count = 0; count < 16; count++) await putZipped('busy-and-quiet', 0, 900_000)
    await putZipped('busy-and-quiet', 1, 1_000)
    let offset = 0
    let quiet = 0
    for (let round = 0; round < 16; round++) {
      const [busy, other] = await fetchAll('busy-and-quiet', [offset, 0], 800_000)
      offset = busy?.nextOffset ?? 0
      quiet += countOf(other)
    }
    expect(quiet).toBeGreaterThan(0)
    expect(offset).toBeGreaterThan(0)
  })

  it('are not unpacked further than one batch may reach, however often they are asked for', async () => {
    await createTopic(served.broker, 'bomb')
    const values = ['small', 'some text that compresses '.repeat(611_000)]
    await served.broker.producer.append({
      topic: 'bomb',
      partition: 0,
      batch: batchOf({ values, codec: 'gzip' }),
    })
    const { results } = await call(served.client, logService.Fetch, {
      partitions: Array.from({ length: 60 }, () => ({ topic: 'bomb' })),
      form: 'RECORD_FORM_RECORDS',
    })
    // Two batches reach the limit together; the rest is told to ask again.
    expect(results.filter((result) => countOf(result) === 1)).toHaveLength(2)
    expect(results.filter((result) => result.nextOffset === 0)).toHaveLength(58)
  })
})

describe('durability', () => {
  it('is what was reached, and never less than what was asked for', async () => {
    await createTopic(served.broker, 'weak', 1)
    const ask = async (durability: 'DURABILITY_NONE' | 'DURABILITY_WRITTEN'): Promise<unknown> => {
      const entries = [{ topic: 'weak', records: { batches: batchOf() } }]
      const { results } = await call(served.client, logService.Produce, { entries, durability })
      return { ...results[0], error: reasonOf(results[0]?.error).reason }
    }
    expect(await ask('DURABILITY_WRITTEN')).toMatchObject({
      durability: 'DURABILITY_WRITTEN',
      baseOffset: 0,
    })
    expect(await ask('DURABILITY_NONE')).toMatchObject({
      durability: 'DURABILITY_NONE',
      baseOffset: -1,
      recordCount: 1,
    })
  })

  it('that storage cannot promise is refused', async () => {
    await createTopic(served.broker, 'strong', 1)
    const { results } = await call(served.client, logService.Produce, {
      entries: [{ topic: 'strong', records: { batches: batchOf() } }],
      durability: 'DURABILITY_SYNCED',
    })
    expect(reasonOf(results[0]?.error).reason).toBeDefined()
    expect(results[0]?.baseOffset).toBe(-1)
  })
})

describe('list offsets', () => {
  it('knows beginning, end, the largest timestamp and any moment', async () => {
    await createTopic(served.broker, 'times')
    const times = [1_000, 3_000, 2_000, 5_000]
    await produceRecords(
      'times',
      0,
      times.map((timestampMs) => ({ timestampMs })),
    )
    const place = { topic: 'times', partition: 0 }
    const { results } = await call(served.client, logService.ListOffsets, {
      partitions: [
        { ...place, position: 'OFFSET_POSITION_EARLIEST' },
        { ...place, position: 'OFFSET_POSITION_LATEST' },
        { ...place, position: 'OFFSET_POSITION_MAX_TIMESTAMP' },
        { ...place, timestampMs: 2_000 },
        { ...place, timestampMs: 0 },
        { ...place, timestampMs: 5_001 },
        { ...place, topic: 'nothing', timestampMs: 0 },
      ],
    })
    expect(results.map(({ offset, timestampMs }) => [offset, timestampMs])).toEqual([
      [0, -1],
      [4, -1],
      [3, 5_000],
      [1, 3_000],
      [0, 1_000],
      [4, -1],
      [-1, -1],
    ])
    expect(reasonOf(results[6]?.error).reason).toBe('UNKNOWN_TOPIC')
    expect(results[0]).toMatchObject({ startOffset: 0, readableEndOffset: 4 })
  })
})
