// What a start makes of files that are not as they were left: the outcome of each case is fixed (rows 101 to 105 of the catalogue of
// bad inputs, invariants R1 to R3, R7).
import { describe, expect, it } from 'vitest'
import { readBatchHeader, setBatchBaseOffset } from '../../../src/record/batch-header.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { at, readBatches } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'
import { StoredFiles } from './stored-files.ts'

const BATCHES = 60

/**
 * Reads each batch by its offset: right bytes, or CORRUPT_LOG. Backwards each is looked for by the index, while forwards it is known from
 * the one before where it begins.
 * @returns the offsets that cannot be read.
 */
async function unreadable(
  files: StoredFiles,
  log: PartitionLog,
  direction: 'forwards' | 'backwards' = 'forwards',
): Promise<number[]> {
  const bad: number[] = []
  for (const batch of direction === 'forwards' ? files.batches : files.batches.toReversed()) {
    const { baseOffset, totalBytes } = readBatchHeader(batch)
    try {
      const result = await log.read({
        offset: at(baseOffset),
        maxBytes: totalBytes,
        atLeastOneBatch: true,
      })
      expect(Buffer.concat(result.chunks)).toEqual(batch)
    } catch (error) {
      expect(error).toMatchObject({ code: 'CORRUPT_LOG' })
      bad.push(baseOffset)
    }
  }
  return bad
}

async function expectWritesRefused(files: StoredFiles, log: PartitionLog): Promise<void> {
  const append = log.append({ batch: files.batch(99), durability: 'synced' })
  expect((await refusalOf(append)).code).toBe('PARTITION_READ_ONLY')
}

async function expectWritable(files: StoredFiles, log: PartitionLog): Promise<void> {
  const { end } = log.bounds()
  const result = await log.append({ batch: files.batch(99), durability: 'synced' })
  expect(result.baseOffset).toBe(end)
}

