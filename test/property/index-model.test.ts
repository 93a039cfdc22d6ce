// The indexes are hints and the log is the truth (invariant L7): whatever the index files hold, every read and every search by time gives
// what it gives with good ones, after a clean stop and after a crash.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { at, BATCH_TIME_MS, batchOf, identityOf, settingsOf } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'

const IDENTITY = identityOf(1)
const CI_MS = 6_000
const ENTRY_BYTES = { index: 8, timeindex: 12 } as const
const counts = { runs: 0, altered: 0, reads: 0, searches: 0 }

interface BatchShape {
  readonly records: number
  readonly valueBytes: number
  /** After or before the one in front of it. */
  readonly stepMs: number
}

type Alteration =
  | { readonly kind: 'none' | 'missing' | 'empty' | 'reversed' | 'other' }
  /** So many random bytes. */
  | { readonly kind: 'random'; readonly bytes: number; readonly seed: number }
  /** Entries that rise as they should, and lead anywhere. */
  | { readonly kind: 'plausible'; readonly entries: number; readonly seed: number }
  | { readonly kind: 'cut'; readonly bytes: number }
  | { readonly kind: 'flip'; readonly place: number; readonly bit: number }

const shape: fc.Arbitrary<BatchShape> = fc.record({
  records: fc.integer({ min: 1, max: 4 }),
  valueBytes: fc.integer({ min: 0, max: 300 }),
  stepMs: fc.integer({ min: -20, max: 60 }),
})
const anySeed = fc.integer({ min: 0 })
const alteration: fc.Arbitrary<Alteration> = fc.oneof(
  fc.constantFrom(...(['none', 'missing', 'empty', 'reversed', 'other'] as const)).map((kind) => ({
    kind,
  })),
  fc.record({
    kind: fc.constant('random' as const),
    bytes: fc.integer({ min: 1, max: 200 }),
    seed: anySeed,
  }),
  fc.record({
    kind: fc.constant('plausible' as const),
    entries: fc.integer({ min: 1, max: 12 }),
    seed: anySeed,
  }),
  fc.record({ kind: fc.constant('cut' as const), bytes: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constant('flip' as const),
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
    bit: fc.integer({ min: 0, max: 7 }),
  }),
)

async function openLog(
  machine: SimFileSystem,
): Promise<{ engine: FileStorageEngine; log: PartitionLog }> {
  const engine = await FileStorageEngine.open({
    ...{ fileSystem: machine, clock: new VirtualClock(), random: new SeededRandom('index') },
    ...{ log: SILENT_LOG, directory: '/data' },
    // Nothing is kept in memory: each look goes through the files.
    limits: {
      tailBytesMax: 0,
      tailBytesPerPartitionMax: 0,
      readCacheBytesMax: 0,
      readAheadBytesMax: 0,
    },
  })
  const settings = settingsOf({ 'segment.bytes': '2048', 'index.interval.bytes': '100' })
  const isThere = (await engine.partitions()).length > 0
  const log = isThere
    ? await engine.openPartition(IDENTITY, settings)
    : await engine.createPartition(IDENTITY, settings)
  return { engine, log }
}

/** What every offset and every moment leads to. */
async function lookAround(log: PartitionLog, timesMs: readonly number[]): Promise<string[]> {
  const found: string[] = []
  const { start, readableEnd } = log.bounds()
  for (let offset: number = start; offset < readableEnd; offset++) {
    const read = await log.read({ offset: at(offset), maxBytes: 1, atLeastOneBatch: true })
    const batches = read.chunks.flatMap((chunk) => [...eachBatch(chunk)])
    found.push(`${offset}: ${batches.map((batch) => batch.toString('latin1')).join('|')}`)
    counts.reads++
  }
  for (const timeMs of timesMs) {
    const position = await log.offsetForTimestamp(timeMs)
    found.push(`${timeMs}: ${position?.offset} ${position?.timestampMs}`)
    counts.searches++
  }
  found.push(`latest: ${JSON.stringify(await log.maxTimestamp())}`)
  return found
}

