// A process that appends is killed without warning, over and over: nothing acknowledged is missing, whatever it was to be synced or
// only written, since the page cache survives the end of a process (invariants D1, D2).
import { expect, it } from 'vitest'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { NodeClock } from '../../src/platform/node-clock.ts'
import { NodeFileSystem } from '../../src/platform/node-file-system.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { identityOf } from '../support/batches.ts'
import { startChild } from '../support/child.ts'
import { seeded } from '../support/seed.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { KILL_PARTITIONS, killSettings } from './kill-settings.ts'
import { findLog, idOf } from './log-model.ts'

const counts = { cycles: 0, acknowledged: 0, tornBytes: 0, found: 0 }
const LINES_MAX = 400

it('loses nothing acknowledged when its process is killed', { timeout: 300_000 }, async () => {
  const { seed, runs } = seeded('KILL', 12)
  const random = new SeededRandom(String(seed))
  const directory = `${await temporaryDirectory()}/data`
  /** By partition: base offset to id. */
  const acknowledged = Array.from({ length: KILL_PARTITIONS }, () => new Map<number, number>())
  let nextId = 0
  for (let cycle = 0; cycle < runs; cycle++) {
    const child = startChild(new URL('./kill-child.ts', import.meta.url), [
      directory,
      String(nextId),
    ])
    const linesWanted = 1 + random.integer(LINES_MAX)
    for (let lines = 0; lines < linesWanted; lines++) {
      const line = await child.line()
      if (line === undefined) throw new Error('the process ended by itself')
      const [partition = 0, baseOffset = 0, id = 0] = line.split(' ').map(Number)
      acknowledged[partition]?.set(baseOffset, id)
      nextId = Math.max(nextId, id + 100)
      counts.acknowledged++
    }
    await child.kill()
    counts.cycles++
    // Now and then one unclean stop follows another.
    if (cycle < runs - 1 && random.integer(3) === 0) continue
    await verify(directory, acknowledged)
  }
  console.log(`kill -9: seed ${seed}, ${JSON.stringify(counts)}`)
})

async function verify(
  directory: string,
  acknowledged: readonly ReadonlyMap<number, number>[],
): Promise<void> {
  const engine = await FileStorageEngine.open({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    random: new SeededRandom('kill'),
    log: SILENT_LOG,
    directory,
  })
  const stored = await engine.partitions()
  for (let partition = 0; partition < KILL_PARTITIONS; partition++) {
    if (!stored.some((found) => found.partition === partition)) {
      // Killed before it had made this one: then nothing of it was acknowledged.
      expect(acknowledged[partition]?.size).toBe(0)
      continue
    }
    const log = await engine.openPartition(identityOf(1, partition), killSettings(partition))
    const { condition, report } = log.statistics()
    expect(report.anomalies.filter((sentence) => !sentence.includes('interrupted write'))).toEqual(
      [],
    )
    expect(condition).toBe('healthy')
    counts.tornBytes += report.tornBytes
    const found = await findLog(log, 100_000)
    const ids = new Map(
      found.batches.map((batch) => [readBatchHeader(batch).baseOffset, idOf(batch)]),
    )
    counts.found += ids.size
    for (const [baseOffset, id] of acknowledged[partition] ?? []) {
      expect(ids.get(baseOffset), `partition ${partition}, offset ${baseOffset}`).toBe(id)
    }
  }
  await engine.close()
}
