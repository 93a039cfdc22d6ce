// How long a start takes that has to read again what was never checkpointed: invariant R6 says five seconds a GiB. A folder is copied as it is while its
// engine still writes, which is what a kill leaves. RECOVERY_MIB says how much.
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { NodeFileSystem } from '../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { batchOfSize, identityOf, settingsOf } from '../support/batches.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const MIB = 2 ** 20
const MEBIBYTES = Number(process.env['RECOVERY_MIB'] ?? 48)
const BATCH_BYTES = MIB / 4
/** The goal is 5: this is for a machine that has much else to do. */
const SECONDS_PER_GIB_MAX = 60

function open(directory: string): Promise<FileStorageEngine> {
  return FileStorageEngine.open({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    random: new SeededRandom('recovery'),
    log: SILENT_LOG,
    directory,
  })
}

it('reads what was not checkpointed within the time that it may take', async () => {
  const folder = await temporaryDirectory()
  const [data, killed] = [join(folder, 'data'), join(folder, 'killed')]
  const settings = settingsOf({ durability: 'written', 'segment.bytes': `${2 ** 30}` })
  const engine = await open(data)
  const log = await engine.createPartition(identityOf(1), settings)
  const batch = batchOfSize(BATCH_BYTES, 250)
  const batches = Math.ceil((MEBIBYTES * MIB) / BATCH_BYTES)
  for (let count = 0; count < batches; count++) {
    await log.append({ batch: Buffer.from(batch), durability: 'written' })
  }
  await cp(data, killed, { recursive: true })
  const { end } = log.bounds()
  await engine.close()
  await rm(join(killed, 'lock'), { force: true })

  const again = await open(killed)
  const startedMs = performance.now()
  const found = await again.openPartition(identityOf(1), settings)
  const seconds = (performance.now() - startedMs) / 1_000
  const { report } = found.statistics()
  expect(found.bounds().end).toBe(end)
  expect(report).toMatchObject({ outcome: 'recovered', tornBytes: 0 })
  await again.close()
  const mebibytes = Math.round((batches * batch.length) / MIB)
  const secondsPerGiB = (seconds * 1024) / mebibytes
  console.log(
    `a start read ${mebibytes} MiB again in ${seconds.toFixed(2)} s: ${secondsPerGiB.toFixed(2)} s a GiB (${JSON.stringify(report)})`,
  )
  expect(secondsPerGiB).toBeLessThan(SECONDS_PER_GIB_MAX)
})
