// A broker that stops and starts again under a running producer and a running consumer, on the same port and files.
import { afterEach, expect, test } from 'vitest'
import { VarveError } from '../../../src/client/index.ts'
import { RunningBroker } from './running-broker.ts'

const PARTITIONS = 4
const ROUNDS = 3

let broker: RunningBroker | undefined

afterEach(async () => {
  await broker?.close()
  broker = undefined
})

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, delayMs)
  })

test.each([
  { name: 'once', options: {}, mode: 'subscribe' },
  { name: 'at least once', options: { idempotence: false }, mode: 'subscribe' },
  { name: 'at most once', options: { idempotence: false, retryUnknown: false }, mode: 'fetch' },
] as const)(
  'nothing acknowledged is lost or out of order over restarts; delivery is $name, reading by $mode',
  async ({ name, options, mode }) => {
    broker = await RunningBroker.start()
    const client = broker.connect()
    await client.admin().createTopic({ name: 't', partitions: PARTITIONS })
    const producer = client.producer({ ...options, batchBytes: 2_000, bufferBytes: 200_000 })
    const acknowledged = new Map<string, { partition: number; offset: number }>()
    const failures: VarveError[] = []
    let sent = 0
    const sendingUntil = new AbortController()
    const sending = (async () => {
      while (!sendingUntil.signal.aborted) {
        const value = `${sent}`
        const partition = sent % PARTITIONS
        sent++
        producer.send({ topic: 't', partition, value }).then(
          (report) => acknowledged.set(value, { partition, offset: Number(report.offset) }),
          (error: unknown) => failures.push(error as VarveError),
        )
        if (producer.bufferedBytes > 150_000) await producer.ready()
        if (sent % 50 === 0) await pause(1)
      }
    })()
    const seen = Array.from({ length: PARTITIONS }, (): string[] => [])
    const consumer = client.consumer({ mode, topics: 't', maxWaitMs: 500 })
    let warnings = 0
    consumer.on('warning', () => warnings++)
    const gaps: string[] = []
    const reading = (async () => {
      for await (const { partition, offset, value } of consumer) {
        const values = seen[partition]
        if (values?.length !== offset) gaps.push(`${partition}/${offset}`)
        values?.push(String(value))
      }
    })()

    for (let round = 0; round < ROUNDS; round++) {
      await pause(300)
      await broker.stop()
      await pause(200)
      await broker.startAgain()
    }
    await pause(300)
    sendingUntil.abort()
    await sending
    await producer.close()
    const ends = await client.admin().listOffsets(
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        topic: 't',
        partition,
        at: 'latest' as const,
      })),
    )
    const total = ends.reduce((sum, { offset }) => sum + offset, 0)
    while (seen.reduce((sum, values) => sum + values.length, 0) < total) await pause(20)
    await consumer.close()
    await reading

    expect(gaps).toEqual([])
    expect(acknowledged.size + failures.length).toBe(sent)
    expect(acknowledged.size).toBeGreaterThan(1_000)
    for (const [value, { partition, offset }] of acknowledged) {
      if (seen[partition]?.[offset] !== value)
        throw new Error(`${value} is not at ${partition}/${offset}`)
    }
    let duplicates = 0
    for (const values of seen) {
      const firsts = [...new Set(values)].map(Number)
      duplicates += values.length - firsts.length
      expect(firsts).toEqual([...firsts].sort((one, other) => one - other))
    }
    if (name === 'at most once') {
      for (const error of failures) expect(error).toBeInstanceOf(VarveError)
    } else expect(failures).toEqual([])
    if (name !== 'at least once') expect(duplicates).toBe(0)
    console.log(
      `restarts: ${name}: ${sent} sent, ${acknowledged.size} acknowledged, ` +
        `${failures.length} failed, ${duplicates} duplicates, ${warnings} warnings`,
    )
  },
)

test('a client that was connected says where there is no broker any more, and finds it again', async () => {
  broker = await RunningBroker.start()
  const client = broker.connect({ connectTimeoutMs: 300 })
  expect(await client.admin().health()).toBe('serving')
  await broker.stop()
  await expect(client.admin().describeCluster()).rejects.toMatchObject({
    code: 'BROKER_UNAVAILABLE',
    message: `no broker at ${broker.address}: is it running? try npx varve start`,
  })
  await broker.startAgain()
  const patient = broker.connect()
  expect(await patient.admin().listTopics()).toEqual([])
  expect(await client.admin().listTopics()).toEqual([])
})

test('a producer waits for a broker that is started after it', async () => {
  broker = await RunningBroker.start()
  await broker.connect().admin().createTopic({ name: 't' })
  await broker.stop()
  const producer = broker.connect({ connectTimeoutMs: 200 }).producer()
  const report = producer.send({ topic: 't', value: 'early' })
  await pause(600)
  await broker.startAgain()
  expect(await report).toMatchObject({ offset: 0 })
})
