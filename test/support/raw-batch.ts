// Batches made field by field, so that a test can write what no encoder would: every field is free, and the CRC is right
// unless it is given.
import { crc32c } from '../../src/record/crc32c.ts'

export interface RawBatch {
  readonly baseOffset?: bigint
  readonly batchLength?: number
  readonly leaderEpoch?: number
  readonly magic?: number
  readonly crc?: number
  readonly attributes?: number
  readonly lastOffsetDelta?: number
  readonly baseTimestamp?: bigint
  readonly maxTimestamp?: bigint
  readonly producerId?: bigint
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly recordCount?: number
  /** Everything behind the header. By default one record for each of `recordCount`, or one. */
  readonly records?: Buffer
}

/** The timestamp of raw batches by default. */
export const RAW_TIMESTAMP_MS = 1_700_000_000_000

export function rawBatch(raw: RawBatch = {}): Buffer {
  const count = raw.recordCount ?? 1
  const records =
    raw.records ??
    Buffer.concat(Array.from({ length: count }, (_, offsetDelta) => rawRecord({ offsetDelta })))
  const batch = Buffer.alloc(61 + records.length)
  records.copy(batch, 61)
  batch.writeBigInt64BE(raw.baseOffset ?? 0n, 0)
  batch.writeInt32BE(raw.batchLength ?? batch.length - 12, 8)
  batch.writeInt32BE(raw.leaderEpoch ?? -1, 12)
  batch.writeUInt8(raw.magic ?? 2, 16)
  batch.writeUInt16BE(raw.attributes ?? 0, 21)
  batch.writeInt32BE(raw.lastOffsetDelta ?? count - 1, 23)
  batch.writeBigInt64BE(raw.baseTimestamp ?? BigInt(RAW_TIMESTAMP_MS), 27)
  batch.writeBigInt64BE(raw.maxTimestamp ?? raw.baseTimestamp ?? BigInt(RAW_TIMESTAMP_MS), 35)
  batch.writeBigInt64BE(raw.producerId ?? -1n, 43)
  batch.writeInt16BE(raw.producerEpoch ?? -1, 51)
  batch.writeInt32BE(raw.baseSequence ?? -1, 53)
  batch.writeInt32BE(count, 57)
  batch.writeUInt32BE(raw.crc ?? crc32c(batch.subarray(21)), 17)
  return batch
}

export interface RawRecord {
  /** The length field; by default what it must be. */
  readonly length?: number
  readonly timestampDelta?: bigint
  readonly offsetDelta?: number
  readonly keyLength?: number
  readonly key?: Buffer
  readonly valueLength?: number
  readonly value?: Buffer
  readonly headerCount?: number
  /** The bytes after the header count. */
  readonly headers?: Buffer
  /** Replaces everything from the key length on. */
  readonly rest?: Buffer
}

export function rawRecord(raw: RawRecord = {}): Buffer {
  const rest =
    raw.rest ??
    Buffer.concat([
      zigzag(raw.keyLength ?? raw.key?.length ?? -1),
      raw.key ?? Buffer.alloc(0),
      zigzag(raw.valueLength ?? raw.value?.length ?? -1),
      raw.value ?? Buffer.alloc(0),
      zigzag(raw.headerCount ?? 0),
      raw.headers ?? Buffer.alloc(0),
    ])
  const body = Buffer.concat([
    Buffer.from([0]),
    zigzag(raw.timestampDelta ?? 0n),
    zigzag(raw.offsetDelta ?? 0),
    rest,
  ])
  return Buffer.concat([zigzag(raw.length ?? body.length), body])
}

/** Zigzag LEB128 of up to 64 bits, written apart from the code under test. */
export function zigzag(value: number | bigint): Buffer {
  const wide = BigInt(value)
  return leb128(BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n)))
}

/** LEB128 of any unsigned number. */
export function leb128(value: bigint): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
