// What growing costs the disk: syncs, opens and renames that making partitions, beginning and leaving segments take, by count.
import { describe, expect, it } from 'vitest'
import type { TopicSettingTexts } from '../../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { SimOperationKind } from '../../../src/platform/sim-operations.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { at, batchOfSize, identityOf, readBatches, settingsOf } from '../../support/batches.ts'

type Counts = Partial<Record<SimOperationKind, number>>

/** A disk that counts what is asked of it. */
class CountedDisk {
  readonly disk: SimFileSystem
  engine: FileStorageEngine | undefined
  private counts: Counts = {}

  constructor(disk = new SimFileSystem()) {
    this.disk = disk
    disk.operations.inject(({ kind }) => {
      this.counts[kind] = (this.counts[kind] ?? 0) + 1
      return undefined
    })
  }

  async open(): Promise<FileStorageEngine> {
    this.engine = await FileStorageEngine.open({
      ...{ fileSystem: this.disk, clock: new VirtualClock(), random: new SeededRandom('growing') },
      ...{ log: SILENT_LOG, directory: '/data' },
    })
    return this.engine
  }

  /** What `action` costs. */
  async during(action: () => Promise<unknown>): Promise<Counts> {
    this.counts = {}
    await action()
    return this.counts
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve()
}

const SYNCED: TopicSettingTexts = { durability: 'synced' }
const PARTITIONS = 64

async function makeAll(
  engine: FileStorageEngine,
  partitions: number,
  texts: TopicSettingTexts,
): Promise<PartitionLog[]> {
  const numbers = Array.from({ length: partitions }, (_, partition) => partition)
  return await Promise.all(
    numbers.map((partition) => engine.createPartition(identityOf(1, partition), settingsOf(texts))),
  )
}

describe('Partitions that are made together', () => {
  it('share their first files and the sync of the folder of the topic', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    // A sync takes longer than anything else.
    counted.disk.operations.inject(({ kind }) =>
      kind === 'sync-directory' ? { kind: 'wait', until: turns(50) } : undefined,
    )
    const cost = await counted.during(() => makeAll(engine, PARTITIONS, SYNCED))
    // Two files for all of them, a sync of each folder, and a few of the topic's.
    expect(cost['sync-data']).toBeLessThanOrEqual(2 + 2)
    expect(cost['sync-directory']).toBeLessThanOrEqual(PARTITIONS + 8)
    expect(cost.rename).toBe(PARTITIONS)
    expect(cost.open ?? 0).toBe(0)
    expect((await engine.partitions()).length).toBe(PARTITIONS)
  })

  it('are opened again as they were made, each with files of its own from its first change on', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const logs = await makeAll(engine, 4, SYNCED)
    const batch = batchOfSize(500)
    await logs[1]?.append({ batch, durability: 'synced' })
    await engine.close()
    const again = await counted.open()
    for (const { partition } of await again.partitions()) {
      const log = await again.openPartition(identityOf(1, partition), settingsOf(SYNCED))
      expect(log.statistics().report).toMatchObject({ outcome: 'clean', anomalies: [] })
      expect(log.bounds().end).toBe(partition === 1 ? 1 : 0)
    }
    // Nothing of what they were made from is left.
    expect(counted.disk.files().filter((path) => path.includes('-delete'))).toEqual([])
  })

  it('are made one file each where the file system gives a file one name only', async () => {
    for (const code of ['EPERM', 'EMLINK', 'EOPNOTSUPP']) {
      const counted = new CountedDisk()
      counted.disk.operations.inject(({ kind }) =>
        kind === 'link' ? { kind: 'error', code } : undefined,
      )
      const engine = await counted.open()
      await makeAll(engine, 4, SYNCED)
      await engine.close()
      const again = await counted.open()
      for (const { partition, topicName } of await again.partitions()) {
        expect(topicName).toBe(identityOf(1).topicName)
        const log = await again.openPartition(identityOf(1, partition), settingsOf(SYNCED))
        expect(log.statistics().report).toMatchObject({ outcome: 'clean', anomalies: [] })
      }
    }
  })

