import { describe, expect, it } from 'vitest'
import type { VerifyProgress } from '../../../src/broker/descriptions.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { DEFAULT_TOPIC_SETTINGS } from '../../../src/domain/topic-settings.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { topicKey } from '../../../src/storage/topic-record.ts'
import { at, batchOfSize, identityOf } from '../../support/batches.ts'
import { codeOf } from '../../support/error-code.ts'
import { createTopic, fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

const NEVER = new AbortController().signal

async function collect(run: AsyncGenerator<VerifyProgress>): Promise<VerifyProgress[]> {
  const seen: VerifyProgress[] = []
  for await (const progress of run) seen.push(progress)
  return seen
}

describe('a broker that is opened again over the same storage', () => {
  it('serves the same topics, settings and records under the same identity', async () => {
    const first = await openBroker()
    await createTopic(first.broker, 'orders', 3, { 'retention.ms': '-1' })
    await createTopic(first.broker, 'gone', 2)
    await produce(first.broker, 'orders', ['a', 'b'], 2)
    await first.broker.topics.addPartitions('orders', 4)
    await first.broker.topics.deleteTopic('gone')
    const before = first.broker.topics.describeTopic('orders')
    await first.broker.close()

    const { broker } = await openBroker(first)
    expect(broker.topics.describeTopic('orders')).toEqual(before)
    expect(broker.topics.listTopics({ limit: 10 }).topics).toHaveLength(1)
    expect(valuesIn(await fetchOne(broker, 'orders', 2))).toEqual(['a', 'b'])
    const [was, is] = [first.broker.describeCluster(), broker.describeCluster()]
    expect(is.clusterId).toMatch(/^[0-9a-f-]{36}$/)
    expect(is).toMatchObject({ clusterId: was.clusterId, epoch: was.epoch + 1 })
    expect(is).toMatchObject({ topicCount: 1, partitionCount: 4, durabilityMax: 'written' })
    expect(is.limits['topicsMax']).toBe(LIMITS.topicsMax)
  })

  it('holds a partition whose data is missing read-only and serves the others', async () => {
    const first = await openBroker()
    await createTopic(first.broker, 'orders', 2)
    await produce(first.broker, 'orders', ['kept'], 1)
    const { id } = first.broker.topics.describeTopic('orders')
    await first.broker.close()
    const identity = { ...identityOf(), topicId: id as ReturnType<typeof identityOf>['topicId'] }
    await first.engine.deletePartition({ ...identity, partition: 0 })

    const { broker } = await openBroker(first)
    const [lost, kept] = broker.describeStorage('orders')
    expect(lost).toMatchObject({ condition: 'read-only', reason: 'its data is missing', bytes: 0 })
    expect(kept?.condition).toBe('healthy')
    expect((await refusalOf(produce(broker, 'orders', ['x'], 0))).code).toBe('PARTITION_READ_ONLY')
    expect((await fetchOne(broker, 'orders', 0)).error?.code).toBe('CORRUPT_LOG')
    expect(valuesIn(await fetchOne(broker, 'orders', 1))).toEqual(['kept'])
    const progress = await collect(broker.verify('orders', NEVER))
    const done = progress.filter((one) => one.done)
    expect(done.map(({ partition, damaged }) => [partition, damaged.length])).toEqual([
      [0, 1],
      [1, 0],
    ])
    await broker.topics.deleteTopic('orders')
    expect(await first.engine.partitions()).toEqual([])
  })

  it('holds a topic that lost its metadata degraded until its settings are written anew', async () => {
    const first = await openBroker()
    await createTopic(first.broker, 'orders', 2, { 'retention.ms': '1' })
    await produce(first.broker, 'orders', ['kept'], 1)
    const { id } = first.broker.topics.describeTopic('orders')
    await first.broker.close()
    const key = topicKey(id as Parameters<typeof topicKey>[0])
    const version = (await first.engine.metadata.get(key))?.version ?? 0
    await first.engine.metadata.delete(key, version)

    const second = await openBroker(first)
    const degraded = second.broker.topics.describeTopic('orders')
    expect(degraded.degraded).toBe('its metadata is missing')
    expect(degraded.id).toBe(id)
    expect(degraded.partitions.map(({ condition }) => condition)).toEqual([
      'read-only',
      'read-only',
    ])
    await first.clock.advance('2d')
    expect(valuesIn(await fetchOne(second.broker, 'orders', 1))).toEqual(['kept'])
    const refused = [
      produce(second.broker, 'orders', ['x'], 1),
      second.broker.topics.addPartitions('orders', 3),
      second.broker.topics.deleteRecords({ topic: 'orders', partition: 1, beforeOffset: at(1) }),
    ]
    for (const action of refused) {
      expect((await refusalOf(action)).code).toBe('PARTITION_READ_ONLY')
    }
    expect((await refusalOf(createTopic(second.broker, 'orders'))).code).toBe('TOPIC_EXISTS')

    const request = { name: 'orders', set: { 'segment.bytes': '4096' }, reset: [] }
    const healed = await second.broker.topics.updateSettings(request)
    expect(healed.degraded).toBeUndefined()
    const changed = healed.settings.filter(({ isDefault }) => !isDefault)
    expect(changed.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'retention.ms=-1',
      'segment.bytes=4096',
    ])
    await produce(second.broker, 'orders', ['more'], 1)
    await second.broker.close()
    const { broker } = await openBroker(first)
    expect(broker.topics.describeTopic('orders').degraded).toBeUndefined()
    expect(valuesIn(await fetchOne(broker, 'orders', 1))).toEqual(['kept', 'more'])
  })

  it('can delete a degraded topic for good', async () => {
    const clock = new VirtualClock()
    const engine = new MemoryStorageEngine({ clock })
    await engine.createPartition(identityOf(1, 0), DEFAULT_TOPIC_SETTINGS)
    const first = await openBroker({ clock, engine })
    expect(first.broker.topics.describeTopic('topic-1').degraded).toBeDefined()
    await first.broker.topics.deleteTopic('topic-1')
    await first.broker.close()
    const { broker } = await openBroker({ clock, engine })
    expect(broker.topics.listTopics({ limit: 10 }).topics).toEqual([])
    expect(await engine.partitions()).toEqual([])
  })
})

