import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CodecName, ProducerRecord, Varve } from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { RunningBroker } from './running-broker.ts'

const PARTITIONS = 12
const RECORDS = 100_000

let broker: RunningBroker
let client: Varve

beforeAll(async () => {
  broker = await RunningBroker.start()
  client = broker.connect()
})

afterAll(async () => {
  await broker.close()
})

/** Keys for two thirds, headers for some, nulls and empty values among the rest. */
function recordOf(topic: string, index: number, random: SeededRandom): ProducerRecord {
  const words = ['GET ', '/index.html ', '200 ', 'ünïcode ', '\u0000\r ', `${index}`]
  const length = random.integer(6)
  const value =
    index % 97 === 0
      ? null
      : Buffer.from(words.slice(random.integer(5), 5).join('').repeat(length) + String(index))
  return {
    topic,
    value,
    timestampMs: 1_750_000_000_000 + index,
    ...(index % 3 === 0 ? {} : { key: index % 5 === 0 ? random.bytes(8) : `key-${index % 1_000}` }),
    ...(index % 11 === 0
      ? {
          headers: [
            { key: 'n', value: `${index}` },
            { key: 'none', value: null },
          ],
        }
      : {}),
  }
}

test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] satisfies CodecName[])(
  `${RECORDS} records over ${PARTITIONS} partitions come back byte for byte in order, compressed with %s`,
  async (compression) => {
    const topic = `round-trip-${compression}`
    await client.admin().createTopic({ name: topic, partitions: PARTITIONS })
    const producer = client.producer({ compression })
    const random = new SeededRandom(7)
    const sent: ProducerRecord[] = []
    /** Where each record must lie: by partition, then offset. */
    const expected: number[][] = Array.from({ length: PARTITIONS }, () => [])
    let misplaced = 0
    for (let index = 0; index < RECORDS; index++) {
      const record = recordOf(topic, index, random)
      sent.push(record)
      while (
        !producer.trySend(record, (result) => {
          if ('offset' in result && result.offset !== undefined && result.durability === 'synced') {
            const places = expected[result.partition]
            if (places !== undefined) places[result.offset] = index
          } else misplaced++
        })
      ) {
        await producer.ready()
      }
    }
    await producer.close()
    expect(misplaced).toBe(0)

    const next = Array.from({ length: PARTITIONS }, () => 0)
    let differences = 0
    let read = 0
    for await (const record of client.consumer({ topics: topic, until: 'end' })) {
      read++
      const { partition, offset } = record
      const index = expected[partition]?.[offset] ?? -1
      const original = sent[index]
      const isInPlace = next[partition] === offset
      next[partition] = offset + 1
      if (
        !isInPlace ||
        original === undefined ||
        !isSame(original.key, record.key) ||
        !isSame(original.value, record.value) ||
        original.timestampMs !== record.timestampMs ||
        record.headers.length !== (index % 11 === 0 ? 2 : 0) ||
        (index % 11 === 0 && String(record.headers[0]?.value) !== `${index}`)
      ) {
        differences++
      }
    }
    expect({ read, differences }).toEqual({ read: RECORDS, differences: 0 })
    // In every partition the records lie in the order of their sends.
    for (const places of expected) {
      expect(
        places.every((index, offset) => offset === 0 || (places[offset - 1] ?? -1) < index),
      ).toBe(true)
      expect(places.length).toBeGreaterThan(0)
    }
  },
)

function isSame(sent: ProducerRecord['key'], read: Buffer | null): boolean {
  if (sent === null || sent === undefined) return read === null
  return read !== null && Buffer.from(sent as string).equals(read)
}

test.each(['subscribe', 'fetch'] as const)(
  'records without batches in between are seen as they are acknowledged, by %s',
  async (mode) => {
    const topic = `tail-${mode}`
    await client.admin().createTopic({ name: topic })
    const producer = client.producer({ lingerMs: 0 })
    const consumer = client.consumer({ mode, topics: topic, maxRecords: 20 })
    const echoed: string[] = []
    const reading = (async () => {
      for await (const record of consumer) echoed.push(String(record.value))
    })()
    for (let index = 0; index < 20; index++) await producer.send({ topic, value: `${index}` })
    await reading
    expect(echoed).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`))
  },
)

test('a single record of several megabytes goes through where the topic allows it', async () => {
  await client.admin().createTopic({ name: 'large', settings: { 'max.message.bytes': 8_388_608 } })
  const value = Buffer.alloc(7_500_000, 'varve')
  const producer = client.producer()
  await Promise.all([
    producer.send({ topic: 'large', value: 'before' }),
    producer.send({ topic: 'large', value }),
    producer.send({ topic: 'large', value: 'after' }),
  ])
  for (const mode of ['subscribe', 'fetch'] as const) {
    const lengths: (number | undefined)[] = []
    for await (const record of client.consumer({ mode, topics: 'large', until: 'end' }))
      lengths.push(record.value?.length)
    expect(lengths).toEqual([6, 7_500_000, 5])
  }
})

test('a topic with LogAppendTime reports the time of the append', async () => {
  await client.admin().createTopic({
    name: 'append-time',
    settings: { 'message.timestamp.type': 'LogAppendTime' },
  })
  const producer = client.producer()
  const report = await producer.send({ topic: 'append-time', value: 'x', timestampMs: 5 })
  expect(report.timestampMs).toBeGreaterThan(1_700_000_000_000)
  for await (const record of client.consumer({ topics: 'append-time', maxRecords: 1 })) {
    expect(record.timestampMs).toBe(report.timestampMs)
  }
})

test.each([
  ['none', undefined],
  ['written', 0],
  ['synced', 0],
] as const)('durability %s is asked for and stated', async (durability, offset) => {
  const topic = `durability-${durability}`
  await client.admin().createTopic({
    name: topic,
    settings: { durability: 'written', 'min.durability': 'none' },
  })
  const producer = client.producer({ durability })
  expect(await producer.send({ topic, value: 'x' })).toMatchObject({ offset, durability })
})
