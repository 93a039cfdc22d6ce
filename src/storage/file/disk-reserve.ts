// Space that is kept for what must go on when the disk is full (invariant D8): a file of zeros beside the data. When a write finds no room the file
// is emptied, and what it took is there for the topics of the broker itself (committed offsets of groups) and for metadata. Invariant: while the
// reserve is given away, records of other topics are refused, until there is room for the reserve again and as much once more.
import { VarveError } from '../../domain/error.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { FileHandle, FileSystem } from '../../platform/file-system.ts'
import type { Log } from '../../platform/log.ts'
import { isSystemError } from '../../platform/system-error.ts'
import { isNoSpace, writeFully } from './file-access.ts'

/** Beside the data; what is in it means nothing. */
export const RESERVE_FILE = 'reserve'

/** Of a small file system no more than this part of it is reserved. */
const FILE_SYSTEM_PARTS = 16
const PIECE_BYTES = 2 ** 20
/** How often it is looked whether there is room again. */
const RETRY_MS = 500
/** The same where the system says that there is room and there is none: a quota. */
const RETRY_MS_MAX = 10_000

export interface DiskReserveOptions {
  readonly fileSystem: FileSystem
  readonly clock: Clock
  readonly log: Log
  /** The data directory. */
  readonly directory: string
  /** How much is to be kept; 0: nothing, and then nobody is refused. */
  readonly bytes: number
}

export class DiskReserve {
  readonly #options: DiskReserveOptions
  readonly #path: string
  /** `none`: there is to be none, or it cannot be had for another reason than space. */
  #state: 'none' | 'held' | 'given' = 'none'
  #heldBytes = 0
  #wantedBytes: number
  #work: Promise<void> = Promise.resolve()
  #stopTimer: Cancel | undefined
  #isClosed = false

  constructor(options: DiskReserveOptions) {
    this.#options = options
    this.#path = `${options.directory}/${RESERVE_FILE}`
    this.#wantedBytes = options.bytes
  }

  /** What is kept at the moment. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Begins to take it; nobody is refused until it is known that there is no room. */
  begin(): void {
    if (this.#options.bytes > 0) this.#then(() => this.#take())
  }

  /**
   * Before records are written.
   * @param isInternal for a topic of the broker itself
   * @throws VarveError DISK_FULL while the reserve is given away
   */
  check(isInternal: boolean): void {
    if (isInternal || this.#state !== 'given') return
    throw new VarveError(
      'DISK_FULL',
      `the disk is full: records are taken again when ${2 * this.#wantedBytes} bytes are free there, the rest is kept for what groups commit`,
    )
  }

  /**
   * A write found no room. Resolves when what was reserved is free.
   * @param error of the write
   * @returns whether it was there to be given, and may help
   */
  async give(error: unknown): Promise<boolean> {
    let isGiven = false
    this.#then(async () => {
      isGiven = this.#state === 'held' && (await this.#maySpaceHelp(error))
      if (isGiven) await this.#empty()
    })
    await this.#work
    return isGiven
  }

  /** Lets go of the timer; the file stays as it is. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopTimer?.()
    await this.#work
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      try {
        await step()
      } catch (error) {
        this.#state = 'none'
        this.#heldBytes = 0
        this.#options.log.warn('disk_reserve_failed', { reason: String(error) })
      }
    })
  }

  /** Not where the system says that there is some: files ran out, say. Of a quota it says nothing. */
  async #maySpaceHelp(error: unknown): Promise<boolean> {
    if (isSystemError(error, 'EDQUOT')) return true
    const { freeBytes } = await this.#options.fileSystem.space(this.#options.directory)
    return freeBytes < this.#heldBytes
  }

  async #empty(): Promise<void> {
    const { fileSystem, log } = this.#options
    const bytes = this.#heldBytes
    this.#state = 'given'
    this.#heldBytes = 0
    this.#retryLater(RETRY_MS)
    await within(await fileSystem.open(this.#path, 'write'), (file) => file.truncate(0))
    log.warn('disk_reserve_given', { bytes })
  }

  async #take(): Promise<void> {
    const { fileSystem, log, directory } = this.#options
    const { freeBytes, totalBytes } = await fileSystem.space(directory)
    const bytes = Math.min(this.#options.bytes, Math.floor(totalBytes / FILE_SYSTEM_PARTS))
    this.#wantedBytes = bytes
    const before = (await fileSystem.status(this.#path))?.size ?? 0
    // One of an earlier run is not given up for want of as much once more.
    const isRoom = before >= bytes || freeBytes + before >= 2 * bytes
    if (this.#isClosed) return
    if (!isRoom || !(await this.#fill(bytes, before > bytes))) {
      // Said once, and not at each attempt.
      if (this.#state !== 'given') log.warn('disk_reserve_missing', { bytes, freeBytes })
      this.#state = 'given'
      this.#retryLater(isRoom ? RETRY_MS_MAX : RETRY_MS)
      return
    }
    log.info('disk_reserve_taken', { bytes })
    this.#state = 'held'
    this.#heldBytes = bytes
  }

  /** Zeros are written even where the file has its size: holes take no space. Not synced: its loss is the loss of nothing. @returns whether there was room */
  async #fill(bytes: number, isTooLarge: boolean): Promise<boolean> {
    return await within(await this.#open(), async (file) => {
      if (isTooLarge) await file.truncate(bytes)
      const zeros = Buffer.alloc(Math.min(PIECE_BYTES, bytes))
      try {
        for (let at = 0; at < bytes && !this.#isClosed; at += zeros.length) {
          await writeFully(file, [zeros.subarray(0, bytes - at)], at)
        }
        return true
      } catch (error) {
        if (!isNoSpace(error)) throw error
        await file.truncate(0)
        return false
      }
    })
  }

  async #open(): Promise<FileHandle> {
    const { fileSystem } = this.#options
    try {
      return await fileSystem.open(this.#path, 'write')
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw error
      return await fileSystem.open(this.#path, 'create')
    }
  }

  #retryLater(afterMs: number): void {
    if (this.#isClosed) return
    this.#stopTimer = this.#options.clock.after(afterMs, () => {
      this.#then(() => this.#take())
    })
  }
}

async function within<T>(file: FileHandle, action: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await action(file)
  } finally {
    await file.close()
  }
}
