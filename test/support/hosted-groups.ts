// Consumer groups as a broker hosts them, on an engine, with topics that tests make and write: everything is real but the wire.
import { GroupHost } from '../../src/broker/groups/group-host.ts'
import type { LogGroupJournal } from '../../src/broker/groups/log-group-journal.ts'
import { LiveTopic, PartitionSlot } from '../../src/broker/live-topic.ts'
import { RequestGate } from '../../src/broker/request-gate.ts'
import { TopicCatalog } from '../../src/broker/topic-catalog.ts'
import { LIMITS, type Limits } from '../../src/domain/limits.ts'
import { topicIdFromBytes } from '../../src/domain/topic.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { NO_METRICS } from '../../src/platform/metrics.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { PartitionLog, StorageEngine } from '../../src/storage/engine.ts'
import { batchOf } from './batches.ts'
import { journalOn, TestPlace } from './group-journal.ts'

export interface HostedGroupsOptions {
  readonly engine: StorageEngine
  readonly clock: VirtualClock
  readonly limits?: Partial<Limits>
}

export class HostedGroups {
  readonly clock: VirtualClock
  readonly journal: LogGroupJournal
  readonly host: GroupHost
  readonly #options: HostedGroupsOptions
  readonly #place: TestPlace
  readonly #engine: StorageEngine
  readonly #catalog: TopicCatalog
  #made = 0

  private constructor(options: HostedGroupsOptions, place: TestPlace, before?: HostedGroups) {
    const { engine, clock } = options
    const limits = { ...LIMITS, ...options.limits }
    this.clock = clock
    this.#options = options
    this.#place = place
    this.#engine = engine
    this.#catalog = before === undefined ? new TopicCatalog(limits) : before.#catalog
    this.#made = before === undefined ? 0 : before.#made
    this.journal = journalOn(engine, place, { clock, limits })
    this.host = new GroupHost({
      ...{ catalog: this.#catalog, gate: new RequestGate(), clock, metrics: NO_METRICS },
      ...{ random: new SeededRandom(1), log: SILENT_LOG, limits },
      // Tests write checkpoints when they want some.
      openJournal: () => this.journal,
    })
  }

  static async open(options: HostedGroupsOptions): Promise<HostedGroups> {
    const place = await new TestPlace(options.engine).openStored()
    const groups = new HostedGroups(options, place)
    await groups.host.load()
    return groups
  }

  /** Others that know what is stored, and nothing else. These must not be used any more. */
  async restart(): Promise<HostedGroups> {
    await this.close()
    const groups = new HostedGroups(this.#options, this.#place, this)
    await groups.host.load()
    return groups
  }

  async createTopic(name: string, partitions: number): Promise<void> {
    const bytes = new Uint8Array(16)
    new DataView(bytes.buffer).setUint32(0, ++this.#made)
    const id = topicIdFromBytes(bytes)
    const facts = { id, name, createdMs: 0, settingTexts: {}, metadataVersion: 0 }
    const topic = new LiveTopic(facts)
    const slots: PartitionSlot[] = []
    for (let partition = 0; partition < partitions; partition++) {
      const identity = { topicId: id, topicName: name, partition }
      const log = await this.#engine.createPartition(identity, topic.settings)
      slots.push(new PartitionSlot(topic, partition, log))
    }
    topic.partitions = slots
    topic.state = 'active'
    this.#catalog.add(topic)
  }

  async deleteTopic(name: string): Promise<void> {
    const topic = this.#catalog.topic(name)
    topic.state = 'deleted'
    this.#catalog.remove(topic)
    for (const { number: partition } of topic.partitions) {
      await this.#engine.deletePartition({ topicId: topic.id, topicName: name, partition })
    }
  }

  /** The partition's log. */
  log(topic: string, partition = 0): PartitionLog {
    const { log } = this.#catalog.slot(topic, partition)
    if (log === undefined) throw new Error('the partition has no log')
    return log
  }

  /** Appends records with these timestamps. */
  async append(topic: string, partition: number, timestamps: readonly number[]): Promise<void> {
    const batch = batchOf({ values: timestamps.map(String), timestampMs: timestamps })
    await this.log(topic, partition).append({ batch, durability: 'synced' })
  }

  /** So many records, with the time that it is. */
  async fill(topic: string, partition: number, records: number): Promise<void> {
    await this.append(topic, partition, new Array<number>(records).fill(this.clock.wallMs()))
  }

  /** As the broker does when the journal asks for it. */
  async checkpoint(): Promise<void> {
    await this.journal.checkpoint((id, use) => this.host.groups.hold(id, ({ state }) => use(state)))
  }

  /** Commits from outside, as one who resets by hand. */
  async commit(group: string, offsets: Readonly<Record<string, number>>): Promise<void> {
    const entries = Object.entries(offsets).map(([place, offset]) => {
      const [topic = '', partition] = place.split('/')
      return { topic, partition: Number(partition), offset, metadata: `at ${offset}` }
    })
    const outcomes = await this.host.commit({ group, entries, allowRewind: true })
    for (const { error } of outcomes) if (error !== undefined) throw error
  }

  /** What is committed, by `topic/partition`. */
  async committed(group: string, asOfMs?: number): Promise<Record<string, number>> {
    const positions = await this.host.fetchOffsets(group, undefined, asOfMs)
    return Object.fromEntries(
      positions.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset ?? -1]),
    )
  }

  /** Ends the groups, not the engine. */
  async close(): Promise<void> {
    this.host.endWaits()
    await this.host.close()
  }
}
