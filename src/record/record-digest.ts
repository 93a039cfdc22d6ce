// One number for a sequence of records: the CRC-32C over all that were added, in their order. Offsets, epochs and batch
// boundaries are no part of it, so a copy of the records in another partition, in other batches, with another codec has the same.
// Of each record:
//
//   timestamp        key length  key  value length  value  header count  headers
//   int64 big-endian | the stored bytes from the key length to the end of the record
//
// Why not crc32c.ts: its package takes a whole buffer and starts from nothing. A view and a native call for each record cost
// many times what it costs to walk the record; tables (slicing by 8) work on the bytes where they lie and allocate nothing.
import type { DecodedRecord } from './decode-batch.ts'
import type { RecordCursor } from './record-cursor.ts'
import { writeVarint } from './varint.ts'

type DigestedRecord = Pick<DecodedRecord, 'timestampMs' | 'key' | 'value' | 'headers'>

const POLYNOMIAL = 0x82f6_3b78
const SLICES = 8
/** Entry `256 * distance + byte`: what a byte adds to the remainder when `distance` bytes follow it. */
const TABLE = sliceTables()

/** Room for a timestamp and one integer. Used within one call only, so all digests share it. */
const scratch = Buffer.alloc(16)

export class RecordDigest {
  /** The register of the CRC, inverted as the algorithm has it: set to what another digest's was, it goes on from there. */
  state = -1

  /** The CRC-32C over all that was added, 0 to 2^32 - 1; 0 when that is nothing. More may be added afterwards. */
  get value(): number {
    return ~this.state >>> 0
  }

  /** Adds the stored record on which a cursor stands, with the timestamp that its batch gives it: a safe integer. */
  addStored(cursor: RecordCursor, timestampMs: number): void {
    const state = addTimestamp(this.state, timestampMs)
    this.state = addBytes(state, cursor.bytes, cursor.contentPosition, cursor.contentEnd)
  }

  /**
   * Adds a record of which there are no stored bytes, as it would be stored. The same as addStored but where a header key is
   * not UTF-8: decoding has put U+FFFD in the place of such bytes, and they cannot be had back.
   */
  addRecord(record: DigestedRecord): void {
    const { key, value, headers } = record
    let state = addTimestamp(this.state, record.timestampMs)
    state = addField(state, key)
    state = addField(state, value)
    state = addVarint(state, headers.length)
    for (const header of headers) {
      state = addField(state, Buffer.from(header.key, 'utf8'))
      state = addField(state, header.value)
    }
    this.state = state
  }
}

function addTimestamp(state: number, timestampMs: number): number {
  const high = state ^ reversed(Math.floor(timestampMs / 2 ** 32))
  return addWords(high, reversed(timestampMs))
}

function addField(state: number, field: Uint8Array | null): number {
  if (field === null) return addVarint(state, -1)
  return addBytes(addVarint(state, field.length), field, 0, field.length)
}

function addVarint(state: number, value: number): number {
  return addBytes(state, scratch, 0, writeVarint(scratch, 0, value))
}

/** The state after the bytes from `start` up to `end`: eight at a time, then one by one. */
function addBytes(state: number, bytes: Uint8Array, start: number, end: number): number {
  let position = start
  for (; position + SLICES <= end; position += SLICES) {
    // The terms that do not wait for the state come first.
    const ahead =
      entry(0x300 | byteAt(bytes, position + 4)) ^
      entry(0x200 | byteAt(bytes, position + 5)) ^
      entry(0x100 | byteAt(bytes, position + 6)) ^
      entry(byteAt(bytes, position + 7))
    state =
      ahead ^
      entry(0x700 | ((state ^ byteAt(bytes, position)) & 0xff)) ^
      entry(0x600 | (((state >>> 8) ^ byteAt(bytes, position + 1)) & 0xff)) ^
      entry(0x500 | (((state >>> 16) ^ byteAt(bytes, position + 2)) & 0xff)) ^
      entry(0x400 | ((state >>> 24) ^ byteAt(bytes, position + 3)))
  }
  for (; position < end; position++) {
    state = entry((state ^ byteAt(bytes, position)) & 0xff) ^ (state >>> 8)
  }
  return state
}

/** The state after eight bytes in two words, lowest byte first; the first word is already mixed with the state. */
function addWords(first: number, second: number): number {
  return (
    entry(0x700 | (first & 0xff)) ^
    entry(0x600 | ((first >>> 8) & 0xff)) ^
    entry(0x500 | ((first >>> 16) & 0xff)) ^
    entry(0x400 | (first >>> 24)) ^
    entry(0x300 | (second & 0xff)) ^
    entry(0x200 | ((second >>> 8) & 0xff)) ^
    entry(0x100 | ((second >>> 16) & 0xff)) ^
    entry(second >>> 24)
  )
}

/** The lowest 32 bits of a safe integer with their bytes in reverse order. */
function reversed(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | ((word >>> 24) & 0xff)
}

function entry(index: number): number {
  return TABLE[index] as number
}

function byteAt(bytes: Uint8Array, position: number): number {
  return bytes[position] as number
}

function sliceTables(): Int32Array {
  const table = new Int32Array(SLICES * 256)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) {
      remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1
    }
    table[byte] = remainder
  }
  for (let index = 256; index < table.length; index++) {
    const nearer = table[index - 256] as number
    table[index] = (table[nearer & 0xff] as number) ^ (nearer >>> 8)
  }
  return table
}
