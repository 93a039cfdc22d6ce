// Judges the bytes of a log file or of an answer: is there a whole, undamaged batch at a position? Recovery, verify and
// whoever walks stored batches rely on it. It never throws on damage: damage is its result.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  type BatchHeader,
  batchTotalBytes,
  CODEC_MASK,
  CRC_POSITION,
  MAGIC,
  MAGIC_POSITION,
  readBatchHeader,
} from './batch-header.ts'
import { CODEC_NAMES } from './codec.ts'
import { crc32c } from './crc32c.ts'

export type StoredBatch =
  | { readonly kind: 'valid'; readonly header: BatchHeader }
  /** A batch begins here as it should, but its bytes reach beyond the end. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly reason: string }

const INCOMPLETE: StoredBatch = { kind: 'incomplete' }

/**
 * Looks at the batch that begins at `position`; nothing at or after `end` is read. Checks size, magic, attributes,
 * offsets, timestamps, counts and the CRC; not the records.
 */
export function inspectStoredBatch(bytes: Buffer, position: number, end: number): StoredBatch {
  const available = Math.min(end, bytes.length) - position
  if (available < BATCH_HEADER_BYTES) return INCOMPLETE
  const totalBytes = batchTotalBytes(bytes, position)
  if (totalBytes < BATCH_HEADER_BYTES || totalBytes > LIMITS.batchBytesMax) {
    return invalid(`a batch cannot have ${totalBytes} bytes`)
  }
  const magic = bytes.readInt8(position + MAGIC_POSITION)
  if (magic !== MAGIC) return invalid(`its magic is ${magic}`)
  const codec = bytes.readUInt16BE(position + ATTRIBUTES_POSITION) & CODEC_MASK
  if (codec >= CODEC_NAMES.length) return invalid(`there is no codec ${codec}`)
  const header = readBatchHeader(bytes, position)
  const reason = implausible(header)
  if (reason !== undefined) return invalid(reason)
  if (totalBytes > available) return INCOMPLETE
  const checksum = crc32c(bytes.subarray(position + ATTRIBUTES_POSITION, position + totalBytes))
  if (checksum !== bytes.readUInt32BE(position + CRC_POSITION)) {
    return invalid('its CRC-32C does not match its bytes')
  }
  return { kind: 'valid', header }
}

/**
 * The whole batches that lie back to back in `bytes`, as views of them. Only lengths are looked at.
 * @throws VarveError CORRUPT_BATCH when the bytes do not end where a batch ends.
 */
export function* eachBatch(bytes: Buffer): Generator<Buffer, void, undefined> {
  let position = 0
  while (position < bytes.length) {
    const available = bytes.length - position
    const totalBytes = available < BATCH_HEADER_BYTES ? 0 : batchTotalBytes(bytes, position)
    if (totalBytes < BATCH_HEADER_BYTES || totalBytes > available) {
      throw new VarveError('CORRUPT_BATCH', `no whole batch lies at byte ${position}`)
    }
    yield bytes.subarray(position, position + totalBytes)
    position += totalBytes
  }
}

function invalid(reason: string): StoredBatch {
  return { kind: 'invalid', reason }
}

function implausible(header: BatchHeader): string | undefined {
  const { baseOffset, lastOffset, lastOffsetDelta, recordCount } = header
  if (!Number.isSafeInteger(baseOffset) || baseOffset < 0) return `its base offset is ${baseOffset}`
  // A compacted batch keeps its last offset delta and may have fewer records, even none.
  if (lastOffsetDelta < 0 || !Number.isSafeInteger(lastOffset)) {
    return `its last offset delta is ${lastOffsetDelta}`
  }
  if (recordCount < 0 || recordCount > lastOffsetDelta + 1) {
    return `it states ${recordCount} records up to offset delta ${lastOffsetDelta}`
  }
  if (!isTimestamp(header.baseTimestampMs) || !isTimestamp(header.maxTimestampMs)) {
    return 'a timestamp is out of range'
  }
  return undefined
}

function isTimestamp(value: number): boolean {
  return Number.isSafeInteger(value) && value >= -1
}
