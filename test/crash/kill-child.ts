// Appends to partitions of a data directory until it is killed, and says on standard output what was acknowledged:
// `<partition> <base offset> <id>`. Ids rise; the first is given.

import { SILENT_LOG } from '../../src/platform/log.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { NodeFileSystem } from '../../src/platform/node-file-system.ts'
import { NodeRandom } from '../../src/platform/node-random.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { batchOf, identityOf } from '../support/batches.ts'
import { KILL_PARTITIONS, killSettings } from './kill-settings.ts'

const [directory = '', firstId = '0'] = process.argv.slice(2)
const clock = new NodeClock()
let nextId = Number(firstId)

async function produce(log: PartitionLog, partition: number): Promise<never> {
  for (;;) {
    const id = nextId++
    const values = [`${id} `.padEnd(20 + (id % 500), 'k'), 'second']
    const batch = batchOf({ values, timestampMs: clock.wallMs() })
    const durability = partition === 0 ? 'synced' : 'written'
    const { baseOffset } = await log.append({ batch, durability })
    process.stdout.write(`${partition} ${baseOffset} ${id}\n`)
  }
}

const engine = await FileStorageEngine.open({
  fileSystem: new NodeFileSystem(),
  clock,
  random: new NodeRandom(),
  log: SILENT_LOG,
  directory,
})
const producers: Promise<never>[] = []
for (let partition = 0; partition < KILL_PARTITIONS; partition++) {
  const identity = identityOf(1, partition)
  const settings = killSettings(partition)
  const stored = await engine.partitions()
  const isThere = stored.some((found) => found.partition === partition)
  const log = isThere
    ? await engine.openPartition(identity, settings)
    : await engine.createPartition(identity, settings)
  for (let lane = 0; lane < 4; lane++) producers.push(produce(log, partition))
}
await Promise.all(producers)
