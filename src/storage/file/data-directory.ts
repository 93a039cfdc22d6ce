// The folder that holds everything of one broker: taken by one process at a time (invariant R8), of a known format, with the mark of
// a clean stop, which is there only while nothing is open (invariant D10), and the broker's epoch, higher at every start and
// on stable storage before its first use.
//
//   lock · format · clean-shutdown · epoch · metadata/ · topics/<topic id>/<partition>/
import { VarveError } from '../../domain/error.ts'
import type { DirectoryLock } from '../../platform/file-system.ts'
import { isSystemError, systemErrorCode } from '../../platform/system-error.ts'
import { type CheckedText, decodeCheckedText, encodeCheckedText } from './checked-text.ts'
import {
  makeDurableDirectory,
  readSmallFile,
  replaceFile,
  TEMPORARY_SUFFIX,
} from './file-access.ts'
import { TOPICS_DIRECTORY } from './partition-directory.ts'
import { SerialQueue } from './serial-queue.ts'
import type { StorageContext } from './storage-context.ts'

export const METADATA_DIRECTORY = 'metadata'
export const LOCK_FILE = 'lock'
export const FORMAT_FILE = 'format'
export const CLEAN_FILE = 'clean-shutdown'
export const EPOCH_FILE = 'epoch'
/** The version of the layout and of all our own files in it. */
const FORMAT_VERSION = 1
const SMALL_FILE_BYTES_MAX = 4096

/** Names that show that a folder is ours. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  FORMAT_FILE,
  CLEAN_FILE,
  EPOCH_FILE,
  METADATA_DIRECTORY,
  TOPICS_DIRECTORY,
])

type Access = Pick<StorageContext, 'fileSystem' | 'files' | 'log'>

export class DataDirectory {
  readonly path: string
  /** Whether the last process that had the folder stopped in order. */
  readonly wasClean: boolean
  private latestEpoch: number
  private readonly raising = new SerialQueue()
  private readonly access: Access
  private readonly lock: DirectoryLock

  private constructor(
    access: Access,
    path: string,
    lock: DirectoryLock,
    wasClean: boolean,
    epoch: number,
  ) {
    this.access = access
    this.path = path
    this.lock = lock
    this.wasClean = wasClean
    this.latestEpoch = epoch
  }

  /** The latest epoch, on stable storage: nothing was written under a later one. */
  get epoch(): number {
    return this.latestEpoch
  }

  /**
   * Takes the folder, making it when there is none.
   * @param epochInLogs the largest epoch that anything in the folder was written under; asked for when the epoch file is lost.
   * @throws VarveError DATA_DIR_LOCKED · DATA_DIR_UNUSABLE
   */
  static async open(
    access: Access,
    path: string,
    epochInLogs: () => Promise<number>,
  ): Promise<DataDirectory> {
    let lock: DirectoryLock | undefined
    try {
      await checkIsOurs(access, path)
      await makeDurableDirectory(access.fileSystem, path)
      lock = await access.fileSystem.lock(`${path}/${LOCK_FILE}`)
      await checkFormat(access, path)
      const wasClean = await readCleanMark(access, path)
      const epoch = await beginEpoch(access, path, epochInLogs)
      for (const name of [METADATA_DIRECTORY, TOPICS_DIRECTORY]) {
        await access.fileSystem.makeDirectory(`${path}/${name}`)
      }
      await removeIfPresent(access, `${path}/${CLEAN_FILE}`)
      await access.fileSystem.syncDirectory(path)
      return new DataDirectory(access, path, lock, wasClean, epoch)
    } catch (error) {
      await lock?.release()
      throw asUnusable(error, path)
    }
  }

  /** A new epoch, above all before and above `epoch`. Durable when it resolves. */
  async raiseEpoch(epoch: number): Promise<number> {
    return await this.raising.do(async () => {
      const raised = Math.max(epoch, this.latestEpoch) + 1
      await writeEpoch(this.access, this.path, raised)
      this.latestEpoch = raised
      return raised
    })
  }

  /** Everything is closed and on stable storage. */
  async markClean(): Promise<void> {
    const { fileSystem, files } = this.access
    const bytes = encodeCheckedText(CLEAN_FILE, FORMAT_VERSION, `epoch ${this.epoch}\n`)
    await replaceFile(fileSystem, files, this.path, CLEAN_FILE, bytes)
  }

  async release(): Promise<void> {
    await this.lock.release()
  }
}

/**
 * A folder with other things in it is not taken over; nothing is changed in it.
 * @returns whether it was a data directory before.
 * @throws VarveError DATA_DIR_UNUSABLE · what listing throws
 */
