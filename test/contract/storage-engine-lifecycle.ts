import { describe, expect, it } from 'vitest'
import { append, at, batchOf, identityOf, readValues, settingsOf } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { EngineContractOptions, MakeEngine } from './storage-engine.ts'

const SETTINGS = settingsOf()

export function lifecycleContract(options: EngineContractOptions, make: MakeEngine): void {
  describe('partitions', () => {
    const harness = engineHarness(make)

    it('are listed by identity once they are made, and no longer when deleted', async () => {
      const { engine } = harness
      expect(await engine.partitions()).toEqual([])
      await engine.createPartition(identityOf(1, 0), SETTINGS)
      await engine.createPartition(identityOf(1, 1), SETTINGS)
      await engine.createPartition(identityOf(2, 0), SETTINGS)
      await engine.deletePartition(identityOf(1, 0))
      const listed = (await engine.partitions()).map((one) => `${one.topicId}/${one.partition}`)
      expect(listed.sort()).toEqual(
        [identityOf(1, 1), identityOf(2, 0)].map((one) => `${one.topicId}/${one.partition}`).sort(),
      )
    })

    it('begin at offset 0 with nothing in them', async () => {
      const log = await harness.partition()
      const bounds = log.bounds()
      expect(bounds).toMatchObject({ start: 0, readableEnd: 0, end: 0 })
      expect(Number.isInteger(bounds.epoch)).toBe(true)
      expect(await readValues(log)).toEqual([])
      expect(log.statistics()).toMatchObject({ condition: 'healthy', bytes: 0 })
      expect(log.statistics().report.outcome).toBe('created')
    })

    it('say who they are', async () => {
      const log = await harness.engine.createPartition(identityOf(5, 3), SETTINGS)
      expect(log.identity).toEqual(identityOf(5, 3))
      const { report } = log.statistics()
      expect(report).toMatchObject({ topicId: identityOf(5).topicId, partition: 3 })
    })

    it('are opened by creating them again while they are empty', async () => {
      const { engine } = harness
      const first = await engine.createPartition(identityOf(1), SETTINGS)
      await first.close()
      const log = await engine.createPartition(identityOf(1), SETTINGS)
      await append(log, batchOf())
      expect(log.bounds().end).toBe(1)
    })

    it('that are not stored cannot be opened', async () => {
      const opened = harness.engine.openPartition(identityOf(9), SETTINGS)
      expect((await refusalOf(opened)).code).toBe('UNKNOWN_PARTITION')
    })

    it('are there again when they are opened after they were closed', async () => {
      const { engine } = harness
      const log = await engine.createPartition(identityOf(1), SETTINGS)
      await append(log, batchOf({ values: ['a', 'b'] }), 'synced')
      await log.close()
      const again = await engine.openPartition(identityOf(1), SETTINGS)
      expect(await readValues(again)).toEqual(['a', 'b'])
      await append(again, batchOf({ values: ['c'] }), 'synced')
      expect(await readValues(again)).toEqual(['a', 'b', 'c'])
    })

    it('do not know of each other', async () => {
      const [one, two] = [await harness.partition(), await harness.partition()]
      await append(one, batchOf({ values: ['one'] }), 'synced')
      await append(two, batchOf({ values: ['two', 'zwei'] }), 'synced')
      expect(await readValues(one)).toEqual(['one'])
      expect(await readValues(two)).toEqual(['two', 'zwei'])
    })

    it('are gone for good when they are deleted, and begin anew when made again', async () => {
      const { engine } = harness
      const log = await engine.createPartition(identityOf(1), SETTINGS)
      await append(log, batchOf({ values: ['old'] }))
      await engine.deletePartition(identityOf(1))
      await engine.deletePartition(identityOf(1))
      const opened = engine.openPartition(identityOf(1), SETTINGS)
      expect((await refusalOf(opened)).code).toBe('UNKNOWN_PARTITION')
      const again = await engine.createPartition(identityOf(1), SETTINGS)
      expect(again.bounds()).toMatchObject({ start: 0, end: 0 })
      await append(again, batchOf({ values: ['new'] }), 'synced')
      expect(await readValues(again)).toEqual(['new'])
    })

    it('refuse everything once they are deleted, and end what is under way', async () => {
      const { engine } = harness
      const log = await engine.createPartition(identityOf(1), SETTINGS)
      const appends = Array.from({ length: 20 }, () => append(log, batchOf()))
      const results = Promise.allSettled(appends)
      await engine.deletePartition(identityOf(1))
      for (const result of await results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'NOT_READY' })
      }
      expect((await refusalOf(append(log, batchOf()))).code).toBe('NOT_READY')
    })
  })

  describe('closing', () => {
    const harness = engineHarness(make)

    it('a partition finishes the appends that were accepted', async () => {
      const log = await harness.partition()
      const appends = Array.from({ length: 20 }, (_, index) =>
        append(log, batchOf({ values: [String(index)] }), 'synced'),
      )
      await log.close()
      const results = await Promise.all(appends)
      expect(results.map((result) => result.baseOffset)).toEqual(appends.map((_, index) => index))
    })

    it('a partition makes it refuse every call with NOT_READY', async () => {
      const log = await harness.partition()
      await append(log, batchOf())
      await log.close()
      const calls = [
        append(log, batchOf()),
        log.read({ offset: at(0), maxBytes: 100, atLeastOneBatch: true }),
        log.offsetForTimestamp(0),
        log.maxTimestamp(),
        log.deleteBefore(at(1)),
        log.maintain(),
      ]
      for (const call of calls) expect((await refusalOf(call)).code).toBe('NOT_READY')
      expect(() => log.bounds()).toThrow(expect.objectContaining({ code: 'NOT_READY' }) as Error)
      expect(log.statistics().condition).toBe('closed')
    })

    it('a partition may be repeated', async () => {
      const log = await harness.partition()
      await Promise.all([log.close(), log.close()])
      await log.close()
    })

    it('a partition wakes those who wait for it, then and later', async () => {
      const log = await harness.partition()
      const woken = new Promise<void>((resolve) => log.notifyReadable(at(10), resolve))
      await log.close()
      await woken
      await new Promise<void>((resolve) => log.notifyReadable(at(10), resolve))
    })

    it('an engine closes its partitions, may be repeated, and is the end', async () => {
      const { engine } = harness
      const log = await harness.partition()
      await append(log, batchOf())
      await Promise.all([engine.close(), engine.close()])
      await engine.close()
      expect((await refusalOf(append(log, batchOf()))).code).toBe('NOT_READY')
      const calls = [
        engine.partitions(),
        engine.createPartition(identityOf(8), SETTINGS),
        engine.openPartition(identityOf(1), SETTINGS),
        engine.deletePartition(identityOf(1)),
        engine.metadata.get('key'),
        engine.metadata.list(''),
        engine.metadata.compareAndSet('key', 0, 'value'),
        engine.metadata.delete('key', 1),
      ]
      for (const call of calls) expect((await refusalOf(call)).code).toBe('NOT_READY')
    })
  })

  describe('abilities', () => {
    const harness = engineHarness(make)

    it('are declared as they are tested', () => {
      expect(harness.engine.abilities.survivesRestart).toBe(options.survivesRestart)
      expect(['written', 'synced']).toContain(harness.engine.abilities.durabilityMax)
    })
  })
}
