// What only subscriptions over files can show: the in-memory tail that all readers at the end share, and falling out of it.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { batchOfSize } from '../../support/batches.ts'
import { closeFileBroker, openFileBroker } from '../../support/file-broker.ts'
import { createTopic } from '../../support/open-broker.ts'
import { adding, contextOf, Subscriber } from '../../support/subscriber.ts'
import { until } from '../../support/until.ts'

const BATCH_BYTES = 50_000

async function produce(broker: Broker, batches: number): Promise<void> {
  for (let index = 0; index < batches; index++) {
    const batch = batchOfSize(BATCH_BYTES)
    await broker.producer.append({ topic: 't', partition: 0, batch })
  }
}

function readsFrom(metrics: MetricRegistry, source: 'tail' | 'file'): number {
  const found = new RegExp(`varve_storage_reads_total\\{source="${source}"\\} (\\d+)`).exec(
    metrics.render(),
  )
  return Number(found?.[1] ?? 0)
}

describe('subscriptions to files', () => {
  it('at the end of a partition share its tail: no reader reads a file or has bytes of its own', async () => {
    const metrics = new MetricRegistry()
    const files = await openFileBroker(new SimFileSystem(), 1, metrics)
    const { broker, clock } = files
    await createTopic(broker, 't')
    await produce(broker, 1)
    const context = contextOf(broker, clock)
    const readers = Array.from({ length: 200 }, (_, index) =>
      new Subscriber(context, `reader ${index}`)
        .init({ creditBytes: 10_000_000 })
        .add(adding('t', 0, { offset: 1 })),
    )
    await until(() => broker.subscriptions.waiting === readers.length)
    for (let index = 0; index < 10; index++) {
      await produce(broker, 1)
      await until(() => broker.subscriptions.waiting === readers.length)
    }
    const memories = new Set<unknown>()
    for (const reader of readers) {
      expect(reader.values).toHaveLength(10)
      for (const { batch } of reader.messages) {
        const bytes = batch?.records?.batches
        if (bytes instanceof Buffer) memories.add(bytes.buffer)
      }
    }
    expect(memories.size).toBe(10)
    expect(readsFrom(metrics, 'file')).toBe(0)
    expect(readsFrom(metrics, 'tail')).toBe(2_000)
    await closeFileBroker(files)
  })

  it('that had caught up and lose the tail are told, and miss nothing', async () => {
    const files = await openFileBroker(new SimFileSystem())
    const { broker, clock } = files
    await createTopic(broker, 't')
    const reader = new Subscriber(contextOf(broker, clock))
      .init({ creditBytes: 0 })
      .add(adding('t', 0))
    await until(() => reader.told.includes('caught up t/0 0'))
    const batches = Math.ceil(LIMITS.tailBytesPerPartitionMax / BATCH_BYTES) + 2
    await produce(broker, batches)
    reader.say({ credit: { bytes: 10_000_000, records: 0 } })
    await until(() => reader.told.includes(`caught up t/0 ${batches}`))
    expect(reader.values).toHaveLength(batches)
    const kinds = reader.messages.map((message) => Object.keys(message)[0])
    expect(kinds.filter((kind) => kind !== 'batch')).toEqual([
      'ready',
      'position',
      'caughtUp',
      'fellBehind',
      'caughtUp',
    ])
    expect(reader.told).toContain('fell behind t/0 FELL_BEHIND_REASON_TAIL')
    await closeFileBroker(files)
  })

  it('that grew count their next large message against the room of all, also when a word goes before it', async () => {
    const files = await openFileBroker(new SimFileSystem())
    const { broker, clock } = files
    await createTopic(broker, 't')
    const context = contextOf(broker, clock)
    const reader = new Subscriber(context)
    reader.init({ creditBytes: 1_000_000_000, maxBytes: 1024 * 1024 })
    const atEnd = (): boolean => broker.subscriptions.waiting === 1
    reader.add(adding('t'))
    // It grows while it reads.
    for (let round = 0; round < 4; round++) {
      await until(atEnd)
      reader.say({ pause: { partitions: [] } })
      await produce(broker, 40)
      reader.say({ credit: { bytes: 1, records: 0 } })
      reader.say({ resume: { partitions: [] } })
    }
    await until(atEnd)
    expect(context.largeMessages.bytes).toBe(0)
    reader.say({ pause: { partitions: [] } })
    // More than the tail has room for.
    await produce(broker, 2 + LIMITS.tailBytesPerPartitionMax / BATCH_BYTES)
    reader.stopReading()
    reader.say({ resume: { partitions: [] } })
    await until(() => reader.unreadCount === 1)
    reader.readOn()
    reader.stopReading()
    await until(() => reader.unreadCount === 1)
    expect(context.largeMessages.bytes).toBe(1024 * 1024)
    reader.readOn()
    expect(reader.told.filter((word) => word.startsWith('fell behind'))).toHaveLength(1)
    reader.cancel()
    expect(context.largeMessages.bytes).toBe(0)
    await closeFileBroker(files)
  })
})
