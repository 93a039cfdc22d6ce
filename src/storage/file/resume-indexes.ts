// Goes on with the indexes of the active segment where they ended, when the first append after a start comes: nothing lies behind their
// last good entry then. What does not fit the log is made anew from it.
import type { TopicSettings } from '../../domain/topic-settings.ts'
import { forgetIndexes, loadIndexes, resumeAccumulator } from './index-files.ts'
import { rebuildIndexes } from './mend-indexes.ts'
import type { PartitionState } from './partition-state.ts'
import type { Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

/** Sets the accumulator of the active segment. @returns what is known of an index that had to be made anew. */
export async function resumeIndexes(
  context: StorageContext,
  state: PartitionState,
  segment: Segment,
  { indexIntervalBytes }: TopicSettings,
): Promise<string | undefined> {
  const { baseOffset, bytes } = segment
  const { directory, endOffset } = state
  const loaded = await loadIndexes(context, directory, baseOffset, bytes, endOffset)
  const resumed =
    typeof loaded === 'string'
      ? loaded
      : await resumeAccumulator(context, directory, baseOffset, bytes, loaded)
  if (typeof resumed === 'string' || typeof loaded === 'string') {
    state.accumulator = await rebuildIndexes(context, directory, segment, indexIntervalBytes, state)
    return typeof resumed === 'string' ? resumed : undefined
  }
  forgetIndexes(context, directory, segment)
  segment.offsetIndexBytes = loaded.offsetEntries.length * 8
  segment.timeIndexBytes = loaded.timeEntries.length * 12
  for (const [kind, size] of [
    ['index', segment.offsetIndexBytes],
    ['timeindex', segment.timeIndexBytes],
  ] as const) {
    await context.files.use(directory.segmentFile(baseOffset, kind), 'write', async (file) => {
      if ((await file.size()) === size) return
      await file.truncate(size)
      if (kind === 'index') resumed.isOffsetFileUnsynced = true
      else resumed.isTimeFileUnsynced = true
    })
  }
  state.accumulator = resumed
  return undefined
}
