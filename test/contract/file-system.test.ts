import { NodeFileSystem } from '../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { seeded } from '../support/seed.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { fileSystemContract } from './file-system.ts'

const { seed } = seeded('FILE_SYSTEM', 1)
console.log(`file system contract: scheduling seed ${seed}`)

fileSystemContract('NodeFileSystem', async () => ({
  fileSystem: new NodeFileSystem(),
  directory: await temporaryDirectory(),
}))

fileSystemContract('SimFileSystem', async () => {
  const fileSystem = new SimFileSystem()
  await fileSystem.makeDirectory('/data')
  return { fileSystem, directory: '/data' }
})

fileSystemContract('SimFileSystem with random scheduling', async () => {
  const fileSystem = new SimFileSystem({ scheduling: new SeededRandom(seed) })
  await fileSystem.makeDirectory('/data')
  return { fileSystem, directory: '/data' }
})
