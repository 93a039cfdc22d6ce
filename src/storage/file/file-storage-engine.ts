// The storage engine over files: one data directory, opened by one process. Partitions open and close one by one, share the
// bounds on open files and memory, and are removed in one step that no crash can undo (invariant D5).
import { VarveError } from '../../domain/error.ts'
import { LIMITS, type Limits } from '../../domain/limits.ts'
import { isTopicId, type PartitionIdentity, type TopicId } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import { FilePool } from '../../platform/file-pool.ts'
import type { FileSystem } from '../../platform/file-system.ts'
import type { Log } from '../../platform/log.ts'
import { type Metrics, NO_METRICS } from '../../platform/metrics.ts'
import type { Random } from '../../platform/random.ts'
import type { EngineAbilities, PartitionLog, StorageEngine } from '../engine.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { ProducerAllowance } from '../producer-allowance.ts'
import { BlockPool } from './block-pool.ts'
import { ByteBudget } from './byte-budget.ts'
import { asUnusable, DataDirectory, METADATA_DIRECTORY } from './data-directory.ts'
import { DiskReserve } from './disk-reserve.ts'
import { isNoSpace, isOutOfDescriptors, makeDurableDirectory } from './file-access.ts'
import { FileMetadataStore, tidyMetadata } from './file-metadata-store.ts'
import { FilePartitionLog } from './file-partition-log.ts'
import { inLanes } from './in-lanes.ts'
import { IndexCache } from './index-cache.ts'
import { largestEpochInLogs } from './largest-epoch.ts'
import { NewPartitions, newPartition } from './new-partitions.ts'
import { type OpenedPartition, openStoredPartition } from './open-partition.ts'
import {
  DELETED_PARTITION_SUFFIX,
  PartitionDirectory,
  TOPICS_DIRECTORY,
  topicPath,
} from './partition-directory.ts'
import { noteFence, readTopicName } from './partition-files.ts'
import { told, unknownPartition } from './partition-refusals.ts'
import { reportStorage } from './report-storage.ts'
import { SerialQueues } from './serial-queues.ts'
import type { StorageContext } from './storage-context.ts'
import { StorageMetrics } from './storage-metrics.ts'
import { syncNames } from './sync-names.ts'
import { TailPool } from './tail-cache.ts'

export interface FileStorageOptions {
  readonly fileSystem: FileSystem
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** An absolute path; made when there is nothing. */
  readonly directory: string
  /** Where latencies, sizes and failures are counted; nowhere unless told. */
  readonly metrics?: Metrics
  /** What is to differ from LIMITS. */
  readonly limits?: Partial<Limits>
  /** Space that is kept for the topics of the broker itself and for metadata when the disk is full; 0 unless told. */
  readonly reserveBytes?: number
}

/** Folders that are looked into at a time; each lane has one for topics and one for partitions. */
const LISTING_LANES = 8

const PARTITION_NAME = /^(?:0|[1-9]\d{0,8})$/

export class FileStorageEngine implements StorageEngine {
  readonly abilities: EngineAbilities = {
    survivesRestart: true,
    shared: false,
    durabilityMax: 'synced',
  }
  readonly metadata: MetadataStore
  private readonly context: StorageContext
  private readonly random: Random
  private readonly data: DataDirectory
  private readonly pool: FilePool
  /** By the path of their folder. */
  private readonly open: Map<string, FilePartitionLog>
  /** By topic id: its folder comes and partitions go one at a time. By path: nothing else happens to a partition meanwhile. */
  private readonly changes = new SerialQueues()
  /** Names beside the data as they were found when all partitions were listed, until the partition is opened. */
  private readonly names = new Map<string, string>()
  /** Those that were open before in this run: the mark of a clean stop says nothing of them any more. */
  private readonly seen = new Set<string>()
  private readonly newPartitions: NewPartitions
  private readonly stopMetrics: Cancel
  private closing: Promise<void> | undefined

  private constructor(
    context: StorageContext,
    random: Random,
    data: DataDirectory,
    pool: FilePool,
    open: Map<string, FilePartitionLog>,
    stopMetrics: Cancel,
  ) {
    this.context = context
    this.random = random
    this.data = data
    this.pool = pool
    this.open = open
    this.stopMetrics = stopMetrics
    this.newPartitions = new NewPartitions(context, data.path)
    this.metadata = new FileMetadataStore(context, `${data.path}/${METADATA_DIRECTORY}`, () => {
      this.checkOpen()
    })
  }

