// Open files, at most so many at a time. Whoever needs a file borrows its handle for one action; between two actions the
// handle stays open until its place is needed, so thousands of files can be in use with a few hundred descriptors.
// All users of a path share one handle. A handle is closed only when nobody uses it, and no failure of a close is lost:
// it may mean that written bytes are gone (invariant D7).
import type { FileHandle, FileSystem, OpenMode } from './file-system.ts'
import { systemError, systemErrorCode } from './system-error.ts'

interface PooledFile {
  readonly path: string
  readonly mode: 'read' | 'write'
  /** Rejects when the file cannot be opened. */
  readonly opened: Promise<FileHandle>
  /** Once it is open. Whether that is so is settled when there are no users. */
  handle: FileHandle | undefined
  users: number
  /** Called when the last user is done. */
  onUnused: (() => void) | undefined
}

export interface FilePoolOptions {
  readonly openFilesMax: number
  /** Told when a handle could not be closed in order, whoever caused the close. The next `write` of the path rejects too. */
  readonly onCloseFailure?: (path: string, error: unknown) => void
}

export class FilePool {
  private readonly fileSystem: FileSystem
  private readonly options: FilePoolOptions
  /** In the order of their last use, the longest unused first. Keys: mode and path. Retired files are no longer here. */
  private readonly files = new Map<string, PooledFile>()
  /** The same by the folder that they are in. */
  private readonly folders = new Map<string, Set<PooledFile>>()
  /** Places that are taken: by files that are open, being opened or being closed. */
  private places = 0
  /** Those who wait for a place; one that becomes free goes to the first of them. */
  private readonly waiting: (() => void)[] = []
  private openHandles = 0
  /** Files that were taken out of `files` and are not closed yet, because they still have users or are being closed. */
  private readonly retired = new Set<Promise<void>>()
  /** Places that become free without anyone's doing: their files are being closed. */
  private placesToCome = 0
  private readonly closeFailures = new Map<string, unknown>()

  constructor(fileSystem: FileSystem, options: FilePoolOptions) {
    if (!(options.openFilesMax >= 1)) throw new RangeError('a pool needs room for one file')
    this.fileSystem = fileSystem
    this.options = options
  }

  /** Handles that are open now. */
  get openFiles(): number {
    return this.openHandles
  }

  /**
   * Runs `action` with the file at `path` and gives its result. The handle is lent until the promise of `action`
   * settles; it must not be closed or kept. Waits while all files are in use, so an action must not wait for another
   * `use` of the same pool. With `create` the file must not exist; it stays open as if for `write`.
   * @throws what opening the file or the action throws; but for `read` also the failure of an earlier close of the path.
   */
  async use<T>(path: string, mode: OpenMode, action: (file: FileHandle) => Promise<T>): Promise<T> {
    if (mode !== 'read') this.checkClosedWell(path)
    const file = this.borrow(path, mode)
    try {
      return await action(await file.opened)
    } finally {
      this.giveBack(file)
    }
  }

  /**
   * Closes the handles of `path`, once those who use them are done. New users get a new handle at once.
   * @throws what closing throws, also of an earlier close of the path; after that the failure is forgotten.
   */
  async close(path: string): Promise<void> {
    const closes: Promise<void>[] = []
    for (const mode of ['read', 'write'] as const) {
      const file = this.files.get(keyOf(path, mode))
      if (file !== undefined) closes.push(this.retire(file))
    }
    await Promise.all(closes)
    this.checkClosedWell(path)
  }

  /**
   * Closes the handles of all files that are directly in `directory`, as {@link close} does, for whatever reason they are open.
   * @throws the first failure of a close, earlier ones included; all of them are forgotten after that.
   */
  async closeWithin(directory: string): Promise<void> {
    const paths = new Set<string>()
    for (const path of this.closeFailures.keys()) if (folderOf(path) === directory) paths.add(path)
    for (const { path } of this.folders.get(directory) ?? []) paths.add(path)
    const closes = Array.from(paths, (path) => this.close(path))
    for (const result of await Promise.allSettled(closes)) {
      if (result.status === 'rejected') throw result.reason
    }
  }

  /** Closes everything. @throws the first failure of a close, earlier ones included. */
  async closeAll(): Promise<void> {
    for (const file of [...this.files.values()]) void this.retire(file)
    while (this.retired.size > 0) await Promise.all([...this.retired])
    for (const path of this.closeFailures.keys()) this.checkClosedWell(path)
  }

