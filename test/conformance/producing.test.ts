// Producing and reading back, in all four ways.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CodecName, ConsumerRecord, Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

describe.each(WAYS)('$name', (way) => {
  let broker: ReachedBroker
  let client: Varve

  beforeAll(async () => {
    broker = await ReachedBroker.open(way)
    client = broker.client
  })

  afterAll(async () => {
    await broker.close()
  })

  async function recordsOf(topic: string): Promise<ConsumerRecord[]> {
    const records: ConsumerRecord[] = []
    for await (const record of client.consumer({ topics: topic, until: 'end' })) {
      records.push(record)
    }
    return records
  }

  test('a record comes back with everything that was in it', async () => {
    await client.admin().createTopic({ name: 'whole' })
    const headers = [
      { key: 'trace', value: Buffer.from([0, 255, 128]) },
      { key: 'trace', value: 'twice' },
      { key: '__proto__', value: null },
    ]
    const timestampMs = Date.now() - 1_000
    const producer = client.producer()
    await producer.sendMany([
      { topic: 'whole', key: 'ключ', value: 'ünïcode \u0000', headers, timestampMs },
      { topic: 'whole', key: null, value: null },
      { topic: 'whole', key: '', value: new Uint8Array([1, 2, 3]).subarray(1) },
    ])
    const [first, second, third] = await recordsOf('whole')
    expect(first).toMatchObject({ topic: 'whole', partition: 0, offset: 0, timestampMs })
    expect([String(first?.key), String(first?.value)]).toEqual(['ключ', 'ünïcode \u0000'])
    expect(first?.headers.map(({ key, value }) => [key, value?.toString('hex')])).toEqual([
      ['trace', '00ff80'],
      ['trace', Buffer.from('twice').toString('hex')],
      ['__proto__', undefined],
    ])
    expect(second).toMatchObject({ offset: 1, key: null, value: null, headers: [] })
    expect([third?.key, third?.value]).toEqual([Buffer.alloc(0), Buffer.from([2, 3])])
  })

  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] satisfies CodecName[])(
    'two thousand records of three partitions lie in their order, compressed with %s',
    async (compression) => {
      const topic = `many-${compression}`
      await client.admin().createTopic({ name: topic, partitions: 3 })
      const producer = client.producer({ compression, batchBytes: 10_000 })
      const sent = Array.from({ length: 2_000 }, (_, index) => ({
        topic,
        partition: index % 3,
        value: `record ${index}`,
      }))
      const reports = await producer.sendMany(sent)
      expect(reports.every(({ durability }) => durability === broker.durabilityMax)).toBe(true)
      const read = await recordsOf(topic)
      for (const partition of [0, 1, 2]) {
        expect(
          read.filter((record) => record.partition === partition).map(({ value }) => String(value)),
        ).toEqual(sent.filter((record) => record.partition === partition).map(({ value }) => value))
      }
    },
  )

  test('bytes belong to the producer again once they are delivered', async () => {
    await client.admin().createTopic({ name: 'lent' })
    const producer = client.producer({ lingerMs: 0 })
    const value = Buffer.from('as it was sent')
    await producer.send({ topic: 'lent', key: value, value })
    value.fill('x')
    await producer.append({
      topic: 'lent',
      partition: 0,
      records: [{ value: Buffer.from('appended') }],
    })
    const [record] = await recordsOf('lent')
    expect([String(record?.key), String(record?.value)]).toEqual([
      'as it was sent',
      'as it was sent',
    ])
  })

  test('bytes that were read are the reader’s own', async () => {
    await client.admin().createTopic({ name: 'given' })
    await client.producer().send({ topic: 'given', value: 'what is stored' })
    for (const record of await recordsOf('given')) record.value?.fill('x')
    const [again] = await recordsOf('given')
    expect(String(again?.value)).toBe('what is stored')
    for await (const { damaged } of client.admin().verify({ topic: 'given' })) {
      expect(damaged).toEqual([])
    }
  })

  test('a full buffer makes send wait, and trySend say no', async () => {
    await client.admin().createTopic({ name: 'pressed' })
    const producer = client.producer({ bufferBytes: 20_000, batchBytes: 4_000, lingerMs: 0 })
    const value = Buffer.alloc(1_000, 'v')
    let bufferedMax = 0
    let delivered = 0
    let refusals = 0
    for (let index = 0; index < 200; index++) {
      while (!producer.trySend({ topic: 'pressed', value }, () => delivered++)) {
        refusals++
        await producer.ready()
      }
      bufferedMax = Math.max(bufferedMax, producer.bufferedBytes)
    }
    await producer.flush()
    expect(delivered).toBe(200)
    expect(refusals).toBeGreaterThan(0)
    expect(bufferedMax).toBeLessThanOrEqual(20_000)
    expect(await recordsOf('pressed')).toHaveLength(200)
  })

  test('records are seen as they come, by every reader, and a loop may be left and taken up', async () => {
    await client.admin().createTopic({ name: 'tail' })
    const producer = client.producer({ lingerMs: 0 })
    const read = async (): Promise<string[]> => {
      const consumer = client.consumer({ topics: 'tail', maxRecords: 20 })
      const values: string[] = []
      while (values.length < 20) {
        for await (const { value } of consumer) {
          values.push(String(value))
          if (values.length % 7 === 0) break
        }
      }
      await consumer.close()
      return values
    }
    const reading = [read(), read(), read()]
    for (let index = 0; index < 20; index++) {
      await producer.send({ topic: 'tail', value: `${index}` })
    }
    const expected = Array.from({ length: 20 }, (_, index) => `${index}`)
    expect(await Promise.all(reading)).toEqual([expected, expected, expected])
  })

  test('a reader that is told to stop while it waits ends with CANCELLED', async () => {
    await client.admin().createTopic({ name: 'empty' })
    const abort = new AbortController()
    const consumer = client.consumer({ topics: 'empty', signal: abort.signal })
    await consumer.ready()
    const reading = consumer[Symbol.asyncIterator]().next()
    setImmediate(() => {
      abort.abort()
    })
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  test.each([
    ['none', undefined],
    ['written', 0],
  ] as const)('durability %s is stated as it was asked for', async (durability, offset) => {
    const topic = `durability-${durability}`
    const settings = { durability: 'written', 'min.durability': 'none' }
    await client.admin().createTopic({ name: topic, settings })
    const producer = client.producer({ durability })
    expect(await producer.send({ topic, value: 'x' })).toMatchObject({ offset, durability })
    await producer.close()
    // With none nobody knows when it is stored.
    while ((await recordsOf(topic)).length === 0) await new Promise(setImmediate)
  })

  test('one record of several megabytes goes through where the topic allows it', async () => {
    const settings = { 'max.message.bytes': 8_388_608 }
    await client.admin().createTopic({ name: 'large', settings })
    const value = Buffer.alloc(7_500_000, 'varve')
    const producer = client.producer()
    await producer.sendMany(
      ['before', value, 'after'].map((content) => ({ topic: 'large', value: content })),
    )
    const read = await recordsOf('large')
    expect(read.map((record) => record.value?.length)).toEqual([6, 7_500_000, 5])
    expect(read[1]?.value?.equals(value)).toBe(true)
  })
})

