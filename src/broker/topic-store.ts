// Topics in the metadata store: every change of a topic becomes durable here before anyone relies on it. Invariant: a
// topic's `metadataVersion` is that of the last change known to be stored.
import { VarveError } from '../domain/error.ts'
import type { StorageEngine } from '../storage/engine.ts'
import type { MetadataStore } from '../storage/metadata-store.ts'
import type { LiveTopic } from './live-topic.ts'
import { encodeTopicRecord, type TopicRecord, topicKey } from './topic-record.ts'

export class TopicStore {
  readonly #metadata: MetadataStore
  readonly #isShared: boolean

  constructor(engine: StorageEngine) {
    this.#metadata = engine.metadata
    this.#isShared = engine.abilities.shared
  }

  /**
   * Stores what `change` says over what the topic is now; durable when it resolves.
   * @throws VarveError TOPIC_CHANGED when another process changed it · what the store throws.
   */
  async save(
    topic: LiveTopic,
    change: Partial<Omit<TopicRecord, 'creatingFrom'>> & { readonly creatingFrom?: number } = {},
  ): Promise<void> {
    const record: TopicRecord = {
      name: topic.name,
      partitions: topic.partitions.length,
      settings: topic.settingTexts,
      createdMs: topic.createdMs,
      state: 'active',
      ...change,
    }
    const key = topicKey(topic.id)
    const value = encodeTopicRecord(record)
    // Only a degraded topic can have a damaged value, and whoever saves that one means to replace it.
    const options = { overDamaged: topic.degraded !== undefined }
    let version = await this.#metadata.compareAndSet(key, topic.metadataVersion, value, options)
    if (version === undefined && !this.#isShared) {
      // Nobody else writes here: an earlier change of our own was answered with an error and is stored all the same.
      const stored = await this.#metadata.get(key)
      version = await this.#metadata.compareAndSet(key, stored?.version ?? 0, value, options)
    }
    if (version === undefined) {
      throw new VarveError('TOPIC_CHANGED', `topic ${topic.name} was changed by another broker`)
    }
    topic.metadataVersion = version
  }

  /** From then on the topic is gone, whatever becomes of its partitions. */
  async markDeleting(topic: LiveTopic): Promise<void> {
    await this.save(topic, { state: 'deleting', partitions: Math.max(1, topic.partitions.length) })
  }

  /** Whether the last change known to be stored is the last one that is. */
  async isAsKnown(topic: LiveTopic): Promise<boolean> {
    const stored = await this.#metadata.get(topicKey(topic.id))
    return (stored?.version ?? 0) === topic.metadataVersion
  }

  /** Removes the topic's metadata; durable when it resolves. Fine when there is none. */
  async remove(topic: LiveTopic): Promise<void> {
    const key = topicKey(topic.id)
    if (await this.#metadata.delete(key, topic.metadataVersion)) return
    const stored = await this.#metadata.get(key)
    if (stored === undefined || (await this.#metadata.delete(key, stored.version))) return
    throw new VarveError('TOPIC_CHANGED', `topic ${topic.name} was changed by another broker`)
  }
}
