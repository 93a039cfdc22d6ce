import { describe, expect, it } from 'vitest'
import { isAtLeast } from '../../src/domain/durability.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import { inspectStoredBatch } from '../../src/record/stored-batch.ts'
import { append, at, batchOf, batchOfSize, readBatches, readValues } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

export function appendContract(make: MakeEngine): void {
  describe('appending', () => {
    const harness = engineHarness(make)

    it('gives records dense offsets from 0 on', async () => {
      const log = await harness.partition()
      const counts = [1, 3, 1, 100, 2]
      let next = 0
      for (const count of counts) {
        const values = Array.from({ length: count }, (_, index) => `v${next + index}`)
        const result = await append(log, batchOf({ values }), 'synced')
        expect(result).toMatchObject({ baseOffset: next, lastOffset: next + count - 1 })
        expect(result.duplicate).toBe(false)
        next += count
        expect(log.bounds()).toMatchObject({ start: 0, readableEnd: next, end: next })
      }
      expect(await readValues(log)).toEqual(Array.from({ length: next }, (_, index) => `v${index}`))
    })

    it('takes effect in the order of the calls', async () => {
      const log = await harness.partition()
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          append(log, batchOf({ values: [String(index)] }), index % 3 === 0 ? 'synced' : 'written'),
        ),
      )
      expect(results.map((result) => result.baseOffset)).toEqual(results.map((_, index) => index))
      await append(log, batchOf({ values: ['end'] }), 'synced')
      expect((await readValues(log)).slice(0, 200)).toEqual(
        results.map((_, index) => String(index)),
      )
    })

    it('reaches the durability that was asked for, as far as the engine can, and says which', async () => {
      const { durabilityMax } = harness.engine.abilities
      for (const topic of ['written', 'synced'] as const) {
        const log = await harness.partition({ durability: topic })
        for (const asked of ['written', 'synced'] as const) {
          const { durability } = await append(log, batchOf(), asked)
          const expected = isAtLeast(durabilityMax, asked) ? asked : durabilityMax
          expect(isAtLeast(durability, expected)).toBe(true)
          expect(isAtLeast(durabilityMax, durability)).toBe(true)
        }
      }
    })

    it('stores the bytes as they came, but for base offset and epoch', async () => {
      const log = await harness.partition()
      const sent = ['none', 'gzip', 'none'].map((codec, index) =>
        batchOf({ values: ['a', 'b', `c${index}`], codec: codec === 'gzip' ? 'gzip' : 'none' }),
      )
      for (const batch of sent) await append(log, Buffer.from(batch), 'synced')
      const stored = await readBatches(log)
      expect(stored.length).toBe(3)
      for (const [index, batch] of stored.entries()) {
        expect(inspectStoredBatch(batch, 0, batch.length).kind).toBe('valid')
        expect(readBatchHeader(batch)).toMatchObject({
          baseOffset: index * 3,
          leaderEpoch: log.bounds().epoch,
        })
        expect(withoutPlace(batch).equals(withoutPlace(sent[index] ?? Buffer.alloc(0)))).toBe(true)
      }
    })

    it('borrows the batch only until its promise settles', async () => {
      const log = await harness.partition()
      for (let index = 0; index < 5; index++) {
        const batch = batchOf({ values: [`kept ${index}`] })
        await append(log, batch, 'synced')
        batch.fill(0xff)
      }
      expect(await readValues(log)).toEqual([0, 1, 2, 3, 4].map((index) => `kept ${index}`))
    })

    it('is refused when the batch would not get the expected offset', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
      for (const expected of [0, 1, 3]) {
        const refusal = await refusalOf(
          log.append({ batch: batchOf(), durability: 'synced', expectedOffset: at(expected) }),
        )
        expect(refusal.code).toBe('UNEXPECTED_OFFSET')
        expect(refusal.details).toMatchObject({ endOffset: 2 })
      }
      const batch = batchOf({ values: ['c'] })
      const { baseOffset } = await log.append({
        batch,
        durability: 'synced',
        expectedOffset: at(2),
      })
      expect(baseOffset).toBe(2)
      expect(await readValues(log)).toEqual(['a', 'b', 'c'])
    })

    it('with the same expected offset succeeds for one of several', async () => {
      const log = await harness.partition()
      const results = await Promise.allSettled(
        ['a', 'b', 'c'].map((value) =>
          log.append({
            batch: batchOf({ values: [value] }),
            durability: 'synced',
            expectedOffset: at(0),
          }),
        ),
      )
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
      expect(await readValues(log)).toEqual(['a'])
    })

    it('counts the bytes of what is stored', async () => {
      const log = await harness.partition()
      let bytes = 0
      for (const size of [100, 5_000, 70_000]) {
        const batch = batchOfSize(size)
        bytes += batch.length
        await append(log, batch, 'synced')
      }
      expect(log.statistics().bytes).toBe(bytes)
    })

    it('takes batches larger than a segment and than the read buffers', async () => {
      const log = await harness.partition({
        'segment.bytes': '1024',
        'max.message.bytes': '4000000',
      })
      const sizes = [300, 3_000_000, 300, 900, 100_000]
      for (const [index, size] of sizes.entries()) {
        await append(log, batchOfSize(size, 1, `t${index}`), 'synced')
      }
      const values = await readValues(log)
      expect(values.map((value) => value.slice(0, 2))).toEqual(['t0', 't1', 't2', 't3', 't4'])
    })
  })

  describe('waiting for something to read', () => {
    const harness = engineHarness(make)

    it('ends once, in a later turn, when the readable end passes the offset', async () => {
      const log = await harness.partition()
      let wakes = 0
      log.notifyReadable(at(2), () => wakes++)
      await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
      await harness.subject.clock.advance(1)
      expect(log.bounds().readableEnd).toBe(2)
      const woken = new Promise<void>((resolve) => log.notifyReadable(at(2), resolve))
      await append(log, batchOf(), 'synced')
      await woken
      await append(log, batchOf(), 'synced')
      await harness.subject.clock.advance(1)
      expect(wakes).toBe(1)
    })

    it('ends at once, though not within the call, when the offset is passed already', async () => {
      const log = await harness.partition()
      await append(log, batchOf(), 'synced')
      let isWoken = false
      const woken = new Promise<void>((resolve) => {
        log.notifyReadable(at(0), () => {
          isWoken = true
          resolve()
        })
      })
      expect(isWoken).toBe(false)
      await woken
    })

    it('ends when the start of the log moves above the offset', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['a', 'b', 'c'] }), 'synced')
      const woken = new Promise<void>((resolve) => log.notifyReadable(at(1), resolve))
      await log.deleteBefore(at(2))
      await woken
    })

    it('can be given up', async () => {
      const log = await harness.partition()
      let wakes = 0
      const cancel = log.notifyReadable(at(0), () => wakes++)
      cancel()
      cancel()
      await append(log, batchOf(), 'synced')
      await harness.subject.clock.advance(1)
      expect(wakes).toBe(0)
    })

    it('works for many at once', async () => {
      const log = await harness.partition()
      const waits = Array.from(
        { length: 1_000 },
        () => new Promise<void>((resolve) => log.notifyReadable(at(0), resolve)),
      )
      await append(log, batchOf(), 'synced')
      await Promise.all(waits)
    })
  })
}

/** The batch without base offset and leader epoch. */
function withoutPlace(batch: Buffer): Buffer {
  return Buffer.from(batch).fill(0, 0, 8).fill(0, 12, 16)
}
