import { beforeEach, describe, expect, test } from 'vitest'
import {
  type ClientWarning,
  type Consumer,
  type ConsumerOptions,
  type ConsumerRecord,
  connect,
  type Varve,
  VarveError,
} from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { SimulatedBroker } from './simulated-broker.ts'
import { after, codeOf } from './virtual-outcome.ts'

interface Setting {
  readonly clock: VirtualClock
  readonly broker: SimulatedBroker
  readonly client: Varve
}

/** How the consumers of the test read. */
const how: { mode: 'subscribe' | 'fetch' } = { mode: 'subscribe' }

/** Two partitions, `records` in each, ten to a batch, one a second. */
async function setUp(records = 30): Promise<Setting> {
  const clock = new VirtualClock()
  const broker = new SimulatedBroker(clock)
  broker.createTopic('t', 2)
  const client = connect({ transport: broker, clock, random: new SeededRandom(1) })
  await fill({ clock, broker, client }, records)
  return { clock, broker, client }
}

async function fill({ clock, client }: Setting, records: number, from = 0): Promise<void> {
  const producer = client.producer()
  for (const partition of [0, 1]) {
    for (let start = from; start < from + records; start += 10) {
      const batch = Array.from({ length: Math.min(10, from + records - start) }, (_, index) => ({
        value: `${partition}-${start + index}`,
        timestampMs: (start + index) * 1_000,
      }))
      await after(clock, 10, producer.append({ topic: 't', partition, records: batch }))
    }
  }
  await after(clock, 10, producer.close())
}

function consumerOf(
  { client }: Setting,
  options: ConsumerOptions,
): { consumer: Consumer; warnings: ClientWarning[] } {
  const consumer = client.consumer({ mode: how.mode, ...options })
  const warnings: ClientWarning[] = []
  consumer.on('warning', (warning) => warnings.push(warning))
  return { consumer, warnings }
}

/** Reads into the list until the loop ends. */
async function readInto(consumer: Consumer, values: string[]): Promise<void> {
  for await (const record of consumer) values.push(String(record.value))
}

async function readAll(setting: Setting, options: ConsumerOptions, ms = 60_000): Promise<string[]> {
  const { consumer } = consumerOf(setting, options)
  const values: string[] = []
  try {
    await after(setting.clock, ms, readInto(consumer, values))
  } finally {
    await consumer.close()
    expect(setting.clock.openTimers).toBe(0)
  }
  return values
}

function numbers(partition: number, from: number, end: number): string[] {
  return Array.from({ length: end - from }, (_, index) => `${partition}-${from + index}`)
}

const only = (partition: number, rest: object = {}): ConsumerOptions => ({
  assign: [{ topic: 't', partition, ...rest }],
})

