// A file system in memory that forgets what was not synced: for simulation, and to show what survives a power cut. It
// keeps the contract of FileSystem; beyond it, a test can number and watch every operation, let any of them fail, stop
// the machine before, during or after one, limit space and descriptors, and then go on from a state that a real
// machine may be in after the end of the process (`afterKill`) or of the power (`afterPowerCut`).
import { VarveError } from '../domain/error.ts'
import type {
  DirectoryEntry,
  DirectoryLock,
  FileHandle,
  FileStatus,
  FileSystem,
  FileSystemSpace,
  OpenMode,
} from './file-system.ts'
import type { Random } from './random.ts'
import { SeededRandom } from './seeded-random.ts'
import { SimDirectory, type SimNode } from './sim-directory.ts'
import { type SimChoice, SimFile } from './sim-file.ts'
import { type SimAccess, SimFileHandle } from './sim-file-handle.ts'
import { SimOperations } from './sim-operations.ts'
import { namesOf } from './sim-path.ts'
import { drawSurvival, powerCutTree, type SimSurvivalKind } from './sim-power-cut.ts'
import { systemError } from './system-error.ts'

export interface SimOptions {
  /** Operations take effect after a random number of turns, so that concurrent ones overlap. At once without it. */
  readonly scheduling?: Random
  /** Space for contents of files; unlimited unless told. */
  readonly capacityBytes?: number
  /** Descriptors; unlimited unless told. */
  readonly openFilesMax?: number
  /** Gives files their times. */
  readonly clock?: { wallMs(): number }
}

export class SimFileSystem implements FileSystem {
  /** May be changed at any time. */
  capacityBytes: number
  openFilesMax: number
  /** Counts, watches, faults, and the end of the machine. */
  readonly operations: SimOperations
  private readonly options: SimOptions
  private readonly root: SimDirectory
  /** Numbers the changes of contents and names; goes on from state to state. */
  private sequence = 0
  private openHandles = 0
  private usedBytes = 0
  private readonly locks = new Map<string, DirectoryLock>()
  /** For what a failing sync loses and how much of a stopped write is done. */
  private readonly random: Random
  private readonly handleAccess: SimAccess

  constructor(options: SimOptions = {}, root = new SimDirectory()) {
    this.options = options
    this.operations = new SimOperations(options.scheduling)
    this.capacityBytes = options.capacityBytes ?? Infinity
    this.openFilesMax = options.openFilesMax ?? Infinity
    this.random = options.scheduling ?? new SeededRandom('sim-file-system')
    this.root = root
    for (const file of filesBelow(root)) this.usedBytes += file.size
    this.handleAccess = {
      operations: this.operations,
      nextSequence: () => ++this.sequence,
      wallMs: () => this.wallMs(),
      freeBytes: () => Math.max(0, this.capacityBytes - this.usedBytes),
      grew: (bytes) => {
        this.usedBytes += bytes
      },
      closed: (file) => {
        this.openHandles--
        file.handles--
        this.freeIfGone(file)
      },
      random: () => this.random,
    }
  }

  // What a test asks and sets

  get openFileCount(): number {
    return this.openHandles
  }

  /** Bytes of contents, those of removed but open files included. */
  get bytesUsed(): number {
    return this.usedBytes
  }

  /**
   * The machine after a power cut at this moment, in one of the states that are possible then. This one goes on, so
   * that many moments of one run can be tried.
   * @param random draws the state.
   * @param kind of what survives; drawn as well unless given.
   */
  afterPowerCut(random: Random, kind?: SimSurvivalKind, options = this.options): SimFileSystem {
    const survival = drawSurvival(random, this.sequence, kind)
    const next = new SimFileSystem(options, powerCutTree(this.root, survival, random))
    next.sequence = this.sequence
    return next
  }

  /** The machine after a power cut at this moment of which exactly this survived. This one goes on. */
  afterChosenPowerCut(choice: SimChoice, options = this.options): SimFileSystem {
    const next = new SimFileSystem(options, powerCutTree(this.root, choice, this.random))
    next.sequence = this.sequence
    return next
  }

  /**
   * The changes that a power cut now may take back, in their order: names, sizes and contents that are not synced.
   * @returns by the sequence of each the sectors of the pages that it wrote; 0 for one that wrote none
   */
  pendingChanges(): ReadonlyMap<number, number> {
    const pending = new Map<number, number>()
    const walk = (directory: SimDirectory): void => {
      for (const sequence of directory.pendingChanges()) pending.set(sequence, 0)
      for (const node of directory.entries.values()) {
        if (node.kind === 'directory') walk(node)
        if (node.kind !== 'file') continue
        for (const [sequence, sectors] of node.pendingChanges()) pending.set(sequence, sectors)
      }
    }
    walk(this.root)
    return new Map([...pending].sort(([a], [b]) => a - b))
  }