function alter(machine: SimFileSystem, change: Alteration, paths: readonly string[]): void {
  for (const path of paths) {
    const bytes = machine.contents(path)
    const altered = alteredBytes(bytes, change, path, paths, machine)
    if (altered === undefined) continue
    counts.altered++
    machine.putFile(path, altered)
  }
}

function alteredBytes(
  bytes: Buffer,
  change: Alteration,
  path: string,
  paths: readonly string[],
  machine: SimFileSystem,
): Buffer | undefined {
  const entryBytes = path.endsWith('.timeindex') ? ENTRY_BYTES.timeindex : ENTRY_BYTES.index
  switch (change.kind) {
    case 'none':
    case 'missing':
      return undefined
    case 'empty':
      return Buffer.alloc(0)
    case 'reversed':
      return Buffer.from(bytes).reverse()
    case 'other':
      return machine.contents(paths.find((other) => other !== path) ?? path)
    case 'random':
      return Buffer.from(new SeededRandom(change.seed).bytes(change.bytes))
    case 'plausible':
      return plausible(change.entries, entryBytes, new SeededRandom(change.seed))
    case 'cut':
      return bytes.subarray(0, Math.max(0, bytes.length - change.bytes))
    case 'flip': {
      const copy = Buffer.from(bytes)
      const place = Math.floor(change.place * copy.length)
      if (copy.length > 0) copy[place] = (copy[place] ?? 0) ^ (1 << change.bit)
      return copy
    }
  }
}

function plausible(entries: number, entryBytes: number, random: SeededRandom): Buffer {
  const bytes = Buffer.alloc(entries * entryBytes)
  let [first, second] = [0, 0]
  for (let entry = 0; entry < entries; entry++) {
    const start = entry * entryBytes
    first += 1 + random.integer(4)
    second += 1 + random.integer(300)
    if (entryBytes === ENTRY_BYTES.timeindex) {
      bytes.writeBigInt64BE(BigInt(BATCH_TIME_MS + second), start)
      bytes.writeUInt32BE(first, start + 8)
    } else {
      bytes.writeUInt32BE(first, start)
      bytes.writeUInt32BE(second, start + 4)
    }
  }
  return bytes
}

it('reads and searches by time are the same whatever the indexes hold', {
  timeout: 3_600_000,
}, async () => {
  const { seed, runs } = seeded('INDEX_MODEL', 150)
  const isLong = process.env['INDEX_MODEL_RUNS'] !== undefined
  const endsAt = isLong ? Infinity : performance.now() + CI_MS
  const property = fc.asyncProperty(
    fc.array(shape, { minLength: 1, maxLength: 30 }),
    alteration,
    fc.boolean(),
    async (shapes, change, isClean) => {
      if (performance.now() > endsAt) return
      const machine = new SimFileSystem()
      const { engine, log } = await openLog(machine)
      let timeMs = BATCH_TIME_MS
      const timesMs: number[] = []
      for (const { records, valueBytes, stepMs } of shapes) {
        timeMs += stepMs
        timesMs.push(timeMs - 1, timeMs)
        const values = Array.from({ length: records }, () => 'v'.repeat(valueBytes))
        const batch = batchOf({ values, timestampMs: timeMs })
        await log.append({ batch, durability: 'synced' })
      }
      const expected = await lookAround(log, timesMs)
      if (isClean) await engine.close()
      const next = machine.afterKill()
      const paths = next.files().filter((path) => /\.(time)?index$/.test(path))
      if (change.kind === 'missing') for (const path of paths) await next.removeFile(path)
      else alter(next, change, paths)
      const again = await openLog(next)
      const { condition, reason } = again.log.statistics()
      expect(`${condition} ${reason ?? ''}`).toBe('healthy ')
      expect(await lookAround(again.log, timesMs)).toEqual(expected)
      counts.runs++
    },
  )
  try {
    await fc.assert(property, {
      seed,
      numRuns: runs,
      interruptAfterTimeLimit: isLong ? 3_600_000 : 40_000,
    })
  } finally {
    console.log(`index model: seed ${seed}, ${JSON.stringify(counts)}`)
  }
})
