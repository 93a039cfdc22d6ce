// Random damage to random files between two starts: what is read afterwards is right byte for byte, or refused with a code; nothing
// is read that was never written, and no log file is removed (invariants R2, R3).
import { expect, it } from 'vitest'
import { isVarveError } from '../../src/domain/error.ts'
import type { Offset } from '../../src/domain/offset.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { StoredFiles } from '../integration/storage/stored-files.ts'
import { seeded } from '../support/seed.ts'

const BATCHES = 45
const counts = { cases: 0, untouched: 0, refused: 0, degraded: 0, cut: 0, unopened: 0, wrong: 0 }

/** Damages one file in one of the ways in which disks do. */
async function damage(files: StoredFiles, random: SeededRandom): Promise<string> {
  const names = files.disk.files().filter((path) => !path.endsWith('/lock'))
  const path = names[random.integer(names.length)] ?? ''
  const size = files.disk.contents(path).length
  const start = size === 0 ? 0 : random.integer(size)
  const length = 1 + random.integer(Math.max(1, Math.min(size - start, 700)))
  const kind = ['flip', 'zero', 'garbage', 'truncate', 'copy', 'remove'][random.integer(6)] ?? ''
  if (kind === 'remove') {
    await files.remove(path)
    return `removal of ${path}`
  }
  files.change(path, (bytes) => {
    if (size === 0) return bytes
    if (kind === 'truncate') return bytes.subarray(0, start)
    if (kind === 'flip') bytes[start] = (bytes[start] ?? 0) ^ (1 << random.integer(8))
    if (kind === 'zero') bytes.fill(0, start, start + length)
    if (kind === 'garbage') Buffer.from(random.bytes(length)).copy(bytes, start)
    if (kind === 'copy') bytes.copy(bytes, start, 0, length)
    return bytes
  })
  return `${kind} of ${path} at ${start}, ${length} bytes`
}

/** Reads all that can be read. @returns the offsets that were refused. */
async function readAround(log: PartitionLog, originals: readonly Buffer[]): Promise<number> {
  const byOffset = new Map(originals.map((batch) => [readBatchHeader(batch).baseOffset, batch]))
  const { start, end } = log.bounds()
  let refused = 0
  let offset: Offset = start
  while (offset < end) {
    try {
      const result = await log.read({ offset, maxBytes: 700, atLeastOneBatch: true })
      if (result.bytes === 0) break
      for (const chunk of result.chunks) {
        for (const batch of eachBatch(chunk)) {
          const original = byOffset.get(readBatchHeader(batch).baseOffset)
          // The epoch lies outside of the checksum; all else is what was stored.
          if (original === undefined || !sameButEpoch(original, batch)) counts.wrong++
        }
      }
      offset = result.nextOffset
    } catch (error) {
      if (!isVarveError(error, 'CORRUPT_LOG')) throw error
      refused++
      const next = error.details['nextGood']
      if (typeof next !== 'number') break
      offset = (next > offset ? next : offset + 1) as Offset
    }
  }
  return refused
}

function sameButEpoch(a: Buffer, b: Buffer): boolean {
  return a.subarray(0, 12).equals(b.subarray(0, 12)) && a.subarray(16).equals(b.subarray(16))
}

it('never gives out wrong bytes, whatever was damaged', { timeout: 600_000 }, async () => {
  const { seed, runs } = seeded('ROT', 300)
  const endsAt = process.env['ROT_RUNS'] === undefined ? performance.now() + 20_000 : Infinity
  for (let run = 0; run < runs && performance.now() < endsAt; run++) {
    const random = new SeededRandom(`${seed}/${run}`)
    const files = await StoredFiles.with(BATCHES)
    if (random.integer(2) === 0) await files.stop()
    else files.kill()
    const what = await damage(files, random)
    const logs = files.segments
    counts.cases++
    try {
      await tryOne(files)
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      throw new Error(`seed ${seed}, run ${run}, ${what}: ${text}`, { cause: error })
    }
    expect(files.segments, what).toEqual(logs)
    expect(counts.wrong, `seed ${seed}, run ${run}, ${what}`).toBe(0)
  }
  console.log(`rot: seed ${seed}, ${JSON.stringify(counts)}`)
})

async function tryOne(files: StoredFiles): Promise<void> {
  let log: PartitionLog
  try {
    log = await files.start()
  } catch (error) {
    // Only what says that the folder cannot be used, and then nothing was changed.
    if (!isVarveError(error, 'DATA_DIR_UNUSABLE')) throw error
    counts.unopened++
    return
  }
  const refused = await readAround(log, files.batches)
  const { condition, report } = log.statistics()
  if (refused > 0) counts.refused++
  if (condition === 'read-only') counts.degraded++
  if (report.tornBytes > 0) counts.cut++
  if (refused === 0 && condition === 'healthy') counts.untouched++
  if (report.tornBytes > 0 && condition === 'healthy') {
    expect(log.bounds().end).toBeGreaterThanOrEqual(BATCHES * 2)
  }
  if (condition === 'healthy' && refused === 0) {
    expect(log.bounds()).toMatchObject({ start: 0, end: BATCHES * 2 })
    await log.append({ batch: files.batch(50), durability: 'synced' })
  }
  await files.stop()
}
