// How often a partition asks its disk when it is read, and that what it keeps in memory of that never changes an answer.
import { afterEach, describe, expect, it } from 'vitest'
import type { Limits } from '../../../src/domain/limits.ts'
import type { TopicSettingTexts } from '../../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { batchTotalBytes } from '../../../src/record/batch-header.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { at, batchOfSize, identityOf, readBatches, settingsOf } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'

const KIB = 1024
const MESSAGE_BYTES = 16 * KIB

/** A partition on a simulated disk of which every read of a log or an index is noted. */
class CountedDisk {
  readonly disk = new SimFileSystem()
  readonly reads: { readonly path: string; readonly bytes: number }[] = []
  readonly clock = new VirtualClock()
  engine: FileStorageEngine | undefined
  batches: Buffer[] = []

  constructor() {
    this.disk.operations.inject(({ kind, path, bytes }) => {
      if (kind === 'read' && /\.(?:log|index)$/.test(path)) this.reads.push({ path, bytes })
      return undefined
    })
  }

  async open(limits: Partial<Limits> = {}, texts: TopicSettingTexts = {}): Promise<PartitionLog> {
    this.engine = await FileStorageEngine.open({
      fileSystem: this.disk,
      clock: this.clock,
      random: new SeededRandom('blocks'),
      log: SILENT_LOG,
      directory: '/data',
      limits: { tailBytesMax: 0, tailBytesPerPartitionMax: 0, ...limits },
    })
    const settings = settingsOf(texts)
    const known = await this.engine.partitions()
    const log =
      known.length === 0
        ? await this.engine.createPartition(identityOf(1), settings)
        : await this.engine.openPartition(identityOf(1), settings)
    this.reads.length = 0
    return log
  }

  /** Stores batches of `bytes` each, one record in each. */
  async fill(log: PartitionLog, count: number, bytes: number): Promise<void> {
    const batches = Array.from({ length: count }, (_, index) => batchOfSize(bytes, 1, `b${index}`))
    await Promise.all(batches.map((batch) => log.append({ batch, durability: 'written' })))
    await log.append({ batch: batchOfSize(bytes, 1, 'last'), durability: 'synced' })
    this.batches = await readBatches(log)
    this.reads.length = 0
  }

  get logReads(): number {
    return this.reads.filter(({ path }) => path.endsWith('.log')).length
  }

  get logBytesRead(): number {
    return this.reads.reduce((sum, { path, bytes }) => sum + (path.endsWith('.log') ? bytes : 0), 0)
  }

  get storedBytes(): number {
    return this.batches.reduce((sum, batch) => sum + batch.length, 0)
  }
}

/** Reads to the end in messages, letting others go on between them. @returns how many there were */
async function follow(log: PartitionLog, expected: readonly Buffer[], from = 0): Promise<number> {
  let messages = 0
  let next = at(from)
  const read: Buffer[] = []
  while (next < log.bounds().readableEnd) {
    const result = await log.read({ offset: next, maxBytes: MESSAGE_BYTES, atLeastOneBatch: true })
    for (const chunk of result.chunks) read.push(...eachBatch(chunk))
    next = result.nextOffset
    messages++
  }
  expect(Buffer.concat(read).equals(Buffer.concat(expected.slice(from)))).toBe(true)
  return messages
}

