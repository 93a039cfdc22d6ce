// One promise at a time against the worst that a machine may do in that place: the power fails just then and nothing stays that was not
// synced, a write is done in part, a sync fails once. No chance is in it: what breaks a promise fails here every time (invariants
// D1, D2, D4 to D6, D8, D10, L5, L6).
import { describe, expect, it } from 'vitest'
import { isVarveError } from '../../src/domain/error.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import type { SimFault, SimOperation } from '../../src/platform/sim-operations.ts'
import type { PartitionLog } from '../../src/storage/engine.ts'
import { topicPath } from '../../src/storage/file/partition-directory.ts'
import { offsets, produced, send } from '../contract/producer-sends.ts'
import { IDENTITY, StoredFiles } from '../integration/storage/stored-files.ts'
import { append, at, batchOf, readBatches, readValues } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'

const LARGE_SEGMENTS = { 'segment.bytes': '1000000' }

/** The machine as it is found when the power fails now and takes all that was not synced. */
function withoutPower(files: StoredFiles): SimFileSystem {
  return files.disk.afterPowerCut(new SeededRandom('power'), 'lost')
}

/** Leaves the process that runs and starts on this machine. */
async function startOn(files: StoredFiles, machine: SimFileSystem): Promise<PartitionLog> {
  files.disk.operations.stop()
  files.disk = machine
  return (await files.restart()).log
}

function onLog(
  files: StoredFiles,
  kind: SimOperation['kind'],
  fault: (operation: SimOperation) => SimFault | undefined,
): () => void {
  return files.disk.operations.inject((operation) =>
    operation.kind === kind && operation.path.endsWith('.log') ? fault(operation) : undefined,
  )
}

/** The next operation of the kind on the path fails, and no other. */
function failOnce(files: StoredFiles, kind: SimOperation['kind'], path: string): void {
  const stop = files.disk.operations.inject((operation) => {
    if (operation.kind !== kind || operation.path !== path) return undefined
    stop()
    return { kind: 'error', code: 'EIO' }
  })
}

/** As an answer: to be compared with what was expected instead. */
function codeOf(error: unknown): string {
  if (isVarveError(error)) return error.code
  throw error
}

function laterTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

