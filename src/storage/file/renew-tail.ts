// The end of a log that no sync is known to have covered is written anew before it is synced. A sync that failed may have marked its pages as written:
// the next one then succeeds, also that of a new process on a file opened anew, and the bytes are gone with the next power cut (invariant D7). The process
// that saw the failure leaves a note; one that was killed before, or whose note the disk did not take, leaves none. Invariant: killed anywhere, the next
// start has the same bytes: they stand in a file of their own, synced, from before the log is cut until it is whole and synced again.
import { systemError } from '../../platform/system-error.ts'
import { copyStretch } from './copy-stretch.ts'
import { readFully, TEMPORARY_SUFFIX, writeFully } from './file-access.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import { segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** The end of the log of a segment, in a file beside it. */
export interface StoredTail {
  readonly name: string
  readonly baseOffset: number
  /** Where it begins in the log. */
  readonly position: number
}

type Access = Pick<StorageContext, 'fileSystem' | 'files'>

const CHUNK_BYTES = 1024 * 1024
const FORM = /^(\d{20})\.(\d{1,16})\.tail$/

/** Undefined for other names. */
export function parseTailName(name: string): StoredTail | undefined {
  const match = FORM.exec(name)
  if (match === null) return undefined
  return { name, baseOffset: Number(match[1]), position: Number(match[2]) }
}

/** Stores a copy of the log of the segment from `position` on; durable when it resolves. Until {@link putTail} the log is as it was. */
export async function storeTail(
  access: Access,
  directory: PartitionDirectory,
  segment: { readonly baseOffset: number; readonly bytes: number },
  position: number,
): Promise<void> {
  const { fileSystem, files } = access
  const { baseOffset, bytes } = segment
  const path = directory.file(tailName(baseOffset, position))
  const temporary = path + TEMPORARY_SUFFIX
  const log = directory.segmentFile(baseOffset, 'log')
  const copied = await copyStretch(access, log, position, bytes, temporary)
  if (copied < bytes - position) throw systemError('EIO', 'copy of a file that ends early', log)
  await files.close(temporary)
  await fileSystem.rename(temporary, path)
  await fileSystem.syncDirectory(directory.path)
}

/** Writes the log anew from `position` on with what was stored, which goes then. Durable when it resolves. */
export async function putTail(
  { fileSystem, files }: Access,
  directory: PartitionDirectory,
  baseOffset: number,
  position: number,
): Promise<void> {
  const path = directory.file(tailName(baseOffset, position))
  const log = directory.segmentFile(baseOffset, 'log')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  await files.use(log, 'write', (file) => file.truncate(position))
  for (let copied = 0; ; ) {
    const at = copied
    const count = await files.use(path, 'read', (file) =>
      readFully(file, buffer, 0, buffer.length, at),
    )
    if (count === 0) break
    const piece = buffer.subarray(0, count)
    await files.use(log, 'write', (file) => writeFully(file, [piece], position + at))
    copied += count
  }
  await files.use(log, 'write', (file) => file.syncData())
  await files.close(path)
  await fileSystem.removeFile(path)
  // Before anything is appended: a tail that came back would cut it off.
  await fileSystem.syncDirectory(directory.path)
}

/**
 * Finishes what an interrupted start had begun.
 * @returns the size of the log then; undefined when the tail does not fit it: nothing was changed.
 */
export async function finishTail(
  access: Access,
  directory: PartitionDirectory,
  tail: StoredTail,
): Promise<number | undefined> {
  const { fileSystem } = access
  const log = await fileSystem.status(directory.segmentFile(tail.baseOffset, 'log'))
  const bytes = (await fileSystem.status(directory.file(tail.name)))?.size ?? 0
  const isFitting =
    log?.kind === 'file' && log.size >= tail.position && log.size <= tail.position + bytes
  if (!isFitting) return undefined
  await putTail(access, directory, tail.baseOffset, tail.position)
  return tail.position + bytes
}

function tailName(baseOffset: number, position: number): string {
  return `${segmentFileName(baseOffset, 'log').slice(0, 20)}.${position}.tail`
}
