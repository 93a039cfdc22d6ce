// Syncs of one folder for many that wait for one at the same time: each gets a sync that began after it asked, and one sync serves all
// who asked before it began.
import type { FileSystem } from '../../platform/file-system.ts'

export class SharedSync {
  private readonly fileSystem: Pick<FileSystem, 'syncDirectory'>
  private readonly path: string
  private running: Promise<void> = Promise.resolve()
  private next: Promise<void> | undefined

  constructor(fileSystem: Pick<FileSystem, 'syncDirectory'>, path: string) {
    this.fileSystem = fileSystem
    this.path = path
  }

  /** The names in the folder are durable as they are now. @throws what syncing throws, to all whom that sync was for */
  sync(): Promise<void> {
    this.next ??= this.begin()
    return this.next
  }

  private async begin(): Promise<void> {
    await this.running.catch(() => undefined)
    // From here on somebody who asks may have come too late for this one.
    this.running = this.fileSystem.syncDirectory(this.path)
    this.next = undefined
    await this.running
  }
}
