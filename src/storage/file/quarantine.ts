// Keeps a copy of bytes that recovery cuts off the end of a log, before it does, so that nothing is lost for good (invariant R1).
// Bounded: what does not fit is left out of the copy, and said.
import { LIMITS } from '../../domain/limits.ts'
import { readFully, TEMPORARY_SUFFIX, writeFully } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

const CHUNK_BYTES = 1024 * 1024

/** Copies the bytes of a log from `position` to `end`. Durable when it resolves. @returns the bytes that were copied. */
export async function quarantineTail(
  context: Pick<StorageContext, 'fileSystem' | 'files'>,
  directory: PartitionDirectory,
  baseOffset: number,
  position: number,
  end: number,
): Promise<number> {
  const { fileSystem, files } = context
  const folder = directory.quarantine
  await fileSystem.makeDirectory(folder)
  const name = `${segmentFileName(baseOffset, 'log').slice(0, 20)}.${position}.torn`
  let room = LIMITS.quarantineBytesPerPartitionMax
  for (const entry of await fileSystem.list(folder)) {
    const path = `${folder}/${entry.name}`
    if (entry.name.endsWith(TEMPORARY_SUFFIX)) await fileSystem.removeFile(path)
    else if (entry.name !== name) room -= (await fileSystem.status(path))?.size ?? 0
  }
  const wanted = Math.max(0, Math.min(end - position, room))
  const source = directory.segmentFile(baseOffset, 'log')
  const temporary = `${folder}/${name}${TEMPORARY_SUFFIX}`
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, wanted))
  await files.use(temporary, 'create', () => Promise.resolve())
  let copied = 0
  while (copied < wanted) {
    const length = Math.min(buffer.length, wanted - copied)
    const count = await files.use(source, 'read', (file) =>
      readFully(file, buffer, 0, length, position + copied),
    )
    if (count === 0) break
    const target = copied
    await files.use(temporary, 'write', (file) =>
      writeFully(file, [buffer.subarray(0, count)], target),
    )
    copied += count
  }
  await files.use(temporary, 'write', (file) => file.syncData())
  await files.close(temporary)
  await fileSystem.rename(temporary, `${folder}/${name}`)
  await fileSystem.syncDirectory(folder)
  await fileSystem.syncDirectory(directory.path)
  return copied
}
