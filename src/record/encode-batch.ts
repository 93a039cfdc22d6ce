// From records to a batch. Records are written straight into one growing buffer behind room for the header; offsets and
// timestamps are deltas to the first record. What comes out passes validateBatch (given timestamps within its window).
import { isVarveError, VarveError } from '../domain/error.ts'
import {
  ATTRIBUTES_POSITION,
  BASE_SEQUENCE_POSITION,
  BASE_TIMESTAMP_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_PREFIX_BYTES,
  CRC_POSITION,
  LAST_OFFSET_DELTA_POSITION,
  LEADER_EPOCH_POSITION,
  MAGIC,
  MAGIC_POSITION,
  MAX_TIMESTAMP_POSITION,
  NONE,
  PRODUCER_EPOCH_POSITION,
  PRODUCER_ID_POSITION,
  RECORD_COUNT_POSITION,
  writeInt64,
} from './batch-header.ts'
import { CODEC_NAMES, type CodecName, compress, decompressedBytesMax } from './codec.ts'
import { crc32c } from './crc32c.ts'
import { varintBytes, varlongBytes, writeVarint, writeVarlong } from './varint.ts'

export interface RecordHeader {
  readonly key: string
  readonly value: Uint8Array | null
}

/** A record to be written. Absent key or value: null. */
export interface RecordInput {
  readonly key?: Uint8Array | null
  readonly value?: Uint8Array | null
  readonly headers?: readonly RecordHeader[]
  /** Milliseconds since 1970 UTC; -1 for none. */
  readonly timestampMs: number
}

/** The three fields of an idempotent producer; all or none. */
export interface ProducerFields {
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
}

export interface BatchOptions extends ProducerFields {
  /** Must have been loaded with loadCodec. None by default. */
  readonly codec?: CodecName
  /** Producers leave it 0: the broker assigns offsets. */
  readonly baseOffset?: number
}

const INITIAL_BYTES = 1024
const BATCH_BYTES_MAX = 2 ** 31 - 1
/** Shorter fields are copied byte by byte: a call of `set` takes longer. */
const SET_BYTES_MIN = 32
const NO_HEADERS: readonly RecordHeader[] = []

/**
 * One batch of the records, in their order.
 * @throws VarveError EMPTY_BATCH without records · INVALID_TIMESTAMP · BATCH_TOO_LARGE above 2^31 - 1 bytes
 */
export function encodeBatch(records: readonly RecordInput[], options: BatchOptions = {}): Buffer {
  let bytes = BATCH_HEADER_BYTES
  for (const record of records) bytes += encodedRecordBytes(record)
  const builder = new BatchBuilder(options, bytes)
  for (const record of records) builder.append(record)
  return builder.build()
}

/** A copy of an encoded batch with other fields of its producer. */
export function withProducer(batch: Buffer, producer: ProducerFields): Buffer {
  const copy = Buffer.from(batch)
  writeProducer(copy, producer)
  copy.writeUInt32BE(crc32c(copy.subarray(ATTRIBUTES_POSITION)), CRC_POSITION)
  return copy
}

/** The most bytes that a record can take in a batch, before compression. */
export function encodedRecordBytes(record: RecordInput): number {
  // Length, attributes, timestamp delta, offset delta, header count; key and value with their lengths.
  let bytes = 5 + 1 + 10 + 5 + 5 + 5 + 5
  bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0)
  const { headers } = record
  if (headers !== undefined && headers.length > 0) {
    for (const { key, value } of headers) {
      bytes += 5 + Buffer.byteLength(key) + 5 + (value?.length ?? 0)
    }
  }
  return bytes
}

/** Collects the records of one batch. Keys and values are copied in at once; after `build` it takes no more. */
export class BatchBuilder {
  readonly #options: BatchOptions
  #buffer: Buffer
  #position = BATCH_HEADER_BYTES
  #recordCount = 0
  #baseTimestampMs = NONE
  #maxTimestampMs = NONE
  #built = false

  /** @param room to write to, borrowed until the batch is not used any more, or how many bytes are expected. Both may grow. */
  constructor(options: BatchOptions = {}, room: Buffer | number = INITIAL_BYTES) {
    this.#options = options
    this.#buffer =
      typeof room === 'number' ? Buffer.allocUnsafe(Math.max(INITIAL_BYTES, room)) : room
  }

  get recordCount(): number {
    return this.#recordCount
  }

  /** Size of the batch so far, with its header and before compression. */
  get bytes(): number {
    return this.#position
  }

