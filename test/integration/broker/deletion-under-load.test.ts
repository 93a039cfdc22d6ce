// Topics are deleted and made again while others produce, fetch and wait: nobody hangs, nobody is served records of a
// topic that is gone, and nothing is left behind.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { VarveError } from '../../../src/domain/error.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { nextTurn } from '../../../src/platform/next-turn.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { at, batchOf } from '../../support/batches.ts'
import { createTopic, openBroker, valuesIn } from '../../support/open-broker.ts'
import { seeded } from '../../support/seed.ts'

const PARTITIONS = 3
const GONE = new Set(['UNKNOWN_TOPIC', 'UNKNOWN_PARTITION', 'NOT_READY'])

const ENGINES: Readonly<
  Record<string, (clock: Clock, random: SeededRandom) => Promise<StorageEngine>>
> = {
  memory: async (clock) => new MemoryStorageEngine({ clock }),
  file: async (clock, random) =>
    FileStorageEngine.open({
      fileSystem: new SimFileSystem({ scheduling: random.fork() }),
      clock,
      random,
      log: SILENT_LOG,
      directory: '/data',
    }),
}

describe.each(Object.keys(ENGINES))('deleting topics under load, %s engine', (name) => {
  it('ends every request and never shows a record of an older topic', async () => {
    const { seed, runs } = seeded('DELETION', 40)
    const random = new SeededRandom(seed)
    const clock = new NodeClock()
    const engine = await ENGINES[name]?.(clock, random)
    if (engine === undefined) throw new Error(name)
    const { broker } = await openBroker({ clock, engine, seed })
    const counts = { appended: 0, refused: 0, fetched: 0, woken: 0 }
    /** Counts the topics that had the name; records carry it. */
    let generation = 0
    let isOver = false

    /** Mostly goes on at once, so that requests overlap with every step of a deletion. */
    const breathe = async (): Promise<void> => {
      if (random.integer(4) === 0) await nextTurn()
    }
    const produceOn = async (): Promise<void> => {
      while (!isOver) {
        const began = generation
        const batch = batchOf({ values: [String(began)], timestampMs: clock.wallMs() })
        try {
          await broker.producer.append({
            topic: 'orders',
            partition: random.integer(PARTITIONS),
            batch,
          })
          counts.appended++
        } catch (error) {
          expectGone(error)
          counts.refused++
        }
        await breathe()
      }
    }
    const fetchOn = async (maxWaitMs: number): Promise<void> => {
      while (!isOver) {
        const began = generation
        const outcomes = await broker.fetcher.fetch({
          partitions: Array.from({ length: PARTITIONS }, (_, partition) => ({
            topic: 'orders',
            partition,
            offset: at(0),
          })),
          maxWaitMs,
          minBytes: maxWaitMs === 0 ? 0 : 2_000,
          maxBytes: 2_000,
        })
        for (const outcome of outcomes) {
          if (outcome.error !== undefined) expectGone(outcome.error)
          // A producer may have begun before the topic was made anew, so one generation less is fine.
          for (const value of valuesIn(outcome))
            expect(Number(value)).toBeGreaterThanOrEqual(began - 1)
          counts[maxWaitMs === 0 ? 'fetched' : 'woken']++
        }
        await breathe()
      }
    }

    const load = [
      produceOn(),
      produceOn(),
      produceOn(),
      fetchOn(0),
      fetchOn(60_000),
      fetchOn(60_000),
    ]
    for (let run = 0; run < runs; run++) {
      generation++
      await createTopic(broker, 'orders', PARTITIONS, { 'record.validation': 'header' })
      for (let turns = random.integer(10); turns > 0; turns--) await nextTurn()
      await deleteTwice(broker)
      for (let turns = random.integer(3); turns > 0; turns--) await nextTurn()
    }
    isOver = true
    await Promise.all([...load, broker.close()])
    expect(broker.fetcher.waiting).toBe(0)
    expect(broker.producer.inFlightBytes).toBe(0)
    expect(await engine.partitions()).toEqual([])
    expect(await engine.metadata.list('topics/')).toEqual([])
    await engine.close()
    console.log(
      `deletion under load, ${name}: ${runs} topics, ${JSON.stringify(counts)}, seed ${seed}`,
    )
    expect(counts.appended).toBeGreaterThan(0)
    expect(counts.refused).toBeGreaterThan(0)
  })
})

function expectGone(error: unknown): void {
  if (!(error instanceof VarveError) || !GONE.has(error.code)) throw error
}

async function deleteTwice(broker: Broker): Promise<void> {
  const results = await Promise.allSettled([
    broker.topics.deleteTopic('orders'),
    broker.topics.deleteTopic('orders'),
  ])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
}
