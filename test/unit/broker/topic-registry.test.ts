import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { TOPIC_SETTINGS } from '../../../src/domain/topic-settings.ts'
import { at } from '../../support/batches.ts'
import { codeOf } from '../../support/error-code.ts'
import { createTopic, fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

describe('creating a topic', () => {
  it('serves it with its partitions, settings and an id of its own', async () => {
    const { broker, clock } = await openBroker()
    const created = await broker.topics.createTopic({
      name: 'orders',
      partitions: 3,
      settings: { 'retention.ms': '1000' },
    })
    expect(created).toEqual(broker.topics.describeTopic('orders'))
    expect(created.id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(created.createdMs).toBe(clock.wallMs())
    expect(created.degraded).toBeUndefined()
    expect(created.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2])
    expect(created.partitions.every(({ condition }) => condition === 'healthy')).toBe(true)
    const names = created.settings.map(({ name }) => name)
    expect(names).toEqual(Object.keys(TOPIC_SETTINGS).sort())
    expect(created.settings.filter(({ isDefault }) => !isDefault)).toEqual([
      { name: 'retention.ms', value: '1000', isDefault: false },
    ])
  })

  it.each([
    ['', 'INVALID_TOPIC_NAME'],
    ['..', 'INVALID_TOPIC_NAME'],
    ['a/b', 'INVALID_TOPIC_NAME'],
    ['orders\n', 'INVALID_TOPIC_NAME'],
    ['x'.repeat(250), 'INVALID_TOPIC_NAME'],
    ['__consumer_offsets', 'INTERNAL_TOPIC'],
  ])('refuses the name %j with %s', async (name, code) => {
    const { broker } = await openBroker()
    expect((await refusalOf(createTopic(broker, name))).code).toBe(code)
    expect(broker.describeCluster().partitionCount).toBe(0)
  })

  it.each(['__proto__', '__defineGetter__'])('knows no topic %s', async (name) => {
    const { broker } = await openBroker()
    expect(codeOf(() => broker.topics.describeTopic(name))).toBe('UNKNOWN_TOPIC')
  })

  it.each(['constructor', 'toString', 'hasOwnProperty', 'CON', '-rf', 'x'.repeat(249)])(
    'treats %s as a name like any other',
    async (name) => {
      const { broker } = await openBroker()
      expect(codeOf(() => broker.topics.describeTopic(name))).toBe('UNKNOWN_TOPIC')
      await createTopic(broker, name)
      await produce(broker, name, ['here'])
      expect(valuesIn(await fetchOne(broker, name))).toEqual(['here'])
    },
  )

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31 - 1, LIMITS.partitionsPerTopicMax + 1])(
    'refuses %s partitions',
    async (partitions) => {
      const { broker } = await openBroker()
      const refusal = await refusalOf(createTopic(broker, 'orders', partitions))
      expect(refusal.code).toBe('INVALID_PARTITION_COUNT')
    },
  )

  it.each([
    ['retention.millis', '1'],
    ['retention.ms', '-2'],
    ['segment.bytes', '1'],
    ['retention.bytes', '9223372036854775808'],
    ['__proto__', 'x'],
    ['min.durability', 'synced'],
  ])('refuses the setting %s = %s and names it', async (name, value) => {
    const { broker } = await openBroker()
    const settings = Object.fromEntries([[name, value]])
    const refusal = await refusalOf(createTopic(broker, 'orders', 1, settings))
    expect(refusal.code).toBe('INVALID_CONFIG')
    expect(refusal.details['setting']).toBe(name)
  })

  it('refuses a name that exists and one that collides with it', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'a_b')
    expect((await refusalOf(createTopic(broker, 'a_b'))).code).toBe('TOPIC_EXISTS')
    const refusal = await refusalOf(createTopic(broker, 'a.b'))
    expect(refusal.code).toBe('TOPIC_NAME_COLLISION')
    expect(refusal.details['existing']).toBe('a_b')
    await createTopic(broker, 'A_b')
  })

  it('lets exactly one of many creators of a name win', async () => {
    const { broker } = await openBroker()
    const names = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 'a.b' : 'a_b'))
    const results = await Promise.allSettled(names.map((name) => createTopic(broker, name, 2)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(broker.describeCluster()).toMatchObject({ topicCount: 1, partitionCount: 2 })
  })

  it('only checks when it is told so', async () => {
    const { broker } = await openBroker()
    const request = { name: 'orders', partitions: 2, settings: {}, validateOnly: true }
    const checked = await broker.topics.createTopic(request)
    expect(checked.id).toBe('')
    expect(checked.partitions).toHaveLength(2)
    expect(codeOf(() => broker.topics.describeTopic('orders'))).toBe('UNKNOWN_TOPIC')
    await createTopic(broker, 'orders')
    expect((await refusalOf(broker.topics.createTopic(request))).code).toBe('TOPIC_EXISTS')
  })

  it('stops at the number of partitions that the broker holds', async () => {
    const { broker } = await openBroker()
    const full = LIMITS.partitionsMax / LIMITS.partitionsPerTopicMax
    for (let number = 0; number < full; number++) {
      await createTopic(broker, `topic-${number}`, LIMITS.partitionsPerTopicMax)
    }
    expect((await refusalOf(createTopic(broker, 'more'))).code).toBe('QUOTA_TOPICS')
    await broker.topics.deleteTopic('topic-0')
    await createTopic(broker, 'more', LIMITS.partitionsPerTopicMax - 1)
    await broker.topics.addPartitions('more', LIMITS.partitionsPerTopicMax)
    expect((await refusalOf(createTopic(broker, 'another'))).code).toBe('QUOTA_TOPICS')
  })

  it('stops at the number of topics that the broker holds', async () => {
    const { broker } = await openBroker()
    for (let number = 0; number < LIMITS.topicsMax; number++) {
      await createTopic(broker, `topic-${number}`)
    }
    const refusal = await refusalOf(createTopic(broker, 'more'))
    expect(refusal.code).toBe('QUOTA_TOPICS')
    expect(refusal.details).toEqual({ topicsMax: LIMITS.topicsMax })
  })
})

