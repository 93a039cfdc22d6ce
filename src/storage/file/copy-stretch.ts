// Copies a stretch of a log into a file of its own, in bounded pieces.
import { isSystemError } from '../../platform/system-error.ts'
import { readFully, writeFully } from './file-access.ts'
import type { StorageContext } from './storage-context.ts'

const CHUNK_BYTES = 1024 * 1024

/**
 * Makes the file `target` of the bytes of `source` from `position` to `end`, over the remains of an earlier attempt. The bytes are on
 * stable storage when it resolves, the name is not: the caller renames the file and syncs the directory.
 * @returns the bytes that were copied: fewer when the source ends earlier.
 */
export async function copyStretch(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  source: string,
  position: number,
  end: number,
  target: string,
): Promise<number> {
  const { fileSystem, files } = context
  await files.close(target)
  try {
    await fileSystem.removeFile(target)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
  await files.use(target, 'create', () => Promise.resolve())
  const wanted = Math.max(0, end - position)
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, wanted))
  let copied = 0
  while (copied < wanted) {
    const at = copied
    const length = Math.min(buffer.length, wanted - at)
    const count = await files.use(source, 'read', (file) =>
      readFully(file, buffer, 0, length, position + at),
    )
    if (count === 0) break
    await files.use(target, 'write', (file) => writeFully(file, [buffer.subarray(0, count)], at))
    copied += count
  }
  await files.use(target, 'write', (file) => file.syncData())
  await files.close(target)
  return copied
}
