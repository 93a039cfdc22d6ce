// The fixed header of a record batch (Kafka's RecordBatch v2), read and patched in place. Reading checks nothing but
// that the bytes are there; inspectStoredBatch and validateBatch judge them.
//
//   0        8        12       16      17    21           23                27
//   +--------+--------+--------+-------+-----+------------+-----------------+---------------+
//   | base   | batch  | leader | magic | crc | attributes | last offset     | base          | ...
//   | offset | length | epoch  | (2)   |     |            | delta           | timestamp     |
//   +--------+--------+--------+-------+-----+------------+-----------------+---------------+
//   35              43            51               53              57              61
//   +---------------+-------------+----------------+---------------+---------------+---------+
//   | max timestamp | producer id | producer epoch | base sequence | record count  | records |
//   +---------------+-------------+----------------+---------------+---------------+---------+
//
// All big-endian. `batch length` counts what follows it. The CRC-32C covers everything from the attributes on, so that
// a broker may set base offset and leader epoch without touching it. Format: docs/FORMATS.md.
import { VarveError } from '../domain/error.ts'
import type { TimestampType } from '../domain/topic-settings.ts'
import { CODEC_NAMES, type CodecName } from './codec.ts'
import { crc32c } from './crc32c.ts'

/** Bytes of the fixed header; the records follow. */
export const BATCH_HEADER_BYTES = 61
/** Base offset and batch length: what the batch length does not count. */
export const BATCH_PREFIX_BYTES = 12

/** The only supported format version. */
export const MAGIC = 2
/** The value of leader epoch, producer id, producer epoch and base sequence that means "none". */
export const NONE = -1

export const BATCH_LENGTH_POSITION = 8
export const LEADER_EPOCH_POSITION = 12
export const MAGIC_POSITION = 16
export const CRC_POSITION = 17
export const ATTRIBUTES_POSITION = 21
export const LAST_OFFSET_DELTA_POSITION = 23
export const BASE_TIMESTAMP_POSITION = 27
export const MAX_TIMESTAMP_POSITION = 35
export const PRODUCER_ID_POSITION = 43
export const PRODUCER_EPOCH_POSITION = 51
export const BASE_SEQUENCE_POSITION = 53
export const RECORD_COUNT_POSITION = 57

export const CODEC_MASK = 0x07
export const LOG_APPEND_TIME_FLAG = 0x08
const TRANSACTIONAL_FLAG = 0x10
const CONTROL_FLAG = 0x20
/** Bits that a producer must leave 0: 6 is Kafka's delete horizon, which only a log cleaner sets. */
export const RESERVED_ATTRIBUTES = 0xffc0

/**
 * The fields of a header. 64-bit fields beyond 2^53 - 1 appear rounded, but never as safe integers, so that
 * `Number.isSafeInteger` finds them.
 */
