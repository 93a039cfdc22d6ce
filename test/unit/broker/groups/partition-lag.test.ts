import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OldestRecords } from '../../../../src/broker/groups/oldest-record.ts'
import { type MeasuredLag, measureLag } from '../../../../src/broker/groups/partition-lag.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  CRC_POSITION,
} from '../../../../src/record/batch-header.ts'
import { CODEC_NAMES } from '../../../../src/record/codec.ts'
import { crc32c } from '../../../../src/record/crc32c.ts'
import { decodeBatch } from '../../../../src/record/decode-batch.ts'
import type { PartitionLog, StorageEngine } from '../../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import {
  append,
  at,
  BATCH_TIME_MS,
  batchOf,
  identityOf,
  readBatches,
  settingsOf,
} from '../../../support/batches.ts'
import { seeded } from '../../../support/seed.ts'

/** A log whose reads are counted, and fail when they are told to. */
function watched(log: PartitionLog): { log: PartitionLog; reads: () => number } {
  let reads = 0
  const counting = new Proxy(log, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      if (name === 'read') reads++
      return value.bind(target) as unknown
    },
  })
  return { log: counting, reads: () => reads }
}

const engines: Readonly<Record<string, () => Promise<StorageEngine>>> = {
  memory: () => Promise.resolve(new MemoryStorageEngine({ clock: new VirtualClock() })),
  file: () => {
    const clock = new VirtualClock()
    const random = new SeededRandom('lag')
    const fileSystem = new SimFileSystem({ clock, scheduling: random })
    return FileStorageEngine.open({ fileSystem, clock, random, log: SILENT_LOG, directory: '/d' })
  },
}

