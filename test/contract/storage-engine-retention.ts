import { describe, expect, it } from 'vitest'
import { batchBaseOffset } from '../../src/record/batch-header.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import {
  append,
  at,
  batchOf,
  batchOfSize,
  readBatches,
  readValues,
  settingsOf,
} from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

const HOUR_MS = 3_600_000

export function retentionContract(make: MakeEngine): void {
  describe('deleting what is before an offset', () => {
    const harness = engineHarness(make)

    it('moves the start, to the record, for readers at once', async () => {
      const log = await harness.partition({ 'segment.bytes': '1024' })
      const values = Array.from({ length: 30 }, (_, index) => `value ${index}`)
      for (let index = 0; index < 30; index += 3) {
        await append(log, batchOf({ values: values.slice(index, index + 3) }), 'synced')
      }
      for (const offset of [0, 1, 10, 12, 29]) {
        expect(await log.deleteBefore(at(offset))).toBe(offset)
        expect(log.bounds()).toMatchObject({ start: offset, readableEnd: 30, end: 30 })
        expect(await readValues(log)).toEqual(values.slice(offset))
      }
      const [first] = await readBatches(log)
      expect(batchBaseOffset(first ?? Buffer.alloc(61), 0)).toBe(27)
    })

    it('never moves the start back', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['a', 'b', 'c'] }), 'synced')
      await log.deleteBefore(at(2))
      expect(await log.deleteBefore(at(1))).toBe(2)
      expect(log.bounds().start).toBe(2)
    })

    it('may empty the partition, which goes on behind', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
      expect(await log.deleteBefore(at(2))).toBe(2)
      expect(await readValues(log)).toEqual([])
      expect((await append(log, batchOf({ values: ['c'] }), 'synced')).baseOffset).toBe(2)
      expect(await readValues(log)).toEqual(['c'])
    })

    it('is refused above the end', async () => {
      const log = await harness.partition()
      await append(log, batchOf(), 'synced')
      const refusal = await refusalOf(log.deleteBefore(at(2)))
      expect(refusal.code).toBe('OFFSET_OUT_OF_RANGE')
      expect(log.bounds().start).toBe(0)
    })

    it('gives space back', async () => {
      const log = await harness.partition({ 'segment.bytes': '1024', 'file.delete.delay.ms': '0' })
      for (let index = 0; index < 20; index++) await append(log, batchOfSize(500), 'synced')
      const before = log.statistics().bytes
      await log.deleteBefore(at(19))
      await log.maintain()
      expect(log.statistics().bytes).toBeLessThan(before / 4)
    })
  })

  describe('retention', () => {
    const harness = engineHarness(make)

    /** Segments of two batches of one record each; the records are an hour apart and end now. */
    const filled = async (
      texts: Readonly<Record<string, string>>,
      batches = 10,
    ): Promise<PartitionLog> => {
      const log = await harness.partition({ 'segment.bytes': '1024', ...texts })
      const nowMs = harness.subject.clock.wallMs()
      for (let index = 0; index < batches; index++) {
        const timestampMs = nowMs - (batches - 1 - index) * HOUR_MS
        await append(log, batchOfSize(500, 1, `r${index}`, timestampMs), 'synced')
      }
      return log
    }

    it('keeps everything that no limit concerns', async () => {
      const log = await filled({ 'retention.ms': '-1', 'retention.bytes': '-1' })
      await harness.subject.clock.advance('365d')
      await log.maintain()
      expect(log.bounds()).toMatchObject({ start: 0, end: 10 })
    })

    it('by time removes whole segments whose newest record is too old', async () => {
      const log = await filled({ 'retention.ms': String(4.5 * HOUR_MS) })
      await log.maintain()
      // Segments end at records 9, 8 and 7, 6 and 5 hours old ...: the one with 5 and 4 hours stays.
      expect(log.bounds().start).toBe(4)
      await harness.subject.clock.advance('1h')
      await log.maintain()
      expect(log.bounds().start).toBe(6)
      expect((await readValues(log)).length).toBe(4)
    })

    it('by size removes whole segments as long as enough is left', async () => {
      const log = await filled({ 'retention.ms': '-1', 'retention.bytes': '2500' })
      await log.maintain()
      expect(log.bounds().start).toBe(4)
      expect(log.statistics().bytes).toBeGreaterThanOrEqual(2_500)
    })

    it('never removes the segment that is written to', async () => {
      const log = await filled({ 'retention.ms': '1', 'retention.bytes': '0' })
      await harness.subject.clock.advance('30d')
      await log.maintain()
      expect(log.bounds()).toMatchObject({ start: 8, end: 10 })
      expect((await readValues(log)).length).toBe(2)
      expect((await append(log, batchOf(), 'synced')).baseOffset).toBe(10)
    })

    it('follows the settings as they are changed', async () => {
      const log = await filled({ 'retention.ms': '-1' })
      await log.maintain()
      expect(log.bounds().start).toBe(0)
      log.updateSettings(settingsOf({ 'retention.ms': '-1', 'retention.bytes': '1' }))
      await log.maintain()
      expect(log.bounds().start).toBe(8)
    })

    it('begins a new segment by age, as the timestamps of the records tell it', async () => {
      const log = await harness.partition({ 'segment.ms': '1000', 'retention.bytes': '0' })
      for (const timestampMs of [10_000, 10_500, 11_000, 11_001, 11_500]) {
        await append(log, batchOf({ timestampMs }), 'synced')
      }
      await log.maintain()
      expect(log.bounds().start).toBe(3)
    })

    it('begins a new segment when an index would be full', async () => {
      // 36 bytes: room for two entries of the time index and the final one.
      const log = await harness.partition({
        'segment.index.bytes': '36',
        'index.interval.bytes': '0',
        'retention.bytes': '0',
        'retention.ms': '-1',
      })
      for (let index = 0; index < 7; index++) {
        await append(log, batchOf({ timestampMs: 1_000 + index }), 'synced')
      }
      await log.maintain()
      // The first batch of a segment has no entry, so three batches fit.
      expect(log.bounds().start).toBe(6)
    })

    it('lets a reader that is under way have its data or refuses it, and nothing else', async () => {
      const log = await filled({ 'retention.ms': '-1', 'retention.bytes': '1' }, 40)
      const reads = Array.from({ length: 40 }, (_, offset) =>
        log.read({ offset: at(offset), maxBytes: 2_000, atLeastOneBatch: true }),
      )
      const settled = Promise.allSettled(reads)
      await log.maintain()
      for (const [offset, result] of (await settled).entries()) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' })
        } else {
          expect(batchBaseOffset(result.value.chunks[0] ?? Buffer.alloc(61), 0)).toBe(offset)
        }
      }
    })
  })
}
