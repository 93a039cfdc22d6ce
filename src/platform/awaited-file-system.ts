// A file system whose operations a virtual clock waits for: time stands still while one is under way, so that what a timer
// started on real files is done before the next timer runs.
import type {
  DirectoryEntry,
  DirectoryLock,
  FileHandle,
  FileStatus,
  FileSystem,
  FileSystemSpace,
  OpenMode,
} from './file-system.ts'
import type { VirtualClock } from './virtual-clock.ts'

export class AwaitedFileSystem implements FileSystem {
  private readonly inner: FileSystem
  private readonly clock: VirtualClock

  constructor(inner: FileSystem, clock: VirtualClock) {
    this.inner = inner
    this.clock = clock
  }

  async open(path: string, mode: OpenMode): Promise<FileHandle> {
    const handle = await this.clock.waitFor(this.inner.open(path, mode))
    return new AwaitedFileHandle(handle, this.clock)
  }

  makeDirectory(path: string): Promise<void> {
    return this.clock.waitFor(this.inner.makeDirectory(path))
  }

  list(path: string): Promise<DirectoryEntry[]> {
    return this.clock.waitFor(this.inner.list(path))
  }

  status(path: string): Promise<FileStatus | undefined> {
    return this.clock.waitFor(this.inner.status(path))
  }

  rename(from: string, to: string): Promise<void> {
    return this.clock.waitFor(this.inner.rename(from, to))
  }

  link(existing: string, path: string): Promise<void> {
    return this.clock.waitFor(this.inner.link(existing, path))
  }

  space(path: string): Promise<FileSystemSpace> {
    return this.clock.waitFor(this.inner.space(path))
  }

  removeFile(path: string): Promise<void> {
    return this.clock.waitFor(this.inner.removeFile(path))
  }

  removeTree(path: string): Promise<void> {
    return this.clock.waitFor(this.inner.removeTree(path))
  }

  syncDirectory(path: string): Promise<void> {
    return this.clock.waitFor(this.inner.syncDirectory(path))
  }

  async lock(path: string): Promise<DirectoryLock> {
    const lock = await this.clock.waitFor(this.inner.lock(path))
    return { release: () => this.clock.waitFor(lock.release()) }
  }
}

class AwaitedFileHandle implements FileHandle {
  private readonly inner: FileHandle
  private readonly clock: VirtualClock

  constructor(inner: FileHandle, clock: VirtualClock) {
    this.inner = inner
    this.clock = clock
  }

  read(target: Uint8Array, targetStart: number, length: number, position: number): Promise<number> {
    return this.clock.waitFor(this.inner.read(target, targetStart, length, position))
  }

  write(parts: readonly Uint8Array[], position: number): Promise<number> {
    return this.clock.waitFor(this.inner.write(parts, position))
  }

  syncData(): Promise<void> {
    return this.clock.waitFor(this.inner.syncData())
  }

  truncate(size: number): Promise<void> {
    return this.clock.waitFor(this.inner.truncate(size))
  }

  size(): Promise<number> {
    return this.clock.waitFor(this.inner.size())
  }

  close(): Promise<void> {
    return this.clock.waitFor(this.inner.close())
  }
}
