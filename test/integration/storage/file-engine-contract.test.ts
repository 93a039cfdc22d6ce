// The contract again, with the file system of the machine. A killed process is played by a copy of its data directory, made between two
// of its operations.
import { cp } from 'node:fs/promises'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { storageEngineContract } from '../../contract/storage-engine.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

type Operation = (...args: unknown[]) => unknown

/** Files of the machine that can be halted for a while. */
class HaltedFiles {
  private readonly underWay = new Set<Promise<unknown>>()
  private halt: Promise<unknown> | undefined

  /** Runs the action while no operation is under way; those that come meanwhile wait. */
  async halted(action: () => Promise<void>): Promise<void> {
    const halting = Promise.allSettled(this.underWay).then(action)
    this.halt = halting
    await halting
    this.halt = undefined
  }

  /** The file system, or an open file of it. */
  watched<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const member = Reflect.get(object, name) as unknown
        if (typeof member !== 'function') return member
        return async (...args: readonly unknown[]) => {
          await this.halt
          const operation = Promise.resolve((member as Operation).apply(object, [...args]))
          this.underWay.add(operation)
          try {
            const result = await operation
            return name === 'open' ? this.watched(result as object) : result
          } finally {
            this.underWay.delete(operation)
          }
        }
      },
    })
  }
}

storageEngineContract('The file engine on a disk', { survivesRestart: true }, async () => {
  const clock = new VirtualClock()
  const parent = await temporaryDirectory()
  let directory = `${parent}/data`
  let isKilled = false
  const files = new HaltedFiles()
  const open = async (): Promise<StorageEngine> => {
    if (isKilled) {
      const copy = `${directory}-copy`
      const filter = (path: string): boolean => !path.endsWith('/lock')
      await files.halted(() => cp(directory, copy, { recursive: true, filter }))
      directory = copy
      isKilled = false
    }
    return await FileStorageEngine.open({
      fileSystem: files.watched(new NodeFileSystem()),
      clock,
      random: new SeededRandom('contract'),
      log: SILENT_LOG,
      directory,
    })
  }
  return {
    clock,
    engine: await open(),
    reopen: open,
    kill: () => {
      isKilled = true
    },
  }
})