describe('listing topics', () => {
  it('gives pages sorted by name that together hold every topic once', async () => {
    const { broker } = await openBroker()
    const names = Array.from({ length: 25 }, (_, index) => `topic-${index}`)
    for (const name of names) await createTopic(broker, name, 2)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = broker.topics.listTopics({
        limit: 10,
        ...(after === undefined ? {} : { after }),
      })
      seen.push(...page.topics.map(({ name }) => name))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(names.sort())
  })

  it('goes on behind a topic that was deleted meanwhile', async () => {
    const { broker } = await openBroker()
    for (const name of ['a', 'b', 'c', 'd']) await createTopic(broker, name)
    const { next } = broker.topics.listTopics({ limit: 2 })
    await broker.topics.deleteTopic('b')
    const page = broker.topics.listTopics({ after: next ?? '', limit: 2 })
    expect(page.topics.map(({ name }) => name)).toEqual(['c', 'd'])
    expect(page.next).toBeUndefined()
  })

  it('refuses a page of no topics', async () => {
    const { broker } = await openBroker()
    expect(codeOf(() => broker.topics.listTopics({ limit: 0 }))).toBe('INVALID_ARGUMENT')
  })
})

describe('changing settings', () => {
  it('sets some, resets others and leaves the rest', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 1, { 'retention.ms': '1', 'retention.bytes': '2' })
    const changed = await broker.topics.updateSettings({
      name: 'orders',
      set: { 'segment.bytes': '2048' },
      reset: ['retention.ms'],
    })
    const different = changed.settings.filter(({ isDefault }) => !isDefault)
    expect(different.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'retention.bytes=2',
      'segment.bytes=2048',
    ])
    expect(broker.topics.describeTopic('orders')).toEqual(changed)
  })

  it('holds from the next operation on', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    await produce(broker, 'orders', ['x'.repeat(200)])
    await broker.topics.updateSettings({
      name: 'orders',
      set: { 'max.message.bytes': '200' },
      reset: [],
    })
    const refusal = await refusalOf(produce(broker, 'orders', ['x'.repeat(200)]))
    expect(refusal.code).toBe('BATCH_TOO_LARGE')
  })

  it.each([
    [{ nope: '1' }, []],
    [{ 'retention.ms': '-5' }, []],
    [{ 'retention.ms': '5' }, ['retention.ms']],
    [{}, ['nope']],
    [{ 'min.durability': 'synced' }, []],
  ])('refuses %j with reset %j and changes nothing', async (set, reset) => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const before = broker.topics.describeTopic('orders')
    const refusal = await refusalOf(
      broker.topics.updateSettings({ name: 'orders', set: set, reset }),
    )
    expect(refusal.code).toBe('INVALID_CONFIG')
    expect(broker.topics.describeTopic('orders')).toEqual(before)
  })

  it('only checks when it is told so', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const before = broker.topics.describeTopic('orders')
    const checked = await broker.topics.updateSettings({
      name: 'orders',
      set: { 'retention.ms': '5' },
      reset: [],
      validateOnly: true,
    })
    expect(checked.settings.find(({ name }) => name === 'retention.ms')?.value).toBe('5')
    expect(broker.topics.describeTopic('orders')).toEqual(before)
  })

  it('serialises changes of one topic, so that none is lost', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const names = ['retention.ms', 'retention.bytes', 'segment.ms', 'flush.ms', 'flush.messages']
    await Promise.all(
      names.map((name) =>
        broker.topics.updateSettings({ name: 'orders', set: { [name]: '77' }, reset: [] }),
      ),
    )
    const { settings } = broker.topics.describeTopic('orders')
    expect(settings.filter(({ value }) => value === '77').map(({ name }) => name)).toEqual(
      names.sort(),
    )
  })
})

