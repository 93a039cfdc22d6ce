// Reading by a subscription: what the loop of a consumer does beside reading, and what becomes of it when the broker cannot.
import { expect, test } from 'vitest'
import {
  type ClientWarning,
  type Consumer,
  type ConsumerOptions,
  connect,
  type ErrorCode,
  type Varve,
  VarveError,
} from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { seeded } from '../../support/seed.ts'
import { SimulatedBroker } from './simulated-broker.ts'
import { after, codeOf } from './virtual-outcome.ts'

interface Setting {
  readonly clock: VirtualClock
  readonly broker: SimulatedBroker
  readonly client: Varve
}

/** A topic `t` with `records` in each partition, ten to a batch. */
async function setUp(records: number, partitions = 2): Promise<Setting> {
  const clock = new VirtualClock()
  const broker = new SimulatedBroker(clock)
  broker.createTopic('t', partitions)
  const client = connect({ transport: broker, clock, random: new SeededRandom(1) })
  const setting = { clock, broker, client }
  for (let partition = 0; partition < partitions; partition++) {
    for (let start = 0; start < records; start += 10) await produce(setting, partition, start, 10)
  }
  return setting
}

async function produce(
  { clock, client }: Setting,
  partition: number,
  from: number,
  count: number,
): Promise<void> {
  const producer = client.producer()
  const records = Array.from({ length: count }, (_, index) => ({ value: `${from + index}` }))
  await after(clock, 10, producer.append({ topic: 't', partition, records }))
  await after(clock, 10, producer.close())
}

function consumerOf(
  { client }: Setting,
  options: ConsumerOptions,
): { consumer: Consumer; warnings: ClientWarning[] } {
  const consumer = client.consumer(options)
  const warnings: ClientWarning[] = []
  consumer.on('warning', (warning) => warnings.push(warning))
  return { consumer, warnings }
}

/** Reads into one list a partition, and checks that nothing is missed or repeated. */
async function readInto(consumer: Consumer, lists: string[][]): Promise<void> {
  for await (const { partition, offset, value } of consumer) {
    const list = lists[partition] ?? []
    lists[partition] = list
    expect(list).toHaveLength(offset)
    list.push(String(value))
  }
}

test.each<ErrorCode>(['UNSUPPORTED', 'TOO_MANY_SUBSCRIPTIONS'])(
  'a broker that answers %s is read by fetches, and it is said',
  async (code) => {
    const setting = await setUp(30)
    setting.broker.subscribeErrorOf = () => new VarveError(code, 'no')
    const { consumer, warnings } = consumerOf(setting, { topics: 't', until: 'end' })
    const lists: string[][] = []
    await after(setting.clock, 1_000, readInto(consumer, lists))
    expect(lists.map((list) => list.length)).toEqual([30, 30])
    expect(warnings).toMatchObject([{ kind: 'subscription-refused', error: { code } }])
    await consumer.close()
  },
)

test('a subscription that is refused in the middle goes on by fetches without a gap', async () => {
  const setting = await setUp(100)
  const { consumer, warnings } = consumerOf(setting, { topics: 't', fetchBytes: 1 })
  const lists: string[][] = []
  const reading = readInto(consumer, lists)
  await setting.clock.advance(20)
  setting.broker.breakSubscriptions(new VarveError('TOO_MANY_SUBSCRIPTIONS', 'too many'))
  await produce(setting, 1, 100, 10)
  await setting.clock.advance(10_000)
  expect(lists.map((list) => list.length)).toEqual([100, 110])
  expect(warnings.map(({ kind }) => kind)).toEqual(['subscription-refused'])
  await consumer.close()
  await reading
})

test('more partitions than a subscription may have are read by fetches', async () => {
  const setting = await setUp(10, 5)
  setting.broker.subscribedPartitionsMax = 4
  const { consumer, warnings } = consumerOf(setting, { topics: 't', until: 'end' })
  const lists: string[][] = []
  await after(setting.clock, 1_000, readInto(consumer, lists))
  expect(lists.map((list) => list.length)).toEqual([10, 10, 10, 10, 10])
  expect(warnings.map(({ kind }) => kind)).toEqual(['subscription-refused'])
  await consumer.close()
})

