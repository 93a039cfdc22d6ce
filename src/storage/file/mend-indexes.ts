// Brings the indexes up to what the log was found to be when a partition is opened. What the indexes hold up to the recovery point is
// kept where it fits the log, and made anew where it does not. They end with their final entries, also those of the active segment:
// nothing may be written to it before the partition is closed again, and then nothing is.
import { IndexAccumulator } from './index-accumulator.ts'
import {
  accumulateFromLog,
  type IndexFrom,
  loadIndexes,
  replaceIndexes,
  resumeAccumulator,
} from './index-files.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { PartitionInventory } from './partition-inventory.ts'
import type { Recovered } from './recover-log.ts'
import type { Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

/** @returns how many segments had indexes that were lost or wrong. */
export async function mendIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  inventory: PartitionInventory,
  recovered: Recovered,
  indexIntervalBytes: number,
): Promise<number> {
  const { segments, offsetIndexes, timeIndexes, anomalies } = inventory
  let rebuilt = 0
  for (const segment of segments) {
    const { baseOffset } = segment
    const isLast = segment === segments.at(-1)
    const from = scannedFrom(recovered, segment)
    const isMissing = !offsetIndexes.has(baseOffset) || !timeIndexes.has(baseOffset)
    const isChanged = from.position < segment.bytes || (isLast && recovered.cutAt !== undefined)
    // A checkpoint that was made in between left out the final entries, and nothing may have come behind it.
    const isUnfinished = isLast && recovered.scannedFrom !== undefined && segment.bytes > 0
    if (!isMissing && !isChanged && !isUnfinished) continue
    const problem = isMissing
      ? 'a file was missing'
      : await extendIndexes(context, directory, segment, from, indexIntervalBytes, recovered)
    if (problem === undefined) continue
    await rebuildIndexes(context, directory, segment, indexIntervalBytes, recovered)
    // The files of a segment that nothing was written to may be lost with the stop that came then.
    if (segment.bytes === 0 || from.position === 0) continue
    rebuilt++
    anomalies.push(`the indexes of segment ${baseOffset} were made anew: ${problem}`)
  }
  return rebuilt
}

/** Makes both indexes of a segment from its log, to the last entry. Durable. @returns what is known of the segment now. */
export async function rebuildIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  indexIntervalBytes: number,
  log: Pick<Recovered, 'damaged'>,
): Promise<IndexAccumulator> {
  const accumulator = new IndexAccumulator()
  const { baseOffset, bytes } = segment
  await accumulateFromLog(
    context,
    directory,
    baseOffset,
    accumulator,
    { position: 0, offset: baseOffset },
    bytes,
    indexIntervalBytes,
    log.damaged,
  )
  accumulator.finish()
  await replaceIndexes(context, directory, segment, accumulator)
  return accumulator
}

/** Where in the segment the scan began; its end when it was not scanned. */
function scannedFrom(recovered: Recovered, segment: Segment): IndexFrom {
  const from = recovered.scannedFrom
  if (from === undefined || segment.baseOffset < from.segment) {
    return { position: segment.bytes, offset: Infinity }
  }
  if (segment.baseOffset > from.segment) return { position: 0, offset: segment.baseOffset }
  return { position: Math.min(from.position, segment.bytes), offset: from.offset }
}

/** Keeps the entries up to `from` and adds those of what follows. @returns why that cannot be. */
async function extendIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  from: IndexFrom,
  indexIntervalBytes: number,
  recovered: Recovered,
): Promise<string | undefined> {
  const { baseOffset, bytes } = segment
  if (from.position === 0) return 'nothing of it was known'
  const kept = await loadIndexes(context, directory, baseOffset, from.position, from.offset)
  if (typeof kept === 'string') return kept
  const resumed = await resumeAccumulator(context, directory, baseOffset, from.position, kept)
  if (typeof resumed === 'string') return resumed
  await accumulateFromLog(
    context,
    directory,
    baseOffset,
    resumed,
    from,
    bytes,
    indexIntervalBytes,
    recovered.damaged,
  )
  resumed.finish()
  await replaceIndexes(context, directory, segment, resumed, kept)
  return undefined
}
