// The file system of the machine, over node:fs. Symbolic links are never followed to a file, special files never opened,
// and everything made belongs to this user alone (0700, 0600). A descriptor is closed only when no operation uses it any
// more, since its number may be another file's the moment after.
import * as fs from 'node:fs'
import type {
  DirectoryEntry,
  DirectoryLock,
  EntryKind,
  FileHandle,
  FileStatus,
  FileSystem,
  FileSystemSpace,
  OpenMode,
} from './file-system.ts'
import { takeDirectoryLock } from './node-directory-lock.ts'
import { isSystemError, systemError } from './system-error.ts'

const { constants } = fs

// O_NONBLOCK: opening a FIFO or a device that took the place of a file must not hang.
const SAFE_FLAGS = constants.O_NOFOLLOW | constants.O_NONBLOCK
const OPEN_FLAGS = {
  read: constants.O_RDONLY | SAFE_FLAGS,
  write: constants.O_RDWR | SAFE_FLAGS,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | SAFE_FLAGS,
} as const satisfies Record<OpenMode, number>

const FILE_MODE = 0o600
const DIRECTORY_MODE = 0o700

export class NodeFileSystem implements FileSystem {
  async open(path: string, mode: OpenMode): Promise<FileHandle> {
    const descriptor = await settle<number>((done) => {
      fs.open(path, OPEN_FLAGS[mode], FILE_MODE, done)
    })
    if (mode === 'create') return new NodeFileHandle(descriptor, path)
    try {
      // Of a descriptor the system answers from memory: no reason to go through the pool of threads.
      const status = fs.fstatSync(descriptor)
      if (status.isDirectory()) throw systemError('EISDIR', 'open', path)
      if (!status.isFile()) throw systemError('EINVAL', 'open of what is no regular file', path)
    } catch (error) {
      await finish((done) => {
        fs.close(descriptor, done)
      })
      throw error
    }
    return new NodeFileHandle(descriptor, path)
  }

  async makeDirectory(path: string): Promise<void> {
    // Not mkdir's own `recursive`: below /proc it tries for ever in a thread of the pool (Node 20).
    try {
      await fs.promises.mkdir(path, { mode: DIRECTORY_MODE })
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) {
        if ((await this.status(path))?.kind === 'file') throw error
        return
      }
      const parent = path.slice(0, path.lastIndexOf('/'))
      if (!isSystemError(error, 'ENOENT') || parent === '') throw error
      if ((await this.status(parent)) !== undefined) throw error
      await this.makeDirectory(parent)
      await fs.promises.mkdir(path, { mode: DIRECTORY_MODE }).catch((second: unknown) => {
        if (!isSystemError(second, 'EEXIST')) throw second
      })
    }
  }

  async list(path: string): Promise<DirectoryEntry[]> {
    const entries = await fs.promises.readdir(path, { withFileTypes: true })
    return entries.map((entry) => ({ name: entry.name, kind: entryKind(entry) }))
  }

  async status(path: string): Promise<FileStatus | undefined> {
    try {
      const status = await settle<fs.Stats>((done) => {
        fs.lstat(path, done)
      })
      return { kind: entryKind(status), size: status.size, modifiedMs: status.mtimeMs }
    } catch (error) {
      if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ENOTDIR')) return undefined
      throw error
    }
  }

  rename(from: string, to: string): Promise<void> {
    return finish((done) => {
      fs.rename(from, to, done)
    })
  }

  link(existing: string, path: string): Promise<void> {
    return finish((done) => {
      fs.link(existing, path, done)
    })
  }

  async space(path: string): Promise<FileSystemSpace> {
    const { blocks, bavail, bsize } = await fs.promises.statfs(path)
    // Some network file systems say nothing.
    if (blocks === 0) return { totalBytes: Infinity, freeBytes: Infinity }
    return { totalBytes: blocks * bsize, freeBytes: bavail * bsize }
  }

  removeFile(path: string): Promise<void> {
    return finish((done) => {
      fs.unlink(path, done)
    })
  }

  async removeTree(path: string): Promise<void> {
    await fs.promises.rm(path, { recursive: true, force: true })
  }

  async syncDirectory(path: string): Promise<void> {
    const descriptor = await settle<number>((done) => {
      fs.open(path, constants.O_RDONLY | constants.O_DIRECTORY, done)
    })
    try {
      await finish((done) => {
        fs.fsync(descriptor, done)
      })
    } finally {
      await finish((done) => {
        fs.close(descriptor, done)
      })
    }
  }

  lock(path: string): Promise<DirectoryLock> {
    return takeDirectoryLock(path)
  }
}

class NodeFileHandle implements FileHandle {
  private readonly descriptor: number
  private readonly path: string
  private operations = 0
  private closing: Promise<void> | undefined
  private onIdle: (() => void) | undefined

  constructor(descriptor: number, path: string) {
    this.descriptor = descriptor
    this.path = path
  }

  read(target: Uint8Array, targetStart: number, length: number, position: number): Promise<number> {
    return this.operate<number>((done) => {
      fs.read(this.descriptor, target, targetStart, length, position, done)
    })
  }

  write(parts: readonly Uint8Array[], position: number): Promise<number> {
    const [first] = parts
    if (first === undefined) return Promise.resolve(0)
    return this.operate<number>((done) => {
      if (parts.length === 1) {
        fs.write(this.descriptor, first, 0, first.length, position, done)
      } else {
        fs.writev(this.descriptor, parts, position, done)
      }
    })
  }

  syncData(): Promise<void> {
    return this.operate<undefined>((done) => {
      fs.fdatasync(this.descriptor, (error) => {
        done(error, undefined)
      })
    })
  }

  truncate(size: number): Promise<void> {
    return this.operate<undefined>((done) => {
      fs.ftruncate(this.descriptor, size, (error) => {
        done(error, undefined)
      })
    })
  }

  async size(): Promise<number> {
    if (this.closing !== undefined) throw systemError('EBADF', 'use after close', this.path)
    return fs.fstatSync(this.descriptor).size
  }

  close(): Promise<void> {
    this.closing ??= this.closeWhenIdle()
    return this.closing
  }

  private async closeWhenIdle(): Promise<void> {
    if (this.operations > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve
      })
    }
    await finish((done) => {
      fs.close(this.descriptor, done)
    })
  }

  private operate<T>(start: (done: Done<T>) => void): Promise<T> {
    if (this.closing !== undefined) {
      return Promise.reject(systemError('EBADF', 'use after close', this.path))
    }
    this.operations++
    return new Promise((resolve, reject) => {
      start((error, result) => {
        this.operations--
        if (this.operations === 0) this.onIdle?.()
        if (error) reject(error)
        else resolve(result)
      })
    })
  }
}

type Done<T> = (error: Error | null, result: T) => void

/** The callback interface as a promise: fewer objects an operation than node:fs/promises. */
function settle<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, result) => {
      if (error) reject(error)
      else resolve(result)
    })
  })
}

function finish(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

function entryKind(entry: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'directory' : 'other'
}