describe('adding partitions', () => {
  it('keeps the old ones and serves the new ones', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    await produce(broker, 'orders', ['old'], 1)
    const grown = await broker.topics.addPartitions('orders', 4)
    expect(grown.partitions).toHaveLength(4)
    await produce(broker, 'orders', ['new'], 3)
    expect(valuesIn(await fetchOne(broker, 'orders', 1))).toEqual(['old'])
    expect(valuesIn(await fetchOne(broker, 'orders', 3))).toEqual(['new'])
  })

  it('is fine with the number that is there, and refuses fewer or too many', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 2)
    expect((await broker.topics.addPartitions('orders', 2)).partitions).toHaveLength(2)
    const shrink = await refusalOf(broker.topics.addPartitions('orders', 1))
    expect(shrink.code).toBe('PARTITION_SHRINK')
    for (const total of [0, -1, LIMITS.partitionsPerTopicMax + 1]) {
      const refusal = await refusalOf(broker.topics.addPartitions('orders', total))
      expect(refusal.code).toBe('INVALID_PARTITION_COUNT')
    }
    const unknown = await refusalOf(broker.topics.addPartitions('nope', 2))
    expect(unknown.code).toBe('UNKNOWN_TOPIC')
  })
})

describe('deleting records and topics', () => {
  it('moves the start of a partition up', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    for (const value of ['a', 'b', 'c']) await produce(broker, 'orders', [value])
    const request = { topic: 'orders', partition: 0 }
    expect(await broker.topics.deleteRecords({ ...request, beforeOffset: at(1) })).toBe(1)
    expect((await fetchOne(broker, 'orders', 0, 0)).error?.code).toBe('OFFSET_OUT_OF_RANGE')
    expect(valuesIn(await fetchOne(broker, 'orders', 0, 1))).toEqual(['b', 'c'])
    const all = await broker.topics.deleteRecords({ ...request, beforeOffset: 'readable-end' })
    expect(all).toBe(3)
    const refusal = await refusalOf(
      broker.topics.deleteRecords({ ...request, beforeOffset: at(4) }),
    )
    expect(refusal.code).toBe('OFFSET_OUT_OF_RANGE')
  })

  it('frees the name for another topic that has nothing of the old one', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders')
    const { id } = broker.topics.describeTopic('orders')
    await produce(broker, 'orders', ['old'])
    await broker.topics.deleteTopic('orders')
    expect((await refusalOf(produce(broker, 'orders'))).code).toBe('UNKNOWN_TOPIC')
    await createTopic(broker, 'orders')
    expect(broker.topics.describeTopic('orders').id).not.toBe(id)
    expect(valuesIn(await fetchOne(broker, 'orders'))).toEqual([])
  })

  it('refuses topics that are not there and names of the broker', async () => {
    const { broker } = await openBroker()
    expect((await refusalOf(broker.topics.deleteTopic('nope'))).code).toBe('UNKNOWN_TOPIC')
    expect((await refusalOf(broker.topics.deleteTopic('a/b'))).code).toBe('INVALID_TOPIC_NAME')
    expect((await refusalOf(broker.topics.deleteTopic('__x'))).code).toBe('INTERNAL_TOPIC')
  })

  it('lets one of several deletions of a topic win', async () => {
    const { broker } = await openBroker()
    await createTopic(broker, 'orders', 5)
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => broker.topics.deleteTopic('orders')),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(broker.describeCluster()).toMatchObject({ topicCount: 0, partitionCount: 0 })
  })
})