  /**
   * Adds a record at the end; returns its index in the batch.
   * @throws VarveError INVALID_TIMESTAMP · BATCH_TOO_LARGE above 2^31 - 1 bytes: the batch stays as it was.
   */
  append(record: RecordInput): number {
    if (this.#built) throw new Error('the batch was built already')
    const { timestampMs } = record
    if (!Number.isSafeInteger(timestampMs) || timestampMs < NONE) {
      throw new VarveError(
        'INVALID_TIMESTAMP',
        `a timestamp must be an integer from -1 to 2^53-1, not ${timestampMs}`,
      )
    }
    const index = this.#recordCount
    if (index === 0) this.#baseTimestampMs = timestampMs
    const timestampDelta = timestampMs - this.#baseTimestampMs
    const { key = null, value = null, headers = NO_HEADERS } = record
    const length = recordBodyBytes(key, value, headers, timestampDelta, index)
    this.#reserve(varintBytes(length) + length)
    const buffer = this.#buffer
    let position = writeVarint(buffer, this.#position, length)
    buffer[position++] = 0
    position = writeVarlong(buffer, position, timestampDelta)
    position = writeVarint(buffer, position, index)
    position = writeField(buffer, position, key)
    position = writeField(buffer, position, value)
    position = writeVarint(buffer, position, headers.length)
    if (headers.length > 0) position = writeHeaders(buffer, position, headers)
    this.#position = position
    if (timestampMs > this.#maxTimestampMs) this.#maxTimestampMs = timestampMs
    this.#recordCount++
    return index
  }

  /**
   * The finished batch, the caller's. Records that would compress beyond the ratio that a reader admits (one line over and
   * over) are compressed with LZ4 instead, which never goes that far; without LZ4 on this platform they are left as they are.
   * @param producer instead of that of the options
   * @throws VarveError EMPTY_BATCH without records · UNSUPPORTED_CODEC where the codec is not available
   */
  build(producer: ProducerFields = this.#options): Buffer {
    if (this.#recordCount === 0) throw new VarveError('EMPTY_BATCH', 'a batch needs a record')
    this.#built = true
    const plain = this.#buffer.subarray(0, this.#position)
    this.#buffer = Buffer.alloc(0)
    const codec = this.#options.codec ?? 'none'
    if (codec === 'none') return this.#finish(plain, codec, producer)
    const records = plain.subarray(BATCH_HEADER_BYTES)
    const compressed = compress(codec, records)
    if (records.length <= decompressedBytesMax(compressed.length)) {
      return this.#finish(withHeaderRoom(compressed), codec, producer)
    }
    const gentler = compressedWithLz4(records)
    if (gentler === undefined) return this.#finish(plain, 'none', producer)
    return this.#finish(withHeaderRoom(gentler), 'lz4', producer)
  }

  #finish(batch: Buffer, codec: CodecName, producer: ProducerFields): Buffer {
    writeInt64(batch, 0, this.#options.baseOffset ?? 0)
    batch.writeInt32BE(batch.length - BATCH_PREFIX_BYTES, BATCH_LENGTH_POSITION)
    batch.writeInt32BE(NONE, LEADER_EPOCH_POSITION)
    batch.writeInt8(MAGIC, MAGIC_POSITION)
    batch.writeUInt16BE(CODEC_NAMES.indexOf(codec), ATTRIBUTES_POSITION)
    batch.writeInt32BE(this.#recordCount - 1, LAST_OFFSET_DELTA_POSITION)
    writeInt64(batch, BASE_TIMESTAMP_POSITION, this.#baseTimestampMs)
    writeInt64(batch, MAX_TIMESTAMP_POSITION, this.#maxTimestampMs)
    writeProducer(batch, producer)
    batch.writeInt32BE(this.#recordCount, RECORD_COUNT_POSITION)
    batch.writeUInt32BE(crc32c(batch.subarray(ATTRIBUTES_POSITION)), CRC_POSITION)
    return batch
  }

  #reserve(bytes: number): void {
    const needed = this.#position + bytes
    if (needed <= this.#buffer.length) return
    if (needed > BATCH_BYTES_MAX) {
      throw new VarveError('BATCH_TOO_LARGE', `a batch cannot have ${needed} bytes`)
    }
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    larger.set(this.#buffer.subarray(0, this.#position))
    this.#buffer = larger
  }
}

function writeProducer(batch: Buffer, producer: ProducerFields): void {
  writeInt64(batch, PRODUCER_ID_POSITION, producer.producerId ?? NONE)
  batch.writeInt16BE(producer.producerEpoch ?? NONE, PRODUCER_EPOCH_POSITION)
  batch.writeInt32BE(producer.baseSequence ?? NONE, BASE_SEQUENCE_POSITION)
}

/** What the length field of a record says: all that follows it. */
function recordBodyBytes(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[],
  timestampDelta: number,
  offsetDelta: number,
): number {
  let bytes = 1 + varlongBytes(timestampDelta) + varintBytes(offsetDelta)
  bytes += fieldBytes(key) + fieldBytes(value) + varintBytes(headers.length)
  if (headers.length === 0) return bytes
  for (const header of headers) {
    const keyLength = Buffer.byteLength(header.key)
    bytes += varintBytes(keyLength) + keyLength + fieldBytes(header.value)
  }
  return bytes
}

function fieldBytes(field: Uint8Array | null): number {
  return field === null ? 1 : varintBytes(field.length) + field.length
}

function writeHeaders(buffer: Buffer, start: number, headers: readonly RecordHeader[]): number {
  let position = start
  for (const { key, value } of headers) {
    position = writeVarint(buffer, position, Buffer.byteLength(key))
    position += buffer.write(key, position, 'utf8')
    position = writeField(buffer, position, value)
  }
  return position
}

function writeField(buffer: Buffer, start: number, field: Uint8Array | null): number {
  if (field === null) return writeVarint(buffer, start, NONE)
  const { length } = field
  const position = writeVarint(buffer, start, length)
  if (length >= SET_BYTES_MIN) buffer.set(field, position)
  else for (let at = 0; at < length; at++) buffer[position + at] = field[at] as number
  return position + length
}

function withHeaderRoom(records: Buffer): Buffer {
  const batch = Buffer.allocUnsafe(BATCH_HEADER_BYTES + records.length)
  batch.set(records, BATCH_HEADER_BYTES)
  return batch
}

/** Undefined where LZ4 has no build for this platform. */
function compressedWithLz4(records: Buffer): Buffer | undefined {
  try {
    return compress('lz4', records)
  } catch (error) {
    if (isVarveError(error, 'UNSUPPORTED_CODEC')) return undefined
    throw error
  }
}
