// Random sends through random faults on a virtual clock, checked against what the simulated broker stored: the promises of
// the producer hold whatever happens on the way.
import { expect, test } from 'vitest'
import {
  connect,
  type DeliveryReport,
  type ProducerOptions,
  VarveError,
} from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { seeded } from '../../support/seed.ts'
import { type Fate, SimulatedBroker } from './simulated-broker.ts'

const RECORDS = 120
const PARTITIONS = 3

interface Sent {
  readonly partition: number
  readonly value: string
  result: DeliveryReport | VarveError | undefined
}

interface Mode {
  readonly name: string
  readonly options: ProducerOptions
  readonly inFlightMax: number
  readonly duplicates: boolean
}

const MODES: readonly Mode[] = [
  { name: 'once', options: {}, inFlightMax: 5, duplicates: false },
  {
    name: 'once, and what takes too long is given up',
    options: { deliveryTimeoutMs: 700 },
    inFlightMax: 5,
    duplicates: false,
  },
  {
    name: 'at least once',
    options: { idempotence: false },
    inFlightMax: 1,
    duplicates: true,
  },
  {
    name: 'at most once',
    options: { idempotence: false, retryUnknown: false },
    inFlightMax: 1,
    duplicates: false,
  },
]

/** Fates in a hundred; the rest is stored. */
interface Weather {
  readonly passing: number
  readonly final: number
  readonly breakBefore: number
  readonly breakAfter: number
}

function fate(random: SeededRandom, weather: Weather): Fate {
  let dice = random.integer(100)
  if ((dice -= weather.passing) < 0) return new VarveError('QUEUE_FULL', 'full')
  if ((dice -= weather.final) < 0) return new VarveError('PARTITION_READ_ONLY', 'fenced')
  if ((dice -= weather.breakBefore) < 0) return 'break-before'
  if ((dice -= weather.breakAfter) < 0) return 'break-after'
  return 'store'
}

async function runOnce(
  seed: number,
  { options }: Mode,
): Promise<{ sent: Sent[]; broker: SimulatedBroker; clock: VirtualClock; bufferedBytes: number }> {
  const random = new SeededRandom(seed)
  const clock = new VirtualClock()
  const broker = new SimulatedBroker(clock)
  broker.createTopic('t', PARTITIONS, 400 + random.integer(2_000))
  broker.latencyMs = 1 + random.integer(30)
  broker.inFlightMax = 1 + random.integer(4)
  const weather: Weather = {
    passing: random.integer(30),
    final: random.integer(2) * random.integer(10),
    breakBefore: random.integer(15),
    breakAfter: random.integer(15),
  }
  broker.fateOf = () => fate(random, weather)
  const client = connect({ transport: broker, clock, random })
  const producer = client.producer({
    batchBytes: 200 + random.integer(3_000),
    lingerMs: random.integer(20),
    bufferBytes: 2_000 + random.integer(20_000),
    deliveryTimeoutMs: 60_000,
    maxBlockMs: 600_000,
    ...options,
  })
  const sent: Sent[] = []
  for (let index = 0; index < RECORDS; index++) {
    const partition = random.integer(PARTITIONS)
    const entry: Sent = {
      partition,
      value: `${index}`.padEnd(random.integer(150)),
      result: undefined,
    }
    sent.push(entry)
    producer.send({ topic: 't', partition, value: entry.value }).then(
      (report) => {
        entry.result = report
      },
      (error: unknown) => {
        entry.result = error as VarveError
      },
    )
    if (random.integer(10) === 0) await clock.advance(random.integer(40))
    if (random.integer(40) === 0) {
      broker.goDown()
      await clock.advance(random.integer(3_000))
      broker.isUp = true
    }
    if (random.integer(25) === 0) void producer.flush()
  }
  const closing = producer.close()
  await clock.advance('10m')
  await closing
  return { sent, broker, clock, bufferedBytes: producer.bufferedBytes }
}

test.each(MODES)('whatever fails on the way, delivery is $name, and in order', async (mode) => {
  const { seed, runs } = seeded('CLIENT', 60)
  const counts = { records: 0, acknowledged: 0, failed: 0, duplicates: 0, epochs: 0 }
  for (let run = 0; run < runs; run++) {
    const { sent, broker, clock, bufferedBytes } = await runOnce(seed + run, mode)
    const context = `seed ${seed + run}`
    expect(clock.openTimers, context).toBe(0)
    expect(bufferedBytes, context).toBe(0)
    counts.epochs += broker.identities.length
    expect(broker.seen.perPartition, context).toBeLessThanOrEqual(mode.inFlightMax)
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const stored = broker.values('t', partition)
      const mine = sent.filter((entry) => entry.partition === partition)
      const order = new Map(mine.map((entry, index) => [entry.value, index]))
      let last = -1
      for (const { value, result } of mine) {
        expect(result, `${context}: ${value} has one result`).toBeDefined()
        if (result === undefined || result instanceof VarveError) {
          counts.failed++
          if (result?.effect === 'none') expect(stored, context).not.toContain(value)
          continue
        }
        counts.acknowledged++
        // Where the report says, and acknowledged records in the order of their sends.
        expect(stored[result.offset ?? -1], context).toBe(value)
        expect(Number(result.offset), context).toBeGreaterThan(last)
        last = Number(result.offset)
      }
      // Also the first copies of everything stored lie in that order.
      const firsts = stored.filter((value, index) => stored.indexOf(value) === index)
      const positions = firsts.map((value) => order.get(value) ?? -1)
      expect(positions, context).toEqual([...positions].sort((one, other) => one - other))
      counts.duplicates += stored.length - firsts.length
      counts.records += mine.length
    }
  }
  if (!mode.duplicates) expect(counts.duplicates).toBe(0)
  console.log(
    `producer through faults: ${mode.name}, ${runs} runs from seed ${seed}: ` +
      `${counts.records} records, ${counts.acknowledged} acknowledged, ${counts.failed} failed, ${counts.duplicates} duplicates, ${counts.epochs} epochs`,
  )
})