test('a reader that was cut for being slow subscribes again where it stopped', async () => {
  const setting = await setUp(50)
  const { consumer, warnings } = consumerOf(setting, { topics: 't' })
  const lists: string[][] = []
  const reading = readInto(consumer, lists)
  await setting.clock.advance(100)
  setting.broker.breakSubscriptions(new VarveError('SLOW_CONSUMER', 'too slow'))
  await produce(setting, 0, 50, 10)
  await setting.clock.advance(1_000)
  expect(lists.map((list) => list.length)).toEqual([60, 50])
  expect(setting.broker.seen.subscriptions).toBe(2)
  expect(warnings).toMatchObject([{ kind: 'retrying', error: { code: 'SLOW_CONSUMER' } }])
  await consumer.close()
  await reading
})

test('an error that does not pass ends the loop, and the next one subscribes again', async () => {
  const setting = await setUp(10)
  const { consumer } = consumerOf(setting, { topics: 't' })
  const lists: string[][] = []
  const reading = codeOf(readInto(consumer, lists))
  await setting.clock.advance(100)
  setting.broker.breakSubscriptions(new VarveError('INTERNAL', 'a bug'))
  expect(await reading).toBe('INTERNAL')
  const again = readInto(consumer, lists)
  await produce(setting, 0, 10, 10)
  await setting.clock.advance(100)
  expect(lists.map((list) => list.length)).toEqual([20, 10])
  await consumer.close()
  await again
  expect(setting.clock.openTimers).toBe(0)
})

test('a stream on which even the heartbeats stay away is replaced, an idle one is not', async () => {
  const setting = await setUp(10)
  const { consumer, warnings } = consumerOf(setting, { topics: 't' })
  const lists: string[][] = []
  const reading = readInto(consumer, lists)
  await setting.clock.advance('10m')
  expect(setting.broker.seen.subscriptions).toBe(1)
  setting.broker.isMute = true
  await produce(setting, 0, 10, 10)
  // The last heartbeat came up to one interval ago.
  const sinceMs = setting.clock.monotonicMs()
  while (warnings.length === 0) await setting.clock.advance(10)
  expect(setting.clock.monotonicMs() - sinceMs).toBeGreaterThan(9_000)
  expect(setting.clock.monotonicMs() - sinceMs).toBeLessThan(21_000)
  expect(lists.map((list) => list.length)).toEqual([10, 10])
  setting.broker.isMute = false
  await setting.clock.advance(3_000)
  expect(lists.map((list) => list.length)).toEqual([20, 10])
  expect(setting.broker.seen.subscriptions).toBe(2)
  expect(warnings).toMatchObject([{ kind: 'retrying', error: { code: 'BROKER_UNAVAILABLE' } }])
  await consumer.close()
  await reading
  expect(setting.clock.openTimers).toBe(0)
})

test('credit comes back when the application has finished with a batch, not before', async () => {
  const setting = await setUp(100, 1)
  const { consumer } = consumerOf(setting, { topics: 't', until: 'end', prefetchBytes: 1 })
  const { seen } = setting.broker
  const before = seen.fetches
  let read = 0
  const reading = (async () => {
    for await (const batch of consumer.batches()) {
      read++
      // However long it takes: the broker sent this batch and no other.
      await setting.clock.sleep(100_000)
      expect(seen.fetches - before).toBe(read)
      expect(batch.records).toHaveLength(10)
    }
  })()
  await after(setting.clock, 1_200_000, reading)
  expect(read).toBe(10)
  await consumer.close()
})

test('no more is under way and held than the budget and one message', async () => {
  const setting = await setUp(400, 2)
  const partitions = [0, 1].map(
    (partition) => setting.broker.topics.get('t')?.partitions[partition],
  )
  const batchBytes = Math.max(
    ...partitions.flatMap((partition) => partition?.batches.map((batch) => batch.length) ?? []),
  )
  const prefetchBytes = 3_000
  const { consumer } = consumerOf(setting, {
    topics: 't',
    until: 'end',
    fetchBytes: 500,
    prefetchBytes,
  })
  let bytesSent = 0
  setting.broker.spoil = (bytes) => {
    bytesSent += bytes.length
    return bytes
  }
  const bytesOf = (first: number, end: number): number =>
    partitions
      .flatMap((partition) => partition?.batches ?? [])
      .slice(first, end)
      .reduce((sum, batch) => sum + batch.length, 0)
  let batches = 0
  let mostHeld = 0
  const reading = (async () => {
    for await (const batch of consumer.batches()) {
      await setting.clock.sleep(batch.partition * 50)
      // Batches of both partitions have the same sizes to a few bytes.
      mostHeld = Math.max(mostHeld, bytesSent - bytesOf(0, batches))
      batches++
    }
  })()
  await after(setting.clock, 100_000, reading)
  expect(batches).toBe(80)
  expect(mostHeld).toBeGreaterThan(prefetchBytes / 2)
  expect(mostHeld).toBeLessThan(prefetchBytes + 500 + 2 * batchBytes)
  await consumer.close()
})