describe.each(WAYS.filter(({ storage }) => storage === 'file'))('$name', (way) => {
  test('everything is there after client and broker were closed and opened again', async () => {
    const broker = await ReachedBroker.open(way)
    const settings = { 'retention.ms': '-1' }
    const { id } = await broker.admin.createTopic({ name: 'kept', partitions: 2, settings })
    await broker.client.producer().sendMany(
      Array.from({ length: 100 }, (_, index) => ({
        topic: 'kept',
        partition: index % 2,
        value: `${index}`,
      })),
    )
    await broker.admin.deleteRecords('kept', 1, 10)
    await broker.openAgain()
    const topic = await broker.admin.describeTopic('kept')
    expect(topic).toMatchObject({
      id,
      partitions: [
        { startOffset: 0, endOffset: 50, state: 'healthy' },
        { startOffset: 10, endOffset: 50, state: 'healthy' },
      ],
    })
    expect(topic.settings).toContainEqual({ name: 'retention.ms', value: '-1', isDefault: false })
    const values: number[] = []
    for await (const record of broker.client.consumer({ topics: 'kept', until: 'end' })) {
      values.push(Number(record.value))
    }
    expect(values.filter((value) => value % 2 === 0)).toEqual(
      Array.from({ length: 50 }, (_, index) => 2 * index),
    )
    expect(values.filter((value) => value % 2 === 1)).toEqual(
      Array.from({ length: 40 }, (_, index) => 2 * index + 21),
    )
    expect(
      await broker.client.producer().send({ topic: 'kept', partition: 0, value: 'x' }),
    ).toEqual(expect.objectContaining({ offset: 50, durability: 'synced' }))
    await broker.close()
  })
})
