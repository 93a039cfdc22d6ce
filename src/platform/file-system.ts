// The file system as the storage needs it: positioned reads and writes, explicit syncs of data and of directories, and
// errors with the operating system's codes. Implemented over node:fs and by a simulated file system that forgets what
// was not synced. Paths are absolute, with "/" between their parts.
//
// Failures reject with an Error whose `code` is the system's name: ENOENT, EEXIST, ENOSPC, EIO, EMFILE, EACCES ...

/** An open file. Positions and sizes are in bytes. */
export interface FileHandle {
  /** Reads up to `length` bytes at `position` into `target` from `targetStart`; may be short; 0 at the end of the file. */
  read(target: Uint8Array, targetStart: number, length: number, position: number): Promise<number>
  /** Writes the parts one after the other at `position`. May be short: returns the bytes that were written. */
  write(parts: readonly Uint8Array[], position: number): Promise<number>
  /** fdatasync: the contents and the size are on stable storage when it resolves. A failure is final for this file. */
  syncData(): Promise<void>
  /** Cuts or extends (with zeros) the file to `size`. */
  truncate(size: number): Promise<void>
  size(): Promise<number>
  /** Safe to call twice. */
  close(): Promise<void>
}

/** `read`: must exist. `write`: must exist, for reading and writing. `create`: for reading and writing, must not exist. */
export type OpenMode = 'read' | 'write' | 'create'

export type EntryKind = 'file' | 'directory' | 'other'

export interface DirectoryEntry {
  readonly name: string
  /** Of the entry itself: a symbolic link is `other`, never followed. */
  readonly kind: EntryKind
}

export interface FileStatus {
  readonly kind: EntryKind
  readonly size: number
  readonly modifiedMs: number
}

/** Held while a data directory is in use. */
export interface DirectoryLock {
  release(): Promise<void>
}

/** Of the file system that holds a path; Infinity where nothing is known of an end. */
export interface FileSystemSpace {
  readonly totalBytes: number
  /** For this user, as far as the system says: a quota is not seen. */
  readonly freeBytes: number
}

export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<FileHandle>
  /** Makes the directory and its missing parents, mode 0700. Does not sync any of them. */
  makeDirectory(path: string): Promise<void>
  /** In no particular order. */
  list(path: string): Promise<DirectoryEntry[]>
  /** Of the entry itself (lstat); undefined when there is none. */
  status(path: string): Promise<FileStatus | undefined>
  /** Replaces `to` when it exists. Durable once the directory of `to` is synced. */
  rename(from: string, to: string): Promise<void>
  /**
   * Gives the file at `existing` one more name, which must not exist. Durable once the directory of `path` is synced. File systems that
   * cannot do that reject with EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS or EXDEV, and with EMLINK where a file has as many as it may.
   */
  link(existing: string, path: string): Promise<void>
  removeFile(path: string): Promise<void>
  /** @param path of something that exists */
  space(path: string): Promise<FileSystemSpace>
  /** Removes a directory with all that is in it; fine when there is none. */
  removeTree(path: string): Promise<void>
  /** Makes the entries of a directory durable (fsync of the directory). */
  syncDirectory(path: string): Promise<void>
  /**
   * Takes the lock file at `path` for this process.
   * @throws VarveError DATA_DIR_LOCKED when a live process holds it. The lock of a dead process is taken over.
   */
  lock(path: string): Promise<DirectoryLock>
}