test('a loop that is left, ends or is closed lets its subscription go', async () => {
  const setting = await setUp(30)
  const { consumer } = consumerOf(setting, { topics: 't' })
  const { subscriptions } = setting.broker
  const first = (async () => {
    for await (const record of consumer) {
      expect(subscriptions.size).toBe(1)
      return record
    }
    return undefined
  })()
  await after(setting.clock, 100, first)
  expect(subscriptions.size).toBe(0)
  const bounded = consumerOf(setting, { topics: 't', until: 'end' }).consumer
  await after(setting.clock, 1_000, readInto(bounded, []))
  expect(subscriptions.size).toBe(0)
  const lists: string[][] = [['0'], []]
  const reading = readInto(consumer, lists)
  await setting.clock.advance(100)
  expect(subscriptions.size).toBe(1)
  await consumer.close()
  await reading
  expect(subscriptions.size).toBe(0)
  expect(setting.clock.openTimers).toBe(0)
})

test('a bounded read whose log is cut below its end reads to the cut', async () => {
  const setting = await setUp(30, 1)
  const { consumer, warnings } = consumerOf(setting, {
    topics: 't',
    until: 'end',
    prefetchBytes: 1,
  })
  let isCut = false
  setting.broker.fetchErrorOf = (_, __, offset) =>
    isCut && offset > 15
      ? new VarveError('DIVERGED_EPOCH', 'cut', { details: { epoch: 1, endOffset: 15 } })
      : undefined
  let read = 0
  const reading = (async () => {
    for await (const record of consumer) {
      read++
      if (record.offset !== 19 || isCut) continue
      isCut = true
      setting.broker.breakSubscriptions()
      const partition = setting.broker.topics.get('t')?.partitions[0]
      if (partition !== undefined) partition.batches.length = 2
    }
  })()
  await after(setting.clock, 10_000, reading)
  expect(read).toBe(20)
  expect(consumer.positions()).toMatchObject([{ position: 15, endOffset: 15, isFinished: true }])
  expect(warnings.map(({ kind }) => kind)).toContain('log-cut')
  await consumer.close()
})

test('a partition that is left for its end is not sent any more', async () => {
  const setting = await setUp(200)
  const reads: number[] = []
  setting.broker.fetchErrorOf = (_, partition, offset) => {
    if (partition === 0) reads.push(offset)
    return undefined
  }
  const { consumer } = consumerOf(setting, {
    assign: [
      { topic: 't', partition: 0, until: 'end' },
      { topic: 't', partition: 1 },
    ],
    fetchBytes: 1,
    prefetchBytes: 1,
  })
  const seen = [0, 0]
  const reading = (async () => {
    for await (const { partition } of consumer) {
      seen[partition] = (seen[partition] ?? 0) + 1
      if (partition === 0) await consumer.seek({ topic: 't', partition: 0 }, 200)
    }
  })()
  await setting.clock.advance(20_000)
  expect(seen).toEqual([1, 200])
  // What was read ahead before the broker heard of it.
  expect(reads.length).toBeLessThan(5)
  await consumer.seek({ topic: 't', partition: 0 }, 199)
  await setting.clock.advance(1_000)
  expect(seen).toEqual([2, 200])
  await consumer.close()
  await reading
})

