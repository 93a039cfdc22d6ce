import { describe, expect, it } from 'vitest'
import { LiveTopic, PartitionSlot } from '../../../src/broker/live-topic.ts'
import { PartitionOpener, topicTurn } from '../../../src/broker/partition-opener.ts'
import { TopicStore } from '../../../src/broker/topic-store.ts'
import { TurnQueue } from '../../../src/broker/turn-queue.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../src/storage/memory/memory-storage-engine.ts'
import { identityOf } from '../../support/batches.ts'

describe('a partition whose creation was interrupted', () => {
  const setUp = (): {
    engine: MemoryStorageEngine
    turns: TurnQueue
    opener: PartitionOpener
    slot: PartitionSlot
  } => {
    const engine = new MemoryStorageEngine({ clock: new VirtualClock() })
    const turns = new TurnQueue()
    const { topicId: id, topicName: name } = identityOf(1)
    const topic = new LiveTopic({ id, name, createdMs: 0, settingTexts: {}, metadataVersion: 0 })
    topic.state = 'active'
    topic.creatingFrom = 0
    topic.partitions = [new PartitionSlot(topic, 0)]
    const opener = new PartitionOpener(engine, new TopicStore(engine), turns, SILENT_LOG)
    return { engine, turns, opener, slot: topic.partitions[0] as PartitionSlot }
  }

  it('is made when it is opened', async () => {
    const { engine, opener, slot } = setUp()
    await opener.open(slot)
    expect(slot.log).toBeDefined()
    expect(await engine.partitions()).toHaveLength(1)
    expect(slot.topic.creatingFrom).toBeUndefined()
  })

  it('is not made any more when its topic is being deleted: it would bring the topic back', async () => {
    const { engine, turns, opener, slot } = setUp()
    let finish = (): void => undefined
    const deletion = turns.run(topicTurn(slot.topic.name), async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      slot.topic.state = 'deleted'
    })
    const opened = opener.open(slot)
    // The opener has asked the engine by then, and waits for the deletion.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    finish()
    await Promise.all([deletion, opened])
    expect(await engine.partitions()).toEqual([])
    expect(slot.log).toBeUndefined()
  })
})
