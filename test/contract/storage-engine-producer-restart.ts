// What an engine that survives a restart knows of idempotent producers after it.
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/domain/limits.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { at, identityOf, settingsOf } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import { offsets, send } from './producer-sends.ts'
import type { MakeEngine } from './storage-engine.ts'

export function producerRestartContract(make: MakeEngine): void {
  describe('an idempotent producer after a restart', () => {
    const harness = engineHarness(make)
    const SETTINGS = settingsOf({ 'segment.bytes': '1024', 'index.interval.bytes': '300' })

    async function reopened(
      how: 'closed' | 'killed',
      engine: StorageEngine,
    ): Promise<StorageEngine> {
      const { subject } = harness
      if (how === 'closed') await engine.close()
      else subject.kill?.()
      if (subject.reopen === undefined) throw new Error('the subject cannot be opened again')
      return subject.reopen()
    }

    for (const how of ['closed', 'killed'] as const) {
      it(`(${how}) is known by its last five batches, in every segment`, async () => {
        let { engine } = harness
        await engine.createPartition(identityOf(1), SETTINGS)
        let end = 0
        for (let round = 0; round < 4; round++) {
          const log = await engine.openPartition(identityOf(1), SETTINGS)
          for (let count = 0; count < 5 + round * 4; count++) {
            await send(log, { sequence: end++ })
          }
          engine = await reopened(how, engine)
          const again = await engine.openPartition(identityOf(1), SETTINGS)
          for (let sequence = end - 5; sequence < end; sequence++) {
            const repeated = await send(again, { sequence })
            expect(offsets(repeated)).toEqual([sequence, sequence, 'duplicate'])
            expect(repeated.durability).toBe('synced')
          }
          expect((await refusalOf(send(again, { sequence: end + 1 }))).details).toMatchObject({
            expectedSequence: end,
            cause: 'gap',
          })
          const { report } = again.statistics()
          expect(report).toMatchObject({
            anomalies: [],
            outcome: how === 'closed' ? 'clean' : 'recovered',
          })
          if (how === 'closed') expect(report.bytesScanned).toBe(0)
        }
        await engine.close()
      })

      it(`(${how}) is fenced by the epoch that had written, though its records were deleted`, async () => {
        const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
        for (let sequence = 0; sequence < 20; sequence++) await send(log, { epoch: 4, sequence })
        await log.deleteBefore(at(20))
        await log.maintain()
        const engine = await reopened(how, harness.engine)
        const again = await engine.openPartition(identityOf(1), SETTINGS)
        expect((await refusalOf(send(again, { epoch: 3, sequence: 0 }))).code).toBe(
          'PRODUCER_FENCED',
        )
        expect(offsets(await send(again, { epoch: 4, sequence: 19 }))).toEqual([
          19,
          19,
          'duplicate',
        ])
        expect(offsets(await send(again, { epoch: 5, sequence: 0 }))).toEqual([20, 20, 'stored'])
        await engine.close()
      })
    }

    it('is forgotten a day after it wrote last, the time of the stop included', async () => {
      const { clock } = harness.subject
      const log = await harness.engine.createPartition(identityOf(1), SETTINGS)
      await send(log, { id: 1, sequence: 0 })
      await clock.advance(LIMITS.producerExpirationMs / 2)
      await send(log, { id: 2, sequence: 0 })
      const engine = await reopened('closed', harness.engine)
      await clock.advance(LIMITS.producerExpirationMs / 2)
      const again = await engine.openPartition(identityOf(1), SETTINGS)
      await again.maintain()
      expect((await refusalOf(send(again, { id: 1, sequence: 1 }))).details).toMatchObject({
        cause: 'unknown',
      })
      expect((await send(again, { id: 2, sequence: 0 })).duplicate).toBe(true)
      await engine.close()
    })
  })
}
