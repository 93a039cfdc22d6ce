import { describe, expect, it } from 'vitest'
import { readBatchHeader } from '../../../src/record/batch-header.ts'
import { CODEC_NAMES } from '../../../src/record/codec.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import {
  BatchBuilder,
  encodeBatch,
  encodedRecordBytes,
  type RecordInput,
} from '../../../src/record/encode-batch.ts'
import { codeOf } from '../../support/error-code.ts'
import { rawBatch, rawRecord } from '../../support/raw-batch.ts'

const record = (value: string, timestampMs = 1000): RecordInput => ({
  timestampMs,
  value: Buffer.from(value),
})

describe('encodeBatch', () => {
  it('writes what the format says, byte for byte', () => {
    const batch = encodeBatch(
      [
        { timestampMs: 1000, key: Buffer.from('k'), value: Buffer.from('v') },
        { timestampMs: 990, headers: [{ key: 'h', value: null }] },
      ],
      { producerId: 9, producerEpoch: 1, baseSequence: 4 },
    )
    const records = Buffer.concat([
      rawRecord({ key: Buffer.from('k'), value: Buffer.from('v') }),
      rawRecord({
        offsetDelta: 1,
        timestampDelta: -10n,
        headerCount: 1,
        headers: Buffer.from([2, 0x68, 1]),
      }),
    ])
    const fields = { recordCount: 2, baseTimestamp: 1000n, maxTimestamp: 1000n, records }
    const producer = { producerId: 9n, producerEpoch: 1, baseSequence: 4 }
    expect(batch).toEqual(rawBatch({ ...fields, ...producer }))
  })

  it('leaves producer fields and leader epoch at -1 and the base offset at 0', () => {
    expect(readBatchHeader(encodeBatch([record('v')]))).toMatchObject({
      baseOffset: 0,
      leaderEpoch: -1,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
    })
  })

  it('takes timestamps in any order and 64 bits wide', () => {
    const given = [5, 2 ** 45, 0, -1, 2 ** 52]
    const batch = encodeBatch(given.map((timestampMs) => record('v', timestampMs)))
    expect(readBatchHeader(batch)).toMatchObject({ baseTimestampMs: 5, maxTimestampMs: 2 ** 52 })
    expect(Array.from(decodeBatch(batch), ({ timestampMs }) => timestampMs)).toEqual(given)
  })

  it('refuses no records and timestamps that are none', () => {
    expect(codeOf(() => encodeBatch([]))).toBe('EMPTY_BATCH')
    for (const timestampMs of [-2, 0.5, Number.NaN, 2 ** 53]) {
      expect(codeOf(() => encodeBatch([record('v', timestampMs)]))).toBe('INVALID_TIMESTAMP')
    }
  })

  it('takes LZ4 for records that would compress beyond what readers admit', () => {
    const zeros = [{ timestampMs: 1, value: Buffer.alloc(1_000_000) }]
    for (const codec of CODEC_NAMES) {
      const batch = encodeBatch(zeros, { codec })
      expect(Array.from(decodeBatch(batch))[0]?.value?.length).toBe(1_000_000)
    }
    const batch = encodeBatch(zeros, { codec: 'zstd' })
    expect(readBatchHeader(batch).codec).toBe('lz4')
    expect(batch.length).toBeLessThan(10_000)
  })
})

describe('BatchBuilder', () => {
  it('counts records and bytes as they come', () => {
    const builder = new BatchBuilder()
    expect([builder.recordCount, builder.bytes]).toEqual([0, 61])
    const sizes: number[] = []
    for (let index = 0; index < 100; index++) {
      expect(builder.append(record('v'.repeat(index)))).toBe(index)
      sizes.push(builder.bytes)
    }
    expect(builder.recordCount).toBe(100)
    const batch = builder.build()
    expect(batch.length).toBe(sizes.at(-1))
    expect(Array.from(decodeBatch(batch))).toHaveLength(100)
  })

  it('copies what it is given', () => {
    const builder = new BatchBuilder()
    const value = Buffer.from('before')
    builder.append({ timestampMs: 1, value })
    value.fill('x')
    expect(Array.from(decodeBatch(builder.build()))[0]?.value?.toString()).toBe('before')
  })

  it('stays as it was when a record is refused', () => {
    const builder = new BatchBuilder()
    builder.append(record('v'))
    const before = builder.bytes
    expect(codeOf(() => builder.append(record('v', -5)))).toBe('INVALID_TIMESTAMP')
    expect([builder.recordCount, builder.bytes]).toEqual([1, before])
  })

  it('takes no record after it was built', () => {
    const builder = new BatchBuilder()
    builder.append(record('v'))
    builder.build()
    expect(() => builder.append(record('v'))).toThrow('built already')
  })
})

describe('encodedRecordBytes', () => {
  it('is never below what a record takes', () => {
    const records: RecordInput[] = [
      { timestampMs: 0 },
      { timestampMs: 2 ** 53 - 1, key: Buffer.alloc(0), value: Buffer.alloc(70_000) },
      { timestampMs: 1, headers: [{ key: 'ключ', value: Buffer.alloc(300) }] },
      { timestampMs: 1, headers: Array.from({ length: 200 }, () => ({ key: '', value: null })) },
    ]
    for (const given of records) {
      const builder = new BatchBuilder()
      builder.append({ timestampMs: 0 })
      const before = builder.bytes
      builder.append(given)
      expect(builder.bytes - before).toBeLessThanOrEqual(encodedRecordBytes(given))
    }
  })
})