describe.each(Object.keys(engines))('lag in a partition of the %s engine', (name) => {
  let engine: StorageEngine
  let log: PartitionLog
  let oldest: OldestRecords

  beforeEach(async () => {
    engine = await (engines[name] as () => Promise<StorageEngine>)()
    log = await engine.createPartition(identityOf(), settingsOf())
    oldest = new OldestRecords({ groupLagCacheMax: 100, groupLagReadsMax: 2 })
  })
  afterEach(() => engine.close())

  const lag = (committed: number | undefined, withTime = true): Promise<MeasuredLag> =>
    measureLag(log, committed, { withTime, withBytes: withTime, oldest })

  it('is told by the timestamp of the very record, whatever the codec and the order of timestamps', async () => {
    const { seed, runs } = seeded('LAG', 30)
    const random = new SeededRandom(seed)
    for (let batch = 0; batch < runs; batch++) {
      const timestampMs = Array.from(
        { length: 1 + random.integer(20) },
        () => BATCH_TIME_MS + random.integer(1_000_000) - 500_000,
      )
      const values = timestampMs.map((_, index) => `value-${index}-`.repeat(random.integer(30)))
      const codec = CODEC_NAMES[random.integer(CODEC_NAMES.length)] ?? 'none'
      await append(log, batchOf({ values, timestampMs, codec }), 'synced')
    }
    const timestamps: number[] = []
    for (const batch of await readBatches(log)) {
      for (const record of decodeBatch(batch)) timestamps.push(record.timestampMs)
    }
    const end = timestamps.length
    for (let offset = 0; offset <= end; offset++) {
      const measured = await lag(offset)
      const note = `offset ${offset}, seed ${seed}`
      expect(measured.oldestTimestampMs, note).toBe(timestamps[offset])
      expect(measured, note).toMatchObject({ lagRecords: end - offset, isAtEnd: offset === end })
      expect(measured.lagBytes, note).toBe(await log.bytesFrom(at(offset)))
    }
  })

  it('counts from the start where nothing is committed', async () => {
    await append(log, batchOf({ values: ['a', 'b'], timestampMs: [7, 5] }), 'synced')
    expect(await lag(undefined)).toMatchObject({ lagRecords: 2, oldestTimestampMs: 7 })
    await log.deleteBefore(at(1))
    expect(await lag(undefined)).toMatchObject({ lagRecords: 1, oldestTimestampMs: 5 })
    expect((await lag(undefined)).error).toBeUndefined()
  })

  it('counts from the first record that is kept, and says so, where what is committed is gone', async () => {
    for (const timestampMs of [10, 20, 30]) await append(log, batchOf({ timestampMs }), 'synced')
    await log.deleteBefore(at(2))
    const measured = await lag(1)
    expect(measured).toMatchObject({ startOffset: 2, lagRecords: 1, oldestTimestampMs: 30 })
    expect(measured.error?.code).toBe('OFFSET_OUT_OF_RANGE')
    expect(measured.error?.message).toContain('begins at 2: 1 record gone')
  })

  it('is not known where what is committed lies behind the end', async () => {
    await append(log, batchOf(), 'synced')
    const measured = await lag(5)
    expect(measured).toMatchObject({ lagRecords: 0, isAtEnd: false, lagBytes: undefined })
    expect(measured.error?.code).toBe('OFFSET_OUT_OF_RANGE')
  })

  it('reads a record once for all who ask, nothing at the end, and nothing without time', async () => {
    await append(log, batchOf({ timestampMs: [3, 4], values: ['a', 'b'] }), 'synced')
    const counted = watched(log)
    log = counted.log
    await Promise.all([lag(1), lag(1), lag(1)])
    expect(await lag(1)).toMatchObject({ oldestTimestampMs: 4 })
    expect(counted.reads()).toBe(1)
    expect(await lag(2)).toMatchObject({ isAtEnd: true, lagBytes: 0 })
    expect(await lag(0, false)).toMatchObject({ lagRecords: 2, lagBytes: undefined })
    expect(counted.reads()).toBe(1)
  })

  it('forgets what was asked for longest ago, and no record carries a time that it has not', async () => {
    oldest = new OldestRecords({ groupLagCacheMax: 2, groupLagReadsMax: 1 })
    await append(log, batchOf({ timestampMs: [1, -1, 3], values: ['a', 'b', 'c'] }), 'synced')
    const counted = watched(log)
    log = counted.log
    for (const offset of [0, 1, 0, 2, 0, 1]) await lag(offset)
    // 0 stayed in use; 1 was forgotten for 2.
    expect(counted.reads()).toBe(4)
    const measured = await lag(1)
    expect(measured).toMatchObject({ oldestTimestampMs: undefined, isAtEnd: false, lagRecords: 2 })
  })

  it('says why it cannot be told instead of telling something else', async () => {
    // A batch that keeps its checksum and whose records nobody can read.
    const unreadable = batchOf({ values: ['a', 'b'], codec: 'gzip' })
    unreadable.fill(0xee, BATCH_HEADER_BYTES)
    unreadable.writeUInt32BE(crc32c(unreadable.subarray(ATTRIBUTES_POSITION)), CRC_POSITION)
    await append(log, unreadable, 'synced')
    await append(log, batchOf({ timestampMs: 9 }), 'synced')
    const measured = await lag(1)
    expect(measured.error?.code).toBe('DECOMPRESSION')
    expect(measured).toMatchObject({ lagRecords: 2, oldestTimestampMs: undefined })
    expect(await lag(2)).toMatchObject({ oldestTimestampMs: 9, error: undefined })
  })
})

describe('oldest records', () => {
  it('are read a bounded number at a time', async () => {
    const engine = new MemoryStorageEngine({ clock: new VirtualClock() })
    const log = await engine.createPartition(identityOf(), settingsOf())
    for (let index = 0; index < 20; index++) await append(log, batchOf({ timestampMs: index }))
    let [reading, most] = [0, 0]
    const slow = new Proxy(log, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name !== 'read') return value.bind(target) as unknown
        return async (...request: Parameters<PartitionLog['read']>) => {
          most = Math.max(most, ++reading)
          await new Promise((resolve) => setImmediate(resolve))
          reading--
          return await target.read(...request)
        }
      },
    })
    const oldest = new OldestRecords({ groupLagCacheMax: 100, groupLagReadsMax: 3 })
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, offset) => oldest.from(slow, at(offset))),
    )
    expect(found.map((record) => record?.timestampMs)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    )
    expect(most).toBe(3)
    await engine.close()
  })
})
