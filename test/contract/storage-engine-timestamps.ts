import { describe, expect, it } from 'vitest'
import { stampLogAppendTime } from '../../src/record/batch-header.ts'
import { append, at, batchOf } from '../support/batches.ts'
import { rawBatch } from '../support/raw-batch.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

export function timestampContract(make: MakeEngine): void {
  describe('timestamps', () => {
    const harness = engineHarness(make)
    const SMALL_SEGMENTS = { 'segment.bytes': '1024', 'index.interval.bytes': '200' } as const

    it('lead to the first record at or after them, exact to the record', async () => {
      const log = await harness.partition(SMALL_SEGMENTS)
      for (let batch = 0; batch < 40; batch++) {
        const timestampMs = [0, 1, 2, 3, 4].map((index) => 1_000 + (batch * 5 + index) * 10)
        const values = timestampMs.map(String)
        await append(log, batchOf({ values, timestampMs }), 'synced')
      }
      for (let offset = 0; offset < 200; offset += 7) {
        const timestampMs = 1_000 + offset * 10
        expect(await log.offsetForTimestamp(timestampMs)).toEqual({ offset, timestampMs })
        expect(await log.offsetForTimestamp(timestampMs - 9)).toEqual({ offset, timestampMs })
      }
      expect(await log.offsetForTimestamp(0)).toEqual({ offset: 0, timestampMs: 1_000 })
      expect(await log.offsetForTimestamp(2_990)).toEqual({ offset: 199, timestampMs: 2_990 })
      expect(await log.offsetForTimestamp(2_991)).toBeUndefined()
    })

    it('need not be in order: the first record by offset counts', async () => {
      const log = await harness.partition(SMALL_SEGMENTS)
      const all = [500, 100, 900, 900, 50, 700, 2_000, 1_500, 1_000]
      for (let index = 0; index < all.length; index += 3) {
        const timestampMs = all.slice(index, index + 3)
        await append(log, batchOf({ values: ['a', 'b', 'c'], timestampMs }), 'synced')
      }
      for (const wanted of [0, 50, 51, 100, 501, 700, 701, 900, 901, 1_500, 1_999, 2_000]) {
        const offset = all.findIndex((timestampMs) => timestampMs >= wanted)
        expect(await log.offsetForTimestamp(wanted)).toEqual({ offset, timestampMs: all[offset] })
      }
      expect(await log.offsetForTimestamp(2_001)).toBeUndefined()
    })

    it('are found in compressed batches', async () => {
      const log = await harness.partition()
      const values = ['a', 'b', 'c', 'd']
      const timestampMs = [10, 20, 30, 40]
      await append(log, batchOf({ values, timestampMs, codec: 'gzip' }), 'synced')
      expect(await log.offsetForTimestamp(25)).toEqual({ offset: 2, timestampMs: 30 })
      expect(await log.maxTimestamp()).toEqual({ offset: 3, timestampMs: 40 })
    })

    it('are those of the append in batches that were stamped with it', async () => {
      const log = await harness.partition({ 'message.timestamp.type': 'LogAppendTime' })
      for (const stamp of [5_000, 6_000]) {
        const batch = batchOf({ values: ['a', 'b'], timestampMs: [10, 20] })
        stampLogAppendTime(batch, stamp)
        await append(log, batch, 'synced')
      }
      expect(await log.offsetForTimestamp(15)).toEqual({ offset: 0, timestampMs: 5_000 })
      expect(await log.offsetForTimestamp(5_001)).toEqual({ offset: 2, timestampMs: 6_000 })
    })

    it('do not lead to records before the start', async () => {
      const log = await harness.partition(SMALL_SEGMENTS)
      await append(log, batchOf({ values: ['a', 'b', 'c'], timestampMs: [10, 90, 30] }), 'synced')
      await append(log, batchOf({ values: ['d', 'e'], timestampMs: [40, 50] }), 'synced')
      expect(await log.maxTimestamp()).toEqual({ offset: 1, timestampMs: 90 })
      await log.deleteBefore(at(2))
      expect(await log.offsetForTimestamp(0)).toEqual({ offset: 2, timestampMs: 30 })
      expect(await log.offsetForTimestamp(60)).toBeUndefined()
      expect(await log.maxTimestamp()).toEqual({ offset: 4, timestampMs: 50 })
    })

    it('have a largest one, of the first record that has it', async () => {
      const log = await harness.partition(SMALL_SEGMENTS)
      expect(await log.maxTimestamp()).toBeUndefined()
      for (let batch = 0; batch < 20; batch++) {
        const timestampMs = [batch * 10, batch === 7 ? 99_999 : 5, batch === 7 ? 99_999 : 6]
        await append(log, batchOf({ values: ['aaaaaaaa', 'b', 'c'], timestampMs }), 'synced')
      }
      expect(await log.maxTimestamp()).toEqual({ offset: 22, timestampMs: 99_999 })
    })

    it('of records that cannot be read are passed over', async () => {
      const log = await harness.partition()
      // With record.validation=header nobody looks at the records: here there is one, and it is cut off.
      await append(log, rawBatch({ records: Buffer.alloc(20, 0xff) }), 'synced')
      expect(await log.offsetForTimestamp(0)).toBeUndefined()
      expect(await log.maxTimestamp()).toBeUndefined()
      await append(log, batchOf({ timestampMs: 5 }), 'synced')
      expect(await log.offsetForTimestamp(0)).toEqual({ offset: 1, timestampMs: 5 })
      expect(await log.maxTimestamp()).toEqual({ offset: 1, timestampMs: 5 })
    })

    it('lead nowhere in an empty partition', async () => {
      const log = await harness.partition()
      expect(await log.offsetForTimestamp(0)).toBeUndefined()
      await append(log, batchOf(), 'synced')
      await log.deleteBefore(at(1))
      expect(await log.offsetForTimestamp(0)).toBeUndefined()
      expect(await log.maxTimestamp()).toBeUndefined()
    })
  })

  describe('epochs', () => {
    const harness = engineHarness(make)

    it('end where the log ends as long as they are the latest', async () => {
      const log = await harness.partition()
      const { epoch } = log.bounds()
      expect(log.endOffsetForEpoch(epoch)).toBeUndefined()
      await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
      expect(log.endOffsetForEpoch(epoch)).toEqual({ epoch, endOffset: 2 })
      expect(log.endOffsetForEpoch(epoch + 7)).toEqual({ epoch, endOffset: 2 })
    })

    it('older than all that is known ended where the known ones begin', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['a', 'b', 'c'] }), 'synced')
      const epoch = log.bounds().epoch - 1
      expect(log.endOffsetForEpoch(epoch)).toEqual({ epoch, endOffset: 0 })
      await log.deleteBefore(at(2))
      expect(log.endOffsetForEpoch(epoch)).toEqual({ epoch, endOffset: 2 })
    })
  })
}
