import { beforeEach, describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import { GROUPS_TOPIC } from '../../../src/broker/groups/group-topic.ts'
import { topicIdFromBytes } from '../../../src/domain/topic.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { encodeTopicRecord, topicKey } from '../../../src/storage/topic-record.ts'
import { append, at, batchOf, settingsOf } from '../../support/batches.ts'
import { fetchOne, openBroker, produce, valuesIn } from '../../support/open-broker.ts'
import { refusalOf } from '../../support/refusal.ts'

describe('an internal topic', () => {
  let broker: Broker

  beforeEach(async () => {
    const clock = new VirtualClock()
    const engine = new MemoryStorageEngine({ clock })
    const topicId = topicIdFromBytes(Buffer.alloc(16, 3))
    const log = await engine.createPartition(
      { topicId, topicName: GROUPS_TOPIC, partition: 0 },
      settingsOf(),
    )
    await append(log, batchOf({ values: ['stored by the broker'] }))
    const record = { name: GROUPS_TOPIC, partitions: 1, settings: {}, createdMs: 1 }
    const value = encodeTopicRecord(topicId, { ...record, state: 'active' })
    await engine.metadata.compareAndSet(topicKey(topicId), 0, value)
    await log.close()
    ;({ broker } = await openBroker({ clock, engine }))
  })

  it('is not written, changed or deleted by anybody but the broker', async () => {
    const topic = GROUPS_TOPIC
    const record = { key: null, value: Buffer.from('mine'), timestampMs: 1 }
    const refused: Promise<unknown>[] = [
      produce(broker, topic),
      produce(broker, topic, ['x'], 7),
      broker.producer.appendRecords({ topic, partition: 0, records: [record] }),
      broker.producer.appendRecords({ topic, partition: -1, records: [record] }),
      broker.topics.createTopic({ name: topic, partitions: 1, settings: {} }),
      broker.topics.deleteTopic(topic),
      broker.topics.addPartitions(topic, 2),
      broker.topics.updateSettings({ name: topic, set: { 'retention.ms': '1' }, reset: [] }),
      broker.topics.deleteRecords({ topic, partition: 0, beforeOffset: at(1) }),
      broker.topics.deleteRecords({ topic, partition: 0, beforeOffset: 'readable-end' }),
    ]
    for (const request of refused) expect((await refusalOf(request)).code).toBe('INTERNAL_TOPIC')
    expect(valuesIn(await fetchOne(broker, topic))).toEqual(['stored by the broker'])
  })

  it('is not written while it does not exist either', async () => {
    expect((await refusalOf(produce(broker, '__other'))).code).toBe('INTERNAL_TOPIC')
    expect((await refusalOf(produce(broker, '__no name'))).code).toBe('INVALID_TOPIC_NAME')
  })

  it('is listed, described and read like any other topic', () => {
    const page = broker.topics.listTopics({ limit: 10 })
    expect(page.topics.map(({ name }) => name)).toEqual([GROUPS_TOPIC])
    expect(broker.topics.describeTopic(GROUPS_TOPIC).partitions).toHaveLength(1)
    expect(broker.describeStorage(GROUPS_TOPIC)).toMatchObject([{ condition: 'healthy' }])
  })
})
