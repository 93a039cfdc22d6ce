// The largest epoch under which anything in a data directory was written, from the partitions themselves: for the day on which
// the file with the broker's epoch is lost (invariants D4, R3).
import { isTopicId } from '../../domain/topic.ts'
import { EpochHistory } from './epoch-history.ts'
import { epochsOfLog } from './mend-epochs.ts'
import { PartitionDirectory, TOPICS_DIRECTORY, topicPath } from './partition-directory.ts'
import { readEpochs } from './partition-files.ts'
import { takeInventory } from './partition-inventory.ts'
import type { StorageContext } from './storage-context.ts'

/** -1 when nothing was written yet. */
export async function largestEpochInLogs(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  dataDirectory: string,
): Promise<number> {
  const { fileSystem, files } = context
  const topics = `${dataDirectory}/${TOPICS_DIRECTORY}`
  let largest = -1
  if ((await fileSystem.status(topics)) === undefined) return largest
  for (const topic of await fileSystem.list(topics)) {
    if (topic.kind !== 'directory' || !isTopicId(topic.name)) continue
    const path = topicPath(dataDirectory, topic.name)
    for (const { name, kind } of await fileSystem.list(path)) {
      if (kind !== 'directory' || !/^\d{1,9}$/.test(name)) continue
      const directory = new PartitionDirectory(`${path}/${name}`)
      const stored = await readEpochs(files, directory)
      let epochs = stored
      if (!(epochs instanceof EpochHistory)) {
        const { segments } = (await takeInventory(context, directory)) ?? { segments: [] }
        epochs = await epochsOfLog(context, directory, segments, { damaged: [] })
      }
      largest = Math.max(largest, epochs.latestEpoch)
    }
  }
  return largest
}