  /** Calls `visit` with every path, with its kind or its size, and `visitPage` with every page of its contents, in a fixed order. */
  eachEntry(
    visit: (path: string, size: number | string) => void,
    visitPage: (page: Uint8Array) => void,
  ): void {
    const walk = (directory: SimDirectory, prefix: string): void => {
      for (const [name, node] of [...directory.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const path = `${prefix}/${name}`
        visit(path, node.kind === 'file' ? node.size : node.kind)
        if (node.kind === 'directory') walk(node, path)
        if (node.kind === 'file') node.eachPage(visitPage)
      }
    }
    walk(this.root, '')
  }

  /** Stops the machine as a power cut does and gives one of the possible states after it. */
  crash(random: Random, kind?: SimSurvivalKind, options = this.options): SimFileSystem {
    this.operations.stop()
    return this.afterPowerCut(random, kind, options)
  }

  /** Stops the process: what was written stays in the page cache, handles and locks are gone. */
  afterKill(options = this.options): SimFileSystem {
    this.operations.stop()
    const next = new SimFileSystem(options, this.root)
    next.sequence = this.sequence
    for (const file of filesBelow(this.root)) file.handles = 0
    return next
  }

  /** Throws clean pages out of memory: what a failed sync lost is no longer read from there. */
  dropPageCache(): void {
    for (const file of filesBelow(this.root)) file.dropCleanPages()
  }

  /** A copy of the contents of a file as reads see it. */
  contents(path: string): Buffer {
    const file = this.fileAt(path, 'contents')
    const bytes = Buffer.alloc(file.size)
    file.read(bytes, 0, file.size, 0)
    return bytes
  }

  /** Puts a durable file with these contents at `path`, over one that is there: damage, or a state from elsewhere. */
  putFile(path: string, bytes: Uint8Array): void {
    const { parent, name } = this.parentOf(path, 'putFile')
    let file = parent.entries.get(name)
    if (file?.kind !== 'file') {
      file = new SimFile()
      file.links = 1
      parent.add(name, file, ++this.sequence)
      parent.sync()
    }
    this.usedBytes += bytes.length - file.size
    file.replaceContents(bytes)
  }

  /** Puts something at `path` that is neither file nor directory, as a symbolic link or a FIFO is. */
  putOther(path: string): void {
    const { parent, name } = this.parentOf(path, 'putOther')
    parent.add(name, { kind: 'other' }, ++this.sequence)
    parent.sync()
  }

  /** The paths of all files, sorted. */
  files(): string[] {
    const paths: string[] = []
    const walk = (directory: SimDirectory, prefix: string): void => {
      for (const [name, node] of directory.entries) {
        if (node.kind === 'file') paths.push(`${prefix}/${name}`)
        if (node.kind === 'directory') walk(node, `${prefix}/${name}`)
      }
    }
    walk(this.root, '')
    return paths.sort()
  }

  // FileSystem

  open(path: string, mode: OpenMode): Promise<FileHandle> {
    return this.operations.run(mode === 'create' ? 'create' : 'open', path, 0, () => {
      const { parent, name } = this.parentOf(path, 'open')
      let node = parent.entries.get(name)
      if (mode === 'create' && node !== undefined) throw systemError('EEXIST', 'open', path)
      if (node?.kind === 'directory') throw systemError('EISDIR', 'open', path)
      if (node?.kind === 'other') throw systemError('ELOOP', 'open', path)
      if (mode !== 'create' && node === undefined) throw systemError('ENOENT', 'open', path)
      if (this.openHandles >= this.openFilesMax) throw systemError('EMFILE', 'open', path)
      if (node === undefined) {
        node = new SimFile()
        node.modifiedMs = this.wallMs()
        node.links = 1
        parent.add(name, node, ++this.sequence)
      }
      this.openHandles++
      node.handles++
      return new SimFileHandle(this.handleAccess, node, path, mode !== 'read')
    })
  }

  makeDirectory(path: string): Promise<void> {
    return this.operations.run('make-directory', path, 0, () => {
      let directory = this.root
      for (const name of namesOf(path)) {
        let node = directory.entries.get(name)
        if (node === undefined) {
          node = new SimDirectory()
          directory.add(name, node, ++this.sequence)
        }
        if (node.kind !== 'directory') throw systemError('ENOTDIR', 'mkdir', path)
        directory = node
      }
    })
  }

  list(path: string): Promise<DirectoryEntry[]> {
    return this.operations.run('list', path, 0, () =>
      Array.from(this.directoryAt(path, 'scandir').entries, ([name, node]) => ({
        name,
        kind: node.kind,
      })),
    )
  }

  status(path: string): Promise<FileStatus | undefined> {
    return this.operations.run('status', path, 0, () => {
      const node = this.nodeAt(path)
      if (node === undefined) return undefined
      if (node.kind !== 'file') return { kind: node.kind, size: 0, modifiedMs: 0 }
      return { kind: 'file', size: node.size, modifiedMs: node.modifiedMs }
    })
  }

  space(path: string): Promise<FileSystemSpace> {
    return this.operations.run('space', path, 0, () => ({
      totalBytes: this.capacityBytes,
      freeBytes: this.handleAccess.freeBytes(),
    }))
  }

  rename(from: string, to: string): Promise<void> {
    return this.operations.run('rename', `${from} -> ${to}`, 0, () => {
      const source = this.parentOf(from, 'rename')
      const target = this.parentOf(to, 'rename')
      const node = source.parent.entries.get(source.name)
      const replaced = target.parent.entries.get(target.name)
      if (node === undefined) throw systemError('ENOENT', 'rename', from)
      if (node === replaced) return
      if (replaced?.kind === 'directory') {
        if (node.kind !== 'directory') throw systemError('EISDIR', 'rename', to)
        if (replaced.entries.size > 0) throw systemError('ENOTEMPTY', 'rename', to)
      } else if (replaced !== undefined && node.kind === 'directory') {
        throw systemError('ENOTDIR', 'rename', to)
      }
      source.parent.moveTo(source.name, target.parent, target.name, ++this.sequence)
      this.unlinked(replaced)
    })
  }

  link(existing: string, path: string): Promise<void> {
    return this.operations.run('link', `${existing} -> ${path}`, 0, () => {
      const { parent, name } = this.parentOf(path, 'link')
      const node = this.nodeAt(existing)
      if (node === undefined) throw systemError('ENOENT', 'link', existing)
      if (node.kind !== 'file') throw systemError('EPERM', 'link', existing)
      if (parent.entries.has(name)) throw systemError('EEXIST', 'link', path)
      parent.add(name, node, ++this.sequence)
      node.links++
    })
  }

  removeFile(path: string): Promise<void> {
    return this.operations.run('remove', path, 0, () => {
      const { parent, name } = this.parentOf(path, 'unlink')
      const node = parent.entries.get(name)
      if (node === undefined) throw systemError('ENOENT', 'unlink', path)
      if (node.kind === 'directory') throw systemError('EISDIR', 'unlink', path)
      parent.remove(name, ++this.sequence)
      this.unlinked(node)
    })
  }

  /** One operation for each entry, from the leaves on, as `rm -r` does it. */
  async removeTree(path: string): Promise<void> {
    this.operations.checkRunning(path)
    const node = this.nodeAt(path)
    if (node === undefined) return
    if (node.kind !== 'directory') {
      await this.removeFile(path)
      return
    }
    for (const name of [...node.entries.keys()]) await this.removeTree(`${path}/${name}`)
    await this.operations.run('remove', path, 0, () => {
      const { parent, name } = this.parentOf(path, 'rmdir')
      if (node.entries.size > 0) throw systemError('ENOTEMPTY', 'rmdir', path)
      parent.remove(name, ++this.sequence)
    })
  }

  syncDirectory(path: string): Promise<void> {
    return this.operations.run('sync-directory', path, 0, () => {
      this.directoryAt(path, 'fsync').sync()
    })
  }

  lock(path: string): Promise<DirectoryLock> {
    return this.operations.run('lock', path, 0, () => {
      if (this.locks.has(path)) {
        throw new VarveError('DATA_DIR_LOCKED', 'the data directory is open already')
      }
      const { parent, name } = this.parentOf(path, 'link')
      if (!parent.entries.has(name)) {
        const file = new SimFile()
        file.links = 1
        parent.add(name, file, ++this.sequence)
      }
      const lock: DirectoryLock = { release: () => this.unlock(path, lock) }
      this.locks.set(path, lock)
      return lock
    })
  }

  private async unlock(path: string, lock: DirectoryLock): Promise<void> {
    if (this.locks.get(path) !== lock) return
    await this.operations.run('unlock', path, 0, () => {
      this.locks.delete(path)
      const { parent, name } = this.parentOf(path, 'unlink')
      const node = parent.entries.get(name)
      parent.remove(name, ++this.sequence)
      this.unlinked(node)
    })
  }

  private wallMs(): number {
    return this.options.clock?.wallMs() ?? 0
  }

  // Names

  private nodeAt(path: string): SimNode | undefined {
    let node: SimNode | undefined = this.root
    for (const name of namesOf(path)) {
      if (node?.kind !== 'directory') return undefined
      node = node.entries.get(name)
    }
    return node
  }

  private directoryAt(path: string, operation: string): SimDirectory {
    const node = this.nodeAt(path)
    if (node === undefined) throw systemError('ENOENT', operation, path)
    if (node.kind !== 'directory') throw systemError('ENOTDIR', operation, path)
    return node
  }

  private fileAt(path: string, operation: string): SimFile {
    const node = this.nodeAt(path)
    if (node?.kind !== 'file') throw systemError('ENOENT', operation, path)
    return node
  }

  private parentOf(path: string, operation: string): { parent: SimDirectory; name: string } {
    const end = path.lastIndexOf('/')
    const name = path.slice(end + 1)
    if (name === '') throw systemError('EINVAL', operation, path)
    return { parent: this.directoryAt(path.slice(0, end), operation), name }
  }

  private unlinked(node: SimNode | undefined): void {
    if (node?.kind !== 'file') return
    node.links--
    this.freeIfGone(node)
  }

  private freeIfGone(file: SimFile): void {
    if (file.links === 0 && file.handles === 0) this.usedBytes -= file.size
  }
}

function* filesBelow(directory: SimDirectory): Generator<SimFile> {
  for (const node of directory.entries.values()) {
    if (node.kind === 'file') yield node
    if (node.kind === 'directory') yield* filesBelow(node)
  }
}
