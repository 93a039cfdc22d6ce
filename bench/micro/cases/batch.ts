// Batches of about 128 KiB: made from records, taken apart again, and checked at the door.
import { LIMITS } from '../../../src/domain/limits.ts'
import type { CodecName } from '../../../src/record/codec.ts'
import { loadCodec } from '../../../src/record/codec.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { inspectStoredBatch } from '../../../src/record/stored-batch.ts'
import { type BatchRules, validateBatch } from '../../../src/record/validate-batch.ts'
import type { MicroCase, MicroGroup } from '../case.ts'
import { someRecords } from '../payload.ts'

const FULL: BatchRules = {
  validation: 'full',
  maxBytes: LIMITS.decompressedBatchBytesMax,
  timestampType: 'CreateTime',
  nowMs: 1_760_000_000_000,
  beforeMaxMs: Infinity,
  afterMaxMs: 3_600_000,
}
const HEADER: BatchRules = { ...FULL, validation: 'header' }

export async function batchCases(): Promise<MicroGroup> {
  await loadCodec('lz4')
  const cases: MicroCase[] = []
  for (const [size, recordBytes] of [
    ['100 B', 100],
    ['1 KiB', 1024],
  ] as const) {
    const records = someRecords(recordBytes)
    const plain = encodeBatch(records)
    const packed = encodeBatch(records, { codec: 'lz4' satisfies CodecName })
    const perRecord = { ceiling: 'loop', units: records.length } as const
    cases.push(
      { name: `encode batch ${size}`, ...perRecord, run: () => encodeBatch(records) },
      { name: `decode batch ${size}`, ...perRecord, run: () => valueBytes(plain) },
      { name: `decode batch lz4 ${size}`, ...perRecord, run: () => valueBytes(packed) },
      { name: `validate batch ${size}`, ...perRecord, run: () => validateBatch(plain, FULL) },
      { name: `validate batch lz4 ${size}`, ...perRecord, run: () => validateBatch(packed, FULL) },
    )
    if (recordBytes !== 1024) continue
    const perByte = { ceiling: 'copy', units: plain.length } as const
    cases.push(
      { name: 'validate batch, header only', ...perByte, run: () => validateBatch(plain, HEADER) },
      {
        name: 'inspect stored batch',
        ...perByte,
        run: () => inspectStoredBatch(plain, 0, plain.length),
      },
    )
  }
  return { cases }
}

/** Each record with its parts, as a consumer takes them. */
function valueBytes(batch: Buffer): number {
  let bytes = 0
  for (const { value } of decodeBatch(batch)) bytes += value?.length ?? 0
  return bytes
}
