// From a batch to its records, one at a time. Keys, values and header values are views into the batch, or into what it
// decompressed to; nothing is copied. The CRC is not checked here: inspectStoredBatch does that.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import { type BatchHeader, MAGIC, readBatchHeader } from './batch-header.ts'
import { batchRecords } from './batch-records.ts'
import { RecordCursor } from './record-cursor.ts'

interface DecodedHeader {
  /** Bytes that are not UTF-8 appear as U+FFFD. */
  readonly key: string
  readonly value: Buffer | null
}

export interface DecodedRecord {
  readonly offset: Offset
  /** Milliseconds since 1970 UTC; -1 when the producer gave none. In LogAppendTime batches the time of the append. */
  readonly timestampMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly DecodedHeader[]
}

const NO_HEADERS: readonly DecodedHeader[] = []

/**
 * The records of one whole batch. Lazy: a record is looked at when it is asked for, and its views hold on to the bytes.
 * @param onUnpacked told once how many bytes the batch has become
 * @throws VarveError with the codes of validateBatch where the bytes are malformed.
 */
export function* decodeBatch(
  batch: Buffer,
  onUnpacked?: (bytes: number) => void,
): Generator<DecodedRecord, void, undefined> {
  const walk = new RecordWalk(batch, onUnpacked)
  while (walk.next()) yield walk.record()
}

/**
 * Offsets and timestamps of the records, without their keys, values and headers.
 * @throws VarveError as decodeBatch does.
 */
export function* batchTimestamps(
  batch: Buffer,
): Generator<{ readonly offset: number; readonly timestampMs: number }, void, undefined> {
  const walk = new RecordWalk(batch)
  while (walk.next()) yield { offset: walk.offset, timestampMs: walk.timestampMs }
}

/**
 * The records of a stored batch in turn, with offsets and timestamps that were checked, for whoever can decide on a record
 * before there is an object for it. Stands on one record after each `next()` that is true.
 */
export class RecordWalk {
  /** Where the parts of the record lie. Moved by the walk alone. */
  readonly cursor: RecordCursor
  /** A checked offset; -1 before the first record. */
  offset = -1
  /** As DecodedRecord says. */
  timestampMs = -1
  readonly #header: BatchHeader
  #offsetDelta = -1

  /**
   * The batch is borrowed while the walk is in use.
   * @param onUnpacked told once how many bytes the batch has become
   * @param header of the batch, where it is known
   * @throws VarveError as decodeBatch does.
   */
  constructor(
    batch: Buffer,
    onUnpacked?: (bytes: number) => void,
    header: BatchHeader = readBatchHeader(batch),
  ) {
    if (header.magic !== MAGIC) {
      throw new VarveError('UNSUPPORTED_MAGIC', `the batch has magic ${header.magic}, not ${MAGIC}`)
    }
    if (header.totalBytes !== batch.length) {
      throw new VarveError(
        'CORRUPT_BATCH',
        `the batch says that it has ${header.totalBytes} bytes, not ${batch.length}`,
      )
    }
    if (header.recordCount < 0) {
      throw new VarveError('RECORD_COUNT', `the batch states ${header.recordCount} records`)
    }
    admitOffset(header.baseOffset, 'the base offset of a batch')
    admitOffset(header.lastOffset, 'the last offset of a batch')
    const records = batchRecords(batch, header)
    this.#header = header
    this.cursor = new RecordCursor(records.bytes, records.position, header.recordCount)
    onUnpacked?.(records.bytes.length)
  }

  /**
   * Moves to the next record; false when all are done.
   * @throws VarveError as decodeBatch does.
   */
  next(): boolean {
    const { cursor } = this
    if (!cursor.next()) return false
    const header = this.#header
    // A compacted batch has gaps, but its offsets still rise and end at its last offset.
    if (cursor.offsetDelta <= this.#offsetDelta || cursor.offsetDelta > header.lastOffsetDelta) {
      throw new VarveError(
        'OFFSET_DELTA',
        `offset delta ${cursor.offsetDelta} follows ${this.#offsetDelta} in a batch up to ${header.lastOffsetDelta}`,
      )
    }
    this.#offsetDelta = cursor.offsetDelta
    this.offset = header.baseOffset + cursor.offsetDelta
    this.timestampMs =
      header.timestampType === 'LogAppendTime'
        ? header.maxTimestampMs
        : header.baseTimestampMs + cursor.timestampDeltaMs
    if (!Number.isSafeInteger(this.timestampMs) || this.timestampMs < -1) {
      throw new VarveError('INVALID_TIMESTAMP', `a record has the timestamp ${this.timestampMs}`)
    }
    return true
  }

  /** The record that it stands on. Its views hold on to the bytes, and stay when the walk goes on. */
  record(): DecodedRecord {
    return {
      offset: this.offset as Offset,
      timestampMs: this.timestampMs,
      key: this.key(),
      value: this.value(),
      headers: this.headers(),
    }
  }

  /** Parts of that record, for who makes something else of them. */
  key(): Buffer | null {
    const { bytes, keyPosition, keyLength } = this.cursor
    return keyLength < 0 ? null : viewOf(bytes, keyPosition, keyLength)
  }

  value(): Buffer | null {
    const { bytes, valuePosition, valueLength } = this.cursor
    return valueLength < 0 ? null : viewOf(bytes, valuePosition, valueLength)
  }

  headers(): DecodedRecord['headers'] {
    return this.cursor.headerCount === 0 ? NO_HEADERS : decodeHeaders(this.cursor)
  }
}

/** A view as `subarray` gives it, at less than half the cost of that: it is taken of every record. */
function viewOf(bytes: Buffer, start: number, length: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
}

function decodeHeaders(cursor: RecordCursor): DecodedHeader[] {
  const { bytes } = cursor
  const reader = cursor.headerReader()
  const headers: DecodedHeader[] = []
  for (let index = 0; index < cursor.headerCount; index++) {
    const keyLength = reader.varint()
    const key = bytes.toString('utf8', reader.position, reader.position + keyLength)
    reader.position += keyLength
    const valueLength = reader.varint()
    const start = reader.position
    reader.position += Math.max(0, valueLength)
    const value = valueLength < 0 ? null : bytes.subarray(start, reader.position)
    headers.push({ key, value })
  }
  return headers
}
