import { describe, expect, it } from 'vitest'
import {
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchMaxTimestampMs,
  batchRecordCount,
  batchTotalBytes,
  readBatchHeader,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
  stampLogAppendTime,
} from '../../../src/record/batch-header.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { inspectStoredBatch } from '../../../src/record/stored-batch.ts'
import { codeOf } from '../../support/error-code.ts'
import { rawBatch } from '../../support/raw-batch.ts'

describe('readBatchHeader', () => {
  it('reads every field from its place', () => {
    const bytes = rawBatch({
      baseOffset: 2n ** 40n + 7n,
      leaderEpoch: 9,
      attributes: 0x3c,
      recordCount: 3,
      baseTimestamp: 1_700_000_000_001n,
      maxTimestamp: 1_700_000_000_999n,
      producerId: 2n ** 33n,
      producerEpoch: 12,
      baseSequence: 345,
      crc: 0xfedcba98,
    })
    expect(readBatchHeader(bytes)).toEqual({
      baseOffset: 2 ** 40 + 7,
      totalBytes: bytes.length,
      leaderEpoch: 9,
      magic: 2,
      crc: 0xfedcba98,
      attributes: 0x3c,
      codec: 'zstd',
      timestampType: 'LogAppendTime',
      isTransactional: true,
      isControl: true,
      lastOffsetDelta: 2,
      lastOffset: 2 ** 40 + 9,
      baseTimestampMs: 1_700_000_000_001,
      maxTimestampMs: 1_700_000_000_999,
      producerId: 2 ** 33,
      producerEpoch: 12,
      baseSequence: 345,
      recordCount: 3,
    })
  })

  it('reads at a position, and single fields agree with the whole', () => {
    const bytes = Buffer.concat([Buffer.alloc(5), rawBatch({ baseOffset: 41n, recordCount: 2 })])
    const header = readBatchHeader(bytes, 5)
    expect(batchTotalBytes(bytes, 5)).toBe(header.totalBytes)
    expect(batchBaseOffset(bytes, 5)).toBe(41)
    expect(batchLastOffset(bytes, 5)).toBe(42)
    expect(batchLeaderEpoch(bytes, 5)).toBe(-1)
    expect(batchMaxTimestampMs(bytes, 5)).toBe(header.maxTimestampMs)
    expect(batchRecordCount(bytes, 5)).toBe(2)
  })

  it('shows 64-bit fields beyond 2^53 - 1 as what is no safe integer', () => {
    for (const value of [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 53n)]) {
      const header = readBatchHeader(rawBatch({ baseOffset: value, producerId: value }))
      expect(Number.isSafeInteger(header.baseOffset)).toBe(false)
      expect(Number.isSafeInteger(header.producerId)).toBe(false)
    }
    const largest = readBatchHeader(rawBatch({ baseOffset: 2n ** 53n - 1n }))
    expect(largest.baseOffset).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('refuses fewer than 61 bytes and codecs that there are not', () => {
    expect(codeOf(() => readBatchHeader(rawBatch().subarray(0, 60)))).toBe('CORRUPT_BATCH')
    expect(codeOf(() => readBatchHeader(rawBatch(), 20))).toBe('CORRUPT_BATCH')
    expect(codeOf(() => readBatchHeader(rawBatch({ attributes: 7 })))).toBe('UNSUPPORTED_CODEC')
  })
})

describe('patching', () => {
  it('sets base offset and leader epoch without touching the CRC', () => {
    const batch = encodeBatch([{ timestampMs: 5, value: Buffer.from('v') }])
    const before = readBatchHeader(batch)
    setBatchBaseOffset(batch, 0, Number.MAX_SAFE_INTEGER - 10)
    setBatchLeaderEpoch(batch, 0, 77)
    const checked = inspectStoredBatch(batch, 0, batch.length)
    expect(checked).toEqual({
      kind: 'valid',
      header: {
        ...before,
        baseOffset: Number.MAX_SAFE_INTEGER - 10,
        lastOffset: Number.MAX_SAFE_INTEGER - 10,
        leaderEpoch: 77,
      },
    })
  })

  it('stamps the time of the append on all records and keeps the CRC right', () => {
    const batch = encodeBatch([{ timestampMs: 5 }, { timestampMs: 9 }], { codec: 'gzip' })
    stampLogAppendTime(batch, 1_800_000_000_000)
    expect(inspectStoredBatch(batch, 0, batch.length).kind).toBe('valid')
    expect(readBatchHeader(batch)).toMatchObject({ timestampType: 'LogAppendTime', codec: 'gzip' })
    expect(Array.from(decodeBatch(batch), (record) => record.timestampMs)).toEqual([
      1_800_000_000_000, 1_800_000_000_000,
    ])
  })
})
