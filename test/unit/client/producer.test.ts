import { afterEach, expect, test } from 'vitest'
import {
  type ClientWarning,
  connect,
  type DeliveryReport,
  type Producer,
  type ProducerOptions,
  VarveError,
} from '../../../src/client/index.ts'
import { partitionForKey } from '../../../src/domain/murmur2.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { SimulatedBroker } from './simulated-broker.ts'
import { after, codeOf } from './virtual-outcome.ts'

const clocks: VirtualClock[] = []

function setUp(options: ProducerOptions = {}): {
  clock: VirtualClock
  broker: SimulatedBroker
  producer: Producer
  warnings: ClientWarning[]
} {
  const clock = new VirtualClock()
  clocks.push(clock)
  const broker = new SimulatedBroker(clock)
  broker.createTopic('t', 4)
  const client = connect({ transport: broker, clock, random: new SeededRandom(1) })
  const producer = client.producer(options)
  const warnings: ClientWarning[] = []
  producer.on('warning', (warning) => warnings.push(warning))
  return { clock, broker, producer, warnings }
}

function send(producer: Producer, value: string, partition = 0): Promise<DeliveryReport> {
  return producer.send({ topic: 't', partition, value })
}

afterEach(() => {
  for (const clock of clocks.splice(0)) expect(clock.openTimers).toBe(0)
})

async function closed(clock: VirtualClock, producer: Producer): Promise<void> {
  await after(clock, 1_000, producer.close())
}

test('a delivery report states topic, partition, offset, timestamp and durability', async () => {
  const { clock, producer } = setUp()
  const first = producer.send({ topic: 't', partition: 2, value: 'a', timestampMs: 7 })
  const second = producer.send({ topic: 't', partition: 2, value: 'b' })
  expect(await after(clock, 100, first)).toEqual({
    topic: 't',
    partition: 2,
    offset: 0,
    timestampMs: 7,
    durability: 'synced',
  })
  expect(await second).toMatchObject({ offset: 1, timestampMs: Date.UTC(2026, 0, 1) })
  await closed(clock, producer)
})

test('text, bytes, null and headers in both forms arrive as they were sent', async () => {
  const { clock, broker, producer } = setUp()
  const sent = producer.sendMany([
    { topic: 't', partition: 0, key: 'key', value: 'wert ü', headers: { one: 'x', none: null } },
    {
      topic: 't',
      partition: 0,
      key: Uint8Array.of(0, 255),
      value: null,
      headers: [
        { key: 'same', value: Uint8Array.of(1) },
        { key: 'same', value: '' },
      ],
    },
  ])
  await after(clock, 100, sent)
  const [first, second] = broker.records('t', 0)
  expect(first).toMatchObject({
    key: Buffer.from('key'),
    value: Buffer.from('wert ü'),
    headers: [
      { key: 'one', value: Buffer.from('x') },
      { key: 'none', value: null },
    ],
  })
  expect(second).toMatchObject({
    key: Buffer.of(0, 255),
    value: null,
    headers: [
      { key: 'same', value: Buffer.of(1) },
      { key: 'same', value: Buffer.alloc(0) },
    ],
  })
  await closed(clock, producer)
})

test('records wait for the linger time and then go as one batch', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 50 })
  const all = [send(producer, 'a'), send(producer, 'b')]
  await clock.advance(40)
  all.push(send(producer, 'c'))
  expect(broker.seen.entries).toBe(0)
  await clock.advance(30)
  expect(broker.seen.entries).toBe(1)
  await Promise.all(all)
  expect(broker.values('t', 0)).toEqual(['a', 'b', 'c'])
  await closed(clock, producer)
})

test('a full batch does not wait', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 10_000, batchBytes: 500 })
  const all = Array.from({ length: 20 }, (_, index) => send(producer, `${index}`.padEnd(100)))
  await clock.advance(100)
  expect(broker.seen.entries).toBeGreaterThan(3)
  await after(clock, 100, producer.flush())
  await Promise.all(all)
  await closed(clock, producer)
})

test('with a linger time of 0 the sends of one turn are one batch', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 0 })
  const all = [send(producer, 'a'), send(producer, 'b')]
  await after(clock, 10, Promise.all(all))
  expect(broker.seen.entries).toBe(1)
  await closed(clock, producer)
})

