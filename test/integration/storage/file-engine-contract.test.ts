// The contract again, with the file system of the machine. A killed process is played by a copy of its data directory.
import { cp } from 'node:fs/promises'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeFileSystem } from '../../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { storageEngineContract } from '../../contract/storage-engine.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

storageEngineContract('The file engine on a disk', { survivesRestart: true }, async () => {
  const clock = new VirtualClock()
  const parent = await temporaryDirectory()
  let directory = `${parent}/data`
  let isKilled = false
  const open = async (): Promise<StorageEngine> => {
    if (isKilled) {
      const copy = `${directory}-copy`
      await cp(directory, copy, { recursive: true, filter: (path) => !path.endsWith('/lock') })
      directory = copy
      isKilled = false
    }
    return await FileStorageEngine.open({
      fileSystem: new NodeFileSystem(),
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
