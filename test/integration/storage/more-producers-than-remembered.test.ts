// More idempotent producers than an engine remembers: those that rest are forgotten, in whichever partition, and those that write are not.
import { describe, expect, it } from 'vitest'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { PartitionLog, StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { offsets, send } from '../../contract/producer-sends.ts'
import { identityOf, settingsOf } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'

const limits = { producersMax: 10 }
const clock = new VirtualClock()

function openFiles(fileSystem: SimFileSystem): Promise<StorageEngine> {
  const random = new SeededRandom('producers')
  const parts = { fileSystem, clock, random, log: SILENT_LOG, limits }
  return FileStorageEngine.open({ ...parts, directory: '/data' })
}

/** A partition that as many producers wrote to as are remembered, and rest since. */
async function resting(engine: StorageEngine): Promise<PartitionLog> {
  const log = await engine.createPartition(identityOf(1), settingsOf({}))
  for (let id = 100; id < 110; id++) await send(log, { id, sequence: 0 })
  return log
}

/** Two producers in turns, each batch twice. */
async function writeInTurns(log: PartitionLog, from: number, to: number): Promise<void> {
  for (let sequence = from; sequence < to; sequence++) {
    for (const id of [1, 2]) await send(log, { id, sequence })
    for (const id of [1, 2]) {
      const offset = 2 * sequence + id - 1
      expect(offsets(await send(log, { id, sequence }))).toEqual([offset, offset, 'duplicate'])
    }
  }
}

describe.each([
  ['memory', () => Promise.resolve(new MemoryStorageEngine({ clock, limits }))],
  ['file', () => openFiles(new SimFileSystem())],
] as const)('With the %s engine', (_name, make) => {
  it('producers of a new partition are known again while as many rest in another', async () => {
    const engine = await make()
    const rest = await resting(engine)
    const busy = await engine.createPartition(identityOf(2), settingsOf({}))
    await writeInTurns(busy, 0, 5)
    expect(busy.bounds().end).toBe(10)
    for (const id of [100, 101]) {
      expect((await refusalOf(send(rest, { id, sequence: 1 }))).details).toMatchObject({
        cause: 'unknown',
      })
    }
    expect((await send(rest, { id: 102, sequence: 0 })).duplicate).toBe(true)
    await engine.close()
  })
})

describe('After a start', () => {
  it.each([1, 2])(
    'those that wrote last are known again, also when partition %i is opened first',
    async (first) => {
      const disk = new SimFileSystem()
      const engine = await openFiles(disk)
      await resting(engine)
      // What rests there is stored by then, and would be remembered again.
      await engine.close()
      await clock.advance(60_000)
      const second = await openFiles(disk)
      await writeInTurns(await second.createPartition(identityOf(2), settingsOf({})), 0, 5)
      await second.close()
      const third = await openFiles(disk)
      const opened = new Map<number, PartitionLog>()
      for (const partition of [first, 3 - first]) {
        opened.set(partition, await third.openPartition(identityOf(partition), settingsOf({})))
      }
      const [rest, busy] = [opened.get(1), opened.get(2)]
      if (rest === undefined || busy === undefined) throw new Error('a partition was not opened')
      await writeInTurns(busy, 5, 8)
      expect((await refusalOf(send(rest, { id: 101, sequence: 1 }))).code).toBe(
        'OUT_OF_ORDER_SEQUENCE',
      )
      expect((await send(rest, { id: 102, sequence: 0 })).duplicate).toBe(true)
      await third.close()
    },
  )
})
