// The broker: topics and partitions over one storage engine, without a word of any wire format. This file puts the parts
// together and opens and closes them; each part has a file of its own. Invariant: every request ends, served, refused with
// a code or cancelled; after `close` nothing of the broker runs any more.
import { isVarveError, VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { TopicSettingTexts } from '../domain/topic-settings.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { type Metrics, NO_METRICS } from '../platform/metrics.ts'
import type { Random } from '../platform/random.ts'
import type { StorageEngine } from '../storage/engine.ts'
import { BrokerMetrics } from './broker-metrics.ts'
import { type ClusterIdentity, countStart } from './cluster-identity.ts'
import { describePartition } from './describe.ts'
import type { ClusterDescription, PartitionDescription, VerifyProgress } from './descriptions.ts'
import { FetchService } from './fetch-service.ts'
import { GroupHost } from './groups/group-host.ts'
import { GroupTopic } from './groups/group-topic.ts'
import { LogGroupJournal } from './groups/log-group-journal.ts'
import { Maintenance } from './maintenance.ts'
import { countStates, type PartitionCensus } from './partition-census.ts'
import { PartitionOpener } from './partition-opener.ts'
import { ProduceService } from './produce-service.ts'
import { type ProducerIdentity, ProducerIds } from './producer-ids.ts'
import { ReplayService } from './replay/replay-service.ts'
import { RequestGate } from './request-gate.ts'
import { startTopics } from './start-topics.ts'
import { SubscriptionService } from './subscription-service.ts'
import { TopicCatalog } from './topic-catalog.ts'
import { TopicLifecycle } from './topic-lifecycle.ts'
import { TopicRegistry } from './topic-registry.ts'
import { TopicStore } from './topic-store.ts'
import { TurnQueue } from './turn-queue.ts'
import { verifyStorage } from './verify-storage.ts'

export interface BrokerOptions {
  /** Stays the caller's: the broker does not close it. */
  readonly engine: StorageEngine
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly storageName: 'file' | 'memory'
  /** The version of varve, for DescribeCluster. */
  readonly version: string
  /** Where the broker counts and measures; nowhere unless told. */
  readonly metrics?: Metrics
  /** What is to differ from LIMITS. */
  readonly limits?: Partial<Limits>
  /** Settings that a new topic gets unless it says otherwise. */
  readonly topicDefaults?: TopicSettingTexts
}

/** What this version can do, for clients that ask before they try. Sorted. */
const FEATURES: readonly string[] = [
  'add_partitions',
  'delete_records',
  'expected_offset',
  'fetch_leader_epoch',
  'groups',
  'idempotent_producer',
  'produce_stream',
  'record_form_records',
  'replay',
  'subscribe',
  'verify',
]

export class Broker {
  readonly topics: TopicRegistry
  readonly producer: ProduceService
  readonly fetcher: FetchService
  readonly subscriptions: SubscriptionService
  readonly replays: ReplayService
  readonly groups: GroupHost
  readonly #options: BrokerOptions
  readonly #gate = new RequestGate()
  readonly #limits: Limits
  readonly #catalog: TopicCatalog
  readonly #opener: PartitionOpener
  readonly #lifecycle: TopicLifecycle
  readonly #maintenance: Maintenance
  readonly #producerIds: ProducerIds
  readonly #metrics: BrokerMetrics
  readonly #stopMetrics: () => void
  #identity: ClusterIdentity = { id: '', starts: 0 }
  #opened: Promise<void> = Promise.resolve()
  #verifications = 0
  #isClosed = false
  #closing: Promise<void> | undefined

  private constructor(options: BrokerOptions) {
    const { engine, clock, random, log, topicDefaults = {} } = options
    const limits = { ...LIMITS, ...options.limits }
    const catalog = new TopicCatalog(limits)
    const [gate, turns] = [this.#gate, new TurnQueue()]
    const { metadata } = engine
    const store = new TopicStore(engine)
    const lifecycle = new TopicLifecycle(engine, store, catalog, log)
    const opener = new PartitionOpener(engine, store, turns, log)
    const { abilities } = engine
    this.#options = options
    this.#limits = limits
    this.#catalog = catalog
    this.#opener = opener
    this.#lifecycle = lifecycle
    this.#maintenance = new Maintenance({ catalog, lifecycle, opener, clock, log, limits })
    this.#producerIds = new ProducerIds({ metadata, random, log })
    this.topics = new TopicRegistry({
      catalog,
      lifecycle,
      store,
      turns,
      gate,
      clock,
      random,
      abilities,
      limits,
      topicDefaults,
    })
    const metrics = new BrokerMetrics(options.metrics ?? NO_METRICS)
    this.#metrics = metrics
    this.producer = new ProduceService({ catalog, gate, clock, log, engine, metrics, limits })
    this.fetcher = new FetchService({ catalog, gate, clock, random, metrics, limits })
    this.subscriptions = new SubscriptionService({ catalog, gate, metrics, limits })
    const place = new GroupTopic({
      ...{ catalog, lifecycle, store, turns, clock, random, log, abilities, topicDefaults },
    })
    this.groups = new GroupHost({
      ...{ catalog, gate, clock, random, log, limits },
      metrics: options.metrics ?? NO_METRICS,
      openJournal: (onCheckpointDue) =>
        new LogGroupJournal({
          ...{ place, metadata, clock, log, limits, onCheckpointDue },
          metrics: options.metrics ?? NO_METRICS,
        }),
    })
    this.replays = new ReplayService({
      ...{ catalog, gate, clock, random, limits, metrics },
      committed: async (group, topic, partitions, asOfMs) => {
        const asked = partitions.map((partition) => ({ topic, partition }))
        const found = await this.groups.fetchOffsets(group, asked, asOfMs)
        return found.map(({ offset }) => offset)
      },
    })
    const { producer, fetcher, subscriptions, replays } = this
    const producerIds = this.#producerIds
    this.#stopMetrics = metrics.watch({
      catalog,
      producer,
      fetcher,
      subscriptions,
      replays,
      producerIds,
    })
  }

  /**
   * Opens everything that is stored. Resolves when all partitions are open, or after LIMITS.recoveryGraceMs with the slow
   * ones still opening: they answer NOT_READY until they are.
   * @throws what the engine throws when topics or partitions cannot even be listed.
   */
  static async open(options: BrokerOptions): Promise<Broker> {
    const broker = new Broker(options)
    await broker.#start()
    return broker
  }

  /** `closing`: from the call of `close` until it resolves. */
  get state(): 'open' | 'closing' | 'closed' {
    if (this.#isClosed) return 'closed'
    return this.#gate.isClosing ? 'closing' : 'open'
  }

  /** How many partitions of served topics are in which state. */
  countPartitions(): PartitionCensus {
    return countStates(this.#catalog.slots())
  }

  describeCluster(): ClusterDescription {
    const { engine, storageName, version } = this.#options
    return {
      clusterId: this.#identity.id,
      version,
      epoch: this.#identity.starts,
      storageName,
      features: FEATURES,
      limits: this.#limits,
      topicCount: this.#catalog.topicCount,
      partitionCount: this.#catalog.partitionCount,
      durabilityMax: engine.abilities.durabilityMax,
    }
  }

  /**
   * An identity for an idempotent producer: a fresh id with epoch 0, or the given id with the next epoch (see ProducerIds).
   * @throws VarveError PRODUCER_STATE · DISK_FULL · STORAGE_FAILED · CORRUPT_LOG · NOT_READY
   */
  initProducerId(current: Partial<ProducerIdentity> = {}): Promise<ProducerIdentity> {
    return this.#gate.run(() =>
      this.#producerIds.allocate(current.producerId, current.producerEpoch),
    )
  }

  /**
   * What storage holds, of one topic or of all, sorted by topic and partition.
   * @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC · NOT_READY
   */
  describeStorage(topic?: string): readonly PartitionDescription[] {
    this.#gate.check()
    const slots =
      topic === undefined ? this.#catalog.slots() : this.#catalog.topic(topic).partitions
    return Array.from(slots, describePartition)
  }

  /**
   * Reads the stored batches of one topic or of all and checks them. Progress comes at least once a MiB; the last message of
   * a partition has `done`. Leaving the loop or aborting the signal ends the run.
   * @throws VarveError INVALID_TOPIC_NAME · UNKNOWN_TOPIC · QUEUE_FULL above LIMITS.verificationsMax · CANCELLED · NOT_READY
   */
  async *verify(topic: string | undefined, signal: AbortSignal): AsyncGenerator<VerifyProgress> {
    const check = (): void => {
      this.#gate.check()
      if (signal.aborted) throw new VarveError('CANCELLED', 'the verification was cancelled')
    }
    check()
    const topics = topic === undefined ? this.#catalog.topics() : [this.#catalog.topic(topic)]
    if (this.#verifications >= this.#limits.verificationsMax) {
      throw new VarveError(
        'QUEUE_FULL',
        `${this.#limits.verificationsMax} verifications are running; start yours when one has ended`,
      )
    }
    this.#verifications++
    try {
      for (const { partitions } of topics) {
        try {
          yield* verifyStorage(partitions, check)
        } catch (error) {
          // Of all topics one may be deleted meanwhile; then there is nothing of it to check.
          if (topic !== undefined || !isVarveError(error, 'UNKNOWN_TOPIC')) throw error
        }
      }
    } finally {
      this.#verifications--
    }
  }

  /**
   * Takes no more requests (NOT_READY), ends every long poll with what is there, every subscription and every session of a member, finishes what was accepted. Does not
   * close the engine. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  async #start(): Promise<void> {
    const { engine, clock, random, log } = this.#options
    this.#identity = await countStart(engine.metadata, random, log)
    const { opened } = await startTopics({
      engine,
      clock,
      log,
      catalog: this.#catalog,
      lifecycle: this.#lifecycle,
      opener: this.#opener,
      gate: this.#gate,
      metrics: this.#metrics,
      limits: this.#limits,
    })
    this.#opened = opened
    await untilOpened(opened, clock, this.#limits.recoveryGraceMs)
    await this.groups.load()
    this.#maintenance.start()
  }

  async #stop(): Promise<void> {
    this.#gate.close()
    this.fetcher.endWaits()
    this.subscriptions.close()
    this.replays.close()
    this.groups.endWaits()
    await Promise.all([this.#gate.drained(), this.#opened, this.#maintenance.stop()])
    await this.groups.close()
    this.#stopMetrics()
    this.#isClosed = true
  }
}

/** Waits for the opening of all partitions, but not longer than `graceMs`. */
async function untilOpened(opened: Promise<void>, clock: Clock, graceMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stopTimer = clock.after(graceMs, resolve)
    opened.then(resolve, reject).finally(stopTimer)
  })
}
