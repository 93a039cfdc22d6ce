// The check at the door: bytes from outside become a batch that may be stored, or a coded refusal. Nothing is stored
// that this did not accept, and what it accepted is stored byte for byte (but for base offset, leader epoch and, where the
// topic asks for it, the time of the append).
import { type ErrorCode, VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { RecordValidation, TimestampType } from '../domain/topic-settings.ts'
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_PREFIX_BYTES,
  type BatchHeader,
  batchTotalBytes,
  CODEC_MASK,
  CRC_POSITION,
  LOG_APPEND_TIME_FLAG,
  MAGIC,
  MAGIC_POSITION,
  RESERVED_ATTRIBUTES,
  readBatchHeader,
} from './batch-header.ts'
import { batchRecords } from './batch-records.ts'
import { CODEC_NAMES } from './codec.ts'
import { crc32c } from './crc32c.ts'
import { RECORD_BYTES_MIN, RecordCursor } from './record-cursor.ts'

/** What the topic demands. Sizes in bytes, durations in milliseconds; Infinity where unlimited. */
export interface BatchRules {
  /** `full`: the framing of every record too, in compressed batches after bounded decompression. `header`: header and CRC only. */
  readonly validation: RecordValidation
  /** The largest batch, as sent. */
  readonly maxBytes: number
  /** With LogAppendTime the timestamps of the producer are not held against the clock: they will be replaced. */
  readonly timestampType: TimestampType
  /** The broker's wall clock. */
  readonly nowMs: number
  /** How far timestamps may lie in the past and in the future. */
  readonly beforeMaxMs: number
  readonly afterMaxMs: number
}

/** Kafka's "no timestamp". */
const NO_TIMESTAMP = -1

/**
 * Checks that `bytes` are exactly one record batch that may be stored under the rules. Base offset and leader epoch may
 * be anything: the storage engine sets them. Bytes are only read.
 * @returns the header, for accounting.
 * @throws VarveError EMPTY_BATCH · BATCH_TOO_LARGE · UNSUPPORTED_MAGIC · CORRUPT_BATCH · MULTIPLE_BATCHES · CRC_MISMATCH ·
 *   UNSUPPORTED_CODEC · CONTROL_BATCH · TRANSACTIONS · RESERVED_BITS · RECORD_COUNT · OFFSET_DELTA · PRODUCER_STATE ·
 *   INVALID_TIMESTAMP; with full validation also DECOMPRESSION · DECOMPRESSED_TOO_LARGE · RECORD_LENGTH · VARINT · RECORD_FIELD · HEADERS
 */
export function validateBatch(bytes: Buffer, rules: BatchRules): BatchHeader {
  checkEnvelope(bytes, rules.maxBytes)
  checkAttributes(bytes.readUInt16BE(ATTRIBUTES_POSITION))
  const header = readBatchHeader(bytes)
  checkCounts(header)
  checkProducer(header)
  checkHeaderTimestamps(header, rules)
  if (rules.validation === 'full') checkRecords(bytes, header, rules)
  return header
}

/** Length, magic and CRC: is this one undamaged batch? */
function checkEnvelope(bytes: Buffer, maxBytes: number): void {
  if (bytes.length === 0) throw new VarveError('EMPTY_BATCH', 'there are no bytes of a batch')
  if (bytes.length > maxBytes) {
    throw new VarveError(
      'BATCH_TOO_LARGE',
      `the batch has ${bytes.length} bytes; the topic takes ${maxBytes} (max.message.bytes)`,
      { details: { bytes: bytes.length, maxBytes } },
    )
  }
  // The formats before v2 have their magic at the same place and may be shorter than a header.
  if (bytes.length > MAGIC_POSITION) {
    const magic = bytes.readUInt8(MAGIC_POSITION)
    if (magic !== MAGIC) {
      throw new VarveError('UNSUPPORTED_MAGIC', `the batch has magic ${magic}, not ${MAGIC}`)
    }
  }
  if (bytes.length < BATCH_HEADER_BYTES) {
    throw corrupt(`${bytes.length} bytes are less than a batch header`)
  }
  const totalBytes = batchTotalBytes(bytes, 0)
  if (totalBytes !== bytes.length) throw lengthError(bytes, totalBytes)
  if (!matchesChecksum(bytes)) {
    throw new VarveError('CRC_MISMATCH', 'the CRC-32C of the batch does not match its bytes')
  }
}

/** A whole batch with more bytes behind it is two batches; anything else is a wrong length. */
function lengthError(bytes: Buffer, totalBytes: number): VarveError {
  const isWhole = totalBytes >= BATCH_HEADER_BYTES && totalBytes < bytes.length
  if (
    isWhole &&
    bytes.length - totalBytes > MAGIC_POSITION &&
    matchesChecksum(bytes.subarray(0, totalBytes))
  ) {
    return new VarveError(
      'MULTIPLE_BATCHES',
      `a batch of ${totalBytes} bytes is followed by ${bytes.length - totalBytes} more`,
    )
  }
  return corrupt(
    `the length field says ${totalBytes - BATCH_PREFIX_BYTES}, the bytes ${bytes.length - BATCH_PREFIX_BYTES}`,
  )
}

function matchesChecksum(batch: Buffer): boolean {
  return crc32c(batch.subarray(ATTRIBUTES_POSITION)) === batch.readUInt32BE(CRC_POSITION)
}