describe.each(['subscribe', 'fetch'] as const)('by %s', (mode) => {
  beforeEach(() => {
    how.mode = mode
  })
  test('a bounded read of a topic gives every record of every partition once, in order', async () => {
    const setting = await setUp()
    const values = await readAll(setting, { topics: 't', until: 'end' })
    expect(values.filter((value) => value.startsWith('0'))).toEqual(numbers(0, 0, 30))
    expect(values.filter((value) => value.startsWith('1'))).toEqual(numbers(1, 0, 30))
  })

  test.each([
    ['from an offset inside a batch', { offset: 13, until: 'end' }, [13, 30]],
    ['to an offset inside a batch', { until: { offset: 17 } }, [0, 17]],
    ['within one batch', { offset: 12, until: { offset: 15 } }, [12, 15]],
    ['from a moment', { offset: { timestampMs: 4_500 }, until: 'end' }, [5, 30]],
    ['to a moment', { until: { timestampMs: 21_000 } }, [0, 21]],
    ['to a moment after the last record', { until: { timestampMs: 10 ** 9 } }, [0, 30]],
    [
      'from a moment after the last record',
      { offset: { timestampMs: 10 ** 9 }, until: 'end' },
      [30, 30],
    ],
    ['from the end to the end', { offset: 'latest', until: 'end' }, [30, 30]],
    ['from behind an offset end', { offset: 20, until: { offset: 10 } }, [20, 20]],
  ])('reading %s is exact', async (_, where, [from = 0, end = 0]) => {
    const setting = await setUp()
    expect(await readAll(setting, only(1, where))).toEqual(numbers(1, from, end))
  })

  test('an end that was found at the start does not move with later records', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, only(0, { until: 'end' }))
    await after(setting.clock, 10, consumer.ready())
    await fill(setting, 10, 30)
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 0, 30))
    await consumer.close()
  })

  test('an end given as an offset is waited for', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, only(0, { until: { offset: 35 } }))
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(20_000)
    expect(values).toEqual(numbers(0, 0, 30))
    await fill(setting, 10, 30)
    await after(setting.clock, 1_000, reading)
    expect(values).toEqual(numbers(0, 0, 35))
    await consumer.close()
  })

  test('a start beyond the readable end of a bounded read is told, not read as nothing', async () => {
    const setting = await setUp()
    const outside = only(0, { offset: 31, until: 'end' })
    await expect(readAll(setting, outside)).rejects.toMatchObject({
      code: 'OFFSET_OUT_OF_RANGE',
      details: { startOffset: 0, endOffset: 30 },
    })
    expect(await readAll(setting, { ...outside, onOutOfRange: 'earliest' })).toEqual(
      numbers(0, 0, 30),
    )
    expect(await readAll(setting, { ...outside, onOutOfRange: 'latest' })).toEqual([])
  })

  test('latest begins with what is produced after ready', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { topics: 't', from: 'latest', maxRecords: 2 })
    await after(setting.clock, 10, consumer.ready())
    await fill(setting, 1, 30)
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values.sort()).toEqual(['0-30', '1-30'])
    await consumer.close()
  })

  test('maxRecords ends the loop inside a batch and the position says where', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { ...only(0), maxRecords: 13 })
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 0, 13))
    expect(consumer.position({ topic: 't', partition: 0 })).toBe(13)
    await consumer.close()
  })

  test('a loop that was left goes on in the next one, records and batches alike', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, only(0, { until: 'end' }))
    const values: string[] = []
    const reading = async (): Promise<void> => {
      for await (const record of consumer) {
        values.push(String(record.value))
        if (values.length === 4) break
      }
      for await (const batch of consumer.batches()) {
        values.push(...batch.records.map(({ value }) => String(value)))
        expect(consumer.position(batch)).toBe(batch.nextOffset)
        if (values.length > 15) break
      }
      for await (const record of consumer) values.push(String(record.value))
    }
    await after(setting.clock, 1_000, reading())
    expect(values).toEqual(numbers(0, 0, 30))
    await consumer.close()
  })

  test('seek, also in the middle of a loop, moves to exactly that record', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, only(0, { until: 'end' }))
    const where = { topic: 't', partition: 0 }
    const values: string[] = []
    const reading = async (): Promise<void> => {
      for await (const record of consumer) {
        values.push(String(record.value))
        if (values.length === 3) await consumer.seek(where, 27)
        if (values.length === 5) await consumer.seek(where, { timestampMs: 28_500 })
      }
    }
    await after(setting.clock, 1_000, reading())
    expect(values).toEqual(['0-0', '0-1', '0-2', '0-27', '0-28', '0-29'])
    await after(setting.clock, 10, consumer.seek(where, 'earliest'))
    values.length = 0
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 0, 30))
    expect(await codeOf(consumer.seek({ topic: 't', partition: 1 }, 0))).toBe('INVALID_ARGUMENT')
    expect(await codeOf(consumer.seek(where, -1))).toBe('INVALID_OFFSET')
    await consumer.close()
  })

  test('a paused partition is not handed out and loses nothing, the others go on', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { topics: 't' })
    const values: string[] = []
    await after(setting.clock, 10, consumer.ready())
    consumer.pause([{ topic: 't', partition: 0 }])
    const reading = readInto(consumer, values)
    await setting.clock.advance(20_000)
    expect(values).toEqual(numbers(1, 0, 30))
    consumer.resume()
    await setting.clock.advance(100)
    expect(values.slice(30)).toEqual(numbers(0, 0, 30))
    consumer.pause()
    await fill(setting, 10, 30)
    await setting.clock.advance(20_000)
    expect(values).toHaveLength(60)
    consumer.resume()
    await setting.clock.advance(100)
    expect(values).toHaveLength(80)
    await consumer.close()
    await reading
    expect(setting.clock.openTimers).toBe(0)
  })

  test('a broker that goes away is ridden out and nothing is missed or repeated', async () => {
    const setting = await setUp()
    const { consumer, warnings } = consumerOf(setting, { topics: 't' })
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(1_000)
    setting.broker.goDown()
    await setting.clock.advance(30_000)
    setting.broker.isUp = true
    await setting.clock.advance(3_000)
    await fill(setting, 20, 30)
    await setting.clock.advance(10_000)
    expect(values).toHaveLength(100)
    expect(new Set(values).size).toBe(100)
    expect(warnings.every(({ kind }) => kind === 'retrying')).toBe(true)
    expect(warnings.length).toBeGreaterThan(5)
    await consumer.close()
    await reading
  })

  test('a broker that is not there when the reading begins is told of at once', async () => {
    const setting = await setUp()
    setting.broker.goDown()
    const { consumer, warnings } = consumerOf(setting, { topics: 't' })
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(2_000)
    expect(warnings[0]).toMatchObject({ kind: 'retrying', topic: 't' })
    setting.broker.isUp = true
    await setting.clock.advance(10_000)
    expect(values.length).toBeGreaterThan(0)
    await consumer.close()
    await reading
  })

  test('with a limit for outages the loop fails after it and can be read again later', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { ...only(0), outageMaxMs: 5_000 })
    const values: string[] = []
    const reading = codeOf(readInto(consumer, values))
    await setting.clock.advance(1_000)
    setting.broker.goDown()
    await setting.clock.advance(20_000)
    expect(await reading).toBe('BROKER_UNAVAILABLE')
    setting.broker.isUp = true
    const again = readInto(consumer, values)
    await fill(setting, 10, 30)
    await setting.clock.advance(5_000)
    expect(values).toEqual(numbers(0, 0, 40))
    await consumer.close()
    await again
  })

  test('an offset below the start of the log fails, or goes where the option says with a warning', async () => {
    const setting = await setUp()
    const partition = setting.broker.topics.get('t')?.partitions[0]
    if (partition !== undefined) {
      partition.startOffset = 20
      partition.batches = partition.batches.slice(2)
    }
    const low = only(0, { offset: 5, until: { offset: 30 } })
    await expect(readAll(setting, low)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' })
    const { consumer, warnings } = consumerOf(setting, { ...low, onOutOfRange: 'earliest' })
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 20, 30))
    expect(warnings).toMatchObject([{ kind: 'offset-reset', topic: 't', partition: 0 }])
    await consumer.close()
  })

  test('damage that the broker reports fails with its range, or is passed over with a warning', async () => {
    const setting = await setUp()
    setting.broker.fetchErrorOf = (_, partition, offset) =>
      partition === 0 && offset < 20
        ? new VarveError('CORRUPT_LOG', 'damaged', { details: { firstBad: 0, nextGood: 20 } })
        : undefined
    const options = only(0, { until: 'end' })
    await expect(readAll(setting, options)).rejects.toMatchObject({
      code: 'CORRUPT_LOG',
      details: { topic: 't', partition: 0, firstBad: 0, nextGood: 20 },
    })
    const { consumer, warnings } = consumerOf(setting, { ...options, onCorrupt: 'skip' })
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 20, 30))
    expect(warnings).toMatchObject([{ kind: 'damage-skipped' }])
    await consumer.close()
  })

  test('damage without good records behind it cannot be skipped and is told', async () => {
    const setting = await setUp()
    setting.broker.fetchErrorOf = () =>
      new VarveError('CORRUPT_LOG', 'damaged', { details: { firstBad: 10 } })
    const options: ConsumerOptions = { ...only(0, { until: 'end' }), onCorrupt: 'skip' }
    await expect(readAll(setting, options)).rejects.toMatchObject({ code: 'CORRUPT_LOG' })
  })

  test('a batch that arrives damaged once is fetched again and read', async () => {
    const setting = await setUp()
    let answers = 0
    setting.broker.spoil = (bytes) => (++answers === 1 ? flipped(bytes, 100) : bytes)
    const { consumer, warnings } = consumerOf(setting, only(0, { until: 'end' }))
    const values: string[] = []
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(numbers(0, 0, 30))
    expect(warnings).toMatchObject([{ kind: 'damage-refetched' }])
    await consumer.close()
  })

  test('a batch that stays damaged fails with its range, or is passed over', async () => {
    const setting = await setUp()
    const stored = setting.broker.topics.get('t')?.partitions[0]?.batches
    const second = stored?.[1]
    if (stored !== undefined && second !== undefined) stored[1] = flipped(second, 100)
    const options = only(0, { until: 'end' })
    const { consumer } = consumerOf(setting, options)
    const values: string[] = []
    await expect(after(setting.clock, 1_000, readInto(consumer, values))).rejects.toMatchObject({
      code: 'CORRUPT_LOG',
      details: { firstBad: 10, nextGood: 20 },
    })
    expect(values).toEqual(numbers(0, 0, 10))
    // The consumer is still there: the reader may decide to go on.
    await after(setting.clock, 10, consumer.seek({ topic: 't', partition: 0 }, 20))
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual([...numbers(0, 0, 10), ...numbers(0, 20, 30)])
    await consumer.close()
    expect(await readAll(setting, { ...options, onCorrupt: 'skip' })).toEqual([
      ...numbers(0, 0, 10),
      ...numbers(0, 20, 30),
    ])
  })

  test('an error of one partition comes after what was fetched before it, and only then', async () => {
    const setting = await setUp()
    setting.broker.fetchErrorOf = (_, partition, offset) =>
      partition === 1 && offset > 0 ? new VarveError('INTERNAL', 'a bug') : undefined
    const { consumer } = consumerOf(setting, { ...only(1), fetchBytes: 1 })
    const values: string[] = []
    const code = await after(setting.clock, 1_000, codeOf(readInto(consumer, values)))
    expect(code).toBe('INTERNAL')
    expect(values).toEqual(numbers(1, 0, 10))
    await consumer.close()
  })

  test('a partition that is not ready is asked again while the others go on', async () => {
    const setting = await setUp()
    setting.broker.fetchErrorOf = (_, partition) =>
      partition === 0 ? new VarveError('NOT_READY', 'opening') : undefined
    const { consumer, warnings } = consumerOf(setting, { topics: 't', until: 'end' })
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(10_000)
    expect(values).toEqual(numbers(1, 0, 30))
    expect(setting.broker.seen.fetches).toBeLessThan(50)
    setting.broker.fetchErrorOf = () => undefined
    await after(setting.clock, 5_000, reading)
    expect(values.slice(30)).toEqual(numbers(0, 0, 30))
    expect(warnings[0]).toMatchObject({ kind: 'retrying', topic: 't', partition: 0 })
    await consumer.close()
  })

  test('a log that was cut below the reader takes it back to the cut, with a warning', async () => {
    const setting = await setUp()
    const { consumer, warnings } = consumerOf(setting, only(0))
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(1_000)
    let cuts = 0
    setting.broker.fetchErrorOf = (_, __, offset) => {
      if (offset <= 25 || cuts++ > 0) return undefined
      return new VarveError('DIVERGED_EPOCH', 'cut', { details: { epoch: 1, endOffset: 25 } })
    }
    // A log is cut while its broker starts: whoever was connected is not any more.
    setting.broker.breakSubscriptions()
    await setting.clock.advance(10_000)
    expect(values).toEqual([...numbers(0, 0, 30), ...numbers(0, 25, 30)])
    expect(warnings.map(({ kind }) => kind)).toContain('log-cut')
    await consumer.close()
    await reading
  })

  test.each([
    ['and nothing came since', 0, 20],
    ['and less came since than was lost', 5, 25],
    ['and more came since than was lost', 20, 30],
  ])(
    'a log that was cut above the reader of its end is read to its new end, %s',
    async (_, more, end) => {
      const setting = await setUp()
      const { consumer, warnings } = consumerOf(setting, only(0, { until: 'end' }))
      await after(setting.clock, 10, consumer.ready())
      const partition = setting.broker.topics.get('t')?.partitions[0]
      if (partition === undefined) throw new Error('the topic has a partition')
      partition.batches.length = 2
      partition.endOffset = 20
      if (more > 0) await fill(setting, more, 20)
      const values: string[] = []
      await after(setting.clock, 60_000, readInto(consumer, values))
      expect(values).toEqual(numbers(0, 0, end))
      expect(warnings.map(({ kind }) => kind)).toEqual(end < 30 ? ['log-cut'] : [])
      await consumer.close()
    },
  )

  test('a topic that grows is read in its new partitions from their beginning', async () => {
    const setting = await setUp()
    const { consumer, warnings } = consumerOf(setting, {
      topics: 't',
      from: 'latest',
      metadataMaxAgeMs: 10_000,
    })
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(1_000)
    setting.broker.addPartitions('t', 3)
    const producer = setting.client.producer()
    await after(setting.clock, 100, producer.send({ topic: 't', partition: 2, value: 'new' }))
    await setting.clock.advance(20_000)
    expect(values).toEqual(['new'])
    expect(warnings).toMatchObject([{ kind: 'partitions-added', partition: 2 }])
    await consumer.close()
    await reading
    await after(setting.clock, 10, producer.close())
  })

  test('an outage in which the topics are looked for again does not end the loop', async () => {
    const setting = await setUp(0)
    const { consumer, warnings } = consumerOf(setting, { topics: 't', metadataMaxAgeMs: 10_000 })
    const values: string[] = []
    const reading = readInto(consumer, values)
    await setting.clock.advance(1_000)
    setting.broker.goDown()
    await setting.clock.advance(120_000)
    expect(warnings.some(({ kind }) => kind === 'retrying')).toBe(true)
    setting.broker.isUp = true
    setting.broker.addPartitions('t', 3)
    const producer = setting.client.producer()
    await after(setting.clock, 5_000, producer.send({ topic: 't', partition: 2, value: 'after' }))
    await setting.clock.advance(60_000)
    expect(values).toEqual(['after'])
    await consumer.close()
    await reading
    await after(setting.clock, 10, producer.close())
  })

  test('a topic that is deleted and made anew ends the loop with an error', async () => {
    const setting = await setUp(0)
    const { consumer } = consumerOf(setting, { topics: 't', metadataMaxAgeMs: 10_000 })
    const reading = codeOf(readInto(consumer, []))
    await setting.clock.advance(1_000)
    setting.broker.createTopic('t', 2)
    await setting.clock.advance(20_000)
    expect(await reading).toBe('UNKNOWN_TOPIC')
    await consumer.close()
  })

  test('what is fetched ahead stays within its budget, however slow the reader', async () => {
    const setting = await setUp(200)
    const { consumer } = consumerOf(setting, {
      topics: 't',
      until: 'end',
      fetchBytes: 500,
      prefetchBytes: 1_500,
    })
    let read = 0
    const reading = async (): Promise<void> => {
      for await (const record of consumer) {
        read++
        if (read % 10 === 0) await setting.clock.sleep(1_000)
        expect(consumer.position(record)).toBe(record.offset + 1)
        if (read === 20) expect(setting.broker.seen.fetches).toBeLessThan(9)
      }
    }
    await after(setting.clock, 300_000, reading())
    expect(read).toBe(400)
    await consumer.close()
  })

  test('a consumer that is not read asks for nothing', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { topics: 't' })
    const first = async (): Promise<ConsumerRecord | undefined> => {
      for await (const record of consumer) return record
      return undefined
    }
    await after(setting.clock, 100, first())
    const { fetches } = setting.broker.seen
    await setting.clock.advance(60_000)
    expect(setting.broker.seen.fetches).toBe(fetches)
    expect(setting.clock.openTimers).toBe(0)
    await consumer.close()
  })

  test('close ends the loop quietly, an abort ends it with CANCELLED', async () => {
    const setting = await setUp()
    const closing = consumerOf(setting, { topics: 't' }).consumer
    const closed = codeOf(readInto(closing, []))
    await setting.clock.advance(100)
    await closing.close()
    await closing.close()
    expect(await closed).toBe('no error')
    expect(await codeOf(closing.ready())).toBe('CLOSED')
    const abort = new AbortController()
    const { consumer } = consumerOf(setting, { topics: 't', signal: abort.signal })
    const aborted = codeOf(readInto(consumer, []))
    await setting.clock.advance(100)
    abort.abort()
    expect(await aborted).toBe('CANCELLED')
    await consumer.close()
    await setting.clock.advance(10)
    expect(setting.clock.openTimers).toBe(0)
  })

  test('close also ends a loop that still waits for its first answer', async () => {
    const setting = await setUp()
    setting.broker.goDown()
    const { consumer } = consumerOf(setting, { topics: 't' })
    const reading = codeOf(readInto(consumer, []))
    await setting.clock.advance(100)
    await consumer.close()
    expect(await reading).toBe('no error')
  })

  test('a start without a broker fails within the request timeout', async () => {
    const setting = await setUp()
    setting.broker.goDown()
    const { consumer } = consumerOf(setting, { topics: 't' })
    const reading = codeOf(readInto(consumer, []))
    await setting.clock.advance(31_000)
    expect(await reading).toBe('BROKER_UNAVAILABLE')
    await consumer.close()
  })

  test('assign replaces what is read', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { topics: 't', until: 'end' })
    const values: string[] = []
    await after(setting.clock, 10, consumer.ready())
    await after(setting.clock, 10, consumer.assign([{ topic: 't', partition: 1, offset: 28 }]))
    await after(setting.clock, 1_000, readInto(consumer, values))
    expect(values).toEqual(['1-28', '1-29'])
    const twice = [
      { topic: 't', partition: 0 },
      { topic: 't', partition: 0, offset: 5 },
    ]
    expect(await codeOf(consumer.assign(twice))).toBe('INVALID_ARGUMENT')
    expect(consumer.positions()).toEqual([
      {
        topic: 't',
        partition: 1,
        position: 30,
        endOffset: 30,
        readableEndOffset: 30,
        isCaughtUp: true,
        isPaused: false,
        isFinished: true,
      },
    ])
    await consumer.close()
  })

  test('one loop at a time, and something to read, or it is said', async () => {
    const setting = await setUp()
    const { consumer } = consumerOf(setting, { topics: 't' })
    const first = readInto(consumer, [])
    expect(await codeOf(readInto(consumer, []))).toBe('INVALID_ARGUMENT')
    await consumer.close()
    await first
    const nothing = consumerOf(setting, {}).consumer
    expect(await codeOf(readInto(nothing, []))).toBe('INVALID_ARGUMENT')
    const unknown = consumerOf(setting, { topics: 'nope' }).consumer
    expect(await after(setting.clock, 100, codeOf(readInto(unknown, [])))).toBe('UNKNOWN_TOPIC')
  })
})

