// Appends that meet a disk which is full, broken or slow, one case at a time (invariants D1, D6 to D8, D10, R8).
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import type { SimOperation } from '../../../src/platform/sim-operations.ts'
import { produced, send } from '../../contract/producer-sends.ts'
import { append, at, batchOf, identityOf, readBatches, readValues } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'
import { StoredFiles } from './stored-files.ts'

function isLog({ path }: SimOperation): boolean {
  return path.endsWith('.log')
}

function gate(): { readonly until: Promise<void>; readonly release: () => void } {
  let release: () => void = () => undefined
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  return { until, release }
}

describe('Group commit', () => {
  it('writes and syncs many waiting appends at once', async () => {
    const files = await StoredFiles.with(1, { 'segment.bytes': '1000000' })
    const { disk } = files
    files.kill()
    const { log } = await files.restart()
    await log.append({ batch: files.batch(1), durability: 'synced' })
    let writes = 0
    let syncs = 0
    files.disk.operations.inject((operation) => {
      if (isLog(operation) && operation.kind === 'write') writes++
      if (isLog(operation) && operation.kind === 'sync-data') syncs++
      return undefined
    })
    const appends = Array.from({ length: 100 }, (_, index) =>
      log.append({ batch: files.batch(2 + index), durability: 'synced' }),
    )
    const results = await Promise.all(appends)
    expect(results.map(({ baseOffset }) => baseOffset)).toEqual(
      appends.map((_, index) => 4 + index * 2),
    )
    expect({ writes, syncs }).toEqual({ writes: 1, syncs: 1 })
    expect(disk.operations.isStopped).toBe(true)
  })

  it('answers those who asked for written before the sync', async () => {
    const files = await StoredFiles.with(1)
    const log = (await files.restartCleanly()).log
    let release: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    files.disk.operations.inject((operation) =>
      isLog(operation) && operation.kind === 'sync-data' ? { kind: 'wait', until } : undefined,
    )
    const synced = log.append({ batch: files.batch(1), durability: 'synced' })
    const written = await log.append({ batch: files.batch(2), durability: 'written' })
    expect(written.durability).toBe('written')
    // A topic whose acknowledgements mean synced shows nothing before it is (D3).
    expect(log.bounds()).toMatchObject({ readableEnd: 2, end: 6 })
    release()
    expect((await synced).durability).toBe('synced')
    expect(log.bounds().readableEnd).toBe(6)
  })

  it('writes the next group while a sync is under way, and syncs once for all that came meanwhile', async () => {
    const files = await StoredFiles.with(1, { 'segment.bytes': '1000000' })
    const { log } = await files.restartCleanly()
    const { release, until } = gate()
    const seen: string[] = []
    files.disk.operations.inject((operation) => {
      if (!isLog(operation)) return undefined
      seen.push(operation.kind)
      return operation.kind === 'sync-data' ? { kind: 'wait', until } : undefined
    })
    const answered: number[] = []
    const sendOne = async (index: number): Promise<void> => {
      const result = await log.append({ batch: files.batch(index), durability: 'synced' })
      answered.push(result.baseOffset)
    }
    const sends = [sendOne(1)]
    while (!seen.includes('sync-data')) await Promise.resolve()
    for (const index of [2, 3, 4]) {
      sends.push(sendOne(index))
      while (log.bounds().end < 2 * index + 2) await Promise.resolve()
    }
    // All are in the file, none is durable: nobody is told and nobody sees them (D1, D3).
    expect(answered).toEqual([])
    expect(log.bounds()).toMatchObject({ readableEnd: 2, end: 10 })
    release()
    await Promise.all(sends)
    expect(answered).toEqual([2, 4, 6, 8])
    expect(seen.filter((kind) => kind === 'write')).toHaveLength(4)
    expect(seen.filter((kind) => kind === 'sync-data')).toHaveLength(2)
  })

  it('never writes more ahead of the sync than one group may have', async () => {
    const files = await StoredFiles.with(1, { 'segment.bytes': '100000000' })
    const { log } = await files.restartCleanly()
    const batch = batchOf({ values: ['v'.repeat(600_000)] })
    let unsyncedBytes = 0
    let mostBytes = 0
    files.disk.operations.inject((operation) => {
      if (!isLog(operation)) return undefined
      if (operation.kind === 'sync-data') {
        // It takes long enough for all to be written meanwhile, and covers what was written before it.
        const covered = unsyncedBytes
        const until = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
          unsyncedBytes -= covered
        })
        return { kind: 'wait', until }
      }
      if (operation.kind === 'write') unsyncedBytes += operation.bytes
      mostBytes = Math.max(mostBytes, unsyncedBytes)
      return undefined
    })
    const sends = Array.from({ length: 20 }, () =>
      log.append({ batch: Buffer.from(batch), durability: 'synced' }),
    )
    await Promise.all(sends)
    expect(mostBytes, 'bytes ahead of the sync').toBe(3 * batch.length)
  })

  it('tells those whose records a failed sync may have lost, and those that were written behind it', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    const { release, until } = gate()
    let syncs = 0
    files.disk.operations.inject((operation) => {
      if (!isLog(operation) || operation.kind !== 'sync-data') return undefined
      syncs++
      return { kind: 'wait', until }
    })
    const first = refusalOf(log.append({ batch: files.batch(1), durability: 'synced' }))
    while (syncs === 0) await Promise.resolve()
    const second = refusalOf(log.append({ batch: files.batch(2), durability: 'synced' }))
    while (log.bounds().end < 6) await Promise.resolve()
    const breakOff = files.disk.operations.inject(({ kind, path }) =>
      kind === 'write' && path.endsWith('.log') ? { kind: 'wait', until: third.until } : undefined,
    )
    const third = gate()
    const last = refusalOf(log.append({ batch: files.batch(3), durability: 'written' }))
    files.disk.operations.stop()
    release()
    third.release()
    for (const refusal of [first, second, last]) {
      expect(await refusal).toMatchObject({ code: 'STORAGE_FAILED', effect: 'unknown' })
    }
    breakOff()
    expect(syncs).toBe(1)
    expect(log.bounds()).toMatchObject({ readableEnd: 2 })
    expect(log.statistics().condition).toBe('read-only')
  })

  it('refuses what does not fit into the queue, with no effect', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    const big = batchOf({ values: ['v'.repeat(1_000_000)] })
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        log.append({ batch: Buffer.from(big), durability: 'synced' }),
      ),
    )
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.length).toBe(4)
    expect(refused[0]?.reason).toMatchObject({ code: 'QUEUE_FULL', effect: 'none' })
    expect(log.bounds().end).toBe(2 + 16)
  })
})