export async function checkIsOurs(
  { fileSystem }: Pick<Access, 'fileSystem'>,
  path: string,
): Promise<boolean> {
  const status = await fileSystem.status(path)
  if (status === undefined) return false
  if (status.kind !== 'directory') {
    // A symbolic link to a folder may be meant: listing follows it, and fails on all else.
    await fileSystem.list(path)
  }
  const names = (await fileSystem.list(path)).map(({ name }) => name)
  const isOurs = names.some((name) => OWN_NAMES.has(name))
  const strangers = names.filter(
    (name) =>
      !name.startsWith('.') &&
      !name.startsWith(LOCK_FILE) &&
      name !== 'lost+found' &&
      !OWN_NAMES.has(name) &&
      !name.endsWith(TEMPORARY_SUFFIX),
  )
  if (isOurs || strangers.length === 0) return isOurs
  throw new VarveError(
    'DATA_DIR_UNUSABLE',
    `${path} holds other files and is no data directory of varve: choose an empty one`,
    { details: { directory: path } },
  )
}

/** One of the directory's own files; undefined when there is none. */
export async function readOwnFile(
  files: Access['files'],
  path: string,
  name: typeof FORMAT_FILE | typeof CLEAN_FILE | typeof EPOCH_FILE,
): Promise<CheckedText | undefined> {
  const bytes = await readSmallFile(files, `${path}/${name}`, SMALL_FILE_BYTES_MAX)
  return bytes && decodeCheckedText(bytes, name, FORMAT_VERSION)
}

/** The epoch in its file's text; undefined when it is not as it should be. */
export function storedEpoch(text: CheckedText | undefined): number | undefined {
  if (text?.kind !== 'good') return undefined
  const epoch = Number(/^(\d{1,10})\n$/.exec(text.body)?.[1])
  return Number.isSafeInteger(epoch) ? epoch : undefined
}

/**
 * @param path of the data directory
 * @throws VarveError DATA_DIR_UNUSABLE for a format of another version.
 */
export function checkFormatVersion(text: CheckedText | undefined, path: string): void {
  if (text?.kind !== 'version') return
  throw new VarveError(
    'DATA_DIR_UNUSABLE',
    `the data directory ${path} has format ${text.version}, this version of varve knows only ${FORMAT_VERSION}`,
    { details: { directory: path } },
  )
}

async function checkFormat(access: Access, path: string): Promise<void> {
  const text = await readOwnFile(access.files, path, FORMAT_FILE)
  if (text?.kind === 'good') return
  checkFormatVersion(text, path)
  if (text?.kind === 'damaged') access.log.error('format_file_damaged', { reason: text.reason })
  const fresh = encodeCheckedText(FORMAT_FILE, FORMAT_VERSION, '')
  await replaceFile(access.fileSystem, access.files, path, FORMAT_FILE, fresh)
}

async function readCleanMark(access: Access, path: string): Promise<boolean> {
  const text = await readOwnFile(access.files, path, CLEAN_FILE)
  if (text !== undefined && text.kind !== 'good') access.log.warn('clean_shutdown_mark_damaged')
  return text?.kind === 'good'
}

async function beginEpoch(
  access: Access,
  path: string,
  epochInLogs: () => Promise<number>,
): Promise<number> {
  const text = await readOwnFile(access.files, path, EPOCH_FILE)
  let last = storedEpoch(text)
  if (last === undefined) {
    last = await epochInLogs()
    if (text !== undefined || last >= 0) {
      access.log.error('epoch_file_lost', { rebuiltAs: last + 1 })
    }
  }
  const epoch = last + 1
  await writeEpoch(access, path, epoch)
  return epoch
}

async function writeEpoch(access: Access, path: string, epoch: number): Promise<void> {
  const text = encodeCheckedText(
    EPOCH_FILE,
    FORMAT_VERSION,
    `${epoch}
`,
  )
  await replaceFile(access.fileSystem, access.files, path, EPOCH_FILE, text)
}

async function removeIfPresent({ fileSystem }: Access, path: string): Promise<void> {
  try {
    await fileSystem.removeFile(path)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left there',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'it or a part of its path is no directory',
  EEXIST: 'it or a part of its path is no directory',
  EISDIR: 'a directory has the name of one of its files',
  ELOOP: 'its path has too many symbolic links',
  EIO: 'the disk does not work',
}

/** What a failed operation of the system at the start means: DATA_DIR_UNUSABLE, with its reason. Other errors as they are. */
export function asUnusable(error: unknown, path: string): unknown {
  const code = systemErrorCode(error)
  if (code === undefined || error instanceof VarveError) return error
  const reason = REASONS[code] ?? `the system answers ${code}`
  return new VarveError(
    'DATA_DIR_UNUSABLE',
    `the data directory ${path} cannot be used: ${reason}`,
    {
      details: { directory: path },
      cause: error,
    },
  )
}
