// What the broker answers where storage is slow, damaged, full or failing, over the file engine.
import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import type { VerifyProgress } from '../../../src/broker/descriptions.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { at, batchOf } from '../../support/batches.ts'
import { closeFileBroker, openFileBroker, worldOf } from '../../support/file-broker.ts'
import { createTopic, fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

async function verified(broker: Broker): Promise<VerifyProgress[]> {
  const done: VerifyProgress[] = []
  for await (const progress of broker.verify(undefined, new AbortController().signal)) {
    if (progress.done) done.push(progress)
  }
  return done
}

function logPath(broker: Broker, topic: string, partition: number): string {
  const { id } = broker.topics.describeTopic(topic)
  return `/data/topics/${id}/${partition}/${'0'.repeat(20)}.log`
}

/** Flips a bit of the last byte of the batch with this number. */
function damageBatch(fileSystem: SimFileSystem, path: string, number: number): void {
  const bytes = fileSystem.contents(path)
  let position = 0
  for (let batch = 0; batch < number; batch++) position += bytes.readInt32BE(position + 8) + 12
  const last = position + bytes.readInt32BE(position + 8) + 11
  bytes[last] = (bytes[last] ?? 0) ^ 1
  fileSystem.putFile(path, bytes)
}

describe('damaged batches', () => {
  it('are found by verify, which goes on behind them', async () => {
    const fileSystem = new SimFileSystem()
    const first = await openFileBroker(fileSystem)
    await createTopic(first.broker, 'orders', 2)
    for (let index = 0; index < 6; index++) await produce(first.broker, 'orders', ['x', 'y'], 1)
    const path = logPath(first.broker, 'orders', 1)
    await closeFileBroker(first)
    for (const number of [1, 2, 4]) damageBatch(fileSystem, path, number)

    const again = await openFileBroker(fileSystem)
    const [healthy, damaged] = await verified(again.broker)
    expect(healthy).toMatchObject({ partition: 0, damaged: [] })
    expect(damaged).toMatchObject({ partition: 1, batches: 3, records: 6 })
    expect(damaged?.damaged).toEqual([
      { firstBad: 2, nextGood: 6 },
      { firstBad: 8, nextGood: 10 },
    ])
    await closeFileBroker(again)
  })

  it('make a partition read-only where recovery finds them, and reads say where to go on', async () => {
    const fileSystem = new SimFileSystem()
    const first = await openFileBroker(fileSystem)
    await createTopic(first.broker, 'orders', 2)
    for (let index = 0; index < 4; index++) await produce(first.broker, 'orders', ['x'], 1)
    const path = logPath(first.broker, 'orders', 1)
    const cut = fileSystem.crash(new SeededRandom(1), 'kept')
    damageBatch(cut, path, 1)

    const again = await openFileBroker(cut)
    const [healthy, damaged] = again.broker.describeStorage()
    expect([healthy?.condition, damaged?.condition]).toEqual(['healthy', 'read-only'])
    expect(damaged?.report?.outcome).toBe('degraded')
    expect((await refusalOf(produce(again.broker, 'orders', ['x'], 1))).code).toBe(
      'PARTITION_READ_ONLY',
    )
    const refused = await fetchOne(again.broker, 'orders', 1, 1)
    expect(refused.error?.code).toBe('CORRUPT_LOG')
    expect(refused.error?.details).toMatchObject({ firstBad: 1, nextGood: 2 })
    expect(valuesIn(await fetchOne(again.broker, 'orders', 1, 2))).toEqual(['x', 'x'])
    const [, found] = await verified(again.broker)
    expect(found?.damaged).toEqual([{ firstBad: 1, nextGood: 2 }])
    await produce(again.broker, 'orders', ['x'], 0)
    await closeFileBroker(again)
  })

  it('of the metadata of a topic leave it readable', async () => {
    const fileSystem = new SimFileSystem()
    const first = await openFileBroker(fileSystem)
    await createTopic(first.broker, 'orders', 2)
    await produce(first.broker, 'orders', ['kept'], 1)
    const { id } = first.broker.topics.describeTopic('orders')
    await closeFileBroker(first)
    fileSystem.putFile(`/data/metadata/topics/${id}.json`, Buffer.from('nonsense'))

    const again = await openFileBroker(fileSystem)
    const { degraded, partitions } = again.broker.topics.describeTopic('orders')
    expect(degraded).toBe('its metadata is damaged')
    expect(partitions.map(({ condition }) => condition)).toEqual(['read-only', 'read-only'])
    expect(valuesIn(await fetchOne(again.broker, 'orders', 1))).toEqual(['kept'])
    await again.broker.topics.updateSettings({ name: 'orders', set: {}, reset: [] })
    await produce(again.broker, 'orders', ['more'], 1)
    await closeFileBroker(again)
    const healed = await openFileBroker(fileSystem)
    expect(await worldOf(healed.broker)).toMatchObject({
      orders: { partitions: [[], ['kept', 'more']] },
    })
    await closeFileBroker(healed)
  })
})

describe('a reader of a log that was cut', () => {
  it('is told from where on to read again', async () => {
    const fileSystem = new SimFileSystem()
    const first = await openFileBroker(fileSystem)
    await createTopic(first.broker, 'orders', 1, { durability: 'written' })
    await first.broker.producer.append({
      topic: 'orders',
      partition: 0,
      batch: batchOf({ values: ['safe'] }),
      durability: 'synced',
    })
    await produce(first.broker, 'orders', ['lost'])
    const read = await fetchOne(first.broker, 'orders', 0, 1)
    expect(valuesIn(read)).toEqual(['lost'])
    const leaderEpoch = read.chunks[0]?.readInt32BE(12) ?? -1
    const cut = fileSystem.crash(new SeededRandom(2), 'lost')

    const again = await openFileBroker(cut)
    await produce(again.broker, 'orders', ['other'])
    await produce(again.broker, 'orders', ['more'])
    const [outcome] = await again.broker.fetcher.fetch({
      partitions: [{ topic: 'orders', partition: 0, offset: at(2), leaderEpoch }],
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 0,
    })
    expect(outcome?.error?.code).toBe('DIVERGED_EPOCH')
    expect(outcome?.error?.details).toEqual({ epoch: leaderEpoch, endOffset: 1 })
    await closeFileBroker(again)
  })
})

describe('a partition that is slow or fails to open', () => {
  async function prepared(): Promise<{ fileSystem: SimFileSystem; slowFolder: string }> {
    const fileSystem = new SimFileSystem()
    const first = await openFileBroker(fileSystem)
    await createTopic(first.broker, 'slow')
    await createTopic(first.broker, 'quick')
    await produce(first.broker, 'slow', ['s'])
    await produce(first.broker, 'quick', ['q'])
    const { id } = first.broker.topics.describeTopic('slow')
    return { fileSystem: fileSystem.crash(new SeededRandom(3), 'kept'), slowFolder: `${id}/0/` }
  }

  it('keeps no other from being served', async () => {
    const { fileSystem, slowFolder } = await prepared()
    let goOn: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const [clock, random] = [new VirtualClock(), new SeededRandom(4)]
    const options = { fileSystem, clock, random, log: SILENT_LOG, directory: '/data' }
    const engine = await FileStorageEngine.open(options)
    fileSystem.operations.inject(({ path, kind }) =>
      kind === 'list' && `${path}/`.endsWith(slowFolder) ? { kind: 'wait', until } : undefined,
    )
    const opening = openBroker({ clock, engine })
    await clock.advance(LIMITS.recoveryGraceMs)
    const { broker } = await opening
    expect(valuesIn(await fetchOne(broker, 'quick'))).toEqual(['q'])
    await produce(broker, 'quick')
    expect(broker.describeStorage('slow')[0]?.condition).toBe('opening')
    expect((await refusalOf(produce(broker, 'slow'))).code).toBe('NOT_READY')
    expect((await fetchOne(broker, 'slow')).error?.code).toBe('NOT_READY')
    expect((await refusalOf(broker.topics.deleteTopic('slow'))).code).toBe('NOT_READY')
    const [answer] = await broker.fetcher.listOffsets([
      { topic: 'slow', partition: 0, at: 'latest' },
    ])
    expect(answer?.error?.code).toBe('NOT_READY')

    goOn()
    await clock.advance(1)
    expect(broker.describeStorage('slow')[0]?.condition).toBe('healthy')
    await produce(broker, 'slow', ['t'])
    expect(valuesIn(await fetchOne(broker, 'slow'))).toEqual(['s', 't'])
    await broker.close()
    await engine.close()
  })

  it('is tried again by and by', async () => {
    const { fileSystem, slowFolder } = await prepared()
    const heal = fileSystem.operations.inject(({ path }) =>
      path.includes(slowFolder) && path.endsWith('.log')
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    const again = await openFileBroker(fileSystem)
    const [partition] = again.broker.describeStorage('slow')
    expect(partition).toMatchObject({ condition: 'read-only', bytes: 0 })
    expect((await refusalOf(produce(again.broker, 'slow'))).code).toBe('PARTITION_READ_ONLY')
    expect((await fetchOne(again.broker, 'slow')).error?.code).toBe('STORAGE_FAILED')
    expect(valuesIn(await fetchOne(again.broker, 'quick'))).toEqual(['q'])
    const [quick, slow] = await verified(again.broker)
    expect(quick).toMatchObject({ topic: 'quick', records: 1, damaged: [] })
    expect(slow).toMatchObject({ topic: 'slow', damaged: [{ firstBad: 0 }] })
    heal()
    await again.clock.advance(LIMITS.maintenanceIntervalMs)
    expect(valuesIn(await fetchOne(again.broker, 'slow'))).toEqual(['s'])
    await closeFileBroker(again)
  })
})

describe('storage that is full or fails', () => {
  it('refuses appends until there is space again; reads go on', async () => {
    const fileSystem = new SimFileSystem()
    const live = await openFileBroker(fileSystem)
    await createTopic(live.broker, 'orders')
    await produce(live.broker, 'orders', ['a'])
    fileSystem.capacityBytes = fileSystem.bytesUsed + 20
    const refusal = await refusalOf(produce(live.broker, 'orders', ['b']))
    expect([refusal.code, refusal.effect]).toEqual(['DISK_FULL', 'none'])
    expect(valuesIn(await fetchOne(live.broker, 'orders'))).toEqual(['a'])
    fileSystem.capacityBytes = Infinity
    await produce(live.broker, 'orders', ['c'])
    expect(valuesIn(await fetchOne(live.broker, 'orders'))).toEqual(['a', 'c'])
    await closeFileBroker(live)
  })

  it('fences a partition whose sync failed, with the effect unknown, and no other', async () => {
    const fileSystem = new SimFileSystem()
    const live = await openFileBroker(fileSystem)
    await createTopic(live.broker, 'orders', 2)
    await produce(live.broker, 'orders', ['a'], 1)
    const path = logPath(live.broker, 'orders', 1)
    const heal = fileSystem.operations.inject((operation) =>
      operation.kind === 'sync-data' && operation.path === path
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    const refusal = await refusalOf(produce(live.broker, 'orders', ['b'], 1))
    expect([refusal.code, refusal.effect]).toEqual(['STORAGE_FAILED', 'unknown'])
    heal()
    const again = await refusalOf(produce(live.broker, 'orders', ['c'], 1))
    expect(again.code).toBe('PARTITION_READ_ONLY')
    expect(live.broker.describeStorage('orders')[1]?.condition).toBe('read-only')
    expect(valuesIn(await fetchOne(live.broker, 'orders', 1))).toEqual(['a'])
    await produce(live.broker, 'orders', ['d'], 0)
    await closeFileBroker(live)
  })
})