describe('A full disk', () => {
  it('refuses whole batches, leaves nothing of them, and takes records again when there is room', async () => {
    const files = await StoredFiles.with(5, { 'segment.bytes': '1000000' })
    const { log } = await files.restartCleanly()
    await log.append({ batch: files.batch(5), durability: 'synced' })
    const before = await readBatches(log)
    files.disk.capacityBytes = files.disk.bytesUsed + 1_000
    const appends = ['small', 'x'.repeat(300), 'y'.repeat(3_000)].map((value) =>
      log.append({ batch: batchOf({ values: [value] }), durability: 'synced' }),
    )
    for (const append of appends) {
      expect(await refusalOf(append)).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    }
    expect(await readBatches(log)).toEqual(before)
    expect(log.statistics().condition).toBe('healthy')

    // Neither the end of the process nor of the power brings a refused batch back.
    const killed = files.disk.afterKill()
    files.disk = killed
    const again = await files.restart()
    expect(again.found.report).toMatchObject({ tornBytes: 0, endOffset: 12 })
    await files.stop()

    files.disk.capacityBytes = Infinity
    const free = await files.restart()
    expect(
      (await free.log.append({ batch: files.batch(9), durability: 'synced' })).baseOffset,
    ).toBe(12)
  })

  it('goes on in the same process when there is room again', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    await log.append({ batch: files.batch(1), durability: 'synced' })
    files.disk.capacityBytes = files.disk.bytesUsed
    expect(
      (await refusalOf(log.append({ batch: files.batch(2), durability: 'written' }))).code,
    ).toBe('DISK_FULL')
    files.disk.capacityBytes = Infinity
    for (let index = 2; index < 60; index++) {
      await log.append({ batch: files.batch(index), durability: 'synced' })
    }
    expect((await readBatches(log)).length).toBe(60)
    expect(files.segments.length).toBeGreaterThan(2)
  })

  it('that fills up while a segment is begun changes nothing', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    let isFull = true
    files.disk.operations.inject(({ kind, path }) =>
      isFull && kind === 'create' && path.endsWith('.index')
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    let refused = 0
    for (let index = 1; index < 40; index++) {
      await log
        .append({ batch: files.batch(index), durability: 'synced' })
        .catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'DISK_FULL' })
          refused++
          if (refused === 5) isFull = false
        })
    }
    expect(refused).toBe(5)
    expect((await readBatches(log)).length).toBe(35)
    files.kill()
    const { found } = await files.restart()
    expect(found).toMatchObject({ condition: 'healthy', bounds: { end: 70 } })
  })

  it('that fills up while the first segment is begun leaves no file behind for a partition made anew', async () => {
    const files = new StoredFiles()
    const log = await files.start(true)
    const stop = files.disk.operations.inject(({ kind, path }) =>
      kind === 'create' && path.endsWith('.timeindex')
        ? { kind: 'error', code: 'ENOSPC' }
        : undefined,
    )
    const refused = log.append({ batch: files.batch(0), durability: 'synced' })
    expect(await refusalOf(refused)).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    stop()
    const again = await files.makeAnew()
    await again.append({ batch: files.batch(1), durability: 'synced' })
    expect(files.segments).toEqual([0])
    files.kill()
    const { log: restarted, found } = await files.restart()
    expect(found.report).toMatchObject({ endOffset: 2, damaged: [], anomalies: [] })
    expect((await readBatches(restarted)).length).toBe(1)
  })

  it('leaves nothing undone of a segment that was left, once there is room: a start reads none of it', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    let isFull = false
    files.disk.operations.inject(({ kind, path }) => {
      if (kind === 'create' && path.endsWith('.log')) isFull = true
      return isFull && kind === 'write' ? { kind: 'error', code: 'ENOSPC' } : undefined
    })
    let stored = 1
    while (files.segments.length < 2) {
      const appended = log.append({ batch: files.batch(stored), durability: 'synced' })
      if ((await appended.catch(() => undefined)) !== undefined) stored++
    }
    // The segment was left, and nothing came into the next one.
    expect(files.segments).toEqual([0, 2 * stored])
    isFull = false
    files.disk.operations.inject(({ kind, path }) => {
      expect(kind === 'create' && path.endsWith('.log'), 'a further segment').toBe(false)
      return undefined
    })
    await log.maintain()
    await log.maintain()
    await log.maintain()
    files.kill()
    const { found } = await files.restart()
    expect(found.report).toMatchObject({ endOffset: 2 * stored, bytesScanned: 0, anomalies: [] })
  })

  it('does not come to a partition that cannot be made', async () => {
    const files = await StoredFiles.with(1)
    await files.stop()
    const engine = await files.open()
    files.disk.capacityBytes = files.disk.bytesUsed
    const create = engine.createPartition(identityOf(2), files.settings)
    expect((await refusalOf(create)).code).toBe('DISK_FULL')
    expect((await engine.partitions()).length).toBe(1)
    files.disk.capacityBytes = Infinity
    await engine.createPartition(identityOf(2), files.settings)
  })
})

