import { describe, expect, it } from 'vitest'
import { batchTimestamps, decodeBatch } from '../../../src/record/decode-batch.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { codeOf } from '../../support/error-code.ts'
import { RAW_TIMESTAMP_MS, rawBatch, rawRecord } from '../../support/raw-batch.ts'

const decodeAll = (batch: Buffer): unknown[] => Array.from(decodeBatch(batch))

describe('decodeBatch', () => {
  it('keeps null, empty and absent apart', () => {
    const batch = encodeBatch(
      [
        { timestampMs: 7 },
        { timestampMs: 8, key: Buffer.alloc(0), value: Buffer.alloc(0) },
        {
          timestampMs: 9,
          headers: [
            { key: '', value: null },
            { key: 'größe', value: Buffer.alloc(0) },
            { key: '__proto__', value: Buffer.from('x') },
          ],
        },
      ],
      { baseOffset: 100 },
    )
    expect(decodeAll(batch)).toEqual([
      { offset: 100, timestampMs: 7, key: null, value: null, headers: [] },
      { offset: 101, timestampMs: 8, key: Buffer.alloc(0), value: Buffer.alloc(0), headers: [] },
      {
        offset: 102,
        timestampMs: 9,
        key: null,
        value: null,
        headers: [
          { key: '', value: null },
          { key: 'größe', value: Buffer.alloc(0) },
          { key: '__proto__', value: Buffer.from('x') },
        ],
      },
    ])
  })

  it('gives views into an uncompressed batch', () => {
    const batch = encodeBatch([{ timestampMs: 7, value: Buffer.from('value') }])
    const [record] = Array.from(decodeBatch(batch))
    expect(record?.value?.buffer).toBe(batch.buffer)
  })

  it('looks at a record only when it is asked for', () => {
    const records = Buffer.concat([
      rawRecord({ value: Buffer.from('good') }),
      Buffer.alloc(9, 0xff),
    ])
    const decoded = decodeBatch(rawBatch({ recordCount: 2, records }))
    expect(decoded.next().value).toMatchObject({ value: Buffer.from('good') })
    expect(codeOf(() => decoded.next())).toBe('VARINT')
  })

  it('takes the gaps that a log cleaner leaves, and batches that it emptied', () => {
    const records = Buffer.concat([rawRecord({ offsetDelta: 2 }), rawRecord({ offsetDelta: 5 })])
    const batch = rawBatch({ baseOffset: 10n, recordCount: 2, lastOffsetDelta: 7, records })
    expect(Array.from(decodeBatch(batch), ({ offset }) => offset)).toEqual([12, 15])
    expect(decodeAll(rawBatch({ recordCount: 0, lastOffsetDelta: 7 }))).toEqual([])
  })

  it('gives the time of the append where the batch has it', () => {
    const batch = rawBatch({ attributes: 8, recordCount: 2, maxTimestamp: 1_800_000_000_000n })
    const expected = [0, 1].map((offset) => ({ offset, timestampMs: 1_800_000_000_000 }))
    expect(decodeAll(batch)).toMatchObject(expected)
    expect(Array.from(batchTimestamps(batch))).toEqual(expected)
  })

  const refused: readonly (readonly [string, string, Buffer])[] = [
    ['a cut batch', 'CORRUPT_BATCH', rawBatch().subarray(0, -1)],
    ['trailing bytes', 'CORRUPT_BATCH', Buffer.concat([rawBatch(), Buffer.alloc(1)])],
    ['no header', 'CORRUPT_BATCH', Buffer.alloc(60)],
    ['magic 1', 'UNSUPPORTED_MAGIC', rawBatch({ magic: 1 })],
    ['codec 6', 'UNSUPPORTED_CODEC', rawBatch({ attributes: 6 })],
    ['a negative count', 'RECORD_COUNT', rawBatch({ recordCount: -3, records: rawRecord() })],
    ['a negative offset', 'INVALID_OFFSET', rawBatch({ baseOffset: -1n })],
    ['an offset beyond 2^53 - 1', 'INVALID_OFFSET', rawBatch({ baseOffset: 2n ** 53n })],
    [
      'a last offset below the base',
      'OFFSET_DELTA',
      rawBatch({ baseOffset: 5n, lastOffsetDelta: -1 }),
    ],
    [
      'falling offsets',
      'OFFSET_DELTA',
      rawBatch({
        recordCount: 2,
        records: Buffer.concat([rawRecord({ offsetDelta: 1 }), rawRecord()]),
      }),
    ],
    [
      'an offset above the last',
      'OFFSET_DELTA',
      rawBatch({ records: rawRecord({ offsetDelta: 1 }) }),
    ],
    [
      'a timestamp below -1',
      'INVALID_TIMESTAMP',
      rawBatch({ records: rawRecord({ timestampDelta: -2n - BigInt(RAW_TIMESTAMP_MS) }) }),
    ],
    [
      'a timestamp beyond 2^53 - 1',
      'INVALID_TIMESTAMP',
      rawBatch({ records: rawRecord({ timestampDelta: 2n ** 53n }) }),
    ],
    [
      'bytes after the records',
      'RECORD_COUNT',
      rawBatch({ records: Buffer.concat([rawRecord(), Buffer.alloc(7)]) }),
    ],
  ]
  it.each(refused)('refuses %s with %s', (_name, code, bytes) => {
    expect(codeOf(() => decodeAll(bytes))).toBe(code)
    expect(codeOf(() => Array.from(batchTimestamps(bytes)))).toBe(code)
  })
})
