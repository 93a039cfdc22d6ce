// The rows 46 to 67 of the bad-input table, as far as one batch can show them.
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { compress } from '../../../src/record/codec.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { type BatchRules, validateBatch } from '../../../src/record/validate-batch.ts'
import {
  BAD_BATCH_RULES,
  BAD_HEADER_ROWS,
  BAD_RECORD_ROWS,
  second,
} from '../../support/bad-batches.ts'
import { codeOf } from '../../support/error-code.ts'
import { RAW_TIMESTAMP_MS, rawBatch, rawRecord } from '../../support/raw-batch.ts'

const RULES = BAD_BATCH_RULES
const BASE = BigInt(RAW_TIMESTAMP_MS)

const check = (bytes: Buffer, rules: Partial<BatchRules> = {}): string | undefined =>
  codeOf(() => validateBatch(bytes, { ...RULES, ...rules }))

describe('validateBatch', () => {
  it.each(BAD_HEADER_ROWS)(
    'refuses %s with %s, with full and with header validation',
    (_row, code, bytes) => {
      expect(check(bytes)).toBe(code)
      expect(check(bytes, { validation: 'header' })).toBe(code)
    },
  )

  it.each(BAD_RECORD_ROWS)(
    'refuses %s with %s, and lets it pass with header validation',
    (_row, code, bytes) => {
      expect(check(bytes)).toBe(code)
      expect(check(bytes, { validation: 'header' })).toBeUndefined()
    },
  )

  it('finds the same faults inside compressed batches', () => {
    for (const [row, code, bytes] of BAD_RECORD_ROWS) {
      if ((bytes.readUInt16BE(21) & 7) !== 0) continue
      const batch = rawBatch({
        attributes: 1,
        recordCount: bytes.readInt32BE(57),
        maxTimestamp: bytes.readBigInt64BE(35),
        records: compress('gzip', bytes.subarray(61)),
      })
      expect(check(batch), row).toBe(code)
    }
  })

  it('does not care for base offset and leader epoch of a producer (rows 59, 60)', () => {
    for (const baseOffset of [0n, 17n, -1n, 2n ** 62n]) {
      expect(check(rawBatch({ baseOffset, leaderEpoch: 0x7fffffff }))).toBeUndefined()
    }
  })

  it('takes as many records as a batch may hold and refuses one more before it looks at them (row 52)', () => {
    const batch = (recordCount: number): Buffer =>
      rawBatch({ attributes: 4, recordCount, records: Buffer.alloc(100) })
    const header = { validation: 'header' } as const
    expect(check(batch(LIMITS.recordsPerBatchMax), header)).toBeUndefined()
    expect(check(batch(LIMITS.recordsPerBatchMax + 1), header)).toBe('RECORD_COUNT')
  })

  it('takes a batch of exactly the largest size and refuses one byte more (row 47)', () => {
    const batch = encodeBatch([{ timestampMs: RAW_TIMESTAMP_MS, value: Buffer.alloc(500) }])
    expect(check(batch, { maxBytes: batch.length })).toBeUndefined()
    expect(check(batch, { maxBytes: batch.length - 1 })).toBe('BATCH_TOO_LARGE')
  })

  it('takes the fields of an idempotent producer, and zeros without a producer id', () => {
    expect(check(rawBatch({ producerId: 0n, producerEpoch: 0, baseSequence: 0 }))).toBeUndefined()
    const largest = { producerId: 2n ** 53n - 1n, producerEpoch: 32767, baseSequence: 2 ** 31 - 1 }
    expect(check(rawBatch(largest))).toBeUndefined()
    expect(check(rawBatch({ producerEpoch: 0, baseSequence: 0 }))).toBeUndefined()
  })

  it('takes records without timestamps (-1), whatever the window', () => {
    expect(
      check(rawBatch({ baseTimestamp: -1n }), { beforeMaxMs: 0, afterMaxMs: 0 }),
    ).toBeUndefined()
  })

  it('holds timestamps against the window of the topic, to the millisecond', () => {
    const window = { beforeMaxMs: 1000, afterMaxMs: 500 }
    const at = (baseTimestamp: bigint): string | undefined =>
      check(rawBatch({ baseTimestamp }), window)
    expect(at(BASE - 1000n)).toBeUndefined()
    expect(at(BASE - 1001n)).toBe('INVALID_TIMESTAMP')
    expect(at(BASE + 500n)).toBeUndefined()
    expect(at(BASE + 501n)).toBe('INVALID_TIMESTAMP')
  })

  it('finds a record before the window though base and largest timestamp lie within', () => {
    const batch = second(rawRecord({ offsetDelta: 1, timestampDelta: -1001n }))
    expect(check(batch, { beforeMaxMs: 1000 })).toBe('INVALID_TIMESTAMP')
    expect(check(batch, { beforeMaxMs: 1001 })).toBeUndefined()
  })

  it('does not hold them against the window where the time of the append replaces them', () => {
    const batch = rawBatch({ baseTimestamp: BASE + 10_000_000n })
    expect(check(batch)).toBe('INVALID_TIMESTAMP')
    expect(check(batch, { timestampType: 'LogAppendTime' })).toBeUndefined()
  })

  it('leaves the bytes as they are and returns their header', () => {
    const batch = rawBatch({ recordCount: 3 })
    const copy = Buffer.from(batch)
    expect(validateBatch(batch, RULES)).toMatchObject({ recordCount: 3, totalBytes: batch.length })
    expect(batch.equals(copy)).toBe(true)
  })

  it('names the record that is at fault', () => {
    try {
      validateBatch(second(rawRecord({ offsetDelta: 1, keyLength: -2 })), RULES)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'RECORD_FIELD', details: { record: 1 } })
    }
  })
})