test('a batch that needs longer than heartbeats may stay away arrives, whatever comes of other partitions', async () => {
  const setting = await setUp(0)
  const { clock, broker, client } = setting
  const producer = client.producer({ compression: 'none' })
  const large = Array.from({ length: 10 }, () => ({ value: Buffer.alloc(200) }))
  await after(clock, 10, producer.append({ topic: 't', partition: 0, records: large }))
  // Nearly a minute.
  broker.bytesPerSecond = 40
  const { consumer, warnings } = consumerOf(setting, { topics: 't' })
  const seen = [0, 0]
  const reading = (async () => {
    for await (const { partition } of consumer) seen[partition] = (seen[partition] ?? 0) + 1
  })()
  for (let second = 0; second < 300; second += 5) {
    const records = [{ value: 'small' }]
    await after(clock, 10, producer.append({ topic: 't', partition: 1, records }))
    await clock.advance(5_000)
  }
  expect(seen[0]).toBe(10)
  expect(seen[1]).toBeGreaterThan(50)
  const lost = warnings.filter(({ message }) => message.includes('nothing came'))
  expect(lost).toHaveLength(2)
  // Now that everything has come a dead stream is noticed as soon as at first.
  broker.isMute = true
  await clock.advance(30_000)
  expect(warnings.filter(({ message }) => message.includes('nothing came'))).toHaveLength(3)
  await consumer.close()
  await reading
})

test('a reader knows when it has caught up', async () => {
  const setting = await setUp(20, 1)
  const { consumer } = consumerOf(setting, { topics: 't', fetchBytes: 1 })
  const caughtUp: boolean[] = []
  const reading = (async () => {
    for await (const batch of consumer.batches()) {
      caughtUp.push(consumer.positions().every(({ isCaughtUp }) => isCaughtUp))
      expect(batch.records).toHaveLength(10)
    }
  })()
  await setting.clock.advance(1_000)
  await produce(setting, 0, 20, 10)
  await setting.clock.advance(100)
  expect(caughtUp).toEqual([false, true, true])
  await consumer.close()
  await reading
})

test('whatever is sought, paused, assigned and broken meanwhile, the next record is the one after the position', async () => {
  const { seed, runs } = seeded('SUBSCRIBE_LOOP', 20)
  const random = new SeededRandom(seed)
  const counts = { records: 0, seeks: 0, pauses: 0, assigns: 0, breaks: 0 }
  for (let run = 0; run < runs; run++) {
    const setting = await setUp(60, 3)
    const { clock, broker } = setting
    const { consumer } = consumerOf(setting, {
      topics: 't',
      fetchBytes: 1 + random.integer(2_000),
      prefetchBytes: 1 + random.integer(5_000),
      onOutOfRange: 'earliest',
    })
    await after(clock, 10, consumer.ready())
    const expected = new Map([0, 1, 2].map((partition) => [partition, 0]))
    const paused = new Set<number>()
    const reading = (async () => {
      for await (const { partition, offset, value } of consumer) {
        counts.records++
        if (paused.has(partition)) throw new Error(`${partition} is paused`)
        if (expected.get(partition) !== offset || String(value) !== `${offset}`) {
          throw new Error(`${partition}/${offset} instead of ${expected.get(partition)}`)
        }
        expected.set(partition, offset + 1)
        // Asleep or waiting whenever the test does something.
        await clock.sleep(1 + random.integer(3))
      }
    })()
    const failure = codeOf(reading)
    for (let step = 0; step < 40; step++) {
      const partition = random.integer(3)
      const where = { topic: 't', partition }
      const isAssigned = expected.has(partition)
      const choice = random.integer(16)
      if (choice < 4 && isAssigned) {
        const offset = random.integer(61)
        await consumer.seek(where, offset)
        expected.set(partition, offset)
        counts.seeks++
      } else if (choice < 7 && isAssigned) {
        consumer.pause([where])
        paused.add(partition)
        counts.pauses++
      } else if (choice < 9) {
        consumer.resume()
        paused.clear()
      } else if (choice < 11) {
        broker.breakSubscriptions()
        counts.breaks++
      } else if (choice === 11) {
        const offset = random.integer(61)
        await consumer.assign([{ ...where, offset }])
        expected.clear()
        expected.set(partition, offset)
        paused.clear()
        counts.assigns++
      }
      await clock.advance(random.integer(30))
    }
    consumer.resume()
    paused.clear()
    await clock.advance(20_000)
    expect([...expected.values()].every((offset) => offset === 60)).toBe(true)
    await consumer.close()
    expect(await failure).toBe('no error')
    await clock.advance(10)
    expect(clock.openTimers).toBe(0)
    expect(broker.subscriptions.size).toBe(0)
  }
  console.log(`subscribe loop from seed ${seed}: ${JSON.stringify(counts)}`)
})
