// After a start that no clean stop went before: makes the names of metadata, topics and partitions durable as they are found. A process
// that was killed may have renamed a file or a folder and not synced the folder around it; what this start goes on from, and stores
// records in, must not be taken back by a later power cut (invariant D5).
import type { FileSystem } from '../../platform/file-system.ts'
import { inLanes } from './in-lanes.ts'

const LANES = 8

/**
 * Syncs the folder of metadata with all folders in it, and that of the topics with the folder of each topic.
 * @throws what listing or syncing throws
 */
export async function syncNames(
  fileSystem: Pick<FileSystem, 'list' | 'syncDirectory'>,
  metadata: string,
  topics: string,
): Promise<void> {
  await syncTree(fileSystem, metadata, Infinity)
  await syncTree(fileSystem, topics, 1)
}

/** @param depth how many levels of folders below it are synced, too */
async function syncTree(
  fileSystem: Pick<FileSystem, 'list' | 'syncDirectory'>,
  path: string,
  depth: number,
): Promise<void> {
  if (depth > 0) {
    const entries = await fileSystem.list(path)
    await inLanes(entries, LANES, async ({ name, kind }) => {
      if (kind === 'directory') await syncTree(fileSystem, `${path}/${name}`, depth - 1)
    })
  }
  await fileSystem.syncDirectory(path)
}
