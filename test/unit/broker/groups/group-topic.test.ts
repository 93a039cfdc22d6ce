import { beforeEach, describe, expect, it } from 'vitest'
import { GROUPS_TOPIC, GroupTopic } from '../../../../src/broker/groups/group-topic.ts'
import { TopicCatalog } from '../../../../src/broker/topic-catalog.ts'
import { TopicLifecycle } from '../../../../src/broker/topic-lifecycle.ts'
import { TopicStore } from '../../../../src/broker/topic-store.ts'
import { TurnQueue } from '../../../../src/broker/turn-queue.ts'
import { LIMITS } from '../../../../src/domain/limits.ts'
import type { TopicSettingTexts } from '../../../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../../../src/platform/log.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import { decodeTopicRecord, topicIdOfKey } from '../../../../src/storage/topic-record.ts'
import { openBroker } from '../../../support/open-broker.ts'
import { refusalOf } from '../../../support/refusal.ts'

describe('the topic of the groups', () => {
  let clock: VirtualClock
  let engine: MemoryStorageEngine
  let catalog: TopicCatalog

  beforeEach(() => {
    clock = new VirtualClock()
    engine = new MemoryStorageEngine({ clock })
    catalog = new TopicCatalog({ ...LIMITS, topicsMax: 0 })
  })

  function groupTopic(topicDefaults: TopicSettingTexts = {}): GroupTopic {
    const store = new TopicStore(engine)
    const parts = { catalog, store, turns: new TurnQueue(), clock, log: SILENT_LOG, topicDefaults }
    return new GroupTopic({
      ...{ ...parts, random: new SeededRandom(1), abilities: engine.abilities },
      lifecycle: new TopicLifecycle(engine, store, catalog, SILENT_LOG),
    })
  }

  async function storedRecords(): Promise<(ReturnType<typeof decodeTopicRecord> | 'damaged')[]> {
    const entries = await engine.metadata.list('topics/')
    return entries.map((entry) => {
      const id = topicIdOfKey(entry.key)
      if (id === undefined) throw new Error(`${entry.key} is no topic's key`)
      return entry.damaged ? 'damaged' : decodeTopicRecord(id, entry.value)
    })
  }

  it('is made when it is written to for the first time, once, whatever the limit of topics is', async () => {
    const topic = groupTopic({ durability: 'written', 'retention.ms': '1' })
    expect(topic.find()).toBeUndefined()
    expect(await storedRecords()).toEqual([])
    const opened = await Promise.all([topic.open(), topic.open()])
    expect(opened[0].log).toBe(opened[1].log)
    expect(opened[0].durability).toBe('written')
    expect(topic.find()).toBe(opened[0].log)
    expect(await storedRecords()).toMatchObject([
      {
        ...{ name: GROUPS_TOPIC, partitions: 1, state: 'active' },
        settings: { durability: 'written', 'retention.ms': '-1', 'retention.bytes': '-1' },
      },
    ])
  })

  it('is found again by the next broker, which gives it the settings that it has for it', async () => {
    await groupTopic({ durability: 'written' }).open()
    const { broker } = await openBroker({ clock, engine })
    const before = broker.topics.describeTopic(GROUPS_TOPIC)
    expect(before.settings.find(({ name }) => name === 'durability')?.value).toBe('written')
    // The same catalog, as another process would have it that is configured otherwise.
    await groupTopic().open()
    const [record] = await storedRecords()
    expect(record).not.toMatchObject({ settings: { durability: 'written' } })
    expect(catalog.topic(GROUPS_TOPIC).settings.durability).toBe('synced')
    expect(catalog.topic(GROUPS_TOPIC).settings.retentionMs).toBe(Infinity)
  })

  it('is made whole when its metadata was damaged', async () => {
    await groupTopic().open()
    const topic = catalog.topic(GROUPS_TOPIC)
    topic.degraded = 'its metadata is damaged'
    const again = groupTopic()
    expect(again.find()).toBeDefined()
    await again.open()
    expect(catalog.topic(GROUPS_TOPIC).degraded).toBeUndefined()
  })

  it('says why it cannot be had', async () => {
    await groupTopic().open()
    const [slot] = catalog.topic(GROUPS_TOPIC).partitions
    if (slot === undefined) throw new Error('there is no slot')
    slot.log = undefined
    const topic = groupTopic()
    slot.trouble = 'opening'
    expect(() => topic.find()).toThrow(expect.objectContaining({ code: 'NOT_READY' }) as Error)
    expect((await refusalOf(topic.open())).code).toBe('NOT_READY')
    slot.trouble = 'missing'
    expect(() => topic.find()).toThrow(expect.objectContaining({ code: 'CORRUPT_LOG' }) as Error)
    expect((await refusalOf(topic.open())).code).toBe('PARTITION_READ_ONLY')
  })
})