describe('closing a broker', () => {
  it('refuses what comes after it and ends the long polls with what is there', async () => {
    const { broker, clock } = await openBroker()
    await createTopic(broker, 'orders')
    await produce(broker, 'orders', ['a'])
    const polls = Array.from({ length: 100 }, () =>
      broker.fetcher.fetch({
        partitions: [{ topic: 'orders', partition: 0, offset: at(0) }],
        maxWaitMs: 60_000,
        minBytes: 100_000,
        maxBytes: 0,
      }),
    )
    await clock.advance(1)
    expect(broker.fetcher.waiting).toBe(100)
    const last = produce(broker, 'orders', ['b'])
    const closed = broker.close()
    expect(broker.state).toBe('closing')
    await closed
    expect(broker.state).toBe('closed')
    expect((await last).baseOffset).toBe(1)
    for (const outcomes of await Promise.all(polls)) {
      expect(outcomes[0]?.error).toBeUndefined()
      expect(valuesIn(outcomes[0] ?? (await fetchOne(broker, 'orders'))).slice(0, 1)).toEqual(['a'])
    }
    expect(broker.fetcher.waiting).toBe(0)
    expect(clock.openTimers).toBe(0)

    const request = { partitions: [], maxWaitMs: 0, minBytes: 0, maxBytes: 0 }
    const refused = [
      produce(broker, 'orders'),
      broker.fetcher.fetch(request),
      broker.fetcher.listOffsets([]),
      createTopic(broker, 'more'),
      broker.topics.deleteTopic('orders'),
      broker.topics.updateSettings({ name: 'orders', set: {}, reset: [] }),
      collect(broker.verify(undefined, NEVER)),
    ]
    for (const action of refused) expect((await refusalOf(action)).code).toBe('NOT_READY')
    expect(codeOf(() => broker.topics.describeTopic('orders'))).toBe('NOT_READY')
    expect(codeOf(() => broker.describeStorage())).toBe('NOT_READY')
    await broker.close()
  })
})

