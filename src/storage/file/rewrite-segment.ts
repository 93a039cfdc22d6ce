// After a failed sync nothing more is written to a file: its good beginning is copied to a new one that takes its place, all of it
// synced anew (invariant D7).

import { isSystemError, systemError } from '../../platform/system-error.ts'
import { readFully, TEMPORARY_SUFFIX, writeFully } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { StorageContext } from './storage-context.ts'

const CHUNK_BYTES = 1024 * 1024

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
  try {
    await fileSystem.removeFile(temporary)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
  await files.use(temporary, 'create', () => Promise.resolve())
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytes))
  let copied = 0
  while (copied < bytes) {
    const position = copied
    const length = Math.min(buffer.length, bytes - position)
    const count = await files.use(path, 'read', (file) =>
      readFully(file, buffer, 0, length, position),
    )
    if (count === 0) throw systemError('EIO', 'copy of a file that ends early', path)
    await files.use(temporary, 'write', (file) =>
      writeFully(file, [buffer.subarray(0, count)], position),
    )
    copied += count
  }
  await files.use(temporary, 'write', (file) => file.syncData())
  await files.close(temporary)
  await files.close(path)
  await fileSystem.rename(temporary, path)
  await fileSystem.syncDirectory(directory.path)
}
