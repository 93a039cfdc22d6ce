// A producer that goes on while its broker is killed without warning, over and over: every record is in the log once and in order.
// A hundred kills: PRODUCER_KILLS_RUNS=100 npm test -- test/integration/cli/producer-kills.test.ts
import { afterEach, expect, it } from 'vitest'
import { connect, type DeliveryReport, type Varve } from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { seeded } from '../../support/seed.ts'
import { type BrokerProcess, startBroker, stopBroker, temporaryFolder } from './varve-process.ts'

const PARTITIONS = 3
/** Kills without any wait after the broker is ready: one of so many. */
const AT_ONCE_SHARE = 4

let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined
let broker: BrokerProcess | undefined
let client: Varve | undefined
afterEach(async () => {
  await client?.close()
  if (broker !== undefined) await stopBroker(broker)
  await folder?.remove()
})

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs))

it('stores every record once and in order through kills of the broker', {
  timeout: 900_000,
}, async () => {
  const { seed, runs } = seeded('PRODUCER_KILLS', 5)
  const random = new SeededRandom(String(seed))
  folder = await temporaryFolder()
  const args = ['--data-dir', folder.path]
  broker = await startBroker(args)
  const { address } = broker
  client = connect({ broker: address })
  await client.admin().createTopic({
    name: 'kills',
    partitions: PARTITIONS,
    // Small segments: kills meet rolls, snapshots and checkpoints too.
    settings: { 'segment.bytes': '1048576' },
  })
  const producer = client.producer({
    batchBytes: 4_000,
    bufferBytes: 400_000,
    deliveryTimeoutMs: 120_000,
  })
  let warnings = 0
  producer.on('warning', () => warnings++)
  const counts = { acknowledged: 0, duplicates: 0 }
  const reports: Promise<DeliveryReport>[] = []
  const sent = Array.from({ length: PARTITIONS }, (): string[] => [])
  const stopping = new AbortController()
  const sending = (async () => {
    for (let index = 0; !stopping.signal.aborted; index++) {
      await producer.ready()
      const value = `record ${index}`
      sent[index % PARTITIONS]?.push(value)
      const report = producer.send({ topic: 'kills', partition: index % PARTITIONS, value })
      report.then(
        ({ duplicate }) => {
          counts.acknowledged++
          if (duplicate === true) counts.duplicates++
        },
        () => undefined,
      )
      reports.push(report)
      if (index % 200 === 199) await pause(2)
    }
  })()

  for (let kill = 0; kill < runs; kill++) {
    if (random.integer(AT_ONCE_SHARE) > 0) {
      const before = counts.acknowledged
      while (counts.acknowledged === before) await pause(5)
      await pause(random.integer(150))
    }
    broker.child.kill('SIGKILL')
    await broker.ended
    broker = await startBroker(args, { listen: address })
  }
  stopping.abort()
  await sending
  await producer.close()
  const refusals = (await Promise.allSettled(reports)).flatMap((result) =>
    result.status === 'rejected' ? [String(result.reason)] : [],
  )

  const stored = Array.from({ length: PARTITIONS }, (): string[] => [])
  const wanted = { topics: 'kills', until: 'end' } as const
  for await (const { partition, value } of client.consumer(wanted)) {
    stored[partition]?.push(String(value))
  }
  console.log(
    `kills under a producer: seed ${seed}, ${runs} kills, ${reports.length} sent, ${counts.acknowledged} acknowledged, ` +
      `${counts.duplicates} of them from batches that were stored before, ${stored.flat().length} stored, ${warnings} warnings`,
  )
  expect([...new Set(refusals)]).toEqual([])
  for (const [partition, values] of stored.entries()) {
    expect(values.length).toBe(sent[partition]?.length)
    expect(values).toEqual(sent[partition])
  }
})
