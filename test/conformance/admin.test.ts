// Administration, in all four ways.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Admin, Varve } from '../../src/client/index.ts'
import { ReachedBroker, WAYS } from './ways.ts'

describe.each(WAYS)('$name', (way) => {
  let broker: ReachedBroker
  let client: Varve
  let admin: Admin

  beforeAll(async () => {
    broker = await ReachedBroker.open(way)
    client = broker.client
    admin = broker.admin
  })

  afterAll(async () => {
    await broker.close()
  })

  test('a topic is made, described, changed, extended and removed', async () => {
    const made = await admin.createTopic({
      name: 'life',
      partitions: 2,
      settings: { 'retention.ms': 60_000 },
    })
    expect(made).toMatchObject({ name: 'life', degraded: '' })
    expect(made.id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(made.partitions).toMatchObject([
      { partition: 0, startOffset: 0, endOffset: 0, readableEndOffset: 0, state: 'healthy' },
      { partition: 1 },
    ])
    expect(made.settings).toContainEqual({ name: 'retention.ms', value: '60000', isDefault: false })
    expect(made.settings.map(({ name }) => name)).toContain('max.message.bytes')

    const changed = await admin.updateTopicSettings('life', {
      set: { 'segment.ms': 5_000 },
      reset: ['retention.ms'],
    })
    expect(changed.settings).toContainEqual({ name: 'segment.ms', value: '5000', isDefault: false })
    expect(changed.settings).toContainEqual({
      name: 'retention.ms',
      value: '604800000',
      isDefault: true,
    })

    expect((await admin.addPartitions('life', 5)).partitions).toHaveLength(5)
    expect(await admin.describeTopic('life')).toMatchObject({ name: 'life', id: made.id })
    await admin.deleteTopic('life')
    await expect(admin.describeTopic('life')).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' })
  })

  test('validateOnly changes nothing', async () => {
    await admin.createTopic({ name: 'ghost', validateOnly: true })
    expect((await admin.listTopics()).map(({ name }) => name)).not.toContain('ghost')
  })

  test.each([
    ['an existing name', () => admin.createTopic({ name: 'again' }), 'TOPIC_EXISTS'],
    ['a wrong name', () => admin.createTopic({ name: 'a/b' }), 'INVALID_TOPIC_NAME'],
    [
      'a wrong setting',
      () => admin.createTopic({ name: 'x', settings: { colour: 'red' } }),
      'INVALID_CONFIG',
    ],
    [
      'too many partitions',
      () => admin.createTopic({ name: 'x', partitions: 5_000 }),
      'INVALID_PARTITION_COUNT',
    ],
    ['fewer partitions', () => admin.addPartitions('again', 1), 'PARTITION_SHRINK'],
    ['an unknown topic', () => admin.deleteTopic('nope'), 'UNKNOWN_TOPIC'],
    ['an unknown partition', () => admin.deleteRecords('again', 9, 0), 'UNKNOWN_PARTITION'],
    ['an offset beyond the end', () => admin.deleteRecords('again', 0, 10), 'OFFSET_OUT_OF_RANGE'],
    [
      'a question about an unknown partition',
      () => admin.listOffsets([{ topic: 'again', partition: 7, at: 'latest' }]),
      'UNKNOWN_PARTITION',
    ],
    [
      'a moment before 1970',
      () => admin.listOffsets([{ topic: 'again', partition: 0, at: { timestampMs: -5 } }]),
      'INVALID_TIMESTAMP',
    ],
  ])('%s is refused with the error of the table', async (_, call, code) => {
    await admin.createTopic({ name: 'again', partitions: 2 }).catch(() => undefined)
    await expect(call()).rejects.toMatchObject({ name: 'VarveError', code })
  })

  test('offsets are told for the ends, a moment and the newest moment', async () => {
    await admin.createTopic({ name: 'moments' })
    const producer = client.producer()
    await producer.sendMany(
      [10, 30, 20].map((timestampMs) => ({ topic: 'moments', value: 'x', timestampMs })),
    )
    const ask = async (at: Parameters<Admin['listOffsets']>[0][number]['at']): Promise<unknown> => {
      const [answer] = await admin.listOffsets([{ topic: 'moments', partition: 0, at }])
      return [answer?.offset, answer?.timestampMs, answer?.readableEndOffset]
    }
    expect(await ask('earliest')).toEqual([0, undefined, 3])
    expect(await ask('latest')).toEqual([3, undefined, 3])
    expect(await ask('max-timestamp')).toEqual([1, 30, 3])
    expect(await ask({ timestampMs: 15 })).toEqual([1, 30, 3])
    expect(await ask({ timestampMs: 31 })).toEqual([3, undefined, 3])
  })

  test('the broker describes itself, its storage and its health', async () => {
    const cluster = await admin.describeCluster()
    expect(cluster).toMatchObject({
      storage: way.storage,
      durabilityMax: broker.durabilityMax,
    })
    expect(cluster.limits['topicsMax']).toBe(10_000)
    expect(cluster.features.length).toBeGreaterThan(0)
    await admin.createTopic({ name: 'stored' })
    await client.producer().send({ topic: 'stored', value: 'x' })
    expect(await admin.describeStorage('stored')).toMatchObject([
      { topic: 'stored', partition: 0, state: 'healthy', outcome: 'created', damaged: [] },
    ])
    expect(await admin.health()).toBe('serving')
  })

  test('a verification reports progress and ends done, and may be left early', async () => {
    await admin.createTopic({ name: 'checked', partitions: 2 })
    const producer = client.producer()
    await producer.sendMany(
      Array.from({ length: 100 }, (_, index) => ({
        topic: 'checked',
        partition: index % 2,
        value: 'x',
      })),
    )
    const done = []
    for await (const progress of admin.verify({ topic: 'checked' }))
      if (progress.done) done.push(progress)
    expect(done).toMatchObject([
      { topic: 'checked', partition: 0, records: 50, damaged: [] },
      { topic: 'checked', partition: 1, records: 50, damaged: [] },
    ])
    for await (const progress of admin.verify()) {
      expect(progress.topic).not.toBe('')
      break
    }
    const nowhere = admin.verify({ topic: 'nope' })
    await expect(nowhere.next()).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC' })
  })

  test('compare and append: of two writers with the same expectation one wins', async () => {
    await admin.createTopic({ name: 'ledger' })
    const producer = client.producer()
    const attempt = (value: string): Promise<unknown> =>
      producer
        .append({ topic: 'ledger', partition: 0, records: [{ value }], expectedOffset: 0 })
        .catch((error: unknown) => error)
    const outcomes = await Promise.all([attempt('a'), attempt('b')])
    expect(outcomes).toContainEqual(
      expect.objectContaining({ baseOffset: 0, durability: broker.durabilityMax }),
    )
    expect(outcomes).toContainEqual(
      expect.objectContaining({
        code: 'UNEXPECTED_OFFSET',
        details: expect.objectContaining({ endOffset: 1 }) as unknown,
      }),
    )
  })
})
