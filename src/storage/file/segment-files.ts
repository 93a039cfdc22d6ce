// Makes the empty files of the segment that begins at the end of the log, and removes them when it could not be begun. What is made is
// durable once the folder is synced, which is the caller's to do.
import { isSystemError } from '../../platform/system-error.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { SEGMENT_FILE_KINDS, type SegmentFileKind } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

type Access = Pick<StorageContext, 'fileSystem' | 'files'>

/**
 * Makes the three files, over empty ones of an attempt that failed half way.
 * @returns whether there was an index with something in it, which is not durably empty yet.
 */
export async function makeSegmentFiles(
  context: Access,
  directory: PartitionDirectory,
  baseOffset: number,
): Promise<boolean> {
  let isEmptied = false
  const make = async (kind: SegmentFileKind): Promise<void> => {
    const path = directory.segmentFile(baseOffset, kind)
    try {
      await context.files.use(path, 'create', () => Promise.resolve())
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error
      isEmptied = (await emptyRemains(context, path, kind === 'log')) || isEmptied
    }
    // Index entries come later and seldom: until then the descriptor serves another file.
    if (kind !== 'log') await context.files.close(path)
  }
  // One after the other: the system makes one name in a folder at a time, and who waits for that spins.
  for (const kind of SEGMENT_FILE_KINDS) await make(kind)
  return isEmptied
}

/** Removes what is there of them. The folder is synced when it resolves. */
export async function removeSegmentFiles(
  { fileSystem, files }: Access,
  directory: PartitionDirectory,
  baseOffset: number,
): Promise<void> {
  for (const kind of SEGMENT_FILE_KINDS) {
    const path = directory.segmentFile(baseOffset, kind)
    await files.close(path)
    if ((await fileSystem.status(path)) !== undefined) await fileSystem.removeFile(path)
  }
  await files.syncDirectory(directory.path)
}

/** A file of an attempt that failed half way: a log must be empty, an index is emptied. @returns whether it had to be. */
async function emptyRemains({ files }: Access, path: string, isLog: boolean): Promise<boolean> {
  return await files.use(path, 'write', async (file) => {
    if ((await file.size()) === 0) return false
    if (isLog) throw new RangeError('there are bytes where a new segment should begin')
    await file.truncate(0)
    return true
  })
}