test.each([
  [{ topics: 't', assign: [{ topic: 't', partition: 0 }] }, 'INVALID_ARGUMENT'],
  [{ topics: 't', from: 'middle' }, 'INVALID_ARGUMENT'],
  [{ topics: 't', from: -3 }, 'INVALID_OFFSET'],
  [{ topics: 't', from: 2 ** 53 }, 'INVALID_OFFSET'],
  [{ topics: 't', from: { timestampMs: -1 } }, 'INVALID_TIMESTAMP'],
  [{ topics: 't', until: 'tomorrow' }, 'INVALID_ARGUMENT'],
  [{ topics: 't', until: { offset: -1 } }, 'INVALID_OFFSET'],
  [{ topics: 't', fetchBytes: 10 ** 9 }, 'INVALID_ARGUMENT'],
  [{ topics: 't', onCorrupt: 'ignore' }, 'INVALID_ARGUMENT'],
  [{ assign: [{ topic: 't', partition: -1 }] }, 'INVALID_ARGUMENT'],
  [{ assign: [1, 0, 1].map((partition) => ({ topic: 't', partition })) }, 'INVALID_ARGUMENT'],
  [{ topics: 't', maxRecord: 5 }, 'INVALID_ARGUMENT'],
])('options that make no sense are refused at once: %j', async (options, code) => {
  const setting = await setUp(0)
  expect(await codeOf((async () => setting.client.consumer(options as never))())).toBe(code)
})

function flipped(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[position] = (copy[position] ?? 0) ^ 1
  return copy
}
