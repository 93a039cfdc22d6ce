import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OffsetIndexCheck, TimeIndexCheck } from '../../../../src/cli/offline/index-check.ts'
import { type BatchHeader, readBatchHeader } from '../../../../src/record/batch-header.ts'
import { encodeBatch } from '../../../../src/record/encode-batch.ts'
import { IndexAccumulator } from '../../../../src/storage/file/index-accumulator.ts'
import {
  encodeOffsetEntries,
  encodeTimeEntries,
} from '../../../../src/storage/file/index-entries.ts'
import { seeded } from '../../../support/seed.ts'

const BASE = 1000

interface Placed {
  readonly header: BatchHeader
  readonly position: number
}

/** Batches back to back, of these numbers of records and with these timestamps. */
function log(
  batches: readonly { readonly records: number; readonly timestampMs: number }[],
): Placed[] {
  let [position, baseOffset] = [0, BASE]
  return batches.map(({ records, timestampMs }) => {
    const values = Array.from({ length: records }, () => ({ value: Buffer.alloc(9), timestampMs }))
    const header = readBatchHeader(encodeBatch(values, { baseOffset }))
    const placed = { header, position }
    position += header.totalBytes
    baseOffset += records
    return placed
  })
}

const STEADY = log(
  Array.from({ length: 20 }, (_, index) => ({ records: 2, timestampMs: 100 + index })),
)

function indexesOf(
  batches: readonly Placed[],
  interval: number,
): { offsets: Buffer; times: Buffer } {
  const accumulator = new IndexAccumulator()
  for (const { header, position } of batches) {
    const { lastOffset, maxTimestampMs, totalBytes: bytes } = header
    accumulator.add({ lastOffset, maxTimestampMs, position, bytes }, interval)
  }
  accumulator.finish()
  return {
    offsets: encodeOffsetEntries(accumulator.offsetEntries, BASE),
    times: encodeTimeEntries(accumulator.timeEntries, BASE),
  }
}

function offsetProblems(bytes: Buffer, batches = STEADY): string[] {
  const check = new OffsetIndexCheck(bytes, BASE)
  for (const { header, position } of batches) check.visit(header, position)
  check.finish()
  return check.problems.map(({ entry, message }) => `${entry ?? 'file'}: ${message}`)
}

function timeProblems(bytes: Buffer, batches = STEADY, isClosed = true): string[] {
  const check = new TimeIndexCheck(bytes, BASE)
  for (const { header } of batches) check.visit(header)
  check.finish(isClosed)
  return check.problems.map(({ entry, message }) => `${entry ?? 'file'}: ${message}`)
}

const batchAt = (index: number): Placed => STEADY[index] ?? (STEADY[0] as Placed)

describe('The check of an offset index', () => {
  const entry = (index: number, offset = 0, position = 0): Buffer =>
    encodeOffsetEntries(
      [
        {
          offset: batchAt(index).header.lastOffset + offset,
          position: batchAt(index).position + position,
        },
      ],
      BASE,
    )

  it('takes last offsets and positions of batches, few or many', () => {
    expect(offsetProblems(Buffer.alloc(0))).toEqual([])
    expect(offsetProblems(Buffer.concat([entry(1), entry(2), entry(19)]))).toEqual([])
  })

  it('finds entries at no batch, with another offset, beyond the end, and out of order', () => {
    expect(offsetProblems(Buffer.concat([entry(1), entry(2, 0, 1), entry(5)]))).toEqual([
      expect.stringMatching(/^1: no batch begins at/),
    ])
    expect(offsetProblems(entry(3, 1))).toEqual([
      expect.stringMatching(/^0: the batch at \d+ ends with/),
    ])
    expect(offsetProblems(entry(19, 0, 5000))).toEqual([
      expect.stringMatching(/^0: no batch begins/),
    ])
    expect(offsetProblems(Buffer.concat([entry(7), entry(3), entry(9)]))).toEqual([
      expect.stringMatching(/^1: it does not rise/),
    ])
    expect(offsetProblems(Buffer.concat([entry(7), entry(7)]))).toHaveLength(1)
  })

  it('finds a size that is no multiple of an entry', () => {
    expect(offsetProblems(Buffer.concat([entry(1), Buffer.alloc(3)]))).toEqual([
      expect.stringMatching(/^file: its size of 11 bytes/),
    ])
  })
})

describe('The check of a time index', () => {
  const entry = (index: number, timestampMs = 0, offset = 0): Buffer =>
    encodeTimeEntries(
      [
        {
          timestampMs: batchAt(index).header.maxTimestampMs + timestampMs,
          offset: batchAt(index).header.lastOffset + offset,
        },
      ],
      BASE,
    )

  it('takes largest timestamps and last offsets of batches', () => {
    expect(timeProblems(Buffer.concat([entry(3), entry(8), entry(19)]))).toEqual([])
  })

  it('finds wrong timestamps, offsets within a batch, and entries out of order', () => {
    expect(timeProblems(Buffer.concat([entry(3, 1), entry(19)]))).toHaveLength(1)
    expect(timeProblems(Buffer.concat([entry(3, 0, -1), entry(19)]))).toEqual([
      expect.stringMatching(/^0: no batch ends with offset 1006/),
    ])
    expect(timeProblems(Buffer.concat([entry(8), entry(3), entry(19)]))).toEqual([
      expect.stringMatching(/^1: it does not rise/),
    ])
  })

  it('finds that a larger timestamp came before, which a search would miss', () => {
    const batches = log([
      { records: 1, timestampMs: 500 },
      { records: 1, timestampMs: 100 },
    ])
    const bytes = encodeTimeEntries([{ timestampMs: 100, offset: BASE + 1 }], BASE)
    expect(timeProblems(bytes, batches, false)).toEqual([
      expect.stringMatching(/^0: a batch before offset 1001 has the larger timestamp 500/),
    ])
  })

  it('wants the last entry of a closed segment only', () => {
    expect(timeProblems(entry(8), STEADY, false)).toEqual([])
    expect(timeProblems(entry(8), STEADY, true)).toEqual([
      expect.stringMatching(/^file: it ends early/),
    ])
  })
})

describe('Indexes made by the rule of the engine', () => {
  it('pass both checks, whatever is appended, and no entry can be changed unseen', () => {
    const { seed, runs } = seeded('INDEX_CHECK', 200)
    const batches = fc.array(
      fc.record({
        records: fc.integer({ min: 1, max: 5 }),
        timestampMs: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    let changed = 0
    fc.assert(
      fc.property(
        batches,
        fc.integer({ min: 0, max: 400 }),
        fc.nat(),
        (appended, interval, where) => {
          // No two timestamps are the same: else an entry may move to another batch and be right there too.
          const placed = log(
            appended.map(({ records, timestampMs }, index) => ({
              records,
              timestampMs: timestampMs * 64 + index,
            })),
          )
          const { offsets, times } = indexesOf(placed, interval)
          expect(offsetProblems(offsets, placed)).toEqual([])
          expect(timeProblems(times, placed)).toEqual([])
          for (const [bytes, problems] of [
            [offsets, offsetProblems],
            [times, timeProblems],
          ] as const) {
            if (bytes.length === 0) continue
            const damaged = Buffer.from(bytes)
            const at = where % bytes.length
            damaged[at] = (damaged[at] ?? 0) ^ (1 << (where % 8))
            expect(problems(damaged, placed).length).toBeGreaterThan(0)
            changed++
          }
        },
      ),
      { seed, numRuns: runs },
    )
    console.log(`index check: seed ${seed}, ${runs} logs, ${changed} flipped bits found`)
  })
})
