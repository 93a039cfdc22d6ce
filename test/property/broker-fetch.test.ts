import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FetchOutcome } from '../../src/broker/fetch-service.ts'
import { at, batchOf } from '../support/batches.ts'
import { createTopic, openBroker, valuesIn } from '../support/open-broker.ts'
import { seeded } from '../support/seed.ts'

const PARTITIONS = 4

/** Records for partitions: each batch has a partition, a number of records and a size of values. */
const appends = fc.array(
  fc.record({
    partition: fc.integer({ min: 0, max: PARTITIONS - 1 }),
    records: fc.integer({ min: 1, max: 4 }),
    valueBytes: fc.integer({ min: 1, max: 400 }),
  }),
  { maxLength: 40 },
)
const budgets = fc.record({
  maxBytes: fc.integer({ min: 1, max: 4_000 }),
  partitionMaxBytes: fc.integer({ min: 0, max: 1_000 }),
})

const { seed, runs } = seeded('BROKER_FETCH', 150)

function batchesIn(outcome: FetchOutcome): number {
  let batches = 0
  for (const chunk of outcome.chunks) {
    for (let position = 0; position < chunk.length; batches++) {
      position += chunk.readInt32BE(position + 8) + 12
    }
  }
  return batches
}

describe('fetching in steps', () => {
  it('gives every record once, in order, within the budgets', async () => {
    let fetches = 0
    const property = fc.asyncProperty(appends, budgets, async (batches, budget) => {
      const { broker } = await openBroker({ seed })
      await createTopic(broker, 'orders', PARTITIONS)
      const expected: string[][] = Array.from({ length: PARTITIONS }, () => [])
      for (const [number, { partition, records, valueBytes }] of batches.entries()) {
        const values = Array.from({ length: records }, (_, index) =>
          `${number}-${index}`.padEnd(valueBytes, '.'),
        )
        expected[partition]?.push(...values)
        await broker.producer.append({ topic: 'orders', partition, batch: batchOf({ values }) })
      }
      const positions = new Array<number>(PARTITIONS).fill(0)
      const read: string[][] = Array.from({ length: PARTITIONS }, () => [])
      for (;;) {
        const outcomes = await broker.fetcher.fetch({
          partitions: positions.map((offset, partition) => ({
            topic: 'orders',
            partition,
            offset: at(offset),
            maxBytes: budget.partitionMaxBytes,
          })),
          maxWaitMs: 0,
          minBytes: 0,
          maxBytes: budget.maxBytes,
        })
        fetches++
        const total = outcomes.reduce((sum, { bytes }) => sum + bytes, 0)
        if (total > budget.maxBytes) {
          expect(outcomes.reduce((sum, outcome) => sum + batchesIn(outcome), 0)).toBe(1)
        }
        const ownBudget = budget.partitionMaxBytes === 0 ? Infinity : budget.partitionMaxBytes
        const above = outcomes.filter(({ bytes }) => bytes > ownBudget)
        expect(above.length).toBeLessThanOrEqual(1)
        for (const outcome of above) expect(batchesIn(outcome)).toBe(1)
        for (const outcome of outcomes) {
          expect(outcome.error).toBeUndefined()
          read[outcome.partition]?.push(...valuesIn(outcome))
          positions[outcome.partition] = outcome.nextOffset
        }
        if (total === 0) break
      }
      expect(read).toEqual(expected)
      await broker.close()
    })
    await fc.assert(property, { seed, numRuns: runs })
    console.log(`fetch property: ${runs} runs, ${fetches} fetches, seed ${seed}`)
  })

  it('waits exactly until there is enough in all partitions together', async () => {
    const wanted = fc.integer({ min: 1, max: 4_000 })
    const property = fc.asyncProperty(appends, wanted, async (batches, minBytes) => {
      const { broker, clock } = await openBroker({ seed })
      await createTopic(broker, 'orders', PARTITIONS)
      let outcomes: readonly FetchOutcome[] | undefined
      const fetch = broker.fetcher
        .fetch({
          partitions: Array.from({ length: PARTITIONS }, (_, partition) => ({
            topic: 'orders',
            partition,
            offset: at(0),
          })),
          maxWaitMs: 60_000,
          minBytes,
          maxBytes: 0,
        })
        .then((answer) => {
          outcomes = answer
        })
      let bytes = 0
      for (const { partition, records, valueBytes } of batches) {
        const batch = batchOf({ values: new Array<string>(records).fill('x'.repeat(valueBytes)) })
        await broker.producer.append({ topic: 'orders', partition, batch })
        await clock.advance(0)
        bytes += batch.length
        expect(outcomes !== undefined).toBe(bytes >= minBytes)
        if (outcomes !== undefined) break
      }
      await clock.advance('1m')
      await fetch
      expect(outcomes?.reduce((sum, outcome) => sum + outcome.bytes, 0)).toBe(bytes)
      await broker.close()
      expect(clock.openTimers).toBe(0)
    })
    await fc.assert(property, { seed, numRuns: runs })
    console.log(`long poll property: ${runs} runs, seed ${seed}`)
  })
})
