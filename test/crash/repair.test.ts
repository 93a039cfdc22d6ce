// Random damage, then verify and repair, some repairs cut off by a power cut and done again: verify tells all that is wrong and
// changes nothing; a repair without consent loses nothing; with consent only what it says; and the partition is whole afterwards.
import { expect, it } from 'vitest'
import { VarveError } from '../../src/domain/error.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import {
  leave,
  lostOffsets,
  repair,
  storedTopic,
  unreadable,
  verify,
  wrongCodes,
} from '../integration/offline/offline-files.ts'
import type { StoredFiles } from '../integration/storage/stored-files.ts'
import { seeded } from '../support/seed.ts'

const BATCHES = 45
const END = BATCHES * 2
const counts = { cases: 0, good: 0, wrong: 0, unusable: 0, losses: 0, cuts: 0, lostOffsets: 0 }

/** Wrong still after a repair: nothing in the directory tells what was there. */
const STAYS: ReadonlySet<string> = new Set([
  'METADATA_DAMAGED',
  // Without the metadata of its topic a partition that forgot the name cannot be told it.
  'PARTITION_METADATA_DAMAGED',
  'PARTITION_MISSING',
  'TOPIC_METADATA_DAMAGED',
  'TOPIC_METADATA_MISSING',
])

/** Damages one file in one of the ways in which disks do. */
async function damage(files: StoredFiles, random: SeededRandom): Promise<string> {
  const names = files.disk.files().filter((path) => !path.endsWith('/lock'))
  const path = names[random.integer(names.length)] ?? ''
  const size = files.disk.contents(path).length
  const start = size === 0 ? 0 : random.integer(size)
  const length = 1 + random.integer(Math.max(1, Math.min(size - start, 700)))
  const kind =
    ['flip', 'zero', 'garbage', 'truncate', 'copy', 'grow', 'remove'][random.integer(7)] ?? ''
  if (kind === 'remove') {
    await files.remove(path)
    return `removal of ${path}`
  }
  const noise = Buffer.from(random.bytes(length))
  const bit = 1 << random.integer(8)
  files.change(path, (bytes) => {
    if (kind === 'grow') return Buffer.concat([bytes, noise])
    if (size === 0) return bytes
    if (kind === 'truncate') return bytes.subarray(0, start)
    if (kind === 'flip') bytes[start] = (bytes[start] ?? 0) ^ bit
    if (kind === 'zero') bytes.fill(0, start, start + length)
    if (kind === 'garbage') noise.copy(bytes, start)
    if (kind === 'copy') bytes.copy(bytes, start, 0, length)
    return bytes
  })
  return `${kind} of ${path} at ${start}, ${length} bytes`
}

/** Repairs, and lets the power fail in the middle of it, a few times at most. @returns the offsets that were given up. */
async function repairThroughCuts(files: StoredFiles, random: SeededRandom): Promise<number[]> {
  const lost: number[] = []
  for (let cuts = random.integer(3); cuts > 0; cuts--) {
    const { operations } = files.disk
    const moment = (['before', 'during', 'after'] as const)[random.integer(3)] ?? 'before'
    operations.stopAtChange(operations.changeCount + 1 + random.integer(60), moment)
    try {
      lost.push(...lostOffsets(await repair(files, true)))
    } catch (error) {
      if (!operations.isStopped) throw error
    }
    if (operations.isStopped) counts.cuts++
    files.disk = operations.isStopped ? files.disk.afterPowerCut(random) : files.disk.afterKill()
  }
  lost.push(...lostOffsets(await repair(files, true)))
  return lost
}

/**
 * @param sureEnd what the log certainly reached, as far as anything in the directory can tell: the hint how far it was synced may be one
 *   batch behind when the process ends, and may be what was damaged.
 */
async function tryOne(files: StoredFiles, random: SeededRandom, sureEnd: number): Promise<void> {
  const found = await verify(files)
  const wrong = wrongCodes(found)
  if (wrong.length === 0) counts.good++
  else counts.wrong++
  const whole = wrong.every((code) => !['DAMAGED', 'MISSING', 'NOT_READABLE'].includes(code))
  expect(found.partitions.length + Number(wrong.includes('PARTITION_MISSING'))).toBe(1)
  if (random.integer(2) === 0) {
    // A repair without consent: what could be read before can be read after it.
    expect(lostOffsets(await repair(files, false))).toEqual([])
    if (whole)
      expect(wrongCodes(await verify(files)).filter((code) => !STAYS.has(code))).toEqual([])
  }
  await repairThroughCuts(files, random)
  expect(wrongCodes(await verify(files)).filter((code) => !STAYS.has(code))).toEqual([])
  const { log, found: statistics } = await files.restart()
  expect(statistics.condition).toBe('healthy')
  const gone = await unreadable(files, log)
  counts.lostOffsets += gone.length
  if (gone.length > 0) counts.losses++
  if (whole) expect(gone.filter((offset) => offset < sureEnd)).toEqual([])
  const { end } = log.bounds()
  expect(end).toBeGreaterThanOrEqual(sureEnd)
  expect(end).toBeLessThanOrEqual(END)
  const result = await log.append({ batch: files.batch(50), durability: 'synced' })
  expect(result.baseOffset).toBe(end)
  await leave(files, random.integer(2) === 0 ? 'closed' : 'killed')
  expect(wrongCodes(await verify(files)).filter((code) => !STAYS.has(code))).toEqual([])
}

it('verify and repair tell the truth, whatever was damaged', { timeout: 600_000 }, async () => {
  const { seed, runs } = seeded('REPAIR', 250)
  const endsAt = process.env['REPAIR_RUNS'] === undefined ? performance.now() + 20_000 : Infinity
  for (let run = 0; run < runs && performance.now() < endsAt; run++) {
    const random = new SeededRandom(`${seed}/${run}`)
    const how = random.integer(2) === 0 ? 'closed' : 'killed'
    const files = await storedTopic(BATCHES, how)
    // All of it has reached the disk before the damage: a power cut in a repair takes nothing from before.
    for (const path of files.disk.files()) files.change(path, (bytes) => bytes)
    const what: string[] = []
    for (let times = 1 + random.integer(2); times > 0; times--)
      what.push(await damage(files, random))
    counts.cases++
    const isUnsure = what.some((text) => /synced-end|\/checkpoint/.test(text))
    const sureEnd = isUnsure ? 0 : how === 'closed' ? END : END - 2
    try {
      await tryOne(files, random, sureEnd)
    } catch (error) {
      if (error instanceof VarveError && error.code === 'DATA_DIR_UNUSABLE') {
        counts.unusable++
        continue
      }
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      throw new Error(`seed ${seed}, run ${run}, ${what.join(' and ')}: ${text}`, { cause: error })
    }
  }
  console.log(`repair: seed ${seed}, ${JSON.stringify(counts)}`)
})
