// Opens an empty data directory, then the given one, and prints the heap after each as JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Broker } from '../../src/broker/broker.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { NodeFileSystem } from '../../src/platform/node-file-system.ts'
import { NodeRandom } from '../../src/platform/node-random.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'

const clock = new NodeClock({ keepsProcessAlive: true })
const random = new NodeRandom()

async function open(directory: string): Promise<{ close: () => Promise<void>; broker: Broker }> {
  const fileSystem = new NodeFileSystem()
  const log = SILENT_LOG
  const engine = await FileStorageEngine.open({ fileSystem, clock, random, log, directory })
  const broker = await Broker.open({
    engine,
    clock,
    random,
    log,
    storageName: 'file',
    version: 'bench',
  })
  return {
    broker,
    close: async () => {
      await broker.close()
      await engine.close()
    },
  }
}

async function heapAtRestBytes(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    await clock.sleep(100)
    globalThis.gc?.()
  }
  const usage = process.memoryUsage()
  return usage.heapUsed + usage.arrayBuffers
}

const empty = mkdtempSync(join(tmpdir(), 'varve-bench-empty-'))
try {
  const first = await open(empty)
  const before = await heapAtRestBytes()
  await first.close()
  const second = await open(process.argv[2] ?? '')
  const after = await heapAtRestBytes()
  const partitions = second.broker.describeCluster().partitionCount
  await second.close()
  console.log(JSON.stringify({ before, after, partitions }))
} finally {
  rmSync(empty, { recursive: true, force: true })
}
