// What only a fetch over files can show: many small groups in the tail, and records that a power cut took.
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { at } from '../../support/batches.ts'
import { closeFileBroker, openFileBroker } from '../../support/file-broker.ts'
import { createTopic, produce, valuesIn } from '../../support/open-broker.ts'

describe('a fetch from files', () => {
  it('gives as much as is there within its budget, in however many writes it came', async () => {
    const files = await openFileBroker(new SimFileSystem())
    const { broker } = files
    await createTopic(broker, 'orders')
    const values = Array.from({ length: 300 }, (_, index) => `value ${index}`)
    for (const value of values) await produce(broker, 'orders', [value])
    const [outcome] = await broker.fetcher.fetch({
      partitions: [{ topic: 'orders', partition: 0, offset: at(0) }],
      maxWaitMs: 10_000,
      minBytes: 20_000,
      maxBytes: 1_000_000,
    })
    expect(outcome && valuesIn(outcome)).toEqual(values)
    await closeFileBroker(files)
  })

  it('finds out that the first epoch of a partition was lost to the last record (D4)', async () => {
    const fileSystem = new SimFileSystem()
    const { broker } = await openFileBroker(fileSystem)
    await createTopic(broker, 'orders', 1, { durability: 'written' })
    await produce(broker, 'orders', ['a', 'b', 'c'])
    const { epoch } = broker.describeStorage()[0]?.bounds ?? { epoch: -1 }

    const again = await openFileBroker(fileSystem.crash(new SeededRandom(1), 'lost'))
    expect(again.broker.describeStorage()[0]?.bounds?.end).toBe(0)
    await produce(again.broker, 'orders', ['x', 'y', 'z', 'other'])
    const fetch = async (offset: number): Promise<unknown> => {
      const [outcome] = await again.broker.fetcher.fetch({
        partitions: [{ topic: 'orders', partition: 0, offset: at(offset), leaderEpoch: epoch }],
        maxWaitMs: 0,
        minBytes: 0,
        maxBytes: 0,
      })
      return outcome?.error ?? (outcome && valuesIn(outcome))
    }
    expect(await fetch(3)).toMatchObject({
      code: 'DIVERGED_EPOCH',
      details: { epoch, endOffset: 0 },
    })
    expect(await fetch(0)).toEqual(['x', 'y', 'z', 'other'])
    await closeFileBroker(again)
  })
})
