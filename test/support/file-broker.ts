// A broker over the file engine on a simulated file system.
import { expect } from 'vitest'
import { Broker } from '../../src/broker/broker.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { type Metrics, NO_METRICS } from '../../src/platform/metrics.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { fetchOne, valuesIn } from './open-broker.ts'

export interface FileBroker {
  readonly broker: Broker
  readonly engine: FileStorageEngine
  readonly clock: VirtualClock
}

/** Opens engine and broker over `/data` of the file system. */
export async function openFileBroker(
  fileSystem: SimFileSystem,
  seed: number | string = 1,
  metrics: Metrics = NO_METRICS,
): Promise<FileBroker> {
  const clock = new VirtualClock()
  const random = new SeededRandom(seed)
  const log = SILENT_LOG
  const directory = '/data'
  const engine = await FileStorageEngine.open({
    fileSystem,
    clock,
    random,
    log,
    directory,
    metrics,
  })
  const options = { engine, clock, random, log, storageName: 'file', version: 'test' } as const
  return { engine, clock, broker: await Broker.open(options) }
}

export async function closeFileBroker({ broker, engine }: FileBroker): Promise<void> {
  await broker.close()
  await engine.close()
}

/** What a reader can see: each topic with its retention.ms and the values in each partition. */
export type World = Record<string, { retentionMs: string; partitions: string[][] }>

/** Everything that is there; all of it must be healthy. */
export async function worldOf(broker: Broker): Promise<World> {
  const world: World = {}
  for (const { name } of broker.topics.listTopics({ limit: 100 }).topics) {
    const { degraded, settings, partitions } = broker.topics.describeTopic(name)
    expect(degraded).toBeUndefined()
    const values: string[][] = []
    for (const { partition, condition } of partitions) {
      expect(condition).toBe('healthy')
      values.push(valuesIn(await fetchOne(broker, name, partition)))
    }
    const retentionMs = settings.find((one) => one.name === 'retention.ms')?.value ?? ''
    world[name] = { retentionMs, partitions: values }
  }
  return world
}
