// Opens the partitions of topics at the start, and again those that failed. Invariant: a stored partition is never made
// anew, and one that should be stored but is not stays missing (invariant R3); only a partition whose creation had not
// been finished is made.
import { isVarveError } from '../domain/error.ts'
import { type PartitionIdentity, topicCollisionKey } from '../domain/topic.ts'
import type { Log } from '../platform/log.ts'
import type { PartitionLog, StorageEngine } from '../storage/engine.ts'
import type { LiveTopic, PartitionSlot } from './live-topic.ts'
import type { TopicStore } from './topic-store.ts'
import type { TurnQueue } from './turn-queue.ts'

export class PartitionOpener {
  readonly #engine: StorageEngine
  readonly #store: TopicStore
  readonly #turns: TurnQueue
  readonly #log: Log

  /** @param turns of the admin operations, by topicTurn. */
  constructor(engine: StorageEngine, store: TopicStore, turns: TurnQueue, log: Log) {
    this.#engine = engine
    this.#store = store
    this.#turns = turns
    this.#log = log
  }

  /** Opens the slot's partition. Never fails: what went wrong is the slot's trouble, and logged. */
  async open(slot: PartitionSlot): Promise<void> {
    const { topic, number } = slot
    slot.trouble = 'opening'
    try {
      const log = await this.#openOrCreate(slot)
      slot.log = log
      // The settings may have changed while this was under way.
      log.updateSettings(topic.settings)
    } catch (error) {
      slot.trouble = isVarveError(error, 'UNKNOWN_PARTITION') ? 'missing' : 'failed'
      this.#log.error('partition_not_opened', {
        topic: topic.name,
        topicId: topic.id,
        partition: number,
        trouble: slot.trouble,
        error,
      })
      return
    }
    if (topic.creatingFrom !== undefined) {
      await this.#turns.run(topicTurn(topic.name), () => this.#finishGrowth(topic))
    }
  }

  async #openOrCreate(slot: PartitionSlot): Promise<PartitionLog> {
    const { topic } = slot
    const identity = identityOf(slot)
    try {
      return await this.#engine.openPartition(identity, topic.settings)
    } catch (error) {
      const mayCreate = topic.creatingFrom !== undefined && slot.number >= topic.creatingFrom
      if (!mayCreate || !isVarveError(error, 'UNKNOWN_PARTITION')) throw error
      return this.#turns.run(topicTurn(topic.name), async () => {
        // A deletion may have been under way: made after it, the partition would bring the topic back at the next start.
        if (topic.state === 'deleted') throw error
        return this.#engine.createPartition(identity, topic.settings)
      })
    }
  }

  /** When the last partition of an interrupted addition is there, says so in the metadata. */
  async #finishGrowth(topic: LiveTopic): Promise<void> {
    const { creatingFrom } = topic
    if (creatingFrom === undefined || topic.state !== 'active') return
    if (topic.partitions.some((slot) => slot.number >= creatingFrom && !slot.log)) return
    topic.creatingFrom = undefined
    try {
      await this.#store.save(topic)
    } catch (error) {
      // Harmless: the next start finds all partitions and tries again.
      this.#log.warn('topic_not_saved', { topic: topic.name, error })
    }
  }
}

/** The key under which the admin operations of a topic take turns: names that may not exist together share it. */
export function topicTurn(name: string): string {
  return topicCollisionKey(name)
}

/** Which stored partition a slot stands for. */
export function identityOf(slot: PartitionSlot): PartitionIdentity {
  return { topicId: slot.topic.id, topicName: slot.topic.name, partition: slot.number }
}
