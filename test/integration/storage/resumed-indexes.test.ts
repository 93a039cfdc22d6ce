// The first append after a start, and a start after a kill, go on with the indexes of the segment that is written to: without reading
// the segment, whatever order the timestamps are in, and with the largest timestamp known as before.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { batchOf } from '../../support/batches.ts'
import { seeded } from '../../support/seed.ts'
import { StoredFiles } from './stored-files.ts'

const SETTINGS = { 'segment.bytes': '10000000', durability: 'written' }
const BEGIN_MS = Date.UTC(2026, 0, 1)
/** Three of them reach beyond what is read of a log at a time. */
const WIDE = 'x'.repeat(6_000)

async function write(
  log: PartitionLog,
  timestampMs: number,
  value = WIDE,
  durability: 'written' | 'synced' = 'written',
): Promise<void> {
  await log.append({ batch: batchOf({ values: [value], timestampMs }), durability })
}

/** Bytes of logs that are read from now on. */
function countReads(files: StoredFiles): () => number {
  let bytes = 0
  files.disk.operations.inject((operation) => {
    if (operation.kind === 'read' && operation.path.endsWith('.log')) bytes += operation.bytes
    return undefined
  })
  return () => bytes
}

describe('Where a record at the begin of a segment is ahead in time', () => {
  it.each(['closed', 'killed'] as const)(
    'little of the segment is read after the broker was %s',
    async (how) => {
      const files = new StoredFiles({ ...SETTINGS, 'index.interval.bytes': '20000' })
      const log = await files.start(true)
      const aheadMs = BEGIN_MS + 3_000_000
      for (let index = 0; index < 300; index++) {
        const durability = index === 299 ? 'synced' : 'written'
        await write(log, index === 2 ? aheadMs : BEGIN_MS + index, WIDE, durability)
      }
      // It comes to rest: the checkpoint lies at the end.
      for (let round = 0; round < 3; round++) {
        await files.clock.advance(60_000)
        await log.maintain()
      }
      if (how === 'closed') await files.stop()
      else files.kill()
      const readBytes = countReads(files)
      const { log: again, found } = await files.restart()
      await write(again, BEGIN_MS + 300)
      const { bytes } = again.statistics()
      console.log(`resumed indexes: ${how}, ${readBytes()} of ${bytes} bytes read`)
      expect(readBytes()).toBeLessThan(bytes / 10)
      expect(found.report).toMatchObject({ indexesRebuilt: 0, anomalies: [] })
      expect(await again.maxTimestamp()).toEqual({ offset: 2, timestampMs: aheadMs })
      expect(await again.offsetForTimestamp(aheadMs)).toEqual({ offset: 2, timestampMs: aheadMs })
      expect((await again.offsetForTimestamp(BEGIN_MS + 2_000))?.offset).toBe(2)
      await write(again, aheadMs + 1)
      expect(await again.maxTimestamp()).toEqual({ offset: 301, timestampMs: aheadMs + 1 })
      await files.stop()
    },
  )
})

describe('After starts at any time', () => {
  it('times are found as a look at every record finds them, and indexes are not made anew', async () => {
    const { seed, runs } = seeded('RESUMED_INDEXES', 60)
    const counts = { records: 0, starts: 0 }
    const step = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 0, max: 60 }) },
      { weight: 1, arbitrary: fc.constantFrom('close', 'kill', 'rest') },
    )
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }),
      async (steps) => {
        const files = new StoredFiles({ ...SETTINGS, 'index.interval.bytes': '400' })
        let log = await files.start(true)
        const times: number[] = []
        for (const one of [...steps, 'close']) {
          if (typeof one === 'number') {
            await write(log, BEGIN_MS + one, 'a record', one % 3 === 0 ? 'synced' : 'written')
            times.push(one)
            counts.records++
            continue
          }
          if (one === 'rest') {
            for (let round = 0; round < 2; round++) await log.maintain()
            continue
          }
          if (one === 'close') await files.stop()
          else files.kill()
          const restarted = await files.restart()
          log = restarted.log
          counts.starts++
          expect(restarted.found.report).toMatchObject({ indexesRebuilt: 0, anomalies: [] })
          await write(log, BEGIN_MS, 'the first after a start')
          times.push(0)
          const largest = Math.max(...times)
          expect(await log.maxTimestamp()).toEqual({
            offset: times.indexOf(largest),
            timestampMs: BEGIN_MS + largest,
          })
          for (const asked of [0, 20, 59, largest]) {
            const offset = times.findIndex((time) => time >= asked)
            const found = await log.offsetForTimestamp(BEGIN_MS + asked)
            expect(found?.offset ?? -1).toBe(offset)
          }
        }
        await files.stop()
      },
    )
    await fc.assert(property, { seed, numRuns: runs })
    console.log(`resumed indexes: ${runs} runs, seed ${seed}, ${JSON.stringify(counts)}`)
    expect(counts.starts).toBeGreaterThan(runs)
  })
})

describe('A time index that lost its last entries', () => {
  it.each(['closed', 'killed'] as const)(
    'is made anew where timestamps rise, after the broker was %s',
    async (how) => {
      const files = new StoredFiles({ ...SETTINGS, 'index.interval.bytes': '400' })
      const log = await files.start(true)
      for (let index = 0; index < 100; index++) {
        await write(log, BEGIN_MS + index, 'a record', index === 99 ? 'synced' : 'written')
      }
      for (let round = 0; round < 2; round++) await log.maintain()
      if (how === 'closed') await files.stop()
      else files.kill()
      files.change(files.segment(0, 'timeindex'), (bytes) => bytes.subarray(0, 36))
      const { log: again } = await files.restart()
      await write(again, BEGIN_MS, 'the first after a start')
      expect(await again.maxTimestamp()).toEqual({ offset: 99, timestampMs: BEGIN_MS + 99 })
      expect((await again.offsetForTimestamp(BEGIN_MS + 70))?.offset).toBe(70)
      expect(files.disk.contents(files.segment(0, 'timeindex')).length).toBeGreaterThan(100)
      await files.stop()
    },
  )
})
