// A broker over the memory engine and a virtual clock, and produce and fetch in few words.
import { Broker } from '../../src/broker/broker.ts'
import type { FetchOutcome } from '../../src/broker/fetch-service.ts'
import type { ProduceOutcome } from '../../src/broker/produce-service.ts'
import type { Limits } from '../../src/domain/limits.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { type Log, SILENT_LOG } from '../../src/platform/log.ts'
import type { Metrics } from '../../src/platform/metrics.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { at, batchOf } from './batches.ts'

export interface TestBroker<C extends Clock = VirtualClock> {
  readonly broker: Broker
  readonly clock: C
  readonly engine: StorageEngine
}

export interface TestBrokerOptions<C extends Clock = VirtualClock> {
  /** A virtual one unless given. */
  readonly clock?: C
  readonly engine?: StorageEngine
  readonly log?: Log
  readonly metrics?: Metrics
  readonly seed?: number | string
  readonly limits?: Partial<Limits>
}

export async function openBroker<C extends Clock = VirtualClock>(
  options: TestBrokerOptions<C> = {},
): Promise<TestBroker<C>> {
  const clock = options.clock ?? (new VirtualClock() as Clock as C)
  const engine = options.engine ?? new MemoryStorageEngine({ clock })
  const broker = await Broker.open({
    engine,
    clock,
    random: new SeededRandom(options.seed ?? 1),
    log: options.log ?? SILENT_LOG,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    storageName: 'memory',
    version: '0.0.0-test',
  })
  return { broker, clock, engine }
}

export function createTopic(
  broker: Broker,
  name: string,
  partitions = 1,
  settings: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  return broker.topics.createTopic({ name, partitions, settings })
}

/** Appends one batch of these values. */
export function produce(
  broker: Broker,
  topic: string,
  values: readonly string[] = ['value'],
  partition = 0,
): Promise<ProduceOutcome> {
  return broker.producer.append({ topic, partition, batch: batchOf({ values }) })
}

/** Fetches one partition from an offset on, at once. */
export async function fetchOne(
  broker: Broker,
  topic: string,
  partition = 0,
  offset = 0,
): Promise<FetchOutcome> {
  const outcomes = await broker.fetcher.fetch({
    partitions: [{ topic, partition, offset: at(offset) }],
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 0,
  })
  const outcome = outcomes[0]
  if (outcome === undefined) throw new Error('a fetch of one partition gave no outcome')
  return outcome
}

/** The values in an outcome, as text. */
export function valuesIn(outcome: FetchOutcome): string[] {
  const values: string[] = []
  for (const chunk of outcome.chunks) {
    for (const batch of eachBatch(chunk)) {
      for (const record of decodeBatch(batch)) values.push(record.value?.toString() ?? '')
    }
  }
  return values
}
