// Reading, in all four ways, each by subscription and by fetches.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConsumerOptions, Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

const START_MS = 1_750_000_000_000
const RECORDS = 2_000

function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index)
}

const at = (number: number): { timestampMs: number } => ({ timestampMs: START_MS + number * 1_000 })

describe.each(WAYS)('$name', (way) => {
  let broker: ReachedBroker
  let client: Varve

  beforeAll(async () => {
    broker = await ReachedBroker.open(way)
    client = broker.client
    // Small segments, so that the reads cross several; records of one partition a second apart.
    await client.admin().createTopic({
      name: 'numbers',
      partitions: 3,
      settings: {
        'segment.bytes': 20_000,
        'message.timestamp.before.max.ms': '9223372036854775807',
      },
    })
    const producer = client.producer({ batchBytes: 3_000, compression: 'lz4' })
    const reports = []
    for (let number = 0; number < RECORDS; number++) {
      for (const partition of [0, 1, 2]) {
        const timestampMs = START_MS + number * 1_000
        reports.push(
          producer.send({ topic: 'numbers', partition, value: `${number}`, timestampMs }),
        )
      }
    }
    await Promise.all(reports)
    await producer.close()
  })

  afterAll(async () => {
    await broker.close()
  })

  describe.each(['subscribe', 'fetch'] as const)('by %s', (mode) => {
    async function read(options: ConsumerOptions): Promise<number[]> {
      const numbers: number[] = []
      const consumer = client.consumer({ mode, ...options })
      for await (const record of consumer) numbers.push(Number(record.value))
      await consumer.close()
      return numbers
    }

    test.each([
      ['everything', {}, 0, RECORDS],
      ['from an offset', { offset: 1_234 }, 1_234, RECORDS],
      [
        'from a moment between two records',
        { offset: { timestampMs: START_MS + 1_500 } },
        2,
        RECORDS,
      ],
      ['from the moment of a record', { offset: at(1_721) }, 1_721, RECORDS],
      ['until an offset', { until: { offset: 777 } }, 0, 777],
      ['until a moment', { until: at(1_000) }, 0, 1_000],
      ['between two moments', { offset: at(100), until: at(200) }, 100, 200],
      ['one record', { offset: 1_999, until: { offset: 2_000 } }, 1_999, 2_000],
      ['nothing after the last moment', { offset: at(RECORDS) }, RECORDS, RECORDS],
      ['nothing from latest', { offset: 'latest' as const }, RECORDS, RECORDS],
    ])('reading %s is exact to the record', async (_, where, from, end) => {
      const assign = [{ topic: 'numbers', partition: 1, ...where }]
      expect(await read({ assign, until: 'end' })).toEqual(range(from, end))
    })

    test('small budgets change how often is asked, not what is read', async () => {
      const assign = [{ topic: 'numbers', partition: 0, offset: 1_500 }]
      const small = { fetchBytes: 1, prefetchBytes: 1, maxWaitMs: 0 }
      expect(await read({ assign, until: 'end', ...small })).toEqual(range(1_500, RECORDS))
    })

    test('seek, pause and resume hold to the record while records flow', async () => {
      const consumer = client.consumer({ mode, topics: 'numbers', until: 'end' })
      const last = [-1, -1, -1]
      let count = 0
      for await (const { partition, offset, value } of consumer) {
        count++
        expect(Number(value)).toBe(Number(offset))
        if (count === 500) consumer.pause([{ topic: 'numbers', partition: 1 }])
        if (count === 2_000) consumer.resume()
        expect(Number(offset)).toBe((last[partition] ?? 0) + 1)
        last[partition] = Number(offset)
        if (count === 3_000) {
          await consumer.seek({ topic: 'numbers', partition: 2 }, at(1_990))
          last[2] = 1_989
        }
      }
      expect(last).toEqual([RECORDS - 1, RECORDS - 1, RECORDS - 1])
      await consumer.close()
    })

    test('after records were deleted, reading from before them says so', async () => {
      await client.admin().createTopic({ name: `cut-${mode}` })
      const producer = client.producer()
      await producer.sendMany(
        range(0, 10).map((number) => ({ topic: `cut-${mode}`, value: `${number}` })),
      )
      expect(await client.admin().deleteRecords(`cut-${mode}`, 0, 6)).toBe(6)
      expect(await read({ topics: `cut-${mode}`, until: 'end' })).toEqual([6, 7, 8, 9])
      const low = {
        assign: [{ topic: `cut-${mode}`, partition: 0, offset: 2 }],
        until: 'end' as const,
      }
      await expect(read(low)).rejects.toMatchObject({
        code: 'OFFSET_OUT_OF_RANGE',
        details: { topic: `cut-${mode}`, partition: 0, startOffset: 6 },
      })
      expect(await read({ ...low, onOutOfRange: 'earliest' })).toEqual([6, 7, 8, 9])
      expect(await client.admin().deleteRecords(`cut-${mode}`, 0, 'readable-end')).toBe(10)
    })

    test('a consumer notices that its topic grew', async () => {
      await client.admin().createTopic({ name: `growing-${mode}` })
      const consumer = client.consumer({
        mode,
        topics: `growing-${mode}`,
        metadataMaxAgeMs: 100,
        maxWaitMs: 100,
      })
      const seen: string[] = []
      const reading = (async () => {
        for await (const record of consumer) {
          seen.push(`${record.partition}:${String(record.value)}`)
          if (seen.length === 2) return
        }
      })()
      const producer = client.producer()
      await producer.send({ topic: `growing-${mode}`, partition: 0, value: 'a' })
      await client.admin().addPartitions(`growing-${mode}`, 5)
      await producer.send({ topic: `growing-${mode}`, partition: 4, value: 'b' })
      await reading
      expect(seen).toEqual(['0:a', '4:b'])
    })

    test('a loop over a topic that is deleted ends with an error, not in silence', async () => {
      await client.admin().createTopic({ name: `doomed-${mode}` })
      const reading = read({ topics: `doomed-${mode}` })
      const outcome = reading.catch((error: unknown) => error)
      await client.admin().deleteTopic(`doomed-${mode}`)
      expect(await outcome).toMatchObject({ code: 'UNKNOWN_TOPIC' })
    })
  })
})
