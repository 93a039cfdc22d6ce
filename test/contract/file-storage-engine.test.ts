import type { FileSystem } from '../../src/platform/file-system.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { storageEngineContract } from './storage-engine.ts'

function openOn(
  fileSystem: FileSystem,
  directory: string,
  clock: VirtualClock,
): Promise<StorageEngine> {
  const random = new SeededRandom('contract')
  return FileStorageEngine.open({ fileSystem, clock, random, log: SILENT_LOG, directory })
}

storageEngineContract('The file engine in simulation', { survivesRestart: true }, async () => {
  const clock = new VirtualClock()
  let fileSystem = new SimFileSystem({ clock, scheduling: new SeededRandom('contract-disk') })
  return {
    clock,
    engine: await openOn(fileSystem, '/data', clock),
    reopen: () => openOn(fileSystem, '/data', clock),
    kill: () => {
      fileSystem = fileSystem.afterKill()
    },
  }
})
