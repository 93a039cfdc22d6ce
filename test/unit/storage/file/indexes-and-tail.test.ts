import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { setBatchBaseOffset } from '../../../../src/record/batch-header.ts'
import { readFully, writeFully } from '../../../../src/storage/file/file-access.ts'
import { findGoodBatch } from '../../../../src/storage/file/find-good-batch.ts'
import { IndexAccumulator } from '../../../../src/storage/file/index-accumulator.ts'
import { IndexCache } from '../../../../src/storage/file/index-cache.ts'
import {
  decodeOffsetEntries,
  decodeTimeEntries,
  encodeOffsetEntries,
  encodeTimeEntries,
} from '../../../../src/storage/file/index-entries.ts'
import { floorOffsetEntry, lastTimeEntryBelow } from '../../../../src/storage/file/index-lookup.ts'
import { TailCache, TailPool } from '../../../../src/storage/file/tail-cache.ts'
import { batchOf } from '../../../support/batches.ts'

describe('The index entries of a segment', () => {
  it("follow Kafka's rule: the batch that comes after more than the interval, by its last offset and begin", () => {
    const accumulator = new IndexAccumulator()
    const timestamps = [100, 90, 200, 150, 300]
    for (const [index, maxTimestampMs] of timestamps.entries()) {
      const position = index * 60
      accumulator.add({ lastOffset: index * 2 + 1, maxTimestampMs, position, bytes: 60 }, 100)
    }
    // After 120 bytes the third batch, after 120 more the fifth.
    expect(accumulator.offsetEntries).toEqual([
      { offset: 5, position: 120 },
      { offset: 9, position: 240 },
    ])
    expect(accumulator.timeEntries).toEqual([
      { timestampMs: 200, offset: 5 },
      { timestampMs: 300, offset: 9 },
    ])
  })

  it('end with the largest timestamp when the segment is left, once', () => {
    const accumulator = new IndexAccumulator()
    accumulator.add({ lastOffset: 0, maxTimestampMs: 50, position: 0, bytes: 60 }, 4096)
    accumulator.add({ lastOffset: 1, maxTimestampMs: 40, position: 60, bytes: 60 }, 4096)
    accumulator.finish()
    accumulator.finish()
    expect(accumulator.timeEntries).toEqual([{ timestampMs: 50, offset: 0 }])
    expect(accumulator.offsetEntries).toEqual([])
  })

  it('leave out batches without a timestamp', () => {
    const accumulator = new IndexAccumulator()
    accumulator.add({ lastOffset: 0, maxTimestampMs: -1, position: 0, bytes: 60 }, 4096)
    accumulator.finish()
    expect(accumulator.timeEntries).toEqual([])
  })

  it('go back to what they were before a group that was not written', () => {
    const accumulator = new IndexAccumulator()
    accumulator.add({ lastOffset: 0, maxTimestampMs: 5, position: 0, bytes: 60 }, 0)
    accumulator.add({ lastOffset: 1, maxTimestampMs: 6, position: 60, bytes: 60 }, 0)
    const { progress, offsetEntries, timeEntries } = accumulator
    const before = structuredClone({ progress, offsetEntries, timeEntries })
    const saved = accumulator.save()
    accumulator.add({ lastOffset: 2, maxTimestampMs: 9, position: 120, bytes: 60 }, 0)
    accumulator.restore(saved)
    expect(accumulator).toMatchObject(before)
  })

  it('have the bytes that Kafka gives them', () => {
    const offsetEntries = [{ offset: 1_005, position: 4_200 }]
    const timeEntries = [{ timestampMs: 1_700_000_000_000, offset: 1_005 }]
    expect(encodeOffsetEntries(offsetEntries, 1_000).toString('hex')).toBe('0000000500001068')
    expect(encodeTimeEntries(timeEntries, 1_000).toString('hex')).toBe('0000018bcfe5680000000005')
    expect(decodeOffsetEntries(encodeOffsetEntries(offsetEntries, 1_000), 1_000)).toEqual(
      offsetEntries,
    )
    expect(decodeTimeEntries(encodeTimeEntries(timeEntries, 1_000), 1_000)).toEqual(timeEntries)
  })

  it('are found as a search from the front finds them, over several blocks', async () => {
    const disk = new SimFileSystem()
    const cache = new IndexCache(20_000)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(20_000),
        async (count, step, target) => {
          const entries = Array.from({ length: count }, (_, index) => ({
            offset: index * step,
            position: index * 100,
          }))
          const times = entries.map(({ offset }) => ({ timestampMs: offset, offset }))
          const path = `/index-${count}-${step}`
          disk.putFile(path, encodeOffsetEntries(entries, 0))
          disk.putFile(`${path}-time`, encodeTimeEntries(times, 0))
          const file = await disk.open(path, 'read')
          const timeFile = await disk.open(`${path}-time`, 'read')
          const index = { file, path, baseOffset: 0, bytes: count * 8 }
          const timeIndex = {
            file: timeFile,
            path: `${path}-time`,
            baseOffset: 0,
            bytes: count * 12,
          }
          expect(await floorOffsetEntry(cache, index, target)).toEqual(
            entries.findLast(({ offset }) => offset <= target),
          )
          expect(await lastTimeEntryBelow(cache, timeIndex, target)).toEqual(
            times.findLast(({ timestampMs }) => timestampMs < target),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('Places in a large index file', () => {
  const COUNT = 262_144
  const BLOCKS = COUNT / 512
  const END = COUNT * 10

  /** An index file of that many entries, with the offsets that `offsetOf` gives, and how often it was read. */
  function largeIndex(offsetOf: (index: number) => number) {
    const entries = Array.from({ length: COUNT }, (_, index) => ({
      offset: offsetOf(index),
      position: index * 10,
    }))
    const bytes = encodeOffsetEntries(entries, 0)
    const counted = { reads: 0 }
    const file = {
      read: (target: Uint8Array, start: number, length: number, position: number) => {
        counted.reads++
        return Promise.resolve(bytes.copy(target, start, position, position + length))
      },
    }
    return { counted, index: { file, path: '/large', baseOffset: 0, bytes: bytes.length } }
  }

  const places = Array.from({ length: 50 }, (_, index) => Math.floor((index + 0.5) * (END / 50)))

  it('take a read or two where offsets rise evenly, and none once the blocks are in memory', async () => {
    const { counted, index } = largeIndex((number) => number * 10)
    for (const place of places) {
      counted.reads = 0
      const cache = new IndexCache(10_000_000)
      for (let again = 0; again < 2; again++) {
        const found = await floorOffsetEntry(cache, index, place + 3, END)
        expect(found?.offset).toBe(Math.floor((place + 3) / 10) * 10)
      }
      expect(counted.reads).toBeLessThanOrEqual(2)
    }
  })

  it('take reads by the logarithm of its blocks at most, however unevenly offsets rise', async () => {
    const uneven = largeIndex((number) => Math.floor(END * (number / COUNT) ** 6) + number)
    const even = largeIndex((number) => number * 10)
    for (const place of places) {
      uneven.counted.reads = 0
      const found = await floorOffsetEntry(new IndexCache(0), uneven.index, place, END)
      expect(found?.offset).toBeLessThanOrEqual(place)
      expect(uneven.counted.reads).toBeLessThanOrEqual(2 * Math.log2(BLOCKS) + 2)
      even.counted.reads = 0
      await floorOffsetEntry(new IndexCache(0), even.index, place)
      expect(even.counted.reads).toBeLessThanOrEqual(Math.log2(BLOCKS) + 1)
    }
  })

  it('are found as a search from the front finds them, wherever the search begins', async () => {
    const { index } = largeIndex((number) => number * 10)
    const cache = new IndexCache(10_000_000)
    await fc.assert(
      fc.asyncProperty(fc.nat(END + 100), fc.integer({ min: 1, max: 4 * END }), async (at, end) => {
        const found = await floorOffsetEntry(cache, index, at, end)
        expect(found?.offset).toBe(Math.min(Math.floor(at / 10), COUNT - 1) * 10)
      }),
      { numRuns: 300 },
    )
  })
})

/** Batches of one record each from `baseOffset` on, back to back. */
function chunkOf(baseOffset: number, count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const batch = batchOf({ values: [`value ${baseOffset + index}`.padEnd(20)] })
      setBatchBaseOffset(batch, 0, baseOffset + index)
      return batch
    }),
  )
}

describe('The tail of a partition in memory', () => {
  const size = chunkOf(0, 1).length

  it('gives whole batches from any offset in it, within limit and budget', () => {
    const tail = new TailCache(new TailPool(100_000), 50_000)
    tail.append(10, 15, chunkOf(10, 5))
    expect(tail.read(9, 99, 9_999, true)).toBeUndefined()
    expect(tail.read(15, 99, 9_999, true)).toBeUndefined()
    expect(tail.read(12, 99, 9_999, true)).toMatchObject({ nextOffset: 15 })
    expect(tail.read(12, 14, 9_999, true)).toMatchObject({ nextOffset: 14 })
    expect(tail.read(12, 99, 2 * size + 1, true)).toMatchObject({ nextOffset: 14 })
    expect(tail.read(12, 99, 1, true)).toMatchObject({ nextOffset: 13 })
    expect(tail.read(12, 99, 1, false)).toMatchObject({ nextOffset: 12 })
    expect(tail.read(12, 13, 9_999, true)?.bytes).toEqual(chunkOf(12, 1))
  })

  it('forgets the oldest first, and all before a gap', () => {
    const tail = new TailCache(new TailPool(100_000), 3 * (size + 256))
    for (let offset = 0; offset < 5; offset++) tail.append(offset, offset + 1, chunkOf(offset, 1))
    expect(tail.read(1, 99, 999, true)).toBeUndefined()
    expect(tail.read(2, 99, 999, true)).toBeDefined()
    tail.append(20, 21, chunkOf(20, 1))
    expect(tail.read(4, 99, 999, true)).toBeUndefined()
    expect(tail.read(20, 99, 999, true)).toBeDefined()
  })

  it('shares a bound with the others: the longest untouched one gives way', () => {
    const pool = new TailPool(2 * (size + 256))
    const first = new TailCache(pool, 50_000)
    const second = new TailCache(pool, 50_000)
    first.append(0, 1, chunkOf(0, 1))
    second.append(0, 1, chunkOf(0, 1))
    second.append(1, 2, chunkOf(1, 1))
    expect(first.read(0, 99, 999, true)).toBeUndefined()
    expect(second.read(0, 99, 999, true)).toBeDefined()
    second.clear()
    first.append(0, 1, chunkOf(0, 1))
    first.append(1, 2, chunkOf(1, 1))
    expect(first.read(0, 99, 999, true)).toBeDefined()
  })

  it('does not keep what is larger than its bound', () => {
    const tail = new TailCache(new TailPool(100_000), 100)
    tail.append(0, 5, chunkOf(0, 5))
    expect(tail.read(0, 99, 9_999, true)).toBeUndefined()
  })
})

describe('The search for a good batch behind bad bytes', () => {
  it('finds the next one, wherever it begins, and nothing else', async () => {
    const disk = new SimFileSystem()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (noise) => {
        const good = chunkOf(7, 1)
        disk.putFile('/log', Buffer.concat([Buffer.alloc(1), noise, good, Buffer.alloc(30)]))
        const file = await disk.open('/log', 'read')
        const end = noise.length + good.length + 31
        const position = noise.length + 1
        expect(await findGoodBatch(file, 0, end, 5)).toEqual({ position, baseOffset: 7 })
        expect(await findGoodBatch(file, 0, end, 8)).toBeUndefined()
        expect(await findGoodBatch(file, 0, position + good.length - 1, 5)).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })

  it('is not one whose base offset what follows it contradicts: damage may end within that', async () => {
    const disk = new SimFileSystem()
    const file = await disk.open('/file', 'create')
    const batches = [4, 6].map((baseOffset) => {
      const batch = batchOf({ values: ['a', 'b'] })
      setBatchBaseOffset(batch, 0, baseOffset)
      return batch
    })
    const [moved = Buffer.alloc(0), next = Buffer.alloc(0)] = batches
    // Zeros over whatever was before reach into the base offset, which no checksum covers.
    moved.fill(0, 0, 8)
    const bytes = Buffer.concat([Buffer.alloc(200), moved, next])
    await writeFully(file, [bytes], 0)
    const found = await findGoodBatch(file, 0, bytes.length, 0)
    expect(found).toEqual({ position: 200 + moved.length, baseOffset: 6 })
  })
})

describe('Whole reads and writes', () => {
  it('go on after short ones', async () => {
    const disk = new SimFileSystem()
    const file = await disk.open('/file', 'create')
    disk.operations.inject(({ kind }) =>
      kind === 'write' || kind === 'read' ? { kind: 'short', bytes: 3 } : undefined,
    )
    const parts = ['one', '', 'two and three', 'four'].map((text) => Buffer.from(text))
    await writeFully(file, parts, 5)
    const bytes = Buffer.alloc(40)
    const count = await readFully(file, bytes, 0, 40, 5)
    expect(bytes.toString('latin1', 0, count)).toBe('onetwo and threefour')
  })

  it('fail rather than try for ever when nothing is written', async () => {
    const disk = new SimFileSystem()
    const file = await disk.open('/file', 'create')
    disk.operations.inject(({ kind }) =>
      kind === 'write' ? { kind: 'short', bytes: 0 } : undefined,
    )
    await expect(writeFully(file, [Buffer.from('x')], 0)).rejects.toThrow('EIO')
  })
})
