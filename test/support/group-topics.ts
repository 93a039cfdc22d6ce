// Topics for the coordinator's tests: a view that tests change as a broker would.
import type { TopicsView } from '../../src/coordinator/decision.ts'
import type { GroupTopic } from '../../src/coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../src/coordinator/partition-key.ts'
import { type TopicId, topicIdFromBytes } from '../../src/domain/topic.ts'

export class GroupTopics implements TopicsView {
  readonly #byName = new Map<string, GroupTopic>()
  #made = 0

  /** A new topic; a fresh id each time, as the broker makes them. */
  create(name: string, partitions: number): GroupTopic {
    const bytes = new Uint8Array(16)
    new DataView(bytes.buffer).setUint32(0, ++this.#made)
    const topic = { id: topicIdFromBytes(bytes), name, partitions }
    this.#byName.set(name, topic)
    return topic
  }

  /** A topic that another view has. */
  adopt(id: TopicId, name: string, partitions: number): void {
    this.#byName.set(name, { id, name, partitions })
  }

  grow(name: string, partitions: number): void {
    const topic = this.#byName.get(name)
    if (topic === undefined) throw new Error(`no topic ${name}`)
    this.#byName.set(name, { ...topic, partitions })
  }

  delete(name: string): void {
    this.#byName.delete(name)
  }

  /** All of them. */
  all(): GroupTopic[] {
    return [...this.#byName.values()]
  }

  byName(name: string): GroupTopic | undefined {
    return this.#byName.get(name)
  }

  byId(id: TopicId): GroupTopic | undefined {
    return this.all().find((topic) => topic.id === id)
  }

  /** The key of a partition of a topic that exists. */
  key(name: string, partition: number): PartitionKey {
    const topic = this.#byName.get(name)
    if (topic === undefined) throw new Error(`no topic ${name}`)
    return partitionKey(topic.id, partition)
  }
}
