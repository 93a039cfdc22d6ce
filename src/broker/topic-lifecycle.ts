// How topics come, grow and go, in steps that survive a crash between any two of them. Invariants: a topic or partition
// is served only after all of it is stored; a deletion that was stored is never undone (invariant D5).
//
//   create   creating -> every partition -> active -> served
//   grow     active, creatingFrom -> every new partition -> active -> served
//   delete   deleting -> nobody is served -> every partition -> the metadata
//
// Callers serialise the operations of one topic.
import { VarveError } from '../domain/error.ts'
import type { Log } from '../platform/log.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { forEachBounded } from './for-each-bounded.ts'
import { type LiveTopic, PartitionSlot } from './live-topic.ts'
import { identityOf } from './partition-opener.ts'
import type { TopicCatalog } from './topic-catalog.ts'
import type { TopicStore } from './topic-store.ts'

/** Partitions of one topic that are made or removed at a time: those that are made together share syncs. */
const CONCURRENCY = 32

export class TopicLifecycle {
  readonly #engine: StorageEngine
  readonly #store: TopicStore
  readonly #catalog: TopicCatalog
  readonly #log: Log
  /** Gone for everyone, but not yet from storage because that failed: tried again. Bounded: they count as partitions. */
  readonly #leftovers = new Set<LiveTopic>()

  constructor(engine: StorageEngine, store: TopicStore, catalog: TopicCatalog, log: Log) {
    this.#engine = engine
    this.#store = store
    this.#catalog = catalog
    this.#log = log
  }

  /** How many deleted topics still have something in storage. */
  get leftoverCount(): number {
    return this.#leftovers.size
  }

  /**
   * Stores a new topic and serves it. Its name is taken from the first moment on.
   * @throws what storage throws; then nothing of the topic stays, or STORAGE_FAILED when that is not sure.
   */
  async create(topic: LiveTopic, partitions: number): Promise<void> {
    topic.partitions = Array.from({ length: partitions }, (_, n) => new PartitionSlot(topic, n))
    this.#catalog.countPartitions(partitions)
    this.#catalog.add(topic)
    const progress = new Progress()
    try {
      await this.#store.save(topic, { state: 'creating' })
      progress.reached('begun')
      await this.#createPartitions(topic.partitions)
      progress.reached('ending')
      await this.#store.save(topic)
    } catch (error) {
      this.#catalog.remove(topic)
      topic.state = 'deleted'
      if (await this.#isUntouched(topic, progress)) {
        this.#catalog.countPartitions(-partitions)
        throw error
      }
      await this.#discard(topic, { mark: progress.step === 'ending' })
      throw this.#leftovers.has(topic) ? unsure(`creating topic ${topic.name}`, error) : error
    }
    topic.state = 'active'
    this.#catalog.changed(topic)
  }