export interface BatchHeader {
  /** Offset of the first record. In a batch from a producer it means nothing. */
  readonly baseOffset: number
  /** Size of the whole batch with this header. */
  readonly totalBytes: number
  readonly leaderEpoch: number
  readonly magic: number
  /** Unsigned. */
  readonly crc: number
  /** All 16 bits. */
  readonly attributes: number
  readonly codec: CodecName
  readonly timestampType: TimestampType
  readonly isTransactional: boolean
  readonly isControl: boolean
  readonly lastOffsetDelta: number
  /** Offset of the last record: base offset + last offset delta. */
  readonly lastOffset: number
  readonly baseTimestampMs: number
  readonly maxTimestampMs: number
  /** -1: not idempotent. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly recordCount: number
}

/**
 * Reads the header at `position`.
 * @throws VarveError CORRUPT_BATCH when fewer than 61 bytes are there · UNSUPPORTED_CODEC when the codec bits name none.
 */
export function readBatchHeader(bytes: Buffer, position = 0): BatchHeader {
  if (position < 0 || position + BATCH_HEADER_BYTES > bytes.length) {
    throw new VarveError(
      'CORRUPT_BATCH',
      `a batch header has ${BATCH_HEADER_BYTES} bytes; ${Math.max(0, bytes.length - position)} are there`,
    )
  }
  const attributes = bytes.readUInt16BE(position + ATTRIBUTES_POSITION)
  const codec = CODEC_NAMES[attributes & CODEC_MASK]
  if (codec === undefined) {
    throw new VarveError('UNSUPPORTED_CODEC', `there is no codec ${attributes & CODEC_MASK}`)
  }
  const baseOffset = readInt64(bytes, position)
  const lastOffsetDelta = bytes.readInt32BE(position + LAST_OFFSET_DELTA_POSITION)
  return {
    baseOffset,
    totalBytes: batchTotalBytes(bytes, position),
    leaderEpoch: batchLeaderEpoch(bytes, position),
    magic: bytes.readInt8(position + MAGIC_POSITION),
    crc: bytes.readUInt32BE(position + CRC_POSITION),
    attributes,
    codec,
    timestampType: (attributes & LOG_APPEND_TIME_FLAG) === 0 ? 'CreateTime' : 'LogAppendTime',
    isTransactional: (attributes & TRANSACTIONAL_FLAG) !== 0,
    isControl: (attributes & CONTROL_FLAG) !== 0,
    lastOffsetDelta,
    lastOffset: baseOffset + lastOffsetDelta,
    baseTimestampMs: readInt64(bytes, position + BASE_TIMESTAMP_POSITION),
    maxTimestampMs: readInt64(bytes, position + MAX_TIMESTAMP_POSITION),
    producerId: readInt64(bytes, position + PRODUCER_ID_POSITION),
    producerEpoch: bytes.readInt16BE(position + PRODUCER_EPOCH_POSITION),
    baseSequence: bytes.readInt32BE(position + BASE_SEQUENCE_POSITION),
    recordCount: batchRecordCount(bytes, position),
  }
}

/** Size of the whole batch at `position`, as its length field says. */
export function batchTotalBytes(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + BATCH_LENGTH_POSITION) + BATCH_PREFIX_BYTES
}

export function batchBaseOffset(bytes: Buffer, position: number): number {
  return readInt64(bytes, position)
}

/** The offset of the last record (inclusive). */
export function batchLastOffset(bytes: Buffer, position: number): number {
  return readInt64(bytes, position) + bytes.readInt32BE(position + LAST_OFFSET_DELTA_POSITION)
}

/** The largest timestamp of the records; -1 when they have none. */
export function batchMaxTimestampMs(bytes: Buffer, position: number): number {
  return readInt64(bytes, position + MAX_TIMESTAMP_POSITION)
}

export function batchLeaderEpoch(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + LEADER_EPOCH_POSITION)
}

export function batchRecordCount(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position + RECORD_COUNT_POSITION)
}

/** Sets the offset of the first record; outside the CRC. */
export function setBatchBaseOffset(bytes: Buffer, position: number, offset: number): void {
  writeInt64(bytes, position, offset)
}

/** Sets the epoch under which the batch is appended; outside the CRC. */
export function setBatchLeaderEpoch(bytes: Buffer, position: number, epoch: number): void {
  bytes.writeInt32BE(epoch, position + LEADER_EPOCH_POSITION)
}

/**
 * Makes `timestampMs` the timestamp of every record of a whole batch, in place: sets the type to LogAppendTime and the
 * largest timestamp, and computes the CRC anew. The timestamps inside the records stay, and no longer count.
 */
export function stampLogAppendTime(batch: Buffer, timestampMs: number): void {
  const attributes = batch.readUInt16BE(ATTRIBUTES_POSITION) | LOG_APPEND_TIME_FLAG
  batch.writeUInt16BE(attributes, ATTRIBUTES_POSITION)
  writeInt64(batch, MAX_TIMESTAMP_POSITION, timestampMs)
  batch.writeUInt32BE(crc32c(batch.subarray(ATTRIBUTES_POSITION)), CRC_POSITION)
}

/** Reads a signed 64-bit integer; beyond 2^53 - 1 rounded, and then never a safe integer. */
export function readInt64(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position) * 0x1_0000_0000 + bytes.readUInt32BE(position + 4)
}

/** Writes a safe integer as 64 bits. */
export function writeInt64(bytes: Buffer, position: number, value: number): void {
  const high = Math.floor(value / 0x1_0000_0000)
  bytes.writeInt32BE(high, position)
  bytes.writeUInt32BE(value - high * 0x1_0000_0000, position + 4)
}