  /**
   * Takes the data directory.
   * @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE
   */
  static async open(options: FileStorageOptions): Promise<FileStorageEngine> {
    const { fileSystem, clock, random, log, directory } = options
    const limits = { ...LIMITS, ...options.limits }
    const open = new Map<string, FilePartitionLog>()
    const pool = new FilePool(fileSystem, {
      openFilesMax: limits.openFilesMax,
      onCloseFailure: (path, error) => {
        open.get(path.slice(0, path.lastIndexOf('/')))?.closeFailed(error)
      },
    })
    const context: StorageContext = {
      fileSystem,
      files: pool,
      clock,
      log,
      limits,
      indexCache: new IndexCache(limits.indexCacheBytesMax),
      tails: new TailPool(limits.tailBytesMax),
      blocks: new BlockPool(limits.readCacheBytesMax, limits.readAheadBytesMax),
      appendQueue: new ByteBudget(limits.appendQueueBytesMax),
      producers: new ProducerAllowance(limits.producersMax),
      fencedPaths: new Set(),
      reserve: new DiskReserve({
        ...{ fileSystem, clock, log, directory },
        bytes: options.reserveBytes ?? 0,
      }),
      metrics: new StorageMetrics(options.metrics ?? NO_METRICS),
    }
    const data = await DataDirectory.open(context, directory, () =>
      largestEpochInLogs(context, directory),
    )
    const metadata = `${directory}/${METADATA_DIRECTORY}`
    try {
      await tidyMetadata(context, metadata)
      if (!data.wasClean) await syncNames(fileSystem, metadata, `${directory}/${TOPICS_DIRECTORY}`)
    } catch (error) {
      await data.release()
      throw asUnusable(error, directory)
    }
    context.reserve.begin()
    log.info('storage_opened', { clean: data.wasClean, epoch: data.epoch })
    const stopMetrics = (options.metrics ?? NO_METRICS).onScrape((report) => {
      reportStorage(report, context, pool, open.values())
    })
    return new FileStorageEngine(context, random, data, pool, open, stopMetrics)
  }

  /** Whether the stop before this start was clean. */
  get wasClean(): boolean {
    return this.data.wasClean
  }

  async partitions(): Promise<readonly PartitionIdentity[]> {
    this.checkOpen()
    const { fileSystem } = this.context
    const topics = await fileSystem.list(`${this.data.path}/${TOPICS_DIRECTORY}`)
    const found: PartitionIdentity[] = []
    await inLanes(topics, LISTING_LANES, async ({ name: topicId, kind }) => {
      if (kind !== 'directory' || !isTopicId(topicId)) return
      const path = topicPath(this.data.path, topicId)
      const entries = await fileSystem.list(path)
      await inLanes(entries, LISTING_LANES, async (entry) => {
        if (entry.kind !== 'directory') return
        if (entry.name.endsWith(DELETED_PARTITION_SUFFIX)) {
          await this.changes.do(topicId, () => this.removeRemains(topicId, `${path}/${entry.name}`))
        }
        if (!PARTITION_NAME.test(entry.name)) return
        const directory = new PartitionDirectory(`${path}/${entry.name}`)
        const topicName = await this.nameIn(directory, topicId)
        if (topicName !== '') this.names.set(directory.path, topicName)
        found.push({ topicId, topicName, partition: Number(entry.name) })
      })
    })
    return found.sort(byIdentity)
  }

  /** What a new partition is made of has the form of remains, too. */
  private async removeRemains(topicId: TopicId, path: string): Promise<void> {
    this.checkOpen()
    if (!this.newPartitions.isGrowing(topicId)) await this.context.fileSystem.removeTree(path)
  }

