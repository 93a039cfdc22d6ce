import { afterEach, describe, expect, it } from 'vitest'
import type { StorageEngine } from '../../src/storage/engine.ts'
import {
  append,
  at,
  batchOf,
  batchOfSize,
  identityOf,
  readBatches,
  readValues,
  settingsOf,
} from '../support/batches.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

const SETTINGS = settingsOf({ 'segment.bytes': '1024', 'index.interval.bytes': '300' })

export function restartContract(make: MakeEngine): void {
  describe('a restart', () => {
    const harness = engineHarness(make)
    const reopened: StorageEngine[] = []
    afterEach(async () => {
      for (const engine of reopened.splice(0)) await engine.close()
    })

    const restart = async (
      how: 'closed' | 'killed',
      from?: StorageEngine,
    ): Promise<StorageEngine> => {
      const { subject } = harness
      if (how === 'closed') await (from ?? subject.engine).close()
      else subject.kill?.()
      if (subject.reopen === undefined) throw new Error('the subject cannot be opened again')
      const engine = await subject.reopen()
      reopened.push(engine)
      return engine
    }

    for (const how of ['closed', 'killed'] as const) {
      it(`after being ${how} has every synced record, byte for byte`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        for (let index = 0; index < 30; index++) {
          await append(log, batchOfSize(150 + index, 2, `b${index}`), 'synced')
        }
        const before = Buffer.concat(await readBatches(log))
        const engine = await restart(how)
        const stored = await engine.partitions()
        expect(stored.map((one) => [one.topicId, one.topicName, one.partition])).toEqual([
          [identityOf(1).topicId, 'topic-1', 0],
        ])
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        expect(again.bounds()).toMatchObject({ start: 0, readableEnd: 60, end: 60 })
        expect(Buffer.concat(await readBatches(again)).equals(before)).toBe(true)
        expect((await append(again, batchOf(), 'synced')).baseOffset).toBe(60)
        const { report } = again.statistics()
        expect(report).toMatchObject({
          outcome: how === 'closed' ? 'clean' : 'recovered',
          startOffset: 0,
          endOffset: 60,
          tornBytes: 0,
          damaged: [],
        })
      })

      it(`after being ${how} has the metadata`, async () => {
        await harness.engine.metadata.compareAndSet('topics/a', 0, 'one')
        await harness.engine.metadata.compareAndSet('topics/a', 1, 'two')
        await harness.engine.metadata.compareAndSet('topics/b', 0, 'gone')
        await harness.engine.metadata.delete('topics/b', 1)
        const engine = await restart(how)
        expect(await engine.metadata.list('')).toEqual([
          { key: 'topics/a', damaged: false, value: 'two', version: 2 },
        ])
      })

      it(`after being ${how} raises the epoch, and knows where the old one ended`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        const { epoch } = log.bounds()
        await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
        const engine = await restart(how)
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        const next = again.bounds().epoch
        expect(next).toBeGreaterThan(epoch)
        await append(again, batchOf({ values: ['c'] }), 'synced')
        expect(again.endOffsetForEpoch(epoch)).toEqual({ epoch, endOffset: 2 })
        expect(again.endOffsetForEpoch(next)).toEqual({ epoch: next, endOffset: 3 })
        expect(again.endOffsetForEpoch(epoch - 1)).toEqual({ epoch: epoch - 1, endOffset: 0 })
      })

      it(`after being ${how} begins where the log was cut`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        for (let index = 0; index < 20; index++) await append(log, batchOfSize(400, 2), 'synced')
        await log.deleteBefore(at(25))
        const engine = await restart(how)
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        expect(again.bounds()).toMatchObject({ start: 25, end: 40 })
        expect((await readValues(again)).length).toBe(15)
      })

      it(`after being ${how} keeps the end of a log that was emptied`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        for (let index = 0; index < 5; index++) await append(log, batchOfSize(400, 2), 'synced')
        await log.deleteBefore(at(10))
        await log.maintain()
        const engine = await restart(how)
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        expect(again.bounds()).toMatchObject({ start: 10, end: 10 })
        expect((await append(again, batchOf(), 'synced')).baseOffset).toBe(10)
      })

      it(`after being ${how} does not bring back what was deleted`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        await append(log, batchOf(), 'synced')
        await harness.engine.createPartition(identityOf(2), SETTINGS)
        await harness.engine.deletePartition(identityOf(1))
        const engine = await restart(how)
        expect((await engine.partitions()).map((one) => one.topicId)).toEqual([
          identityOf(2).topicId,
        ])
      })

      it(`after being ${how} finds records by their time`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        for (let index = 0; index < 50; index++) {
          const timestampMs = [1_000 + index * 20, 1_010 + index * 20]
          await append(log, batchOf({ values: ['aaaaaaaaaaaa', 'b'], timestampMs }), 'synced')
        }
        const engine = await restart(how)
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        for (let offset = 0; offset < 100; offset += 9) {
          const timestampMs = 1_000 + offset * 10
          expect(await again.offsetForTimestamp(timestampMs)).toEqual({ offset, timestampMs })
        }
        expect(await again.maxTimestamp()).toEqual({ offset: 99, timestampMs: 1_990 })
      })
    }

    it('may be repeated as often as one likes', async () => {
      let engine = harness.engine
      const first = await engine.createPartition(identityOf(1), SETTINGS)
      await append(first, batchOf({ values: ['0'] }), 'synced')
      let epoch = first.bounds().epoch
      for (let round = 1; round <= 5; round++) {
        engine = await restart('closed', engine)
        const log = await engine.openPartition(identityOf(1), SETTINGS)
        expect(log.bounds().epoch).toBeGreaterThan(epoch)
        epoch = log.bounds().epoch
        await append(log, batchOf({ values: [String(round)] }), 'synced')
        expect(await readValues(log)).toEqual(
          Array.from({ length: round + 1 }, (_, index) => String(index)),
        )
      }
    })
  })
}