describe.each(['closed', 'killed'] as const)('After the broker was %s', (how) => {
  async function stored(texts = {}): Promise<StoredFiles> {
    const files = await StoredFiles.with(BATCHES, texts)
    if (how === 'closed') await files.stop()
    else files.kill()
    return files
  }

  /** The next batch as it would have been stored. */
  function nextBatch(files: StoredFiles): Buffer {
    const batch = files.batch(77)
    setBatchBaseOffset(batch, 0, BATCHES * 2)
    return batch
  }

  const tails: [string, (files: StoredFiles) => Uint8Array][] = [
    ['one byte of a header', () => Buffer.alloc(1, 9)],
    ['60 bytes of a header', (files) => nextBatch(files).subarray(0, 60)],
    ['zeros', () => Buffer.alloc(10_000)],
    ['garbage', () => Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 37) % 256))],
    ['half a batch', (files) => nextBatch(files).subarray(0, 90)],
    [
      'a batch with a wrong checksum',
      (files) => {
        const batch = nextBatch(files)
        batch[80] = (batch[80] ?? 0) ^ 1
        return batch
      },
    ],
    ['a block that was there before', (files) => files.batches.at(-1) ?? Buffer.alloc(0)],
    [
      'a bad batch and a good one',
      (files) => {
        const bad = nextBatch(files)
        bad[80] = (bad[80] ?? 0) ^ 1
        const good = files.batch(78)
        setBatchBaseOffset(good, 0, BATCHES * 2 + 2)
        return Buffer.concat([bad, good])
      },
    ],
  ]

  it.each(tails)('%s at the end are cut off, with a copy kept', async (_name, makeTail) => {
    const files = await stored()
    const last = files.segments.at(-1) ?? 0
    const tail = makeTail(files)
    const size = files.disk.contents(files.segment(last)).length
    files.append(files.segment(last), tail)
    const { log, found } = await files.restart()
    expect(found).toMatchObject({ condition: 'healthy', bounds: { end: BATCHES * 2 } })
    expect(found.report).toMatchObject({ outcome: 'recovered', tornBytes: tail.length })
    const copy = `quarantine/${String(last).padStart(20, '0')}.${size}.torn`
    expect(files.names, 'the files').toContain(copy)
    expect(files.disk.contents(files.path(copy))).toEqual(Buffer.from(tail))
    expect(await unreadable(files, log)).toEqual([])
    await expectWritable(files, log)
  })

  it('a whole batch that was written but not acknowledged is kept', async () => {
    const files = await stored()
    files.append(files.segment(files.segments.at(-1) ?? 0), nextBatch(files))
    const { log, found } = await files.restart()
    expect(found.report).toMatchObject({ outcome: 'recovered', tornBytes: 0 })
    expect(log.bounds().end).toBe(BATCHES * 2 + 2)
  })

  const places: [string, (files: StoredFiles) => number][] = [
    ['the first segment', (files) => files.segments[0] ?? 0],
    ['a middle segment', (files) => files.segments[1] ?? 0],
    ['the last segment', (files) => files.segments.at(-1) ?? 0],
  ]

  it.each(places)('a flipped bit in %s is damage: reads go around it', async (_name, place) => {
    const files = await stored()
    const base = place(files)
    files.change(files.segment(base), (bytes) => {
      bytes[70] = (bytes[70] ?? 0) ^ 1
      return bytes
    })
    const { log } = await files.restart()
    expect(await unreadable(files, log)).toEqual([base])
    const error = await refusalOf(
      log.read({ offset: at(base), maxBytes: 1, atLeastOneBatch: true }),
    )
    expect(error.details).toEqual({ firstBad: base, nextGood: base + 2 })
    const { condition, report } = log.statistics()
    expect(condition).toBe('read-only')
    expect(report).toMatchObject({
      outcome: 'degraded',
      damaged: [{ firstBad: base, nextGood: base + 2 }],
    })
    await expectWritesRefused(files, log)
    expect(log.bounds().end).toBe(BATCHES * 2)

    await files.stop()
    const again = await files.restart()
    expect(again.found).toMatchObject({ condition: 'read-only', report: { outcome: 'degraded' } })
    expect(await unreadable(files, again.log)).toEqual([base])
  })

  it('damage that was deleted with its segment is none any more', async () => {
    const files = await stored()
    const [first = 0, second = 0] = files.segments
    files.change(files.segment(first), (bytes) => bytes.fill(0, 100, 300))
    const { log } = await files.restart()
    expect((await unreadable(files, log)).length).toBeGreaterThan(0)
    await expectWritesRefused(files, log)
    await log.deleteBefore(at(second))
    expect(log.statistics().condition).toBe('healthy')
    await expectWritable(files, log)
    await files.stop()
    expect((await files.restart()).found.condition).toBe('healthy')
  })

  it('a log that was cut short is damage, and its offsets are not given away again', async () => {
    const files = await stored()
    const last = files.segments.at(-1) ?? 0
    files.change(files.segment(last), (bytes) => bytes.subarray(0, 100))
    const { log, found } = await files.restart()
    expect(found).toMatchObject({ condition: 'read-only', report: { outcome: 'degraded' } })
    expect(log.bounds().end).toBe(BATCHES * 2)
    expect((await unreadable(files, log)).length).toBeGreaterThan(0)
    await expectWritesRefused(files, log)
  })

  it('a missing middle segment is damage', async () => {
    const files = await stored()
    const [, second = 0, third = 0] = files.segments
    await files.remove(files.segment(second))
    const { log, found } = await files.restart()
    expect(found.report).toMatchObject({
      outcome: 'degraded',
      damaged: [{ firstBad: second, nextGood: third }],
    })
    const lost = files.batches.map((batch) => readBatchHeader(batch).baseOffset)
    expect(await unreadable(files, log)).toEqual(
      lost.filter((offset) => offset >= second && offset < third),
    )
  })

  it('a missing first segment is damage', async () => {
    const files = await stored()
    const [first = 0, second = 0] = files.segments
    await files.remove(files.segment(first))
    const { log, found } = await files.restart()
    expect(found.report.damaged).toEqual([{ firstBad: first, nextGood: second }])
    expect(log.bounds().start).toBe(0)
  })

  it('a missing last segment, its indexes still there, is damage', async () => {
    const files = await stored()
    const last = files.segments.at(-1) ?? 0
    await files.remove(files.segment(last))
    const { log, found } = await files.restart()
    expect(found.report.damaged).toEqual([{ firstBad: last, nextGood: undefined }])
    expect(log.bounds().end).toBe(BATCHES * 2)
    await expectWritesRefused(files, log)
  })

  it('all segments missing is damage', async () => {
    const files = await stored()
    for (const base of files.segments) await files.remove(files.segment(base))
    const { log, found } = await files.restart()
    expect(found.report.outcome).toBe('degraded')
    expect(log.bounds()).toMatchObject({ start: 0, end: BATCHES * 2 })
    expect((await unreadable(files, log)).length).toBe(BATCHES)
  })

  it('an emptied middle segment is damage', async () => {
    const files = await stored()
    const [, second = 0, third = 0] = files.segments
    files.change(files.segment(second), () => Buffer.alloc(0))
    const { log, found } = await files.restart()
    expect(found.report.damaged).toEqual([{ firstBad: second, nextGood: third }])
    expect(
      (await unreadable(files, log)).every((offset) => offset >= second && offset < third),
    ).toBe(true)
  })

  it('a renamed segment is damage', async () => {
    const files = await stored()
    const [, second = 0] = files.segments
    await files.disk.rename(files.segment(second), files.segment(second + 1))
    const { log, found } = await files.restart()
    expect(found.report.outcome).toBe('degraded')
    const bad = await unreadable(files, log)
    expect(bad).toContain(second)
    await expectWritesRefused(files, log)
  })

  it('a segment that reaches into the next one is damage, and every record is still read', async () => {
    const files = await stored()
    const [first = 0, second = 0] = files.segments
    const more = files.disk.contents(files.segment(second)).subarray(0, 400)
    files.append(files.segment(first), more)
    const { log, found } = await files.restart()
    expect(found.report.outcome).toBe('degraded')
    expect(await unreadable(files, log)).toEqual([])
    await expectWritesRefused(files, log)
  })

  it('a doubled block within the log is damage without a lost record', async () => {
    const files = await stored()
    const [first = 0] = files.segments
    const block = files.batches[0] ?? Buffer.alloc(0)
    files.change(files.segment(first), (bytes) =>
      Buffer.concat([bytes.subarray(0, block.length), block, bytes.subarray(block.length)]),
    )
    const { log, found } = await files.restart()
    expect(found.report.outcome).toBe('degraded')
    expect(await unreadable(files, log)).toEqual([])
  })

  it('a folder or a link named like a segment is ignored and reported', async () => {
    const files = await stored()
    await files.disk.makeDirectory(files.segment(5_000))
    files.disk.putOther(files.segment(6_000))
    const { log, found } = await files.restart()
    expect(found.condition).toBe('healthy')
    expect(found.report.anomalies.filter((text) => text.includes('no regular file')).length).toBe(2)
    expect(await unreadable(files, log)).toEqual([])
    await expectWritable(files, log)
  })

  it('remains of removals and replacements are removed, strange files are left and reported', async () => {
    const files = await stored()
    files.disk.putFile(files.path('checkpoint.tmp'), Buffer.from('half'))
    files.disk.putFile(`${files.segment(3)}.deleted`, Buffer.from('old'))
    files.disk.putFile(files.path('notes.txt'), Buffer.from('mine'))
    const { log, found } = await files.restart()
    expect(found.condition).toBe('healthy')
    expect(files.names).not.toContain('checkpoint.tmp')
    expect(files.names.some((name) => name.endsWith('.deleted'))).toBe(false)
    expect(files.names).toContain('notes.txt')
    expect(found.report.anomalies.join()).toContain('notes.txt')
    expect(await unreadable(files, log)).toEqual([])
  })

  const checkpoints: [string, (bytes: Buffer) => Uint8Array][] = [
    ['empty', () => Buffer.alloc(0)],
    [
      'of a negative offset',
      (bytes) => Buffer.from(bytes.toString().replace('log-start 0', 'log-start -5')),
    ],
    ['of the future', () => Buffer.from('varve checkpoint 9\ncrc 00000000\n')],
    ['with a line twice', (bytes) => Buffer.concat([bytes, bytes])],
    ['of zero bytes', (bytes) => Buffer.alloc(bytes.length)],
    [
      'with a flipped bit',
      (bytes) => {
        bytes[30] = (bytes[30] ?? 0) ^ 2
        return bytes
      },
    ],
    ['of another partition', () => Buffer.from('recovery-point 999 999 999\n')],
  ]

  it.each(checkpoints)(
    'a checkpoint that is %s is made anew, and no record lost',
    async (_name, edit) => {
      const files = await stored()
      files.change(files.path('checkpoint'), edit)
      const { log, found } = await files.restart()
      expect(found.condition).toBe('healthy')
      expect(found.report.anomalies.join()).toContain('checkpoint')
      expect(await unreadable(files, log)).toEqual([])
      await expectWritable(files, log)
    },
  )

  it.each(['checkpoint', 'leader-epoch-checkpoint', 'partition.metadata', 'synced-end'])(
    'a missing %s is made anew, and no record lost',
    async (name) => {
      const files = await stored()
      await files.remove(files.path(name))
      const { log, found } = await files.restart()
      expect(found.condition).toBe('healthy')
      expect(await unreadable(files, log)).toEqual([])
      await expectWritable(files, log)
      expect(files.names).toContain(name)
      expect(log.endOffsetForEpoch(0)).toEqual({ epoch: 0, endOffset: BATCHES * 2 })
    },
  )

  it('a lost epoch of the broker is made anew from the partitions', async () => {
    const files = await stored()
    await files.remove('/data/epoch')
    const { log } = await files.restart()
    expect(log.bounds().epoch).toBe(1)
  })

  const indexes: [string, (bytes: Buffer) => Uint8Array][] = [
    ['of an odd size', (bytes) => bytes.subarray(0, bytes.length - 3)],
    [
      'of random bytes',
      (bytes) => Buffer.from(bytes.map((byte, index) => (byte * 31 + index * 7 + 13) % 256)),
    ],
    [
      'that does not rise',
      (bytes) => {
        const copy = Buffer.from(bytes)
        bytes.copy(copy, 0, 24, 48)
        bytes.copy(copy, 24, 0, 24)
        return copy
      },
    ],
    [
      'that points past the end',
      (bytes) => {
        for (let position = 4; position < bytes.length; position += 8)
          bytes.writeUInt32BE(1e9, position)
        return bytes
      },
    ],
    [
      'that leads past its offsets',
      (bytes) => {
        // Each position is one where a batch begins: only the log tells that it is not the right one.
        for (let position = 4; position + 12 <= bytes.length; position += 8)
          bytes.writeUInt32BE(bytes.readUInt32BE(position + 8), position)
        return bytes
      },
    ],
    ['of zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['that is empty', () => Buffer.alloc(0)],
  ]

  describe.each(['index', 'timeindex'] as const)('a .%s', (kind) => {
    it.each(indexes)('%s changes nothing of what is read', async (_name, edit) => {
      const files = await stored({ 'index.interval.bytes': '130' })
      let changed = 0
      for (const base of files.segments) {
        if (files.disk.contents(files.segment(base, kind)).length < 48) continue
        files.change(files.segment(base, kind), edit)
        changed++
      }
      expect(changed, 'indexes that were changed').toBeGreaterThan(1)
      const { log } = await files.restart()
      expect(await unreadable(files, log, 'backwards')).toEqual([])
      expect(await unreadable(files, log)).toEqual([])
      expect(await readBatches(log)).toEqual(files.batches)
      const timestampMs = readBatchHeader(files.batches[31] ?? Buffer.alloc(61)).maxTimestampMs
      expect((await log.offsetForTimestamp(timestampMs))?.offset).toBe(62)
      expect((await log.maxTimestamp())?.offset).toBe(BATCHES * 2 - 2)
      expect(log.statistics().condition).toBe('healthy')
      await expectWritable(files, log)
    })

    it('that is missing is made anew', async () => {
      const files = await stored()
      for (const base of files.segments) await files.remove(files.segment(base, kind))
      const { log, found } = await files.restart()
      expect(found.report.indexesRebuilt).toBeGreaterThan(0)
      expect(await unreadable(files, log)).toEqual([])
      await expectWritable(files, log)
    })

    it('of another segment changes nothing of what is read', async () => {
      const files = await stored()
      const [first = 0, second = 0] = files.segments
      const other = files.disk.contents(files.segment(second, kind))
      files.change(files.segment(first, kind), () => Buffer.concat([other, other]))
      const { log } = await files.restart()
      expect(await unreadable(files, log, 'backwards')).toEqual([])
      expect((await log.offsetForTimestamp(0))?.offset).toBe(0)
    })
  })
})
