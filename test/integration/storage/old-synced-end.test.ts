// A power cut may leave an old synced-end: what bad bytes above it are worth then (invariants R1, R2; docs/adr/0003).
import { expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { at, batchOf, readBatches } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'
import { StoredFiles } from './stored-files.ts'

const BATCH_BYTES = 256 * 1024
const BATCHES = 20

/** Twenty large batches, each synced, with the synced-end of the first; a bit of the `bad`-th is flipped. */
async function withFlippedBit(
  bad: number,
  durability: 'synced' | 'written',
): Promise<{ files: StoredFiles; log: PartitionLog }> {
  const files = new StoredFiles({ 'segment.bytes': '100000000', durability })
  const first = await files.start(true)
  let old: Buffer = Buffer.alloc(0)
  for (let index = 0; index < BATCHES; index++) {
    const batch = batchOf({ values: [`${index}`.padEnd(BATCH_BYTES, '.')] })
    await first.append({ batch, durability: 'synced' })
    if (index === 0) old = Buffer.from(files.disk.contents(files.path('synced-end')))
  }
  files.kill()
  files.disk.putFile(files.path('synced-end'), old)
  files.change(files.segment(0), (bytes) => {
    const position = Math.floor(bytes.length / BATCHES) * bad + 1000
    bytes[position] = (bytes[position] ?? 0) ^ 1
    return bytes
  })
  const { log } = await files.restart()
  return { files, log }
}

it('further back than one group of appends they are damage: nothing is cut', async () => {
  const { log } = await withFlippedBit(5, 'synced')
  const { condition, report } = log.statistics()
  expect(condition).toBe('read-only')
  expect(report).toMatchObject({ outcome: 'degraded', tornBytes: 0, endOffset: BATCHES })
  expect(log.statistics().report.damaged).toEqual([{ firstBad: 5, nextGood: 6 }])
  const read = log.read({ offset: at(5), maxBytes: 1, atLeastOneBatch: true })
  expect((await refusalOf(read)).code).toBe('CORRUPT_LOG')
  const after = await log.read({ offset: at(6), maxBytes: 1e9, atLeastOneBatch: true })
  expect(after.nextOffset).toBe(BATCHES)
})

it('within the last group they are cut, with a copy and a report', async () => {
  const bad = BATCHES - Math.floor(LIMITS.appendGroupBytesMax / BATCH_BYTES) + 1
  const { files, log } = await withFlippedBit(bad, 'synced')
  const { condition, report } = log.statistics()
  expect({ condition, end: log.bounds().end }).toEqual({ condition: 'healthy', end: bad })
  expect(report.tornBytes).toBeGreaterThan(BATCH_BYTES * (BATCHES - bad))
  expect(files.names.filter((name) => name.startsWith('quarantine/'))).toHaveLength(1)
  expect(await readBatches(log)).toHaveLength(bad)
})

it('with durability written the log ends before the first of them', async () => {
  const { log } = await withFlippedBit(5, 'written')
  expect(log.statistics().report).toMatchObject({ outcome: 'recovered', endOffset: 5 })
  expect(log.statistics().report.tornBytes).toBeGreaterThan(0)
})
