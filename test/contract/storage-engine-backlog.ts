import { describe, expect, it } from 'vitest'
import type { Offset } from '../../src/domain/offset.ts'
import { batchLastOffset } from '../../src/record/batch-header.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { append, at, batchOfSize, readBatches } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

export function backlogContract(make: MakeEngine): void {
  describe('bytes from an offset on', () => {
    const harness = engineHarness(make)

    /** Batches of 3 records each, of growing size, over several segments. */
    const filled = async (batches = 12): Promise<PartitionLog> => {
      const log = await harness.partition({
        'segment.bytes': '2000',
        'index.interval.bytes': '500',
        'file.delete.delay.ms': '0',
      })
      for (let index = 0; index < batches; index++) {
        await append(log, batchOfSize(200 + 20 * index, 3, `b${index}`), 'synced')
      }
      return log
    }

    it('are those of the batches from the one with the offset up to the readable end', async () => {
      const log = await filled()
      for (let offset = 0; offset <= 36; offset++) {
        expect(await log.bytesFrom(at(offset)), `from ${offset}`).toBe(
          await countedBytes(log, offset),
        )
      }
    })

    it('grow with each append and are none at the readable end', async () => {
      const log = await harness.partition()
      expect(await log.bytesFrom(at(0))).toBe(0)
      let bytes = 0
      for (let index = 1; index <= 5; index++) {
        const batch = batchOfSize(100 * index, 2)
        await append(log, batch, 'synced')
        bytes += batch.length
        expect(await log.bytesFrom(at(0))).toBe(bytes)
        expect(await log.bytesFrom(log.bounds().readableEnd)).toBe(0)
      }
    })

    it('stay those of what is kept when the start moves', async () => {
      const log = await filled()
      const before = await countedBytes(log, 20)
      await log.deleteBefore(at(20))
      await log.maintain()
      expect(await log.bytesFrom(at(20))).toBe(before)
      expect(await log.bytesFrom(at(21))).toBe(await countedBytes(log, 21))
    })

    it('are refused below the start and above the end', async () => {
      const log = await filled()
      await log.deleteBefore(at(10))
      for (const offset of [9, 37]) {
        const refusal = await refusalOf(log.bytesFrom(offset as Offset))
        expect(refusal.code).toBe('OFFSET_OUT_OF_RANGE')
        expect(refusal.details).toMatchObject({ endOffset: 36 })
      }
      await log.close()
      expect((await refusalOf(log.bytesFrom(at(10)))).code).toBe('NOT_READY')
    })
  })
}

async function countedBytes(log: PartitionLog, offset: number): Promise<number> {
  let bytes = 0
  for (const batch of await readBatches(log)) {
    if (batchLastOffset(batch, 0) >= offset) bytes += batch.length
  }
  return bytes
}