function checkAttributes(attributes: number): void {
  const codec = attributes & CODEC_MASK
  if (codec >= CODEC_NAMES.length) {
    throw new VarveError('UNSUPPORTED_CODEC', `there is no codec ${codec}`)
  }
  if ((attributes & RESERVED_ATTRIBUTES) !== 0) {
    throw new VarveError('RESERVED_BITS', `the attributes are 0x${attributes.toString(16)}`)
  }
}

function checkCounts(header: BatchHeader): void {
  const recordsBytes = header.totalBytes - BATCH_HEADER_BYTES
  if (header.isControl) throw new VarveError('CONTROL_BATCH', 'the batch is a control batch')
  if (header.isTransactional) {
    throw new VarveError('TRANSACTIONS', 'the batch is part of a transaction')
  }
  const count = header.recordCount
  if (count === 0 && recordsBytes === 0) {
    throw new VarveError('EMPTY_BATCH', 'the batch holds no records')
  }
  const recordsBytesMax = header.codec === 'none' ? recordsBytes : LIMITS.decompressedBatchBytesMax
  if (count < 1 || count * RECORD_BYTES_MIN > recordsBytesMax) {
    throw new VarveError('RECORD_COUNT', `a batch of this size cannot hold ${count} records`)
  }
  if (count > LIMITS.recordsPerBatchMax) {
    throw new VarveError(
      'RECORD_COUNT',
      `a batch holds at most ${LIMITS.recordsPerBatchMax} records, not ${count}`,
      { details: { records: count, recordsMax: LIMITS.recordsPerBatchMax } },
    )
  }
  if (header.lastOffsetDelta !== count - 1) {
    throw new VarveError(
      'OFFSET_DELTA',
      `the last offset delta of ${count} records must be ${count - 1}, not ${header.lastOffsetDelta}`,
    )
  }
}

/** No producer id: epoch and sequence do not count, and some clients leave them 0. With one, both must be there. */
function checkProducer(header: BatchHeader): void {
  const { producerId, producerEpoch, baseSequence } = header
  const least = producerId === -1 ? -1 : 0
  if (
    Number.isSafeInteger(producerId) &&
    producerId >= -1 &&
    producerEpoch >= least &&
    baseSequence >= least
  ) {
    return
  }
  throw new VarveError(
    'PRODUCER_STATE',
    `producer id ${producerId}, epoch ${producerEpoch} and sequence ${baseSequence} do not fit together`,
  )
}

function checkHeaderTimestamps(header: BatchHeader, rules: BatchRules): void {
  const { baseTimestampMs, maxTimestampMs } = header
  if ((header.attributes & LOG_APPEND_TIME_FLAG) !== 0) {
    throw timestampError('only the broker may set LogAppendTime')
  }
  if (!isTimestamp(baseTimestampMs) || !isTimestamp(maxTimestampMs)) {
    throw timestampError(`${baseTimestampMs} to ${maxTimestampMs} is out of range`)
  }
  if (maxTimestampMs < baseTimestampMs) {
    throw timestampError(
      `the largest timestamp ${maxTimestampMs} is below the base ${baseTimestampMs}`,
    )
  }
  checkWindow(baseTimestampMs, rules)
  checkWindow(maxTimestampMs, rules)
}

function checkRecords(bytes: Buffer, header: BatchHeader, rules: BatchRules): void {
  const records = batchRecords(bytes, header)
  const cursor = new RecordCursor(records.bytes, records.position, header.recordCount)
  const { baseTimestampMs, maxTimestampMs } = header
  let least = Infinity
  let largest = -Infinity
  let index = 0
  while (cursor.next()) {
    if (cursor.offsetDelta !== index) {
      throw new VarveError(
        'OFFSET_DELTA',
        `record ${index} of the batch has offset delta ${cursor.offsetDelta}`,
        { details: { record: index } },
      )
    }
    index++
    const timestampMs = baseTimestampMs + cursor.timestampDeltaMs
    if (timestampMs < least) least = timestampMs
    if (timestampMs > largest) largest = timestampMs
  }
  if (!isTimestamp(least) || !isTimestamp(largest)) {
    throw timestampError(`${least} to ${largest} in the records is out of range`)
  }
  if (largest !== maxTimestampMs) {
    throw timestampError(
      `the header says that ${maxTimestampMs} is the largest, the records say ${largest}`,
    )
  }
  checkWindow(least, rules)
}

function checkWindow(timestampMs: number, rules: BatchRules): void {
  if (rules.timestampType === 'LogAppendTime' || timestampMs === NO_TIMESTAMP) return
  const ahead = timestampMs - rules.nowMs
  if (ahead <= rules.afterMaxMs && -ahead <= rules.beforeMaxMs) return
  throw new VarveError(
    'INVALID_TIMESTAMP',
    `the timestamp ${timestampMs} lies ${Math.abs(ahead)} ms in the ${ahead > 0 ? 'future' : 'past'}, further than the topic allows`,
    { details: { timestampMs, nowMs: rules.nowMs } },
  )
}

function isTimestamp(value: number): boolean {
  return Number.isSafeInteger(value) && value >= NO_TIMESTAMP
}

function timestampError(what: string): VarveError {
  return new VarveError('INVALID_TIMESTAMP', `timestamps of the batch: ${what}`)
}

function corrupt(what: string, code: ErrorCode = 'CORRUPT_BATCH'): VarveError {
  return new VarveError(code, `the batch is malformed: ${what}`)
}