  async createPartition(
    identity: PartitionIdentity,
    settings: TopicSettings,
  ): Promise<PartitionLog> {
    this.checkOpen()
    const directory = this.directoryOf(identity)
    const { topicId } = identity
    const { fileSystem } = this.context
    const topic = topicPath(this.data.path, topicId)
    const makeFolder = (): Promise<void> =>
      this.changes.do(topicId, () => told(() => makeDurableDirectory(fileSystem, topic)))
    return await this.newPartitions.during(topicId, makeFolder, () =>
      this.changes.do(directory.path, () => this.createIn(directory, identity, settings)),
    )
  }

  private async createIn(
    directory: PartitionDirectory,
    identity: PartitionIdentity,
    settings: TopicSettings,
  ): Promise<PartitionLog> {
    // The engine may have been closed while the folder of the topic was made: whoever closes it waits for this turn only if it has begun.
    this.checkOpen()
    const known = this.open.get(directory.path)
    if (
      known === undefined &&
      (await this.context.fileSystem.status(directory.path)) === undefined
    ) {
      await told(() => this.newPartitions.make(identity))
      const isSynced = settings.durability === 'synced'
      const made = newPartition(this.context, directory, identity, isSynced)
      return await this.serve(directory, identity, settings, made)
    }
    // An attempt may have failed at the sync of its name, or the process ended before it.
    if (known === undefined) await told(() => this.syncTopic(identity.topicId))
    const log = known ?? (await this.openDirectory(directory, identity, settings, true))
    if (log === undefined) throw unknownPartition(identity)
    if (log.bounds().end > 0) {
      throw new VarveError(
        'STORAGE_FAILED',
        `partition ${identity.partition} exists and has records`,
      )
    }
    return log
  }

  async openPartition(identity: PartitionIdentity, settings: TopicSettings): Promise<PartitionLog> {
    this.checkOpen()
    const directory = this.directoryOf(identity)
    // Only its own turn: a slow recovery holds up no other partition (invariant R6).
    return await this.changes.do(directory.path, async () => {
      const known = this.open.get(directory.path)
      if (known !== undefined) return known
      const log = await this.openDirectory(directory, identity, settings, false)
      if (log === undefined) throw unknownPartition(identity)
      return log
    })
  }

  async deletePartition(identity: PartitionIdentity): Promise<void> {
    this.checkOpen()
    const { fileSystem, log } = this.context
    const directory = this.directoryOf(identity)
    const removal = async (): Promise<void> => {
      const known = this.open.get(directory.path)
      this.open.delete(directory.path)
      await known?.abandon()
      const topic = topicPath(this.data.path, identity.topicId)
      if ((await fileSystem.status(directory.path)) === undefined) {
        // An attempt may have failed at the sync that makes it gone for good.
        if ((await fileSystem.status(topic)) !== undefined) {
          await told(() => this.syncTopic(identity.topicId))
        }
        return
      }
      const tag = Buffer.from(this.random.bytes(6)).toString('hex')
      const doomed = `${topic}/${identity.partition}.${tag}${DELETED_PARTITION_SUFFIX}`
      await told(async () => {
        await fileSystem.rename(directory.path, doomed)
        await this.syncTopic(identity.topicId)
      })
      // From here on it is gone for good; what is not removed now is removed at the next start.
      this.seen.delete(directory.path)
      this.names.delete(directory.path)
      this.context.fencedPaths.delete(directory.path)
      try {
        await fileSystem.removeTree(doomed)
        const isEmpty = (await fileSystem.list(topic)).length === 0
        if (isEmpty && !this.newPartitions.isGrowing(identity.topicId)) {
          await fileSystem.removeTree(topic)
        }
      } catch (error) {
        log.warn('removal_failed', { topicId: identity.topicId, reason: String(error) })
      }
    }
    await this.changes.do(identity.topicId, () => this.changes.do(directory.path, removal))
  }

  /** The names of the partitions of a topic are durable as they are now. */
  private syncTopic(topicId: TopicId): Promise<void> {
    return this.pool.syncDirectory(topicPath(this.data.path, topicId))
  }

  close(): Promise<void> {
    this.closing ??= this.finish()
    return this.closing
  }