describe('When the power fails', () => {
  it('in the moment of an acknowledgement, the record is there', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const { log } = await files.restartCleanly()
    // The disk takes its time, so that nobody is told by luck behind the sync.
    onLog(files, 'sync-data', () => ({ kind: 'wait', until: laterTurn() }))
    const batch = files.batch(1)
    const machine = await append(log, batch, 'synced').then(() => withoutPower(files))
    const found = await startOn(files, machine)
    expect(found.bounds().end, 'the end of what is there').toBe(4)
    expect(await readValues(found, 2)).toEqual(['1 first'.padEnd(40, '.'), '1 second'])
  })

  it('a synced acknowledgement holds for all before it, in older segments too', async () => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    for (let index = 1; files.segments.length < 2; index++) {
      await append(log, files.batch(index), 'written')
    }
    await append(log, files.batch(99), 'synced')
    const stored = await readBatches(log)
    const found = await startOn(files, withoutPower(files))
    expect(found.statistics().condition, 'the condition after the cut').toBe('healthy')
    expect(await readBatches(found)).toEqual(stored)
  })

  it('the name of a new segment is as durable as what was acknowledged in it', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    // There is no room for a checkpoint, which would make the names of its folder durable by the way.
    files.disk.operations.inject(({ kind, path }) =>
      kind === 'create' && path.endsWith('/checkpoint.tmp')
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    for (let index = 1; files.segments.length < 2; index++) {
      await append(log, files.batch(index), 'synced')
    }
    const stored = await readBatches(log)
    const found = await startOn(files, withoutPower(files))
    expect(await readBatches(found), 'what is there').toEqual(stored)
    expect(found.statistics().condition).toBe('healthy')
  })

  it('a partition that was made is there', async () => {
    const files = new StoredFiles()
    await files.start(true)
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    expect(await (await files.open()).partitions(), 'the partitions').toEqual([IDENTITY])
  })

  it('metadata that were stored are there, as they were stored last', async () => {
    const files = new StoredFiles()
    const { metadata } = await files.open()
    await metadata.compareAndSet('topics/a', 0, 'first')
    await metadata.compareAndSet('topics/a', 1, 'second')
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    const again = await files.open()
    const stored = await again.metadata.get('topics/a').catch(codeOf)
    expect(stored, 'the metadata').toEqual({ value: 'second', version: 2 })
  })

  it('metadata that a start has read are there, though the process that replaced them was killed before it synced their names', async () => {
    const files = new StoredFiles()
    const { metadata } = await files.open()
    await metadata.compareAndSet('topics/a', 0, 'first')
    const { operations } = files.disk
    operations.inject(({ kind, path }) =>
      kind === 'sync-directory' && path.endsWith('/topics')
        ? { kind: 'stop', moment: 'before' }
        : undefined,
    )
    metadata.compareAndSet('topics/a', 1, 'second').catch(() => undefined)
    while (!operations.isStopped) await laterTurn()
    files.disk = files.disk.afterKill()
    const found = await files.open()
    const read = await found.metadata.get('topics/a')
    expect(read, 'what the start has read').toEqual({ value: 'second', version: 2 })
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    const again = await files.open()
    const stored = await again.metadata.get('topics/a').catch(codeOf)
    expect(stored, 'the metadata').toEqual(read)
  })

  it('metadata that were deleted do not come back', async () => {
    const files = new StoredFiles()
    const { metadata } = await files.open()
    await metadata.compareAndSet('topics/a', 0, 'first')
    await metadata.delete('topics/a', 1)
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    expect(await (await files.open()).metadata.get('topics/a'), 'the metadata').toBeUndefined()
  })

  it('a partition that was deleted does not come back', async () => {
    const files = await StoredFiles.with(3)
    const { log } = await files.restartCleanly()
    await append(log, files.batch(3), 'synced')
    // What is left of it may take long to go; it is gone all the same.
    files.disk.operations.inject(({ kind }) =>
      kind === 'remove' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    await files.removePartition()
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    expect(await (await files.open()).partitions(), 'the partitions').toEqual([])
  })

  it('a partition that was made in a second attempt is there, with its records, though the first one failed at the sync of its name', async () => {
    const files = new StoredFiles({ durability: 'synced' })
    const engine = await files.open()
    failOnce(files, 'sync-directory', topicPath('/data', IDENTITY.topicId))
    const first = engine.createPartition(IDENTITY, files.settings).catch(codeOf)
    expect(await first).toBe('STORAGE_FAILED')
    const log = await engine.createPartition(IDENTITY, files.settings)
    await append(log, files.batch(1), 'synced')
    const stored = await readBatches(log)
    const found = await startOn(files, withoutPower(files))
    expect(await readBatches(found), 'what is there').toEqual(stored)
  })

  it('a partition that was deleted in a second attempt does not come back, though the first one failed at the sync of its name', async () => {
    const files = await StoredFiles.with(3)
    failOnce(files, 'sync-directory', topicPath('/data', IDENTITY.topicId))
    expect(await files.removePartition().catch(codeOf)).toBe('STORAGE_FAILED')
    await files.removePartition()
    const machine = withoutPower(files)
    files.disk.operations.stop()
    files.disk = machine
    expect(await (await files.open()).partitions(), 'the partitions').toEqual([])
  })

  it('behind a clean stop, everything is there and nothing has to be read', async () => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    for (let index = 1; index < 9; index++) await append(log, files.batch(index), 'written')
    const stored = await readBatches(log)
    await files.stop()
    const found = await startOn(files, withoutPower(files))
    expect(found.statistics().report.outcome, 'the outcome of the start').toBe('clean')
    expect(await readBatches(found)).toEqual(stored)
  })

  it('while a broker runs, nothing says that the stop before was clean', async () => {
    const files = await StoredFiles.with(1)
    await files.restartCleanly()
    expect(withoutPower(files).files()).not.toContain('/data/clean-shutdown')
  })

  it('what a start has found and shown stays', async () => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    await append(log, files.batch(1), 'written')
    files.kill()
    const { log: shown } = await files.restart()
    expect(shown.bounds().readableEnd).toBe(4)
    const found = await startOn(files, withoutPower(files))
    expect(found.statistics().condition, 'the condition after the cut').toBe('healthy')
    expect(found.bounds().end).toBe(4)
  })

  it('a log start that was moved stays where it is', async () => {
    const files = await StoredFiles.with(60)
    const { log } = await files.restartCleanly()
    expect(await log.deleteBefore(at(70))).toBe(70)
    const found = await startOn(files, withoutPower(files))
    expect(found.bounds(), 'the bounds').toMatchObject({ start: 70, end: 120 })
    expect(found.statistics().condition).toBe('healthy')
  })

  it('offsets that it took are given away again under a later epoch alone, and who read them can tell', async () => {
    const files = await StoredFiles.with(1, { durability: 'written', ...LARGE_SEGMENTS })
    const { log } = await files.restartCleanly()
    const { epoch } = log.bounds()
    await append(log, files.batch(1), 'synced')
    await append(log, files.batch(2), 'written')
    const found = await startOn(files, withoutPower(files))
    expect(found.bounds().end).toBe(4)
    await append(found, files.batch(3), 'synced')
    expect(found.bounds().epoch, 'the epoch of the new records').toBeGreaterThan(epoch)
    expect(found.endOffsetForEpoch(epoch), 'the end of the old epoch').toEqual({
      epoch,
      endOffset: 4,
    })
  })
})

