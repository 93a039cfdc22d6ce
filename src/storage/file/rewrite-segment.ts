// After a failed sync nothing more is written to a file: its good beginning is copied to a new one that takes its place, all of it
// synced anew (invariant D7).
import { systemError } from '../../platform/system-error.ts'
import { copyStretch } from './copy-stretch.ts'
import { TEMPORARY_SUFFIX } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { StorageContext } from './storage-context.ts'

/** Puts a durable copy of the first `bytes` bytes of the segment's log in its place. */
export async function rewriteSegment(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  baseOffset: number,
  bytes: number,
): Promise<void> {
  const { fileSystem, files } = context
  const path = directory.segmentFile(baseOffset, 'log')
  const temporary = path + TEMPORARY_SUFFIX
  const copied = await copyStretch(context, path, 0, bytes, temporary)
  if (copied < bytes) throw systemError('EIO', 'copy of a file that ends early', path)
  await files.close(path)
  await fileSystem.rename(temporary, path)
  await fileSystem.syncDirectory(directory.path)
}
