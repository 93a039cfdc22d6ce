import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { eachBatch, inspectStoredBatch } from '../../../src/record/stored-batch.ts'
import { codeOf } from '../../support/error-code.ts'
import { rawBatch, rawRecord } from '../../support/raw-batch.ts'

const kindOf = (bytes: Buffer): string => inspectStoredBatch(bytes, 0, bytes.length).kind

describe('inspectStoredBatch', () => {
  it('finds a whole batch at a position and looks at nothing behind the end', () => {
    const batch = rawBatch({ baseOffset: 12n, recordCount: 4 })
    const bytes = Buffer.concat([Buffer.alloc(3, 0xaa), batch, Buffer.alloc(9, 0xbb)])
    const found = inspectStoredBatch(bytes, 3, 3 + batch.length)
    expect(found).toMatchObject({ kind: 'valid', header: { baseOffset: 12, lastOffset: 15 } })
  })

  it('calls every cut of a batch incomplete', () => {
    const batch = rawBatch({ recordCount: 2 })
    for (let length = 0; length < batch.length; length++) {
      expect(kindOf(batch.subarray(0, length)), `${length} bytes`).toBe('incomplete')
      expect(inspectStoredBatch(batch, 0, length).kind, `end ${length}`).toBe('incomplete')
    }
  })

  it('notices every flipped bit but those of leader epoch and base offset', () => {
    const batch = rawBatch({ recordCount: 2, baseOffset: 5n })
    for (let bit = 8 * 16; bit < batch.length * 8; bit++) {
      const damaged = Buffer.from(batch)
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(kindOf(damaged), `bit ${bit}`).toBe('invalid')
    }
  })

  const invalid: readonly (readonly [string, Buffer])[] = [
    ['zeros', Buffer.alloc(4096)],
    ['a negative length', rawBatch({ batchLength: -1 })],
    ['a length below a header', rawBatch({ batchLength: 48 })],
    ['a length above every batch', rawBatch({ batchLength: LIMITS.batchBytesMax })],
    ['a length that ends early', rawBatch({ recordCount: 2, batchLength: 56 })],
    ['magic 1', rawBatch({ magic: 1 })],
    ['codec 5', rawBatch({ attributes: 5 })],
    ['a negative base offset', rawBatch({ baseOffset: -1n })],
    ['a base offset beyond 2^53 - 1', rawBatch({ baseOffset: 2n ** 53n })],
    ['a last offset beyond 2^53 - 1', rawBatch({ baseOffset: 2n ** 53n - 1n, recordCount: 2 })],
    ['a negative last offset delta', rawBatch({ lastOffsetDelta: -1 })],
    ['more records than offsets', rawBatch({ recordCount: 3, lastOffsetDelta: 1 })],
    ['a negative record count', rawBatch({ recordCount: -1, records: rawRecord() })],
    ['a timestamp beyond 2^53 - 1', rawBatch({ baseTimestamp: 2n ** 60n })],
    ['a timestamp of -2', rawBatch({ baseTimestamp: -2n })],
  ]
  it.each(invalid)('calls %s invalid', (_name, bytes) => {
    expect(kindOf(bytes)).toBe('invalid')
  })

  it('takes what a log cleaner leaves: gaps, and batches without records', () => {
    expect(kindOf(rawBatch({ recordCount: 1, lastOffsetDelta: 9 }))).toBe('valid')
    const empty = rawBatch({ recordCount: 0, lastOffsetDelta: 9, baseTimestamp: -1n })
    expect(kindOf(empty)).toBe('valid')
  })
})

describe('eachBatch', () => {
  it('gives whole batches back to back as views', () => {
    const batches = [rawBatch(), rawBatch({ recordCount: 5 }), rawBatch()]
    const bytes = Buffer.concat(batches)
    const found = Array.from(eachBatch(bytes))
    expect(found).toEqual(batches)
    expect(found.every((batch) => batch.buffer === bytes.buffer)).toBe(true)
  })

  it('gives nothing for no bytes', () => {
    expect(Array.from(eachBatch(Buffer.alloc(0)))).toEqual([])
  })

  it('refuses bytes that do not end with a batch', () => {
    for (const rest of [Buffer.alloc(1), Buffer.alloc(100), rawBatch().subarray(0, 62)]) {
      const bytes = Buffer.concat([rawBatch(), rest])
      expect(codeOf(() => Array.from(eachBatch(bytes)))).toBe('CORRUPT_BATCH')
    }
  })
})