  private borrow(path: string, mode: OpenMode): PooledFile {
    const known =
      this.files.get(keyOf(path, 'write')) ??
      (mode === 'read' ? this.files.get(keyOf(path, 'read')) : undefined)
    if (known === undefined) return this.add(path, mode)
    if (mode === 'create') throw systemError('EEXIST', 'open', path)
    known.users++
    const key = keyOf(known.path, known.mode)
    this.files.delete(key)
    this.files.set(key, known)
    return known
  }

  private add(path: string, mode: OpenMode): PooledFile {
    const file: PooledFile = {
      path,
      mode: mode === 'read' ? 'read' : 'write',
      opened: this.open(path, mode),
      handle: undefined,
      users: 1,
      onUnused: undefined,
    }
    const key = keyOf(path, file.mode)
    this.files.set(key, file)
    const folder = folderOf(path)
    const inFolder = this.folders.get(folder)
    if (inFolder === undefined) this.folders.set(folder, new Set([file]))
    else inFolder.add(file)
    file.opened.then(
      (handle) => {
        file.handle = handle
      },
      () => {
        if (this.files.get(key) === file) this.takeOut(file)
        this.freePlace()
      },
    )
    return file
  }

  /**
   * Makes the names in a folder durable, which takes a descriptor for a moment: one of the files here is closed for it when there is none
   * left. Not to be called within an action of `use`.
   */
  syncDirectory(path: string): Promise<void> {
    return this.withDescriptor(() => this.fileSystem.syncDirectory(path))
  }

  private async open(path: string, mode: OpenMode): Promise<FileHandle> {
    if (this.places < this.options.openFilesMax) this.places++
    else await this.placeFreed()
    return await this.withDescriptor(async () => {
      const handle = await this.fileSystem.open(path, mode)
      this.openHandles++
      return handle
    })
  }

  /** Out of descriptors, though not by our count: one of ours is closed, and it is tried again. */
  private async withDescriptor<T>(action: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await action()
      } catch (error) {
        const code = systemErrorCode(error)
        if ((code !== 'EMFILE' && code !== 'ENFILE') || this.openHandles === 0) throw error
        await this.placeFreed()
        this.places--
      }
    }
  }

  /** Resolves when the place of a closed file was handed over. */
  private placeFreed(): Promise<void> {
    const freed = new Promise<void>((resolve) => {
      this.waiting.push(resolve)
    })
    this.retireForWaiting()
    return freed
  }

  private freePlace(): void {
    const next = this.waiting.shift()
    if (next === undefined) this.places--
    else next()
  }

  /** Closes unused files, the longest unused first, while more places are waited for than are about to become free. */
  private retireForWaiting(): void {
    if (this.waiting.length <= this.placesToCome) return
    for (const file of this.files.values()) {
      if (file.users > 0) continue
      void this.retire(file)
      if (this.waiting.length <= this.placesToCome) return
    }
  }

  private giveBack(file: PooledFile): void {
    file.users--
    if (file.users > 0) return
    if (file.onUnused !== undefined) file.onUnused()
    else if (this.waiting.length > 0) this.retireForWaiting()
  }

  private takeOut(file: PooledFile): void {
    this.files.delete(keyOf(file.path, file.mode))
    const folder = folderOf(file.path)
    const inFolder = this.folders.get(folder)
    inFolder?.delete(file)
    if (inFolder?.size === 0) this.folders.delete(folder)
  }

  /** Closes the file when its users are done. Never rejects: a failure is kept for those whom it concerns. */
  private retire(file: PooledFile): Promise<void> {
    this.takeOut(file)
    const closed = new Promise<void>((resolve) => {
      const close = (): void => {
        void this.closeUnused(file).finally(resolve)
      }
      if (file.users > 0) file.onUnused = close
      else close()
    }).finally(() => {
      this.retired.delete(closed)
    })
    this.retired.add(closed)
    return closed
  }

  private async closeUnused(file: PooledFile): Promise<void> {
    // Without a handle it was never opened: its users know, and its place is free.
    if (file.handle === undefined) return
    this.placesToCome++
    try {
      await file.handle.close()
    } catch (error) {
      if (file.mode === 'write' && !this.closeFailures.has(file.path)) {
        this.closeFailures.set(file.path, error)
      }
      this.options.onCloseFailure?.(file.path, error)
    }
    this.placesToCome--
    this.openHandles--
    this.freePlace()
  }

  private checkClosedWell(path: string): void {
    if (!this.closeFailures.has(path)) return
    const error = this.closeFailures.get(path)
    this.closeFailures.delete(path)
    throw error
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

function keyOf(path: string, mode: 'read' | 'write'): string {
  return `${mode} ${path}`
}
