// Makes the folders of new partitions: all of one or nothing is there after a crash, since a folder gets its name last (invariant D5).
// What is in them is the same for all partitions of a topic. So those that are made at the same time share the files, written and
// synced once, under more names; the first change of one replaces it by a file of its own.
import type { PartitionIdentity, TopicId } from '../../domain/topic.ts'
import { systemErrorCode } from '../../platform/system-error.ts'
import { ProducerStates } from '../producer-states.ts'
import { encodeCheckpoint, sealedSummary } from './checkpoint.ts'
import { EpochHistory } from './epoch-history.ts'
import { writeNewFile } from './file-access.ts'
import type { OpenedPartition } from './open-partition.ts'
import {
  CHECKPOINT_FILE,
  DELETED_PARTITION_SUFFIX,
  METADATA_FILE,
  PartitionDirectory,
  topicPath,
} from './partition-directory.ts'
import { encodeTopicName } from './partition-files.ts'
import { PartitionState } from './partition-state.ts'
import { SharedSync } from './shared-sync.ts'
import type { StorageContext } from './storage-context.ts'

/** A file system answers with these that it gives no file a further name. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set([
  ...['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'],
])

/** A topic while partitions of it are being made. */
interface GrowingTopic {
  makings: number
  /** Its folder is there, durably. */
  made: Promise<void> | undefined
  readonly folder: SharedSync
  /** A folder with the files of a new partition. */
  model: Promise<PartitionDirectory> | undefined
}

export class NewPartitions {
  private readonly context: StorageContext
  private readonly dataDirectory: string
  private readonly topics = new Map<TopicId, GrowingTopic>()
  private modelCount = 0

  constructor(context: StorageContext, dataDirectory: string) {
    this.context = context
    this.dataDirectory = dataDirectory
  }

  /** Whether the folder of the topic is in use for new partitions. */
  isGrowing(topicId: TopicId): boolean {
    return this.topics.has(topicId)
  }

  /**
   * Runs `action`, which may make a partition of the topic; until it has ended the folder of the topic must stay.
   * @param makeFolder makes the folder of the topic when there is none; asked once for all who come at the same time.
   */
  async during<T>(
    topicId: TopicId,
    makeFolder: () => Promise<void>,
    action: () => Promise<T>,
  ): Promise<T> {
    const { files } = this.context
    let topic = this.topics.get(topicId)
    if (topic === undefined) {
      const folder = new SharedSync(files, topicPath(this.dataDirectory, topicId))
      topic = { makings: 0, made: undefined, folder, model: undefined }
      this.topics.set(topicId, topic)
    }
    topic.makings++
    try {
      topic.made ??= makeFolder()
      await topic.made
      return await action()
    } catch (error) {
      // Whoever comes next looks again.
      topic.made = undefined
      throw error
    } finally {
      topic.makings--
      if (topic.makings === 0) {
        this.topics.delete(topicId)
        await this.removeModel(topic)
      }
    }
  }

  /** Makes the folder of a partition that there is none of, within {@link during}. Durable when it resolves. */
  async make(identity: PartitionIdentity): Promise<void> {
    const { fileSystem, files } = this.context
    const path = topicPath(this.dataDirectory, identity.topicId)
    const topic = this.topics.get(identity.topicId)
    if (topic === undefined) throw new RangeError('a partition is made outside of its time')
    // Under this name a start removes it.
    const draft = new PartitionDirectory(
      `${path}/${identity.partition}.draft${DELETED_PARTITION_SUFFIX}`,
    )
    await fileSystem.removeTree(draft.path)
    await fileSystem.makeDirectory(draft.path)
    if (topic.makings === 1) await this.writeFiles(draft, identity)
    else await this.linkFiles(topic, draft, identity)
    await files.syncDirectory(draft.path)
    await fileSystem.rename(draft.path, `${path}/${identity.partition}`)
    await topic.folder.sync()
  }

  private async writeFiles(
    directory: PartitionDirectory,
    identity: PartitionIdentity,
  ): Promise<void> {
    const { fileSystem, files } = this.context
    const recoveryPoint = { offset: 0, segment: 0, position: 0 }
    const sealed = sealedSummary([], recoveryPoint, 0)
    const checkpoint = { recoveryPoint, logStart: 0, clean: true, sealed, damaged: [] }
    const name = encodeTopicName(identity)
    await writeNewFile(fileSystem, files, directory.file(METADATA_FILE), name)
    const start = encodeCheckpoint(checkpoint)
    await writeNewFile(fileSystem, files, directory.file(CHECKPOINT_FILE), start)
  }

  private async linkFiles(
    topic: GrowingTopic,
    draft: PartitionDirectory,
    identity: PartitionIdentity,
  ): Promise<void> {
    topic.model ??= this.makeModel(topic, identity)
    const model = await topic.model
    const { fileSystem } = this.context
    try {
      for (const name of [METADATA_FILE, CHECKPOINT_FILE]) {
        await fileSystem.link(model.file(name), draft.file(name))
      }
    } catch (error) {
      if (!NO_LINKS.has(systemErrorCode(error))) throw error
      await this.writeFiles(draft, identity)
    }
  }

  private async makeModel(
    topic: GrowingTopic,
    identity: PartitionIdentity,
  ): Promise<PartitionDirectory> {
    const { fileSystem } = this.context
    const path = topicPath(this.dataDirectory, identity.topicId)
    const name = `new.${this.modelCount++}${DELETED_PARTITION_SUFFIX}`
    const model = new PartitionDirectory(`${path}/${name}`)
    try {
      await fileSystem.removeTree(model.path)
      await fileSystem.makeDirectory(model.path)
      await this.writeFiles(model, identity)
      return model
    } catch (error) {
      // The next partition tries again.
      topic.model = undefined
      throw error
    }
  }

  /** What cannot be removed now is removed by the next start. */
  private async removeModel({ model }: GrowingTopic): Promise<void> {
    try {
      const directory = await model
      if (directory !== undefined) await this.context.fileSystem.removeTree(directory.path)
    } catch (error) {
      this.context.log.warn('removal_failed', { reason: String(error) })
    }
  }
}

/** What opening the partition that was just made finds, without a look at its files. */
export function newPartition(
  context: StorageContext,
  directory: PartitionDirectory,
  { topicId, topicName, partition }: PartitionIdentity,
  isSynced: boolean,
): OpenedPartition {
  const state = new PartitionState({
    ...{ directory, segments: [], epochs: new EpochHistory(), startOffset: 0, endOffset: 0 },
    ...{ damaged: [], producers: new ProducerStates(context.producers), isSynced },
  })
  return {
    state,
    recoveryPoint: state.endPoint,
    snapshot: undefined,
    isRecordedClean: true,
    report: {
      ...{ topicId, topicName, partition, outcome: 'created', segmentsScanned: 0 },
      ...{ bytesScanned: 0, tornBytes: 0, indexesRebuilt: 0, startOffset: 0, endOffset: 0 },
      ...{ epoch: state.epochs.latestEpoch, durationMs: 0, damaged: [], anomalies: [] },
    },
  }
}
