// A sync that fails marks its pages as written: the next one succeeds, and the bytes are gone with the power. Who was killed before it could note that leaves
// nothing to tell by; so a start writes anew what no sync is known to have covered, before it gives it out (invariants D3, D7, R5).
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { StoredFiles } from '../integration/storage/stored-files.ts'
import { append, readBatches } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'

const SETTINGS = { 'segment.bytes': '1000000' }

/** Killed after a sync that failed, of which the disk took no note. @returns what was in the log then */
async function killedAfterFailure(batchesBefore: number): Promise<[StoredFiles, Buffer[]]> {
  const files = await StoredFiles.with(batchesBefore, SETTINGS)
  const { log } = await files.restartCleanly()
  await append(log, files.batch(50), 'synced')
  const stored = await readBatches(log)
  files.disk.operations.inject(({ kind, path }) => {
    const isSync = kind === 'sync-data' && path.endsWith('.log')
    const isNote = kind === 'create' && path.endsWith('/fenced')
    return isSync || isNote ? { kind: 'error', code: 'EIO' } : undefined
  })
  expect(await refusalOf(append(log, files.batch(51), 'synced'))).toMatchObject({
    code: 'STORAGE_FAILED',
    effect: 'unknown',
  })
  files.disk.operations.stop()
  files.kill()
  return [files, stored]
}

function cutPower(disk: SimFileSystem): SimFileSystem {
  return disk.afterPowerCut(new SeededRandom('power'), 'lost')
}

it.each([0, 1])('what a start gives out stays (%i batches synced before)', async (before) => {
  const [files, stored] = await killedAfterFailure(before)
  const { log } = await files.restart()
  const given = await readBatches(log)
  expect(given).toHaveLength(stored.length + 1)
  files.disk.operations.stop()
  files.disk = cutPower(files.disk)
  const { log: again, found } = await files.restart()
  expect(found.condition).toBe('healthy')
  const left = await readBatches(again).catch(String)
  expect(left, 'what is there').toEqual(given)
})

it.each(['kill', 'power cut'])('a %s anywhere in that start leaves a whole log', async (how) => {
  for (let change = 1; ; change++) {
    const [files, stored] = await killedAfterFailure(1)
    const { disk } = files
    disk.operations.stopAtChange(change, 'during')
    const isDone = await files.restart().then(
      () => !disk.operations.isStopped,
      () => false,
    )
    disk.operations.stop()
    files.disk = how === 'kill' ? disk.afterKill() : cutPower(disk)
    const { log, found } = await files.restart()
    const given = await readBatches(log)
    expect(found, `${how} at change ${change}`).toMatchObject({ condition: 'healthy' })
    expect(given.slice(0, stored.length)).toEqual(stored)
    // Nobody was told of the last one unless the start came to its end.
    if (how === 'kill' || isDone) expect(given).toHaveLength(stored.length + 1)
    files.disk.operations.stop()
    files.disk = cutPower(files.disk)
    const { log: last } = await files.restart()
    expect(await readBatches(last), `after ${how} at change ${change}`).toEqual(given)
    if (isDone) return
  }
})

it('starts where there is no room for a copy', async () => {
  const [files, stored] = await killedAfterFailure(1)
  files.disk.operations.inject(({ kind, path }) =>
    kind === 'write' && path.endsWith('.tail.tmp') ? { kind: 'error', code: 'ENOSPC' } : undefined,
  )
  const { log, found } = await files.restart()
  expect(found.condition).toBe('healthy')
  expect(await readBatches(log)).toHaveLength(stored.length + 1)
  await append(log, files.batch(60), 'synced')
})

it('leaves a log alone that a tail beside it does not fit', async () => {
  const files = await StoredFiles.with(3, SETTINGS)
  files.kill()
  const name = `${'0'.repeat(20)}.7.tail`
  files.disk.putFile(files.path(name), Buffer.from('of another life'))
  const { log, found } = await files.restart()
  expect(await readBatches(log)).toEqual(files.batches)
  expect(found.report.anomalies).toContain(`${name} does not fit its log and was ignored`)
})
