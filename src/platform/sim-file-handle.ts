// An open file of the simulated file system.
import type { FileHandle } from './file-system.ts'
import type { Random } from './random.ts'
import type { SimFile } from './sim-file.ts'
import type { SimOperations } from './sim-operations.ts'
import { systemError } from './system-error.ts'

/** What handles may do to their file system. */
export interface SimAccess {
  readonly operations: SimOperations
  nextSequence(): number
  wallMs(): number
  freeBytes(): number
  grew(bytes: number): void
  closed(file: SimFile): void
  random(): Random
}

export class SimFileHandle implements FileHandle {
  private readonly system: SimAccess
  private readonly file: SimFile
  private readonly path: string
  private readonly isWritable: boolean
  private closing: Promise<void> | undefined

  constructor(system: SimAccess, file: SimFile, path: string, isWritable: boolean) {
    this.system = system
    this.file = file
    this.path = path
    this.isWritable = isWritable
  }

  async read(
    target: Uint8Array,
    targetStart: number,
    length: number,
    position: number,
  ): Promise<number> {
    this.checkOpen('read', false)
    if (targetStart + length > target.length) throw systemError('ERANGE', 'read', this.path)
    return this.system.operations.run('read', this.path, length, (bytes) =>
      this.file.read(target, targetStart, bytes, position),
    )
  }

  async write(parts: readonly Uint8Array[], position: number): Promise<number> {
    this.checkOpen('write', true)
    let wanted = 0
    for (const part of parts) wanted += part.length
    const write = (allowed: number): number => {
      const growth = Math.max(0, position + allowed - this.file.size)
      const missing = growth - Math.min(growth, this.system.freeBytes())
      const bytes = Math.max(0, allowed - missing)
      if (bytes === 0 && wanted > 0 && missing > 0) throw systemError('ENOSPC', 'write', this.path)
      const sizeBefore = this.file.size
      const sequence = this.system.nextSequence()
      let done = 0
      for (const part of parts) {
        const count = Math.min(part.length, bytes - done)
        if (count > 0) this.file.write(part.subarray(0, count), position + done, sequence)
        done += count
      }
      this.file.modifiedMs = this.system.wallMs()
      this.system.grew(this.file.size - sizeBefore)
      return bytes
    }
    return this.system.operations.run('write', this.path, wanted, write, (outcome) => {
      if (outcome === 'stop' && wanted > 0) write(this.system.random().integer(wanted + 1))
    })
  }

  async syncData(): Promise<void> {
    this.checkOpen('fdatasync', false)
    const sync = (): void => {
      this.file.sync()
    }
    // Stopped in its middle it has reached some of its pages: which ones, the power cut that follows draws.
    await this.system.operations.run('sync-data', this.path, 0, sync, (outcome) => {
      if (outcome === 'error') this.file.failSync(this.system.random())
    })
  }

  async truncate(size: number): Promise<void> {
    this.checkOpen('ftruncate', true)
    await this.system.operations.run('truncate', this.path, 0, () => {
      const growth = size - this.file.size
      this.file.truncate(size, this.system.nextSequence())
      this.file.modifiedMs = this.system.wallMs()
      this.system.grew(growth)
    })
  }

  async size(): Promise<number> {
    this.checkOpen('fstat', false)
    return this.system.operations.run('size', this.path, 0, () => this.file.size)
  }

  close(): Promise<void> {
    this.closing ??= this.closeOnce()
    return this.closing
  }

  /** A failing close lets go of the descriptor all the same, as Linux does. */
  private async closeOnce(): Promise<void> {
    const letGo = (): void => {
      this.system.closed(this.file)
    }
    await this.system.operations.run('close', this.path, 0, letGo, letGo)
  }

  private checkOpen(operation: string, isChange: boolean): void {
    if (this.closing !== undefined || (isChange && !this.isWritable)) {
      throw systemError('EBADF', operation, this.path)
    }
  }
}
