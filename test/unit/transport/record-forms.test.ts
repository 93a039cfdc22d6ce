import { describe, expect, it } from 'vitest'
import { setBatchBaseOffset } from '../../../src/record/batch-header.ts'
import { decodeRun, recordInputs } from '../../../src/transport/record-forms.ts'
import { batchOf } from '../../support/batches.ts'
import { codeOf } from '../../support/error-code.ts'
import { rawBatch } from '../../support/raw-batch.ts'

function batchAt(offset: number, values: readonly string[]): Buffer {
  const batch = batchOf({ values })
  setBatchBaseOffset(batch, 0, offset)
  return batch
}

const chunks = [
  Buffer.concat([batchAt(10, ['a', 'b', 'c']), batchAt(13, ['d'])]),
  batchAt(14, ['e', 'f']),
]

function offsetsOf(offset: number, bytesMax: number): readonly [offsets: number[], next: number] {
  const run = decodeRun(chunks, { offset, end: 16 }, { bytes: bytesMax })
  return [run.records.map((record) => Number(record.offset)), run.nextOffset]
}

describe('decodeRun', () => {
  it('begins exactly at the offset and goes on over batches and chunks', () => {
    expect(offsetsOf(10, 10_000)).toEqual([[10, 11, 12, 13, 14, 15], 16])
    expect(offsetsOf(12, 10_000)).toEqual([[12, 13, 14, 15], 16])
    expect(offsetsOf(15, 10_000)).toEqual([[15], 16])
  })

  it('ends exactly at the end, even within a batch', () => {
    for (const end of [11, 12, 13, 14, 15]) {
      const run = decodeRun(chunks, { offset: 10, end }, { bytes: 10_000 })
      expect(run.records.map(({ offset }) => Number(offset) + 1).at(-1)).toBe(end)
      expect(run.nextOffset).toBe(end)
    }
  })

  it('cuts where the budget ends, and goes on from there without a gap', () => {
    const seen: number[] = []
    for (let offset = 10; offset < 16; ) {
      const [offsets, next] = offsetsOf(offset, 90)
      expect(offsets.length).toBeLessThanOrEqual(2)
      seen.push(...offsets)
      offset = next
    }
    expect(seen).toEqual([10, 11, 12, 13, 14, 15])
  })

  it('gives one record however small the budget', () => {
    expect(offsetsOf(11, 1)).toEqual([[11], 12])
  })

  it('gives what comes before a batch that cannot be decoded, then says where to go on', () => {
    const bad = rawBatch({ baseOffset: 3n, recordCount: 2, records: Buffer.from([9, 9]) })
    const damaged = [batchAt(1, ['a', 'b']), bad, batchAt(5, ['c'])]
    expect(decodeRun(damaged, { offset: 1, end: 6 }, { bytes: 1_000 })).toMatchObject({
      records: [{ offset: 1 }, { offset: 2 }],
      nextOffset: 3,
    })
    const refused = (): unknown =>
      decodeRun(damaged.slice(1), { offset: 3, end: 6 }, { bytes: 1_000 })
    expect(codeOf(refused)).toBe('CORRUPT_LOG')
    expect(refused).toThrow(expect.objectContaining({ details: { firstBad: 3, nextGood: 5 } }))
  })
})

describe('recordInputs', () => {
  const message = { headers: [], timestampMs: 5, offset: 0 }

  it('tells absent from empty and takes 0 for now', () => {
    const empty = Buffer.alloc(0)
    expect(
      recordInputs(
        [
          message,
          { ...message, key: empty, value: empty, timestampMs: 0, headers: [{ key: 'h' }] },
        ],
        77,
      ),
    ).toEqual([
      { key: null, value: null, headers: [], timestampMs: 5 },
      { key: empty, value: empty, headers: [{ key: 'h', value: null }], timestampMs: 77 },
    ])
  })

  it.each([-1, 2 ** 53, -(2 ** 63)])('refuses the timestamp %d', (timestampMs) => {
    expect(codeOf(() => recordInputs([{ ...message, timestampMs }], 77))).toBe('INVALID_TIMESTAMP')
  })
})
