// Topics in the metadata store: every change of a topic becomes durable here before anyone relies on it. Invariant: a
// topic's `metadataVersion` is that of the last change known to be stored.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { StorageEngine } from '../storage/engine.ts'
import type { MetadataStore } from '../storage/metadata-store.ts'
import { encodeTopicRecord, type TopicRecord, topicKey } from '../storage/topic-record.ts'
import type { LiveTopic } from './live-topic.ts'

export class TopicStore {
  readonly #metadata: MetadataStore
  readonly #isShared: boolean

  constructor(engine: StorageEngine) {
    this.#metadata = engine.metadata
    this.#isShared = engine.abilities.shared
  }

  /**
   * Stores what `change` says over what the topic is now; durable when it resolves.
   * @throws VarveError TOPIC_CHANGED when another process changed it · what the store throws, with an effect unknown
   *   where the change may be stored all the same.
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
    const value = encodeTopicRecord(topic.id, record)
    // Only a degraded topic can have a damaged value, and whoever saves that one means to replace it.
    const options = { overDamaged: topic.degraded !== undefined }
    const before = topic.metadataVersion
    let version = await this.#orUnsure(topic, () =>
      this.#metadata.compareAndSet(key, before, value, options),
    )
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

  /** An error that claims to have had no effect is believed only when the stored topic is as it was. */
  async #orUnsure<T>(topic: LiveTopic, change: () => Promise<T>): Promise<T> {
    try {
      return await change()
    } catch (error) {
      const isSure = !isVarveError(error) || error.effect === 'unknown'
      if (isSure || (await this.isAsKnown(topic))) throw error
      throw new VarveError('STORAGE_FAILED', `topic ${topic.name} may or may not have changed`, {
        cause: error,
      })
    }
  }

  /** From then on the topic is gone, whatever becomes of its partitions. */
  async markDeleting(topic: LiveTopic): Promise<void> {
    await this.save(topic, { state: 'deleting', partitions: Math.max(1, topic.partitions.length) })
  }

  /** Whether the last change known to be stored is the last one that is. False when it cannot be read. */
  async isAsKnown(topic: LiveTopic): Promise<boolean> {
    try {
      const stored = await this.#metadata.get(topicKey(topic.id))
      return (stored?.version ?? 0) === topic.metadataVersion
    } catch (error) {
      if (isVarveError(error)) return false
      throw error
    }
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