describe('A failed sync', () => {
  it('fences the partition: nothing more is written, what is durable is read, the next start mends it', async () => {
    const files = await StoredFiles.with(3)
    const { log } = await files.restartCleanly()
    await log.append({ batch: files.batch(3), durability: 'synced' })
    const before = await readBatches(log)
    const undo = files.disk.operations.inject((operation) =>
      isLog(operation) && operation.kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    const failed = await refusalOf(log.append({ batch: files.batch(4), durability: 'synced' }))
    expect(failed).toMatchObject({ code: 'STORAGE_FAILED', effect: 'unknown' })
    undo()
    let changes = 0
    const watch = files.disk.operations.inject((operation) => {
      if (isLog(operation) && operation.change !== undefined) changes++
      return undefined
    })
    expect(
      (await refusalOf(log.append({ batch: files.batch(5), durability: 'synced' }))).code,
    ).toBe('PARTITION_READ_ONLY')
    expect(log.statistics()).toMatchObject({ condition: 'read-only' })
    expect(await readBatches(log)).toEqual(before)
    await files.stop()
    expect(changes).toBe(0)
    watch()
    files.disk = files.disk.afterKill()
    files.disk.dropPageCache()
    const { log: mended, found } = await files.restart()
    expect(found.condition).toBe('healthy')
    expect((await readBatches(mended)).slice(0, 4)).toEqual(before)
    expect(files.names).not.toContain('fenced')
    await mended.append({ batch: files.batch(6), durability: 'synced' })
  })

  it.each(['ENOSPC', 'EDQUOT', 'EIO'])('is final whatever its reason, also %s', async (code) => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    let syncs = 0
    files.disk.operations.inject((operation) => {
      if (!isLog(operation) || operation.kind !== 'sync-data') return undefined
      syncs++
      return { kind: 'error', code }
    })
    let index = 1
    const refusals: string[] = []
    while (refusals.length < 3 && index < 100) {
      const append = log.append({ batch: files.batch(index++), durability: 'written' })
      await append.catch((error: unknown) => refusals.push((error as { code: string }).code))
    }
    expect(refusals).toEqual(Array(3).fill('PARTITION_READ_ONLY'))
    const { start, end } = log.bounds()
    expect((await refusalOf(log.deleteBefore(end))).code).toBe('PARTITION_READ_ONLY')
    expect(log.bounds().start).toBe(start)
    await files.stop()
    expect(syncs).toBe(1)
  })

  it('is remembered by the process when the disk has no room for the note', async () => {
    const files = await StoredFiles.with(2, { 'segment.bytes': '1000000' })
    const { log } = await files.restartCleanly()
    await log.append({ batch: files.batch(2), durability: 'synced' })
    const stop = files.disk.operations.inject(({ kind, path }) => {
      if (kind === 'create' && path.endsWith('/fenced')) return { kind: 'error', code: 'ENOSPC' }
      return path.endsWith('.log') && kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined
    })
    const refused = log.append({ batch: files.batch(3), durability: 'synced' })
    expect((await refusalOf(refused)).code).toBe('STORAGE_FAILED')
    expect((await refusalOf(log.close())).code).toBe('STORAGE_FAILED')
    stop()
    expect(files.names).not.toContain('fenced')
    const { log: again, found } = await files.reopen()
    // What the system gives back as synced is not: it has to be written anew.
    expect(found.report.anomalies.join()).toContain('the last segment was copied to a new file')
    const { end } = again.bounds()
    files.disk = files.disk.crash(new SeededRandom('power'))
    const { found: after } = await files.restart()
    expect(after.report).toMatchObject({ endOffset: end, damaged: [] })
  })

  it('is noted when the partition is closed, if there was no room before', async () => {
    const files = await StoredFiles.with(2, { 'segment.bytes': '1000000' })
    const { log } = await files.restartCleanly()
    let isFull = true
    const stop = files.disk.operations.inject(({ kind, path }) => {
      if (isFull && kind === 'create' && path.endsWith('/fenced')) {
        return { kind: 'error', code: 'ENOSPC' }
      }
      return path.endsWith('.log') && kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined
    })
    const refused = log.append({ batch: files.batch(2), durability: 'synced' })
    expect((await refusalOf(refused)).code).toBe('STORAGE_FAILED')
    isFull = false
    expect((await refusalOf(log.close())).code).toBe('STORAGE_FAILED')
    stop()
    expect(files.names).toContain('fenced')
  })

  it('leaves open what became of a repeated batch, though those that came with it had no room', async () => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    await append(log, produced({ sequence: 0 }), 'written')
    let [writes, syncs] = [0, 0]
    files.disk.operations.inject((operation) => {
      if (!isLog(operation)) return undefined
      if (operation.kind === 'write') {
        writes++
        return { kind: 'error', code: 'ENOSPC' }
      }
      if (operation.kind !== 'sync-data') return undefined
      syncs++
      return { kind: 'error', code: 'EIO' }
    })
    const sent = [0, 1, 1].map((sequence) => refusalOf(send(log, { sequence })))
    const [stored, fresh, repeated] = await Promise.all(sent)
    expect({ writes, syncs }).toEqual({ writes: 1, syncs: 1 })
    expect(fresh).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    expect(repeated).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    // It lies in the file; whether it stays there nobody knows.
    expect(stored).toMatchObject({ code: 'STORAGE_FAILED', effect: 'unknown' })
    await files.stop()
  })

  it('while a partition is opened is not believed to have succeeded the second time', async () => {
    const files = await StoredFiles.with(4, { durability: 'written' })
    files.kill()
    const engine = await files.open()
    const undo = files.disk.operations.inject((operation) =>
      isLog(operation) && operation.kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    const failed = engine.openPartition(identityOf(1), files.settings)
    expect((await refusalOf(failed)).code).toBe('STORAGE_FAILED')
    undo()
    await engine.openPartition(identityOf(1), files.settings)
    const { log, found } = await (async () => {
      files.disk = files.disk.crash(new SeededRandom('second'))
      return await files.restart()
    })()
    expect(found).toMatchObject({ condition: 'healthy', bounds: { end: 8 } })
    expect(await readBatches(log)).toEqual(files.batches)
  })

  it('of an interval is noticed by the next append', async () => {
    const files = await StoredFiles.with(1, { durability: 'written', 'flush.ms': '100' })
    const { log } = await files.restartCleanly()
    files.disk.operations.inject((operation) =>
      isLog(operation) && operation.kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    await log.append({ batch: files.batch(1), durability: 'written' })
    await files.clock.advance(200)
    expect(
      (await refusalOf(log.append({ batch: files.batch(2), durability: 'written' }))).code,
    ).toBe('PARTITION_READ_ONLY')
  })

  it('makes the stop unclean', async () => {
    const files = await StoredFiles.with(1, { durability: 'written' })
    const { log } = await files.restartCleanly()
    await log.append({ batch: files.batch(1), durability: 'written' })
    const undo = files.disk.operations.inject((operation) =>
      isLog(operation) && operation.kind === 'sync-data'
        ? { kind: 'error', code: 'EIO' }
        : undefined,
    )
    await files.stop()
    undo()
    expect(files.disk.files()).not.toContain('/data/clean-shutdown')
  })
})

describe('With flush settings', () => {
  it('flush.messages syncs after so many records', async () => {
    const files = await StoredFiles.with(1, { durability: 'written', 'flush.messages': '6' })
    const { log } = await files.restartCleanly()
    let syncs = 0
    files.disk.operations.inject((operation) => {
      if (isLog(operation) && operation.kind === 'sync-data') syncs++
      return undefined
    })
    for (let index = 1; index <= 7; index++) {
      await log.append({ batch: files.batch(index), durability: 'written' })
    }
    expect(syncs).toBe(2)
  })

  it('flush.ms syncs after the time, once', async () => {
    const files = await StoredFiles.with(1, { durability: 'written', 'flush.ms': '100' })
    const { log } = await files.restartCleanly()
    let syncs = 0
    files.disk.operations.inject((operation) => {
      if (isLog(operation) && operation.kind === 'sync-data') syncs++
      return undefined
    })
    for (let index = 1; index <= 3; index++) {
      await log.append({ batch: files.batch(index), durability: 'written' })
    }
    expect(syncs).toBe(0)
    await files.clock.advance(100)
    expect(syncs).toBe(1)
    await files.clock.advance(1_000)
    expect(syncs).toBe(1)
  })
})

describe('Few descriptors', () => {
  it('are enough for many partitions', async () => {
    const files = new StoredFiles()
    files.disk.openFilesMax = 12
    const engine = await files.open()
    const logs = []
    for (let number = 1; number <= 150; number++) {
      logs.push(await engine.createPartition(identityOf(number), files.settings))
    }
    await Promise.all(
      logs.map((log, number) =>
        log.append({ batch: batchOf({ values: [`of ${number}`] }), durability: 'synced' }),
      ),
    )
    for (const [number, log] of logs.entries()) {
      expect(await readValues(log)).toEqual([`of ${number}`])
    }
    expect(files.disk.openFileCount).toBeLessThanOrEqual(12)
    await engine.close()
    expect(files.disk.openFileCount).toBe(0)
  })

  it('do not keep a log from its next segment: for the sync of the folder a file makes room', async () => {
    const files = await StoredFiles.with(1)
    const { log } = await files.restartCleanly()
    let fails = 0
    files.disk.operations.inject(({ kind }) => {
      if (kind !== 'sync-directory' || files.segments.length < 2 || fails > 0) return undefined
      fails++
      return { kind: 'error', code: 'EMFILE' }
    })
    for (let index = 1; fails === 0; index++) {
      await log.append({ batch: files.batch(index), durability: 'synced' })
    }
    expect(files.segments.length).toBe(2)
    expect(log.statistics().condition).toBe('healthy')
  })
})

describe('A data directory', () => {
  it('is refused when its format is unknown, and nothing in it is changed', async () => {
    const files = await StoredFiles.with(1)
    await files.stop()
    const text = 'varve format 2\n'
    const { encodeCheckedText } = await import('../../../src/storage/file/checked-text.ts')
    files.disk.putFile('/data/format', encodeCheckedText('format', 2, ''))
    const changes = files.disk.operations.changeCount
    const refusal = await refusalOf(files.open())
    expect(refusal.code).toBe('DATA_DIR_UNUSABLE')
    expect(refusal.message).toContain('/data has format 2')
    expect(refusal.details).toEqual({ directory: '/data' })
    expect(files.disk.contents('/data/format').toString()).toContain(text)
    expect(files.disk.operations.changeCount).toBe(changes)
  })

  it('is refused when it holds something else', async () => {
    const files = new StoredFiles()
    await files.disk.makeDirectory('/data')
    files.disk.putFile('/data/thesis.txt', Buffer.from('chapter one'))
    const refusal = await refusalOf(files.open())
    expect(refusal.code).toBe('DATA_DIR_UNUSABLE')
    expect(refusal.message).toMatch(/^\/data holds other files/)
    expect(refusal.details).toEqual({ directory: '/data' })
    expect(files.disk.files()).toEqual(['/data/thesis.txt'])
  })

  it('is refused when there is no space at the start', async () => {
    const files = new StoredFiles()
    files.disk.capacityBytes = 0
    const refusal = await refusalOf(files.open())
    expect(refusal.code).toBe('DATA_DIR_UNUSABLE')
    expect(refusal.message).toMatch(/^the data directory \/data cannot be used: no space/)
    expect(refusal.details).toEqual({ directory: '/data' })
  })

  it.each([
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'this user may not write there'],
    ['EPERM', 'this user may not write there'],
  ])(
    'is refused where nothing can be written (%s), and nothing in it is changed',
    async (code, why) => {
      const files = await StoredFiles.with(1)
      await files.stop()
      const before = files.disk.files()
      const stop = files.disk.operations.inject(({ kind, change }) =>
        change !== undefined || kind === 'lock' ? { kind: 'error', code } : undefined,
      )
      const refusal = await refusalOf(files.open())
      expect(refusal.code).toBe('DATA_DIR_UNUSABLE')
      expect(refusal.message).toBe(`the data directory /data cannot be used: ${why}`)
      stop()
      expect(files.disk.files()).toEqual(before)
      expect((await files.restart()).found.condition).toBe('healthy')
    },
  )

  it('is refused when another has it', async () => {
    const files = await StoredFiles.with(1)
    expect((await refusalOf(files.open())).code).toBe('DATA_DIR_LOCKED')
  })

  it('has the mark of a clean stop only while nothing is open', async () => {
    const files = await StoredFiles.with(1)
    expect(files.disk.files()).not.toContain('/data/clean-shutdown')
    await files.stop()
    expect(files.disk.files()).toContain('/data/clean-shutdown')
    const { log, found } = await files.restart()
    expect(found.report.outcome).toBe('clean')
    expect(files.disk.files()).not.toContain('/data/clean-shutdown')
    expect((await log.read({ offset: at(0), maxBytes: 9, atLeastOneBatch: true })).nextOffset).toBe(
      2,
    )
  })
})
