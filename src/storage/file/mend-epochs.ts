// The epoch history of a partition that is being opened: as it is stored, without what lies beyond the end of the log, or made
// anew from the batches when the file is lost (invariant R3).
import { BatchCursor } from './batch-cursor.ts'
import { extentAt } from './damaged-extent.ts'
import { EpochHistory } from './epoch-history.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { readEpochs, writeEpochs } from './partition-files.ts'
import type { Recovered } from './recover-log.ts'
import type { Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

export async function mendEpochs(
  context: StorageContext,
  directory: PartitionDirectory,
  segments: readonly Segment[],
  recovered: Recovered,
  anomalies: string[],
): Promise<EpochHistory> {
  const stored = await readEpochs(context.files, directory)
  if (stored instanceof EpochHistory) {
    if (stored.truncateEnd(recovered.endOffset)) await writeEpochs(context, directory, stored)
    return stored
  }
  const hasBatches = segments.some((segment) => segment.bytes > 0)
  if (stored === undefined && !hasBatches) return new EpochHistory()
  const epochs = await epochsOfLog(context, directory, segments, recovered)
  await writeEpochs(context, directory, epochs)
  const what = stored === undefined ? 'missing' : `damaged (${stored})`
  anomalies.push(`leader-epoch-checkpoint was ${what}: made anew from the log`)
  return epochs
}

/** What the batches themselves tell. */
export async function epochsOfLog(
  context: Pick<StorageContext, 'files'>,
  directory: PartitionDirectory,
  segments: readonly Segment[],
  log: Pick<Recovered, 'damaged'>,
): Promise<EpochHistory> {
  const epochs = new EpochHistory()
  for (const segment of segments) {
    const { baseOffset, bytes } = segment
    await context.files.use(directory.segmentFile(baseOffset, 'log'), 'read', async (file) => {
      const cursor = new BatchCursor(file, bytes, 'header')
      let position = 0
      while (position < bytes) {
        const extent = extentAt(log.damaged, baseOffset, position)
        if (extent !== undefined) {
          position = extent.endPosition
          continue
        }
        const found = await cursor.at(position)
        if (found.kind !== 'batch') return
        const { leaderEpoch, baseOffset: offset, totalBytes } = found.header
        if (leaderEpoch > epochs.latestEpoch) epochs.begin(leaderEpoch, offset)
        position += totalBytes
      }
    })
  }
  return epochs
}
