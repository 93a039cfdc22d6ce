// Walks the records of one batch, checks their framing and says where their parts lie, without allocating anything for
// a record. Everything that looks into a batch (the check at the door, the decoder, the search for a timestamp) stands on this one walk.
//
//   length  attributes  timestamp delta  offset delta  key length  key  value length  value  header count  headers
//   varint  int8        varlong          varint        varint (-1: null)  varint (-1: null)  varint
//   a header: key length (varint, >= 0), key (UTF-8), value length (varint, -1: null), value
import { VarveError } from '../domain/error.ts'
import { VarintReader } from './varint.ts'

/** The shortest record: seven fields of one byte. */
export const RECORD_BYTES_MIN = 7
/** The shortest header: two lengths of one byte. */
const HEADER_BYTES_MIN = 2

/**
 * Stands on one record after each `next()`. Positions index `bytes`; a length of -1 is a null. Errors name the record by
 * its index in the batch.
 */
export class RecordCursor {
  readonly bytes: Buffer
  timestampDeltaMs = 0
  offsetDelta = 0
  keyPosition = 0
  keyLength = 0
  valuePosition = 0
  valueLength = 0
  headerCount = 0
  headersPosition = 0
  /** Where what the producer gave begins, but for its timestamp: at the varint of the key length. */
  contentPosition = 0
  /** The end of the record, exclusive. */
  contentEnd = 0

  readonly #reader: VarintReader
  readonly #end: number
  readonly #count: number
  #index = 0
  #headerReader: VarintReader | undefined

  /** `bytes` are the (decompressed) records from `position` on to their end. Borrowed while the cursor is in use. */
  constructor(bytes: Buffer, position: number, count: number) {
    this.bytes = bytes
    this.#reader = new VarintReader(bytes, position, bytes.length)
    this.#end = bytes.length
    this.#count = count
  }

  /**
   * Moves to the next record. False when all are done, and then their bytes are used up exactly.
   * @throws VarveError RECORD_COUNT · RECORD_LENGTH · VARINT · RECORD_FIELD · HEADERS
   */
  next(): boolean {
    const reader = this.#reader
    reader.end = this.#end
    if (this.#index === this.#count) {
      if (reader.position === this.#end) return false
      throw new VarveError(
        'RECORD_COUNT',
        `the batch states ${this.#count} records; ${this.#end - reader.position} bytes follow them`,
      )
    }
    if (reader.position === this.#end) {
      throw new VarveError(
        'RECORD_COUNT',
        `the batch states ${this.#count} records and holds ${this.#index}`,
      )
    }
    const length = reader.varint()
    if (length < RECORD_BYTES_MIN - 1 || length > this.#end - reader.position) {
      throw this.#error('RECORD_LENGTH', `states a length of ${length} bytes`)
    }
    const recordEnd = reader.position + length
    reader.end = recordEnd
    reader.position++ // Attributes: none are defined, and Kafka ignores them.
    this.timestampDeltaMs = reader.varlong()
    this.offsetDelta = this.#varint()
    this.contentPosition = reader.position
    this.keyLength = this.#varint()
    this.keyPosition = this.#passField(this.keyLength, 'key')
    this.valueLength = this.#varint()
    this.valuePosition = this.#passField(this.valueLength, 'value')
    this.headerCount = this.#varint()
    this.headersPosition = reader.position
    if (this.headerCount !== 0) this.#passHeaders()
    if (reader.position !== recordEnd) {
      throw this.#error('RECORD_LENGTH', `is ${recordEnd - reader.position} bytes too long`)
    }
    this.contentEnd = recordEnd
    this.#index++
    return true
  }

  /** A reader on the headers of this record, which are known to be well formed. There is one: the next call moves it. */
  headerReader(): VarintReader {
    const reader = this.#headerReader
    if (reader === undefined) {
      this.#headerReader = new VarintReader(this.bytes, this.headersPosition, this.contentEnd)
      return this.#headerReader
    }
    reader.position = this.headersPosition
    reader.end = this.contentEnd
    return reader
  }

  /** A field is missing altogether: the length of the record is wrong, not its integers. */
  #varint(): number {
    if (this.#reader.position >= this.#reader.end) {
      throw this.#error('RECORD_LENGTH', 'ends before its fields do')
    }
    return this.#reader.varint()
  }

  #passField(length: number, name: string): number {
    const reader = this.#reader
    const start = reader.position
    if (length > 0) {
      if (length > reader.end - start) {
        throw this.#error('RECORD_FIELD', `states a ${name} of ${length} bytes`)
      }
      reader.position = start + length
    } else if (length < -1) {
      throw this.#error('RECORD_FIELD', `states a ${name} of ${length} bytes`)
    }
    return start
  }

  #passHeaders(): void {
    const reader = this.#reader
    const count = this.headerCount
    if (count < 0 || count > (reader.end - reader.position) / HEADER_BYTES_MIN) {
      throw this.#error('HEADERS', `states ${count} headers`)
    }
    for (let header = 0; header < count; header++) {
      if (reader.position >= reader.end) throw this.#error('HEADERS', 'ends before its headers')
      const keyLength = reader.varint()
      if (keyLength < 0 || keyLength > reader.end - reader.position) {
        throw this.#error('HEADERS', `states a header key of ${keyLength} bytes`)
      }
      reader.position += keyLength
      if (reader.position >= reader.end) throw this.#error('HEADERS', 'ends before its headers')
      const valueLength = reader.varint()
      if (valueLength < -1 || valueLength > reader.end - reader.position) {
        throw this.#error('HEADERS', `states a header value of ${valueLength} bytes`)
      }
      if (valueLength > 0) reader.position += valueLength
    }
  }

  #error(code: 'RECORD_LENGTH' | 'RECORD_FIELD' | 'HEADERS', what: string): VarveError {
    return new VarveError(code, `record ${this.#index} of the batch ${what}`, {
      details: { record: this.#index },
    })
  }
}
