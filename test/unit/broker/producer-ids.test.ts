import { describe, expect, it } from 'vitest'
import { ProducerIds } from '../../../src/broker/producer-ids.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import type { MetadataStore } from '../../../src/storage/metadata-store.ts'
import { refusalOf } from '../../support/refusal.ts'

function emptyStore(): MetadataStore {
  return new MemoryStorageEngine({ clock: new VirtualClock() }).metadata
}

function open(metadata: MetadataStore, seed: number | string = 1): ProducerIds {
  return new ProducerIds({ metadata, random: new SeededRandom(seed), log: SILENT_LOG })
}

function fresh(ids: ProducerIds): Promise<number> {
  return ids.allocate(undefined, undefined).then(({ producerId }) => producerId)
}

describe('producer ids', () => {
  it('are never given out twice, over blocks, restarts and calls at the same time', async () => {
    const metadata = emptyStore()
    const given: number[] = []
    for (let start = 0; start < 4; start++) {
      const ids = open(metadata, start)
      const calls = Array.from({ length: LIMITS.producerIdBlock + 300 }, () => fresh(ids))
      given.push(...(await Promise.all(calls)))
    }
    expect(new Set(given).size).toBe(4 * (LIMITS.producerIdBlock + 300))
    expect(given.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true)
  })

  it('are not given out twice by two brokers that reserve from one store', async () => {
    const metadata = emptyStore()
    const brokers = [open(metadata, 1), open(metadata, 2)]
    const calls = Array.from({ length: 4_000 }, (_, at) => fresh(brokers[at % 2] ?? open(metadata)))
    expect(new Set(await Promise.all(calls)).size).toBe(4_000)
  })

  it('differ in stores that know nothing of each other', async () => {
    expect(await fresh(open(emptyStore(), 1))).not.toBe(await fresh(open(emptyStore(), 2)))
  })

  it('keep their epoch rising, and the same question has the same answer, also after a restart', async () => {
    const metadata = emptyStore()
    const ids = open(metadata)
    const producerId = await fresh(ids)
    for (let epoch = 0; epoch < 3; epoch++) {
      const next = { producerId, producerEpoch: epoch + 1 }
      expect(await ids.allocate(producerId, epoch)).toEqual(next)
      expect(await ids.allocate(producerId, epoch)).toEqual(next)
    }
    expect(await open(metadata).allocate(producerId, 3)).toEqual({ producerId, producerEpoch: 4 })
  })

  it('are replaced by fresh ones when their epochs are used up or they are not known', async () => {
    const ids = open(emptyStore())
    const producerId = await fresh(ids)
    const last = LIMITS.producerEpochMax
    expect(await ids.allocate(producerId, last - 1)).toEqual({ producerId, producerEpoch: last })
    for (const [id, epoch] of [
      [producerId, last],
      [producerId, 32_767],
      [producerId - 1, 3],
      [producerId + 2 * LIMITS.producerIdBlock, 0],
    ] as const) {
      const answer = await ids.allocate(id, epoch)
      expect(answer.producerEpoch).toBe(0)
      expect(answer.producerId).not.toBe(id)
    }
  })

  it('are not given to who asks for the next epoch of one that nobody has yet', async () => {
    const metadata = emptyStore()
    const ids = open(metadata)
    const given = [await fresh(ids)]
    for (const ahead of [0, 1, 2, 500, LIMITS.producerIdBlock - 1]) {
      const unknown = (given.at(-1) ?? 0) + 1 + ahead
      const answer = await ids.allocate(unknown, 5)
      expect(answer.producerEpoch).toBe(0)
      given.push(answer.producerId, await fresh(ids))
    }
    expect(new Set(given).size).toBe(given.length)
    // Each of those that were given out is known, also after a restart.
    const again = open(metadata)
    for (const producerId of given) {
      expect(await ids.allocate(producerId, 3)).toEqual({ producerId, producerEpoch: 4 })
      expect(await again.allocate(producerId, 3)).toEqual({ producerId, producerEpoch: 4 })
    }
  })

  it('go on elsewhere when what is stored about them is damaged', async () => {
    const metadata = emptyStore()
    const before = await fresh(open(metadata))
    for (const value of ['nonsense', '{"first":5}', '{"first":9,"next":3}', 'null', '[]']) {
      const stored = await metadata.get('producer-ids')
      await metadata.compareAndSet('producer-ids', stored?.version ?? 0, value)
      const after = await fresh(open(metadata, value))
      expect(Math.abs(after - before)).toBeGreaterThan(LIMITS.producerIdBlock)
    }
  })

  it.each([
    [-5, 0],
    [-1, -1],
    [2 ** 53, 0],
    [1.5, 0],
    [7, -2],
    [7, 32_768],
    [7, undefined],
    [undefined, 0],
  ])('refuse the id %s with epoch %s', async (id, epoch) => {
    expect(await refusalOf(open(emptyStore()).allocate(id, epoch))).toMatchObject({
      code: 'PRODUCER_STATE',
      effect: 'none',
    })
  })
})