describe('Reading a partition from its files', () => {
  let counted = new CountedDisk()

  afterEach(async () => {
    await counted.engine?.close()
    counted = new CountedDisk()
  })

  async function restarted(
    count: number,
    bytes: number,
    limits: Partial<Limits> = {},
    texts: TopicSettingTexts = {},
  ): Promise<PartitionLog> {
    const log = await counted.open({}, texts)
    await counted.fill(log, count, bytes)
    await counted.engine?.close()
    return await counted.open(limits, texts)
  }

  it('asks the disk once for many messages when it is read on, and no index', async () => {
    const log = await restarted(1_000, 2 * KIB)
    const messages = await follow(log, counted.batches)
    expect(messages).toBeGreaterThan(120)
    // 64 KiB, 128 KiB ... up to 1 MiB, of 2 MB.
    expect(counted.logReads).toBeLessThanOrEqual(10)
    expect(counted.logBytesRead).toBeLessThan(1.1 * counted.storedBytes)
    expect(counted.reads.filter(({ path }) => path.endsWith('.index'))).toEqual([])
  })

  it('asks the disk about once for ten readers, whether they begin together or not', async () => {
    const log = await restarted(1_000, 2 * KIB)
    await follow(log, counted.batches)
    const ofOne = counted.logReads
    await counted.engine?.close()
    const again = await counted.open()
    const readers = Array.from({ length: 10 }, async (_, index) => {
      for (let turn = 0; turn < 3 * index; turn++) await nextTurns()
      await follow(again, counted.batches)
    })
    await Promise.all(readers)
    expect(counted.logReads).toBeLessThanOrEqual(ofOne + 2)
  })

  it('reads what comes next before it is asked for, within its bound, and only for who reads on', async () => {
    const log = await restarted(400, 2 * KIB)
    await log.read({ offset: at(100), maxBytes: MESSAGE_BYTES, atLeastOneBatch: true })
    await nextTurns()
    expect(counted.logReads).toBeLessThanOrEqual(2)
    let next = at(0)
    const before = counted.logReads
    for (let message = 0; message < 6; message++) {
      const result = await log.read({
        offset: next,
        maxBytes: MESSAGE_BYTES,
        atLeastOneBatch: true,
      })
      next = result.nextOffset
      await nextTurns()
    }
    expect(counted.logReads - before).toBeGreaterThanOrEqual(3)
    await counted.engine?.close()

    const without = await counted.open({ readAheadBytesMax: 0 })
    let reads = 0
    next = at(0)
    while (next < 300) {
      const result = await without.read({
        offset: next,
        maxBytes: MESSAGE_BYTES,
        atLeastOneBatch: true,
      })
      reads = counted.logReads
      await nextTurns()
      expect(counted.logReads).toBe(reads)
      next = result.nextOffset
    }
  })

  it('finds a random old offset in a few reads, however many segments there are', async () => {
    const log = await restarted(300, 1 * KIB, {}, { 'segment.bytes': '2100' })
    const random = new SeededRandom('offsets')
    for (let fetch = 0; fetch < 50; fetch++) {
      counted.reads.length = 0
      const offset = random.integer(300)
      const result = await log.read({ offset: at(offset), maxBytes: 1, atLeastOneBatch: true })
      expect(Buffer.concat(result.chunks).equals(counted.batches[offset] ?? Buffer.alloc(0))).toBe(
        true,
      )
      expect(counted.reads.length).toBeLessThanOrEqual(4)
    }
  })

  it.each([
    ['as many blocks as there may be', {}],
    ['room for one block', { readCacheBytesMax: 80 * KIB, readBlockBytesMax: 64 * KIB }],
    ['no room at all', { readCacheBytesMax: 0, readAheadBytesMax: 0 }],
  ])('gives the same bytes with %s', async (_name, limits) => {
    const log = await restarted(300, 3 * KIB, limits, { 'segment.bytes': '100000' })
    await Promise.all([follow(log, counted.batches), follow(log, counted.batches, 40)])
    const random = new SeededRandom('places')
    for (let fetch = 0; fetch < 200; fetch++) {
      const offset = random.integer(301)
      const maxBytes = random.integer(40 * KIB)
      const result = await log.read({ offset: at(offset), maxBytes, atLeastOneBatch: true })
      const expected = counted.batches.slice(offset, result.nextOffset)
      expect(Buffer.concat(result.chunks).equals(Buffer.concat(expected))).toBe(true)
    }
  })

  it('takes batches that are larger than a block', async () => {
    const log = await restarted(12, 300 * KIB, { readBlockBytesMax: 64 * KIB })
    await follow(log, counted.batches)
    expect(counted.logReads).toBeLessThan(2.5 * counted.batches.length)
  })

  it('refuses what was deleted while it was kept', async () => {
    const log = await restarted(100, 2 * KIB, {}, { 'segment.bytes': '20000' })
    await follow(log, counted.batches)
    await log.deleteBefore(at(50))
    const error = await refusalOf(
      log.read({ offset: at(20), maxBytes: 100, atLeastOneBatch: true }),
    )
    expect(error).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', details: { startOffset: 50 } })
    expect(await follow(log, counted.batches, 50)).toBeGreaterThan(0)
  })

  it('never gives out damaged bytes, and tells of damage that was found behind what is kept', async () => {
    const log = await restarted(200, 2 * KIB)
    const [path = ''] = counted.disk.files().filter((name) => name.endsWith('.log'))
    await log.read({ offset: at(0), maxBytes: 40 * KIB, atLeastOneBatch: true })
    const size = batchTotalBytes(counted.batches[0] ?? Buffer.alloc(61), 0)
    const bytes = counted.disk.contents(path)
    for (const batch of [3, 100]) bytes[batch * size + 80] = (bytes[batch * size + 80] ?? 0) ^ 1
    counted.disk.putFile(path, bytes)
    // What is kept is good. What comes from the disk is not.
    const kept = await log.read({ offset: at(3), maxBytes: 1, atLeastOneBatch: true })
    expect(kept.chunks[0]?.equals(counted.batches[3] ?? Buffer.alloc(0))).toBe(true)
    const behind = await readOn(log, 4)
    expect(behind).toMatchObject({ reached: 100, error: { code: 'CORRUPT_LOG' } })
    // Who asks for what lies on the disk is told, and from then on everybody.
    const request = { offset: at(0), maxBytes: 100 * KIB, atLeastOneBatch: true }
    const stored = await log.read({ ...request, isFromStorage: true })
    expect(stored.nextOffset).toBe(3)
    const damage = { ...request, offset: at(3), isFromStorage: true }
    for (const isFromStorage of [true, false]) {
      const error = await refusalOf(log.read({ ...damage, isFromStorage }))
      expect(error).toMatchObject({ code: 'CORRUPT_LOG', details: { firstBad: 3, nextGood: 4 } })
    }
    expect(log.statistics().report.damaged).toEqual([
      { firstBad: 3, nextGood: 4 },
      { firstBad: 100, nextGood: 101 },
    ])
    expect((await readOn(log, 101)).reached).toBe(counted.batches.length)
  })

  it('forgets what nobody has read for two rounds of maintenance', async () => {
    const log = await restarted(50, 2 * KIB)
    const read = (): Promise<unknown> =>
      log.read({ offset: at(0), maxBytes: 1, atLeastOneBatch: true })
    await read()
    const once = counted.logReads
    await log.maintain()
    await read()
    expect(counted.logReads).toBe(once)
    await log.maintain()
    await log.maintain()
    counted.reads.length = 0
    await read()
    expect(counted.logReads).toBeGreaterThan(0)
  })

  it('may be closed while blocks are being read', async () => {
    const log = await restarted(400, 2 * KIB)
    let next = at(0)
    for (let message = 0; message < 3; message++) {
      const result = await log.read({
        offset: next,
        maxBytes: MESSAGE_BYTES,
        atLeastOneBatch: true,
      })
      next = result.nextOffset
    }
    const reading = log
      .read({ offset: at(333), maxBytes: MESSAGE_BYTES, atLeastOneBatch: true })
      .catch((error: unknown) => error)
    await log.close()
    await reading
    expect(
      (await refusalOf(log.read({ offset: next, maxBytes: 1, atLeastOneBatch: true }))).code,
    ).toBe('NOT_READY')
  })
})

/** Reads as far as it gets. */
async function readOn(
  log: PartitionLog,
  from: number,
): Promise<{ readonly reached: number; readonly error?: unknown }> {
  let next = at(from)
  try {
    while (next < log.bounds().readableEnd) {
      const request = { offset: next, maxBytes: MESSAGE_BYTES, atLeastOneBatch: true }
      next = (await log.read(request)).nextOffset
    }
  } catch (error) {
    return { reached: next, error }
  }
  return { reached: next }
}

async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
