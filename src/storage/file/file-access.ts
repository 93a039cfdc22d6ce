// Whole reads and writes over a file system that may do either in part, and files replaced in one step: the new contents are on
// stable storage under their name, or the old ones still are (invariants D5, D6).

import { VarveError } from '../../domain/error.ts'
import type { FileHandle, FileSystem, OpenMode } from '../../platform/file-system.ts'
import { isSystemError, systemError, systemErrorCode } from '../../platform/system-error.ts'

/** What these functions need of the pool of open files. */
export interface Files {
  /** Opens the file or shares an open handle, which stays open while `action` runs. */
  use<T>(path: string, mode: OpenMode, action: (file: FileHandle) => Promise<T>): Promise<T>
  /** Closes the handles of the file, once no action uses them. */
  close(path: string): Promise<void>
  /** Closes the handles of all files that are directly in the directory. */
  closeWithin(directory: string): Promise<void>
  /** Makes the names in a folder durable, also when the process is out of descriptors. */
  syncDirectory(path: string): Promise<void>
}

/** Reads until `length` bytes are there or the file ends. @returns the bytes read. */
export async function readFully(
  file: Pick<FileHandle, 'read'>,
  target: Uint8Array,
  targetStart: number,
  length: number,
  position: number,
): Promise<number> {
  let done = 0
  while (done < length) {
    const count = await file.read(target, targetStart + done, length - done, position + done)
    if (count === 0) break
    done += count
  }
  return done
}

/** Writes all bytes of the parts, however many calls that takes. */
export async function writeFully(
  file: FileHandle,
  parts: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = parts.filter((part) => part.length > 0)
  let at = position
  while (rest.length > 0) {
    let count = await file.write(rest, at)
    if (count === 0) throw systemError('EIO', 'write of no bytes', '')
    at += count
    const remaining: Uint8Array[] = []
    for (const part of rest) {
      if (count >= part.length) {
        count -= part.length
        continue
      }
      remaining.push(count === 0 ? part : part.subarray(count))
      count = 0
    }
    rest = remaining
  }
}

/**
 * The contents of a small file; undefined when there is none, or something that is no regular file.
 * @throws when it is larger than `bytesMax`, with the code EFBIG.
 */
export async function readSmallFile(
  files: Files,
  path: string,
  bytesMax: number,
): Promise<Buffer | undefined> {
  try {
    return await files.use(path, 'read', async (file) => {
      const size = await file.size()
      if (size > bytesMax) throw systemError('EFBIG', 'read', path)
      const bytes = Buffer.alloc(size)
      const count = await readFully(file, bytes, 0, size, 0)
      return bytes.subarray(0, count)
    })
  } catch (error) {
    if (NOT_A_FILE.has(systemErrorCode(error) ?? '')) return undefined
    throw error
  } finally {
    await files.close(path)
  }
}

const NOT_A_FILE: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'EINVAL',
  'ENXIO',
])

export const TEMPORARY_SUFFIX = '.tmp'

/** Writes and syncs a new file, over the remains of an interrupted attempt if there are any. Its directory is not synced. */
export async function writeNewFile(
  fileSystem: FileSystem,
  files: Files,
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  const write = async (file: FileHandle): Promise<void> => {
    await writeFully(file, [bytes], 0)
    await file.syncData()
  }
  try {
    await files.use(path, 'create', write)
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error
    await files.close(path)
    await fileSystem.removeFile(path)
    await files.use(path, 'create', write)
  } finally {
    await files.close(path)
  }
}

/**
 * Puts `bytes` in the place of the file `name`, or makes it, in one step. Its bytes are on stable storage when it resolves; that it
 * has this name is so once the directory is synced.
 */
export async function placeFile(
  fileSystem: FileSystem,
  files: Files,
  directory: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = `${directory}/${name}`
  const temporary = path + TEMPORARY_SUFFIX
  try {
    await writeNewFile(fileSystem, files, temporary, bytes)
    await fileSystem.rename(temporary, path)
  } catch (error) {
    await removeIfThere(fileSystem, temporary)
    throw error
  }
}

/**
 * Puts `bytes` in the place of the file `name`, or makes it: in one step, durable when it resolves. Failures are the
 * system's while the old file is still there.
 * @throws VarveError STORAGE_FAILED when the new file is there but may not last, whatever the reason.
 */
export async function replaceFile(
  fileSystem: FileSystem,
  files: Files,
  directory: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  await placeFile(fileSystem, files, directory, name, bytes)
  try {
    await files.syncDirectory(directory)
  } catch (error) {
    throw new VarveError('STORAGE_FAILED', 'a replaced file may not last', { cause: error })
  }
}

/** Makes the directory and its missing parents, all of them durable when it resolves. */
export async function makeDurableDirectory(fileSystem: FileSystem, path: string): Promise<void> {
  if ((await fileSystem.status(path)) !== undefined) return
  const parent = path.slice(0, path.lastIndexOf('/')) || '/'
  if (parent !== path) await makeDurableDirectory(fileSystem, parent)
  await fileSystem.makeDirectory(path)
  try {
    await fileSystem.syncDirectory(parent)
  } catch (error) {
    // The next attempt must not find it and take it for durable.
    await fileSystem.removeTree(path).catch(() => undefined)
    throw error
  }
}

/** Waits for all of them: nothing is under way when it resolves or rejects. @throws the first failure. */
export async function allSettled(actions: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(actions)) {
    if (result.status === 'rejected') throw result.reason
  }
}

/** Removes the file; nothing happens when it is not there or cannot be removed. */
async function removeIfThere(fileSystem: FileSystem, path: string): Promise<void> {
  try {
    await fileSystem.removeFile(path)
  } catch {
    // The remains of a failed attempt: the next one and every start remove them too.
  }
}

/** True for the failures that say that there is no room: they pass when room is made (invariant D8). */
export function isNoSpace(error: unknown): boolean {
  return isSystemError(error, 'ENOSPC') || isSystemError(error, 'EDQUOT')
}

/** True when the process or the system has no descriptor left: nothing was done, and it passes. */
export function isOutOfDescriptors(error: unknown): boolean {
  return isSystemError(error, 'EMFILE') || isSystemError(error, 'ENFILE')
}
