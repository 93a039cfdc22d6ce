// Makes the folder of a new partition: all of it or nothing is there after a crash, since the folder gets its name last.
import type { PartitionIdentity } from '../../domain/topic.ts'
import { sealedSummary } from './checkpoint.ts'
import { makeDurableDirectory } from './file-access.ts'
import { DELETED_PARTITION_SUFFIX, PartitionDirectory, topicPath } from './partition-directory.ts'
import { writeCheckpoint, writeTopicName } from './partition-files.ts'
import type { StorageContext } from './storage-context.ts'

export async function createPartitionFiles(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  dataDirectory: string,
  identity: PartitionIdentity,
): Promise<void> {
  const { fileSystem } = context
  const topic = topicPath(dataDirectory, identity.topicId)
  await makeDurableDirectory(fileSystem, topic)
  // Under this name a start removes it.
  const draft = new PartitionDirectory(
    `${topic}/${identity.partition}.draft${DELETED_PARTITION_SUFFIX}`,
  )
  await fileSystem.removeTree(draft.path)
  await fileSystem.makeDirectory(draft.path)
  await writeTopicName(context, draft, identity)
  const recoveryPoint = { offset: 0, segment: 0, position: 0 }
  await writeCheckpoint(context, draft, {
    recoveryPoint,
    logStart: 0,
    clean: true,
    sealed: sealedSummary([], recoveryPoint, 0),
    damaged: [],
  })
  await fileSystem.rename(draft.path, `${topic}/${identity.partition}`)
  await fileSystem.syncDirectory(topic)
}