test('keys choose the partition as in Kafka', async () => {
  const { clock, broker, producer } = setUp()
  const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`)
  const reports = await after(
    clock,
    100,
    producer.sendMany(keys.map((key) => ({ topic: 't', key, value: 'v' }))),
  )
  keys.forEach((key, index) => {
    expect(reports[index]?.partition).toBe(partitionForKey(Buffer.from(key), 4))
  })
  expect(broker.records('t', 0).length).toBeGreaterThan(0)
  await closed(clock, producer)
})

test('records without key stay together for a batch and then spread', async () => {
  const { clock, producer } = setUp({ batchBytes: 1_000 })
  const values = Array.from({ length: 400 }, () => ({ topic: 't', value: 'x'.repeat(90) }))
  const reports = await after(clock, 1_000, producer.sendMany(values))
  let changes = 0
  reports.forEach((report, index) => {
    if (index > 0 && report.partition !== reports[index - 1]?.partition) changes++
  })
  expect(new Set(reports.map((report) => report.partition)).size).toBe(4)
  expect(changes).toBeLessThan(60)
  await closed(clock, producer)
})

test('a custom partitioner decides, and a wrong answer of it fails that record', async () => {
  const { clock, producer } = setUp({
    partitioner: ({ value }, partitions) => (String(value) === 'bad' ? partitions : 3),
  })
  const good = producer.send({ topic: 't', key: 'k', value: 'v' })
  const bad = codeOf(producer.send({ topic: 't', value: 'bad' }))
  expect(await after(clock, 100, good)).toMatchObject({ partition: 3 })
  expect(await bad).toBe('UNKNOWN_PARTITION')
  await closed(clock, producer)
})

test.each([
  [{}, 5],
  [{ maxInFlight: 2 }, 2],
  [{ idempotence: false }, 1],
] as const)(
  'of one partition as many batches are under way as %j allows, %i',
  async (options, most) => {
    const { clock, broker, producer } = setUp({ ...options, batchBytes: 300, lingerMs: 0 })
    broker.latencyMs = 20
    const all: Promise<DeliveryReport>[] = []
    for (let index = 0; index < 200; index++) {
      all.push(send(producer, `${index}`.padEnd(100), index % 4))
    }
    await after(clock, 10_000, Promise.all(all))
    expect(broker.seen.perPartition).toBe(most)
    for (const partition of [0, 1, 2, 3]) {
      const numbers = broker.values('t', partition).map(Number)
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
      expect(numbers).toHaveLength(50)
    }
    await closed(clock, producer)
  },
)

test('batches of one partition that wait go in one message, as many as may be under way', async () => {
  const { clock, broker, producer } = setUp({ batchBytes: 300, lingerMs: 0, maxInFlight: 4 })
  broker.latencyMs = 20
  await after(clock, 1_000, send(producer, 'first'))
  const all = Array.from({ length: 40 }, (_, index) => send(producer, `${index}`.padEnd(100)))
  await after(clock, 10_000, Promise.all(all))
  expect(broker.seen).toMatchObject({ perMessage: 4, perPartition: 4 })
  const expected = ['first', ...Array.from({ length: 40 }, (_, index) => `${index}`.padEnd(100))]
  expect(broker.values('t', 0)).toEqual(expected)
  await closed(clock, producer)
})

test('a refusal that passes is repeated in order', async () => {
  const { clock, broker, producer } = setUp({ batchBytes: 200, lingerMs: 0 })
  let refusals = 0
  broker.fateOf = () => (refusals++ % 3 === 0 ? new VarveError('QUEUE_FULL', 'full') : 'store')
  const all = Array.from({ length: 30 }, (_, index) => send(producer, `${index}`.padEnd(100)))
  await after(clock, 60_000, Promise.all(all))
  expect(broker.values('t', 0).map(Number)).toEqual(Array.from({ length: 30 }, (_, index) => index))
  await closed(clock, producer)
})

test('a full disk is waited for within the delivery timeout, and then told', async () => {
  const { clock, broker, producer, warnings } = setUp({ deliveryTimeoutMs: 5_000 })
  broker.fateOf = () => new VarveError('DISK_FULL', 'no space')
  const lost = codeOf(send(producer, 'a'))
  await clock.advance(5_100)
  expect(await lost).toBe('DELIVERY_TIMEOUT')
  // Said once, however often it was tried.
  expect(warnings).toMatchObject([
    { kind: 'retrying', topic: 't', partition: 0, error: { code: 'DISK_FULL' } },
  ])
  const kept = send(producer, 'b')
  await clock.advance(1_000)
  broker.fateOf = () => 'store'
  expect(await after(clock, 5_000, kept)).toMatchObject({ offset: 0 })
  await closed(clock, producer)
})

test('a batch above the limit of the topic goes on in halves', async () => {
  const { clock, broker, producer, warnings } = setUp({ lingerMs: 10 })
  await after(clock, 100, send(producer, 'first'))
  // Lowered after the producer asked.
  const topic = broker.topics.get('t')
  if (topic !== undefined) topic.maxMessageBytes = 1_000
  const all = Array.from({ length: 64 }, (_, index) => send(producer, `${index}`.padEnd(100)))
  await after(clock, 1_000, Promise.all(all))
  const values = broker.values('t', 0).slice(1).map(Number)
  expect(values).toEqual(Array.from({ length: 64 }, (_, index) => index))
  expect(warnings.map(({ kind }) => kind)).toContain('batch-split')
  await closed(clock, producer)
})

test('one record above the limit of the topic fails alone', async () => {
  const { clock, broker, producer } = setUp()
  broker.createTopic('small', 1, 200)
  const all = ['a', 'b'.repeat(1_000), 'c'].map((value) =>
    codeOf(producer.send({ topic: 'small', value })),
  )
  expect(await after(clock, 1_000, Promise.all(all))).toEqual([
    'no error',
    'BATCH_TOO_LARGE',
    'no error',
  ])
  expect(broker.values('small', 0)).toEqual(['a', 'c'])
  await closed(clock, producer)
})

test.each([
  [true, 12],
  [false, 13],
])(
  'after a break what is unanswered is sent again in order; with idempotence %s %i are stored',
  async (idempotence, count) => {
    const { clock, broker, producer, warnings } = setUp({
      idempotence,
      batchBytes: 200,
      lingerMs: 0,
    })
    let entries = 0
    broker.fateOf = () => {
      entries++
      if (entries === 3) return 'break-before'
      return entries === 6 ? 'break-after' : 'store'
    }
    const all = Array.from({ length: 12 }, (_, index) => send(producer, `${index}`.padEnd(100)))
    await after(clock, 60_000, Promise.all(all))
    const stored = broker.values('t', 0).map(Number)
    const firsts = stored.filter((value, index) => stored.indexOf(value) === index)
    expect(firsts).toEqual(Array.from({ length: 12 }, (_, index) => index))
    expect(stored.length).toBe(count)
    expect(warnings.map(({ kind }) => kind)).toContain('retrying')
    await closed(clock, producer)
  },
)

test('without retries of unknown outcomes a break fails the batch that was under way, and nothing is stored twice', async () => {
  const { clock, broker, producer } = setUp({
    batchBytes: 200,
    lingerMs: 0,
    idempotence: false,
    retryUnknown: false,
  })
  let entries = 0
  broker.fateOf = () => (++entries === 2 ? 'break-after' : 'store')
  const all = Array.from({ length: 4 }, (_, index) =>
    codeOf(send(producer, `${index}`.padEnd(100))),
  )
  expect(await after(clock, 60_000, Promise.all(all))).toEqual([
    'no error',
    'BROKER_UNAVAILABLE',
    'no error',
    'no error',
  ])
  expect(broker.values('t', 0).map(Number)).toEqual([0, 1, 2, 3])
  await closed(clock, producer)
})

test('a refusal that does not pass fails its records and leaves the others alone', async () => {
  const { clock, broker, producer } = setUp()
  broker.fateOf = (entry) =>
    entry.partition === 1 ? new VarveError('PARTITION_READ_ONLY', 'fenced') : 'store'
  const all = [0, 1, 2].map((partition) => codeOf(send(producer, 'x', partition)))
  expect(await after(clock, 1_000, Promise.all(all))).toEqual([
    'no error',
    'PARTITION_READ_ONLY',
    'no error',
  ])
  await closed(clock, producer)
})

test('sends wait in line for room in the buffer and keep their order', async () => {
  const { clock, broker, producer } = setUp({ bufferBytes: 1_024, lingerMs: 1_000 })
  const all = Array.from({ length: 40 }, (_, index) => send(producer, `${index}`.padEnd(100)))
  expect(producer.bufferedBytes).toBeLessThanOrEqual(1_024)
  await after(clock, 10_000, Promise.all(all))
  expect(broker.values('t', 0).map(Number)).toEqual(Array.from({ length: 40 }, (_, index) => index))
  expect(producer.bufferedBytes).toBe(0)
  await closed(clock, producer)
})

test('a buffer that stays full refuses with BUFFER_FULL', async () => {
  const { clock, broker, producer } = setUp({
    bufferBytes: 1_024,
    maxBlockMs: 2_000,
    deliveryTimeoutMs: 10_000,
  })
  await after(clock, 100, send(producer, 'known'))
  broker.fateOf = () => new VarveError('DISK_FULL', 'no space')
  const kept = codeOf(send(producer, 'x'.repeat(900)))
  const refused = codeOf(send(producer, 'y'.repeat(900)))
  const refusedReady = codeOf(producer.ready())
  await clock.advance(2_100)
  expect(await refused).toBe('BUFFER_FULL')
  expect(await refusedReady).toBe('BUFFER_FULL')
  await clock.advance(10_000)
  expect(await kept).toBe('DELIVERY_TIMEOUT')
  await closed(clock, producer)
})

test('trySend says no when the buffer is full and calls back once for what it took', async () => {
  const { clock, producer } = setUp({ bufferBytes: 1_024 })
  const results: (DeliveryReport | VarveError)[] = []
  let taken = 0
  const record = { topic: 't', partition: 0, value: 'x'.repeat(200) }
  while (producer.trySend(record, (result) => results.push(result))) taken++
  expect(taken).toBe(4)
  await after(clock, 100, producer.ready())
  expect(producer.trySend(record, (result) => results.push(result))).toBe(true)
  await after(clock, 100, producer.flush())
  expect(
    results.map((result) => (result instanceof VarveError ? result.code : result.offset)),
  ).toEqual([0, 1, 2, 3, 4])
  await closed(clock, producer)
})

test('flush does not wait for the linger time nor for records that come after it', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 60_000 })
  const before = send(producer, 'before')
  const flushed = producer.flush()
  const later = send(producer, 'later')
  await after(clock, 100, flushed)
  await before
  expect(broker.values('t', 0)).toEqual(['before'])
  await closed(clock, producer)
  await later
})

test('flush covers records whose topic is not known yet', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 60_000 })
  broker.latencyMs = 500
  const sent = [send(producer, 'a'), send(producer, 'b')]
  await after(clock, 5_000, producer.flush())
  await Promise.all(sent)
  expect(broker.seen.entries).toBe(1)
  await closed(clock, producer)
})

test('an unknown topic fails at once, a broker that is away after maxBlockMs', async () => {
  const { clock, broker, producer } = setUp({ maxBlockMs: 3_000 })
  const unknown = codeOf(producer.send({ topic: 'nope', value: 'x' }))
  await clock.advance(50)
  expect(await unknown).toBe('UNKNOWN_TOPIC')
  broker.goDown()
  const away = codeOf(send(producer, 'x'))
  await clock.advance(3_500)
  expect(await away).toBe('BROKER_UNAVAILABLE')
  await closed(clock, producer)
})

test('a partition that appears later can be sent to', async () => {
  const { clock, broker, producer } = setUp()
  await after(clock, 100, send(producer, 'a'))
  const tooHigh = codeOf(send(producer, 'x', 6))
  await clock.advance(100)
  expect(await tooHigh).toBe('UNKNOWN_PARTITION')
  broker.addPartitions('t', 8)
  expect(await after(clock, 100, send(producer, 'x', 6))).toMatchObject({ partition: 6 })
  await closed(clock, producer)
})

test('keyed records use new partitions after the metadata are old', async () => {
  const { clock, broker, producer } = setUp({ metadataMaxAgeMs: 1_000 })
  const record = { topic: 't', key: 'key-1', value: 'v' }
  await after(clock, 100, producer.send(record))
  broker.addPartitions('t', 400)
  await clock.advance(1_000)
  await after(clock, 100, producer.send(record))
  expect(await after(clock, 100, producer.send(record))).toMatchObject({
    partition: partitionForKey(Buffer.from('key-1'), 400),
  })
  await closed(clock, producer)
})

test('a delivery timeout says whether the record was sent, and why it failed', async () => {
  const { clock, broker, producer } = setUp({ deliveryTimeoutMs: 4_000, maxBlockMs: 60_000 })
  await after(clock, 100, send(producer, 'known'))
  broker.goDown()
  const lost = send(producer, 'x').catch((error: unknown) => error)
  await clock.advance(5_000)
  const error = await lost
  expect(error).toMatchObject({
    code: 'DELIVERY_TIMEOUT',
    effect: 'none',
    details: { attempts: 0 },
  })
  expect(String(error)).toContain('was not sent')
  expect(String(error)).toContain('no broker at')
  await closed(clock, producer)
})

test('a record that timed out under way does not let the next one overtake it', async () => {
  const { clock, broker, producer } = setUp({
    deliveryTimeoutMs: 1_000,
    lingerMs: 0,
    maxInFlight: 1,
  })
  await after(clock, 100, send(producer, 'known'))
  broker.latencyMs = 1_500
  const slow = codeOf(send(producer, 'slow'))
  await clock.advance(900)
  const next = send(producer, 'next')
  const nextCode = codeOf(next)
  await clock.advance(200)
  expect(await slow).toBe('DELIVERY_TIMEOUT')
  broker.latencyMs = 1
  await clock.advance(1_000)
  expect(await nextCode).toBe('no error')
  expect(broker.values('t', 0)).toEqual(['known', 'slow', 'next'])
  await closed(clock, producer)
})

test('close delivers what was accepted, refuses what comes later, and may be called twice', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 60_000 })
  const sent = send(producer, 'last')
  const closing = producer.close()
  expect(await codeOf(send(producer, 'late'))).toBe('CLOSED')
  expect(
    await codeOf(producer.append({ topic: 't', partition: 0, records: [{ value: 'x' }] })),
  ).toBe('CLOSED')
  await after(clock, 1_000, closing)
  await producer.close()
  expect(await sent).toMatchObject({ offset: 0 })
  expect(broker.values('t', 0)).toEqual(['last'])
})

test('close with a time limit fails what is left', async () => {
  const { clock, broker, producer } = setUp({ bufferBytes: 1_024 })
  await after(clock, 100, send(producer, 'known'))
  broker.goDown()
  const codes = [codeOf(send(producer, 'x'.repeat(800))), codeOf(send(producer, 'y'.repeat(800)))]
  await after(clock, 600, producer.close({ timeoutMs: 500 }))
  expect(await Promise.all(codes)).toEqual(['CLOSED', 'CLOSED'])
  expect(producer.bufferedBytes).toBe(0)
})

test.each([
  [{ topic: 't', value: 5 }, 'INVALID_ARGUMENT'],
  [{ topic: 7, value: 'x' }, 'INVALID_ARGUMENT'],
  [{ topic: 't', key: {}, value: 'x' }, 'INVALID_ARGUMENT'],
  [{ topic: 't', value: 'x', headers: { a: 1 } }, 'INVALID_ARGUMENT'],
  [{ topic: 't', value: 'x', headers: [{ key: 1, value: 'x' }] }, 'INVALID_ARGUMENT'],
  [{ topic: 't', value: 'x', partition: -1 }, 'UNKNOWN_PARTITION'],
  [{ topic: 't', value: 'x', partition: 1.5 }, 'UNKNOWN_PARTITION'],
  [{ topic: 't', value: 'x', timestampMs: -1 }, 'INVALID_TIMESTAMP'],
  [{ topic: 't', value: 'x', timestampMs: 0.5 }, 'INVALID_TIMESTAMP'],
  [{ topic: 't', value: 'x'.repeat(2_000) }, 'BATCH_TOO_LARGE'],
])('a record that cannot be sent is refused before anything is kept: %#', async (record, code) => {
  const { clock, producer } = setUp({ bufferBytes: 1_024 })
  expect(await codeOf(producer.send(record as never))).toBe(code)
  expect(producer.bufferedBytes).toBe(0)
  await closed(clock, producer)
})

test.each([
  { batchBytes: 0 },
  { bufferBytes: 10 },
  { lingerMs: -1 },
  { durability: 'maybe' },
  { compression: 'brotli' },
  { partitioner: 'random' },
  { deliveryTimeoutMs: Number.NaN },
  { maxInFlight: 0 },
  { maxInFlight: 6 },
  { maxInFlight: 2, idempotence: false },
  { idempotence: true, durability: 'none' },
  { retryUnknown: false },
  { idempotence: 'yes' },
])('an option that makes no sense is named: %j', (options) => {
  const client = connect({ transport: new SimulatedBroker(new VirtualClock()) })
  expect(() => client.producer(options as never)).toThrow(Object.keys(options)[0])
})

test('append stores records together and reports where', async () => {
  const { clock, broker, producer } = setUp()
  const report = await after(
    clock,
    100,
    producer.append({ topic: 't', partition: 1, records: [{ value: 'a' }, { value: 'b' }] }),
  )
  expect(report).toEqual({
    topic: 't',
    partition: 1,
    baseOffset: 0,
    recordCount: 2,
    durability: 'synced',
  })
  expect(broker.topics.get('t')?.partitions[1]?.batches).toHaveLength(1)
  await closed(clock, producer)
})

test('a partitioner that throws fails its record and keeps nothing of the buffer', async () => {
  const { clock, producer } = setUp({
    partitioner: ({ value }) => {
      if (String(value) === 'bad') throw new Error('a bug of the application')
      return 1
    },
  })
  const good = producer.send({ topic: 't', value: 'good' })
  const bad = codeOf(producer.send({ topic: 't', value: 'bad' }))
  await clock.advance(100)
  expect(await good).toMatchObject({ partition: 1 })
  expect(await bad).toBe('INVALID_ARGUMENT')
  expect(producer.bufferedBytes).toBe(0)
  await closed(clock, producer)
})

test('a stream that is ready and over in the same turn is replaced by another', async () => {
  const { clock, broker, producer } = setUp()
  broker.endsNextStreamAtOnce = true
  const sent = send(producer, 'x')
  await clock.advance(2_000)
  expect(await sent).toMatchObject({ offset: 0 })
  await closed(clock, producer)
})

test('what breaks a stream is never taken for a refusal of the batches under way', async () => {
  const { clock, broker, producer } = setUp({ idempotence: false, retryUnknown: false })
  broker.fateOf = () => 'break-after'
  broker.breakError = new VarveError('BATCH_TOO_LARGE', 'resources of a proxy are exhausted')
  const codes = [codeOf(send(producer, 'a')), codeOf(send(producer, 'b'))]
  await clock.advance(2_000)
  expect(await Promise.all(codes)).toEqual(['BROKER_UNAVAILABLE', 'BROKER_UNAVAILABLE'])
  expect(broker.values('t', 0)).toEqual(['a', 'b'])
  await closed(clock, producer)
})

test('a batch that the broker misses others before is not stored, whatever became of its first attempt', async () => {
  const { clock, broker, producer, warnings } = setUp({ durability: 'written' })
  for (const value of ['a', 'b']) await after(clock, 100, send(producer, value))
  // A crash of the machine: 'b', which was only written, is lost, and the producer remembered as of 'a'.
  broker.loseLastBatch('t', 0)
  let entries = 0
  broker.fateOf = () => (++entries === 1 ? 'break-before' : 'store')
  expect(await after(clock, 5_000, send(producer, 'c'))).toMatchObject({ offset: 1 })
  expect(broker.values('t', 0)).toEqual(['a', 'c'])
  expect(warnings.map(({ kind }) => kind)).toEqual([
    'retrying',
    'producer-forgotten',
    'epoch-raised',
  ])
  await closed(clock, producer)
})

test.each([
  ['the broker has forgotten the producer', undefined],
  ['the first is refused for good', 'INVALID_TIMESTAMP'],
] as const)('batches that went in one message all go on when %s', async (_what, refusal) => {
  const { clock, broker, producer } = setUp({ durability: 'written', batchBytes: 300, lingerMs: 0 })
  broker.latencyMs = 20
  for (const value of ['a', 'b']) await after(clock, 1_000, send(producer, value))
  if (refusal === undefined) broker.loseLastBatch('t', 0)
  let entries = 0
  broker.fateOf = () =>
    ++entries === 1 && refusal !== undefined ? new VarveError(refusal, 'no') : 'store'
  const values = Array.from({ length: 12 }, (_, index) => `${index}`.padEnd(200))
  const results = Promise.allSettled(values.map((value) => send(producer, value)))
  const failed = (await after(clock, 10_000, results)).filter(
    ({ status }) => status !== 'fulfilled',
  )
  expect(broker.seen.perMessage).toBeGreaterThan(1)
  expect(failed).toHaveLength(refusal === undefined ? 0 : 1)
  const stored = refusal === undefined ? ['a', ...values] : ['a', 'b', ...values.slice(1)]
  expect(broker.values('t', 0)).toEqual(stored)
  await closed(clock, producer)
})

test('an option that does not exist is refused, with the one that may be meant', () => {
  const misspelt = { lingerMS: 5 } as object
  expect(() => setUp(misspelt)).toThrow('a producer has no option lingerMS; did you mean lingerMs?')
})

test('a batch that opens behind one that is handed over lingers no longer than it should', async () => {
  const { clock, broker, producer } = setUp({ batchBytes: 200, lingerMs: 5 })
  await after(clock, 100, send(producer, 'first'))
  broker.latencyMs = 10_000
  const sent = [send(producer, 'fills a batch'.padEnd(190)), send(producer, 'behind it')]
  const before = broker.seen.entries
  await clock.advance(6)
  expect(broker.seen.entries - before).toBe(2)
  await clock.advance(20_000)
  await Promise.all(sent)
  await closed(clock, producer)
})

test('a record whose topic was long unknown is given up in its time, not in that of later ones', async () => {
  const { clock, broker, producer } = setUp({ lingerMs: 0, deliveryTimeoutMs: 70_000 })
  broker.createTopic('late', 1)
  await after(clock, 1_000, send(producer, 'known'))
  broker.fateOf = () => new VarveError('QUEUE_FULL', 'full')
  broker.goDown()
  const acceptedMs = clock.monotonicMs()
  const late = codeOf(producer.send({ topic: 'late', partition: 0, value: 'x' })).then((code) => ({
    code,
    afterMs: clock.monotonicMs() - acceptedMs,
  }))
  await clock.advance(50_000)
  const other = codeOf(send(producer, 'later'))
  await clock.advance(1_000)
  broker.isUp = true
  await clock.advance(150_000)
  expect(await late).toEqual({ code: 'DELIVERY_TIMEOUT', afterMs: 70_000 })
  expect(await other).toBe('DELIVERY_TIMEOUT')
  await closed(clock, producer)
})

test('a batch before a lost number that the broker no longer knows goes on under a new epoch at once', async () => {
  const { clock, broker, producer } = setUp({ batchBytes: 1, lingerMs: 0 })
  await after(clock, 100, send(producer, 'b0'))
  let hasForgotten = false
  broker.fateOf = (entry) => {
    const [record] = decodeBatch(Buffer.from(entry.records?.batches ?? []))
    const value = String(record?.value)
    if (value === 'b1' && !hasForgotten) return new VarveError('QUEUE_FULL', 'full')
    if (value !== 'b2') return 'store'
    hasForgotten = true
    broker.topics.get('t')?.partitions[0]?.producers.clear()
    return new VarveError('INVALID_TIMESTAMP', 'no')
  }
  const results = ['b1', 'b2', 'b3'].map((value) => codeOf(send(producer, value)))
  await clock.advance(5_000)
  expect(await Promise.all(results)).toEqual(['no error', 'INVALID_TIMESTAMP', 'no error'])
  expect(broker.values('t', 0)).toEqual(['b0', 'b1', 'b3'])
  expect(broker.seen.entries).toBeLessThan(12)
  await closed(clock, producer)
})

test('a record whose topic cannot be asked for waits, and that is told', async () => {
  const { clock, broker, producer, warnings } = setUp()
  broker.goDown()
  const sent = send(producer, 'x')
  await clock.advance(3_000)
  expect(warnings[0]).toMatchObject({ kind: 'retrying', topic: 't' })
  broker.isUp = true
  expect(await after(clock, 20_000, sent)).toMatchObject({ offset: 0 })
  await closed(clock, producer)
})
