// Keeps a copy of bytes that recovery cuts off the end of a log, before it does, so that nothing is lost for good (invariant R1).
// Bounded: what does not fit is left out of the copy, and said.
import { copyStretch } from './copy-stretch.ts'
import { TEMPORARY_SUFFIX } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** Copies the bytes of a log from `position` to `end`. Durable when it resolves. @returns the bytes that were copied. */
export async function quarantineTail(
  context: Pick<StorageContext, 'fileSystem' | 'files' | 'limits'>,
  directory: PartitionDirectory,
  baseOffset: number,
  position: number,
  end: number,
): Promise<number> {
  const { fileSystem, limits } = context
  const folder = directory.quarantine
  await fileSystem.makeDirectory(folder)
  const name = `${segmentFileName(baseOffset, 'log').slice(0, 20)}.${position}.torn`
  let room = limits.quarantineBytesPerPartitionMax
  for (const entry of await fileSystem.list(folder)) {
    const path = `${folder}/${entry.name}`
    if (entry.name.endsWith(TEMPORARY_SUFFIX)) await fileSystem.removeFile(path)
    else if (entry.name !== name) room -= (await fileSystem.status(path))?.size ?? 0
  }
  const wanted = Math.max(0, Math.min(end - position, room))
  const source = directory.segmentFile(baseOffset, 'log')
  const temporary = `${folder}/${name}${TEMPORARY_SUFFIX}`
  const copied = await copyStretch(context, source, position, position + wanted, temporary)
  await fileSystem.rename(temporary, `${folder}/${name}`)
  await fileSystem.syncDirectory(folder)
  await fileSystem.syncDirectory(directory.path)
  return copied
}