  /**
   * Finishes a creation that was interrupted by the end of the process. When that fails the topic is discarded: nobody
   * was told of it.
   */
  async finishCreation(topic: LiveTopic, partitions: number): Promise<void> {
    try {
      await this.create(topic, partitions)
    } catch (error) {
      this.#log.error('topic_creation_not_finished', {
        topic: topic.name,
        topicId: topic.id,
        error,
      })
    }
  }

  /**
   * Raises the number of partitions to `total`; they are served together when all are stored.
   * @throws what storage throws; then the topic is as it was, or STORAGE_FAILED when that is not sure.
   */
  async grow(topic: LiveTopic, total: number): Promise<void> {
    const before = topic.partitions
    const added = Array.from(
      { length: total - before.length },
      (_, index) => new PartitionSlot(topic, before.length + index),
    )
    this.#catalog.countPartitions(added.length)
    const growing = { partitions: total, creatingFrom: before.length }
    const progress = new Progress()
    try {
      await this.#store.save(topic, growing)
      progress.reached('begun')
      await this.#createPartitions(added)
      progress.reached('ending')
      await this.#store.save(topic, { partitions: total })
    } catch (error) {
      this.#catalog.countPartitions(-added.length)
      if (await this.#isUntouched(topic, progress)) throw error
      try {
        // The last step may be stored: then partitions must not go before that is taken back.
        if (progress.step === 'ending') await this.#store.save(topic, growing)
        await this.#deletePartitions(added)
        await this.#store.save(topic)
      } catch (undoError) {
        this.#log.error('partitions_not_removed', { topic: topic.name, error: undoError })
        throw unsure(`adding partitions to topic ${topic.name}`, error)
      }
      throw error
    }
    topic.creatingFrom = undefined
    topic.partitions = [...before, ...added]
    this.#catalog.changed(topic)
  }

  /**
   * Removes a topic. Resolves when no restart can bring it back; what storage could not remove yet is tried again.
   * @throws what storage throws while the deletion is not stored; then the topic goes on as it was, or read-only when that
   *   is not sure. Deleting it again or updating its settings ends the doubt.
   */
  async delete(topic: LiveTopic): Promise<void> {
    try {
      await this.#store.markDeleting(topic)
    } catch (error) {
      if (!(await this.#store.isAsKnown(topic))) await this.#undoDeletion(topic)
      throw error
    }
    topic.state = 'deleted'
    this.#catalog.changed(topic)
    try {
      await this.#discard(topic, { mark: false })
    } finally {
      this.#catalog.remove(topic)
    }
  }

  /** Removes from storage what a deletion or a failed creation left there. Never fails: it stays for the next time. */
  async finishDeletion(topic: LiveTopic): Promise<void> {
    topic.state = 'deleted'
    this.#catalog.countPartitions(topic.partitions.length)
    await this.#discard(topic, { mark: false })
  }

  /** Tries again what could not be removed before. */
  async removeLeftovers(): Promise<void> {
    for (const topic of [...this.#leftovers]) await this.#discard(topic, { mark: true })
  }

  async #createPartitions(slots: readonly PartitionSlot[]): Promise<void> {
    await forEachBounded(slots, CONCURRENCY, async (slot) => {
      slot.log = await this.#engine.createPartition(identityOf(slot), slot.topic.settings)
    })
  }

  /**
   * Never fails: a topic that cannot be removed now becomes a leftover.
   * @param options.mark the metadata may not say yet that the topic is being deleted, and must before a partition goes.
   */
  async #discard(topic: LiveTopic, options: { readonly mark: boolean }): Promise<void> {
    try {
      if (options.mark) await this.#store.markDeleting(topic)
      await this.#deletePartitions(topic.partitions)
      await this.#store.remove(topic)
      this.#leftovers.delete(topic)
      this.#catalog.countPartitions(-topic.partitions.length)
    } catch (error) {
      this.#leftovers.add(topic)
      this.#log.error('topic_not_removed', { topic: topic.name, topicId: topic.id, error })
    }
  }

  async #deletePartitions(slots: readonly PartitionSlot[]): Promise<void> {
    await forEachBounded(slots, CONCURRENCY, (slot) =>
      this.#engine.deletePartition(identityOf(slot)),
    )
  }

  /** Whether an operation that failed in its first step left the stored topic as it was. */
  async #isUntouched(topic: LiveTopic, progress: Progress): Promise<boolean> {
    return progress.step === 'first' && (await this.#store.isAsKnown(topic))
  }

  /**
   * After a deletion that may be stored or not: takes it back. While that fails too nothing may be appended any more, for
   * the next start could delete it.
   */
  async #undoDeletion(topic: LiveTopic): Promise<void> {
    // One that is degraded already takes no records, and its metadata is not to be made whole by the way.
    if (topic.degraded !== undefined) return
    try {
      await this.#store.save(topic)
    } catch (error) {
      topic.degraded =
        'it may be deleted at the next start, because storage failed during its deletion'
      this.#log.error('deletion_in_doubt', { topic: topic.name, topicId: topic.id, error })
    }
  }
}

/** How far a creation or growth came: in its first write, past that, or in its last write. */
class Progress {
  step: 'first' | 'begun' | 'ending' = 'first'

  reached(step: 'begun' | 'ending'): void {
    this.step = step
  }
}

function unsure(what: string, cause: unknown): VarveError {
  return new VarveError('STORAGE_FAILED', `${what} failed and may take effect at the next start`, {
    cause,
  })
}