describe('Where a write is done in part', () => {
  it('the rest follows before anybody is told', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const { log } = await files.restartCleanly()
    let short = 3
    onLog(files, 'write', () => (short-- > 0 ? { kind: 'short', bytes: 20 } : undefined))
    await append(log, files.batch(1), 'synced')
    const found = await startOn(files, withoutPower(files))
    expect(found.bounds().end, 'the end of what is there').toBe(4)
  })

  it('since the disk is full, an idempotent producer sends again what was not stored', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const { log } = await files.restartCleanly()
    await send(log, { sequence: 0 })
    files.disk.capacityBytes = files.disk.bytesUsed + 30
    expect((await refusalOf(send(log, { sequence: 1 }))).code).toBe('DISK_FULL')
    files.disk.capacityBytes = Infinity
    const answer = await send(log, { sequence: 1 }).then(offsets, codeOf)
    expect(answer, 'the answer').toEqual([3, 3, 'stored'])
  })
})

describe('A sync', () => {
  it('that failed once is not believed when it is tried again', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const { log } = await files.restartCleanly()
    let failures = 1
    onLog(files, 'sync-data', () => (failures-- > 0 ? { kind: 'error', code: 'EIO' } : undefined))
    const outcome = await append(log, files.batch(1), 'synced').then(() => 'acknowledged', codeOf)
    expect(outcome, 'the answer').toBe('STORAGE_FAILED')
    expect(log.bounds().readableEnd).toBe(2)
  })

  it('is waited for by those too who repeat a batch that waits for it', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const { log } = await files.restartCleanly()
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    onLog(files, 'sync-data', () => ({ kind: 'wait', until }))
    const answers: unknown[] = []
    const tell = (): Promise<unknown> =>
      append(log, produced({ sequence: 0 }), 'synced').then((result) => {
        answers.push(offsets(result))
      })
    const first = tell()
    while (log.bounds().end < 3) await laterTurn()
    const second = tell()
    for (let turn = 0; turn < 20; turn++) await laterTurn()
    expect(answers, 'answers before the sync').toEqual([])
    release()
    await Promise.all([first, second])
    expect(answers).toEqual([
      [2, 2, 'stored'],
      [2, 2, 'duplicate'],
    ])
  })
})

describe('What a start cut off', () => {
  it('does not come back when the log has grown over its beginning', async () => {
    const files = await StoredFiles.with(1, LARGE_SEGMENTS)
    const torn = batchOf({ values: ['torn'] })
    torn[torn.length - 1] = (torn.at(-1) ?? 0) ^ 1
    torn.writeUInt32BE(2, 4)
    const behind = batchOf({ values: ['never acknowledged'] })
    behind.writeUInt32BE(3, 4)
    files.kill()
    files.append(files.segment(0), Buffer.concat([torn, behind]))
    const { log } = await files.restart()
    expect(log.bounds().end).toBe(2)
    await append(log, batchOf({ values: ['good'] }), 'synced')
    files.kill()
    const { log: found } = await files.restart()
    expect(await readValues(found, 2), 'what is there').toEqual(['good'])
  })
})