  it('are there after a power cut once they were answered, and those that were not are whole or gone', async () => {
    const seed = process.env['GROWING_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
    const random = new SeededRandom(seed)
    for (let stop = 1; stop < 60; stop += 1 + random.integer(3)) {
      const disk = new SimFileSystem()
      const counted = new CountedDisk(disk)
      const engine = await counted.open()
      disk.operations.stopAtChange(disk.operations.changeCount + stop, 'during')
      const made = new Set<number>()
      const numbers = Array.from({ length: 8 }, (_, partition) => partition)
      await Promise.allSettled(
        numbers.map(async (partition) => {
          await engine.createPartition(identityOf(1, partition), settingsOf(SYNCED))
          made.add(partition)
        }),
      )
      const after = new CountedDisk(disk.crash(random))
      const again = await after.open()
      const found = new Set((await again.partitions()).map(({ partition }) => partition))
      for (const partition of made)
        expect(found, `seed ${seed}, change ${stop}`).toContain(partition)
      for (const partition of found) {
        const log = await again.openPartition(identityOf(1, partition), settingsOf(SYNCED))
        expect(log.statistics(), `seed ${seed}, change ${stop}`).toMatchObject({
          condition: 'healthy',
          report: { anomalies: [], damaged: [] },
        })
      }
    }
  })
})

describe('The first append of a partition', () => {
  it('makes all that it relies on durable with one sync of the folder', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const log = await engine.createPartition(identityOf(1), settingsOf(SYNCED))
    const cost = await counted.during(async () => {
      await log.append({ batch: batchOfSize(500), durability: 'synced' })
    })
    // The hint of the synced end, the epoch, the batch.
    expect(cost['sync-data']).toBe(3)
    expect(cost['sync-directory']).toBe(1)
    expect(cost.rename).toBe(1)
    expect(cost.create).toBe(5)
  })
})

describe('A new segment', () => {
  const TEXTS = { 'segment.bytes': '4096', durability: 'written' }

  it('is appended to while the indexes of the one before wait for the disk', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const log = await engine.createPartition(identityOf(1), settingsOf(TEXTS))
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    counted.disk.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('index') ? { kind: 'wait', until } : undefined,
    )
    for (let index = 0; index < 6; index++) {
      await log.append({ batch: batchOfSize(3_000, 1, `b${index}`), durability: 'written' })
    }
    expect(log.bounds().end).toBe(6)
    release()
    await engine.close()
    const again = await counted.open()
    const opened = await again.openPartition(identityOf(1), settingsOf(TEXTS))
    expect(opened.statistics().report).toMatchObject({ outcome: 'clean', anomalies: [] })
    expect((await readBatches(opened)).length).toBe(6)
  })

  it('waits for those before it when too many are behind', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const log = await engine.createPartition(identityOf(1), settingsOf(TEXTS))
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    counted.disk.operations.inject(({ kind, path }) =>
      kind === 'sync-data' && path.endsWith('index') ? { kind: 'wait', until } : undefined,
    )
    const appends = Array.from({ length: 40 }, (_, index) =>
      log.append({ batch: batchOfSize(3_000, 1, `b${index}`), durability: 'written' }),
    )
    await turns(2_000)
    expect(log.bounds().end).toBeLessThan(20)
    release()
    await Promise.all(appends)
    expect(log.bounds().end).toBe(40)
  })

  it('costs few syncs: the log, its time index, the folder, and now and then a checkpoint', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const log = await engine.createPartition(identityOf(1), settingsOf(TEXTS))
    const append = async (index: number): Promise<void> => {
      await log.append({ batch: batchOfSize(3_000, 1, `b${index}`), durability: 'written' })
    }
    await append(0)
    const segments = 50
    const cost = await counted.during(async () => {
      for (let index = 1; index <= segments; index++) await append(index)
      await log.maintain()
    })
    expect(cost['sync-data']).toBeLessThanOrEqual(3 * segments + 4)
    expect(cost['sync-directory']).toBeLessThanOrEqual(2 * segments + 4)
    expect(cost.open ?? 0).toBeLessThanOrEqual(segments + 4)
  })

  it('leaves one that is read in full while its index entries are on their way', async () => {
    const counted = new CountedDisk()
    const engine = await counted.open()
    const texts = { ...TEXTS, 'segment.bytes': '20000', 'index.interval.bytes': '500' }
    const log = await engine.createPartition(identityOf(1), settingsOf(texts))
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    counted.disk.operations.inject(({ kind, path }) =>
      kind === 'write' && path.endsWith('index') ? { kind: 'wait', until } : undefined,
    )
    for (let index = 0; index < 60; index++) {
      const batch = batchOfSize(1_000, 1, `b${index}`, 1_000 + index)
      await log.append({ batch, durability: 'written' })
    }
    for (const offset of [3, 17, 25, 40, 59]) {
      const request = { offset: at(offset), maxBytes: 1, atLeastOneBatch: true }
      const found = await log.read({ ...request, isFromStorage: true })
      expect(found.nextOffset).toBe(offset + 1)
      expect(await log.offsetForTimestamp(1_000 + offset)).toMatchObject({ offset })
    }
    release()
    await engine.close()
  })
})