  private async finish(): Promise<void> {
    await this.changes.idle()
    const { log } = this.context
    await this.context.reserve.close()
    const partitions = [...this.open.values()]
    const results = await Promise.allSettled(partitions.map((partition) => partition.close()))
    const failures = results.filter((result) => result.status === 'rejected')
    let isClean = failures.length === 0
    try {
      await this.pool.closeAll()
    } catch (error) {
      isClean = false
      log.error('close_failed', { reason: String(error) })
    }
    try {
      if (isClean) await this.data.markClean()
    } catch (error) {
      isClean = false
      log.error('clean_shutdown_not_marked', { reason: String(error) })
    }
    try {
      await this.data.release()
    } catch (error) {
      // The lock of a process that has ended holds nobody up.
      log.error('lock_not_released', { reason: String(error) })
    }
    this.stopMetrics()
    log.info('storage_closed', { clean: isClean, failedPartitions: failures.length })
  }

  private async openDirectory(
    directory: PartitionDirectory,
    identity: PartitionIdentity,
    settings: TopicSettings,
    isCreated: boolean,
  ): Promise<FilePartitionLog | undefined> {
    const { wasClean } = this.data
    const wasClosed = isCreated || (wasClean && !this.seen.has(directory.path))
    const opened = await told(() => this.openFiles(directory, identity, settings, wasClosed))
    if (opened === undefined) return undefined
    const report = isCreated ? { ...opened.report, outcome: 'created' as const } : opened.report
    return await this.serve(directory, identity, settings, { ...opened, report })
  }

  private async serve(
    directory: PartitionDirectory,
    identity: PartitionIdentity,
    settings: TopicSettings,
    opened: OpenedPartition,
  ): Promise<FilePartitionLog> {
    const isSeen = this.seen.has(directory.path)
    this.seen.add(directory.path)
    // Records of an epoch may be lost again when a partition is opened: what comes then must be told apart from them.
    const last = opened.state.epochs.latestEpoch
    const epoch =
      isSeen || last >= this.data.epoch
        ? await told(() => this.data.raiseEpoch(last))
        : this.data.epoch
    const partition = new FilePartitionLog(this.context, identity, settings, opened, epoch, () => {
      if (this.open.get(directory.path) === partition) this.open.delete(directory.path)
    })
    this.open.set(directory.path, partition)
    const { log } = this.context
    const { report } = opened
    if (report.outcome === 'degraded') log.error('partition_opened', { ...report })
    else if (report.anomalies.length > 0) log.warn('partition_opened', { ...report })
    else log.debug('partition_opened', { ...report })
    return partition
  }

  private async openFiles(
    directory: PartitionDirectory,
    identity: PartitionIdentity,
    settings: TopicSettings,
    wasClean: boolean,
  ): Promise<OpenedPartition | undefined> {
    const storedName = this.names.get(directory.path)
    this.names.delete(directory.path)
    const found = { wasClean, storedName }
    try {
      return await openStoredPartition(this.context, directory, identity, settings, found)
    } catch (error) {
      // A sync may have failed: the next attempt must not trust one that succeeds, but copy the log (invariant D7).
      const { log } = this.context
      if (!isNoSpace(error) && !isOutOfDescriptors(error)) {
        await noteFence(this.context, directory).catch((second: unknown) => {
          log.error('fence_not_recorded', { topicId: identity.topicId, error: String(second) })
        })
      }
      throw error
    }
  }

  private directoryOf(identity: PartitionIdentity): PartitionDirectory {
    if (!isTopicId(identity.topicId) || !PARTITION_NAME.test(String(identity.partition))) {
      throw new VarveError('INVALID_ARGUMENT', 'a partition is named by a topic id and a number')
    }
    return PartitionDirectory.of(this.data.path, identity)
  }

  /** The topic's name as it stands beside the data; empty when it cannot be read. */
  private async nameIn(directory: PartitionDirectory, topicId: TopicId): Promise<string> {
    try {
      return (await readTopicName(this.context.files, directory, topicId)) ?? ''
    } catch (error) {
      this.context.log.warn('topic_name_unreadable', { topicId, reason: String(error) })
      return ''
    }
  }

  private checkOpen(): void {
    if (this.closing !== undefined) throw new VarveError('NOT_READY', 'the storage is closed')
  }
}

function byIdentity(a: PartitionIdentity, b: PartitionIdentity): number {
  if (a.topicId !== b.topicId) return a.topicId < b.topicId ? -1 : 1
  return a.partition - b.partition
}