describe('maintenance', () => {
  it('gives every partition its turn once in its interval, a few at a time', async () => {
    const { broker, clock } = await openBroker()
    const partitions = 320
    await createTopic(broker, 'orders', partitions, {
      'segment.bytes': '1024',
      'retention.ms': '500',
    })
    await clock.advance(LIMITS.maintenanceIntervalMs)
    for (let partition = 0; partition < partitions; partition++) {
      for (let index = 0; index < 3; index++) {
        await broker.producer.append({ topic: 'orders', partition, batch: batchOfSize(900) })
      }
    }
    const shortened = (): number =>
      broker.describeStorage().filter(({ bounds }) => bounds?.start === 2).length
    await clock.advance(LIMITS.maintenanceIntervalMs / 2)
    expect(shortened()).toBe(partitions / 2)
    await clock.advance(LIMITS.maintenanceIntervalMs / 2)
    expect(shortened()).toBe(partitions)
  })
})

describe('verifying storage', () => {
  it('counts what it checked, with progress at least once a MiB', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    await createTopic(broker, 'other')
    for (let index = 0; index < 50; index++) {
      const batch = batchOfSize(100_000, 10)
      await broker.producer.append({ topic: 'orders', partition: 1, batch })
    }
    await broker.topics.deleteRecords({ topic: 'orders', partition: 1, beforeOffset: at(5) })
    const progress = await collect(broker.verify('orders', NEVER))
    const last = progress.at(-1)
    expect(last).toMatchObject({ topic: 'orders', partition: 1, batches: 50, records: 500 })
    expect(last).toMatchObject({ done: true, damaged: [] })
    expect(progress.length).toBeGreaterThan(5)
    expect(progress.filter(({ done }) => done)).toHaveLength(2)
    expect(
      (await collect(broker.verify(undefined, NEVER))).filter(({ done }) => done),
    ).toHaveLength(3)
  })

  it('passes over a topic that is deleted meanwhile, unless it is the one asked for', async () => {
    const { broker } = await openBroker()
    for (const name of ['a', 'b', 'c']) await createTopic(broker, name, 2)
    const all = broker.verify(undefined, NEVER)
    const one = broker.verify('b', NEVER)
    await all.next()
    await one.next()
    await broker.topics.deleteTopic('b')
    const rest = (await collect(all)).map(({ topic, partition }) => `${topic}/${partition}`)
    expect(rest).toEqual(['a/1', 'c/0', 'c/1'])
    expect((await refusalOf(collect(one))).code).toBe('UNKNOWN_TOPIC')
  })

  it('is refused beyond its limit, freed when it is left, and cancelled by its signal', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const runs = Array.from({ length: LIMITS.verificationsMax }, () =>
      broker.verify('orders', NEVER),
    )
    for (const run of runs) await run.next()
    const refusal = await refusalOf(collect(broker.verify('orders', NEVER)))
    expect(refusal.code).toBe('QUEUE_FULL')
    for (const run of runs) await run.return(undefined)
    const leaving = new AbortController()
    const run = broker.verify('orders', leaving.signal)
    await run.next()
    leaving.abort()
    expect((await refusalOf(collect(run))).code).toBe('CANCELLED')
    expect((await refusalOf(collect(broker.verify('nope', NEVER)))).code).toBe('UNKNOWN_TOPIC')
  })

  it('does not keep the broker from closing when it is left half way', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 3)
    const run = broker.verify(undefined, NEVER)
    await run.next()
    await broker.close()
    expect((await refusalOf(collect(run))).code).toBe('NOT_READY')
  })
})
