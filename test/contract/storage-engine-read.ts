import { describe, expect, it } from 'vitest'
import { batchBaseOffset, batchLastOffset } from '../../src/record/batch-header.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { PartitionLog, ReadRequest, ReadResult } from '../../src/storage/engine.ts'
import { append, at, batchOf, batchOfSize, readBatches } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

export function readContract(make: MakeEngine): void {
  describe('reading', () => {
    const harness = engineHarness(make)

    /** Batches of 3 records each, of growing size, over several segments. */
    const filled = async (batches = 12): Promise<PartitionLog> => {
      const log = await harness.partition({
        'segment.bytes': '2000',
        'index.interval.bytes': '500',
      })
      for (let index = 0; index < batches; index++) {
        await append(log, batchOfSize(200 + 20 * index, 3, `b${index}`), 'synced')
      }
      return log
    }

    it('gives whole batches, the first with the requested offset, from any offset', async () => {
      const log = await filled()
      for (let offset = 0; offset < 36; offset++) {
        const result = await read(log, { offset: at(offset), maxBytes: 1_000_000 })
        const [first] = batchesOf(result)
        expect(batchBaseOffset(first ?? Buffer.alloc(61), 0)).toBe(offset - (offset % 3))
        expect(result.nextOffset).toBeGreaterThan(offset)
        expectWholeAndDense(result)
      }
    })

    it('gives the same bytes each time, whatever the budget', async () => {
      const log = await filled()
      const all = Buffer.concat(await readBatches(log))
      for (const maxBytes of [1, 300, 700, 1_999, 2_000, 2_001, 5_000]) {
        expect(Buffer.concat(await readBatches(log, 0, maxBytes)).equals(all)).toBe(true)
      }
    })

    it('stays within the budget', async () => {
      const log = await filled()
      for (let maxBytes = 0; maxBytes < 3_000; maxBytes += 97) {
        const request = { offset: at(4), maxBytes, atLeastOneBatch: false }
        const result = await log.read(request)
        expect(result.bytes).toBeLessThanOrEqual(maxBytes)
        expectWholeAndDense(result)
        if (result.bytes === 0) expect(result.nextOffset).toBe(4)
      }
    })

    it('gives one batch above the budget when that is asked for', async () => {
      const log = await filled()
      const result = await log.read({ offset: at(4), maxBytes: 0, atLeastOneBatch: true })
      expect(batchesOf(result).length).toBe(1)
      expect(result.nextOffset).toBe(6)
    })

    it('fills the budget to the byte', async () => {
      const log = await filled(3)
      const bytes = (await readBatches(log)).reduce((sum, batch) => sum + batch.length, 0)
      const whole = await log.read({ offset: at(0), maxBytes: bytes, atLeastOneBatch: false })
      expect(whole.bytes).toBe(bytes)
      const less = await log.read({ offset: at(0), maxBytes: bytes - 1, atLeastOneBatch: false })
      expect(less.nextOffset).toBe(6)
    })

    it('gives nothing at or above the end offset, though the last batch may reach over it', async () => {
      const log = await filled()
      for (const [endOffset, nextOffset] of [
        [6, 6],
        [7, 9],
        [8, 9],
        [9, 9],
        [1_000, 36],
      ] as const) {
        const result = await read(log, {
          offset: at(4),
          maxBytes: 1_000_000,
          endOffset: at(endOffset),
        })
        // A read may end earlier; what is missing comes with the next one.
        const end = await readOn(log, result, endOffset)
        expect(end).toBe(nextOffset)
      }
      const none = await read(log, { offset: at(4), maxBytes: 1_000, endOffset: at(4) })
      expect(none).toEqual({ chunks: [], bytes: 0, nextOffset: 4, isFromTail: true })
    })

    it('gives nothing at the end', async () => {
      const log = await filled(2)
      const result = await read(log, { offset: at(6), maxBytes: 1_000 })
      expect(result).toEqual({ chunks: [], bytes: 0, nextOffset: 6, isFromTail: true })
      const empty = await harness.partition()
      expect((await read(empty, { offset: at(0), maxBytes: 1_000 })).nextOffset).toBe(0)
    })

    it('is refused outside of the log, with its bounds', async () => {
      const log = await filled()
      const above = await refusalOf(read(log, { offset: at(37), maxBytes: 1_000 }))
      expect(above.code).toBe('OFFSET_OUT_OF_RANGE')
      expect(above.details).toMatchObject({ startOffset: 0, endOffset: 36 })
      await log.deleteBefore(at(10))
      const below = await refusalOf(read(log, { offset: at(9), maxBytes: 1_000 }))
      expect(below.code).toBe('OFFSET_OUT_OF_RANGE')
      expect(below.details).toMatchObject({ startOffset: 10, endOffset: 36 })
    })

    it('states how many bytes it gives', async () => {
      const log = await filled()
      const result = await read(log, { offset: at(0), maxBytes: 1_500 })
      expect(result.chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(result.bytes)
    })

    it('gives bytes that stay as they are whatever happens to the log', async () => {
      const log = await filled()
      const result = await read(log, { offset: at(0), maxBytes: 10_000 })
      const before = Buffer.concat(result.chunks)
      for (let index = 0; index < 20; index++) await append(log, batchOfSize(400, 2), 'synced')
      await log.deleteBefore(at(36))
      await log.maintain()
      await log.close()
      expect(Buffer.concat(result.chunks).equals(before)).toBe(true)
    })

    it('works while others append and read', async () => {
      const log = await harness.partition({ 'segment.bytes': '2000' })
      const count = 60
      const appendAll = async (): Promise<void> => {
        for (let index = 0; index < count; index++) {
          await append(log, batchOf({ values: [`value ${index}`] }), 'synced')
        }
      }
      const follow = async (): Promise<number[]> => {
        const offsets: number[] = []
        let next = at(0)
        while (next < count) {
          await new Promise<void>((resolve) => log.notifyReadable(next, resolve))
          const result = await log.read({ offset: next, maxBytes: 500, atLeastOneBatch: true })
          for (const batch of batchesOf(result)) offsets.push(batchBaseOffset(batch, 0))
          next = result.nextOffset
        }
        return offsets
      }
      const [, ...followers] = await Promise.all([appendAll(), follow(), follow(), follow()])
      const expected = Array.from({ length: count }, (_, index) => index)
      for (const offsets of followers) expect(offsets).toEqual(expected)
    })
  })
}

function read(
  log: PartitionLog,
  request: Omit<ReadRequest, 'atLeastOneBatch'>,
): Promise<ReadResult> {
  return log.read({ ...request, atLeastOneBatch: true })
}

function batchesOf(result: ReadResult): Buffer[] {
  return result.chunks.flatMap((chunk) => [...eachBatch(chunk)])
}

/** The chunks are cut between batches, and the offsets follow each other up to the next offset. */
function expectWholeAndDense(result: ReadResult): void {
  let bytes = 0
  let expected: number | undefined
  for (const batch of batchesOf(result)) {
    expect(batchBaseOffset(batch, 0)).toBe(expected ?? batchBaseOffset(batch, 0))
    expected = batchLastOffset(batch, 0) + 1
    bytes += batch.length
  }
  expect(bytes).toBe(result.bytes)
  expect(result.nextOffset).toBe(expected ?? result.nextOffset)
}

async function readOn(log: PartitionLog, first: ReadResult, endOffset: number): Promise<number> {
  let next = first.nextOffset
  for (;;) {
    const result = await read(log, { offset: next, maxBytes: 1_000_000, endOffset: at(endOffset) })
    if (result.bytes === 0) return next
    next = result.nextOffset
  }
}
