// Zigzag LEB128 integers as Kafka's records use them: signed 32-bit (varint, 1 to 5 bytes) and signed 64-bit (varlong,
// 1 to 10 bytes), 7 bits a byte, lowest first, the top bit saying that more follow. Only the shortest form is admitted,
// so that a record has exactly one encoding.
import { VarveError } from '../domain/error.ts'

const INT32_MIN = -(2 ** 31)
const INT32_MAX = 2 ** 31 - 1

/** The bytes that `writeVarint` uses for an integer, 1 to 5. */
export function varintBytes(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0
  if (zigzag < 0x80) return 1
  if (zigzag < 0x4000) return 2
  if (zigzag < 0x20_0000) return 3
  return zigzag < 0x1000_0000 ? 4 : 5
}

/** The bytes that `writeVarlong` uses for a safe integer, 1 to 8. */
export function varlongBytes(value: number): number {
  if (value >= INT32_MIN && value <= INT32_MAX) return varintBytes(value)
  // The magnitude without the sign bit of zigzag; one bit of the first byte is taken by the sign.
  let magnitude = value < 0 ? -(value + 1) : value
  let length = 1
  magnitude = Math.floor(magnitude / 0x40)
  while (magnitude > 0) {
    magnitude = Math.floor(magnitude / 0x80)
    length++
  }
  return length
}

/** Writes a 32-bit integer at `position`; returns the position after it. */
export function writeVarint(bytes: Uint8Array, position: number, value: number): number {
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0
  while (zigzag >= 0x80) {
    bytes[position++] = (zigzag & 0x7f) | 0x80
    zigzag >>>= 7
  }
  bytes[position++] = zigzag
  return position
}

/** Writes a safe integer at `position`; returns the position after it. */
export function writeVarlong(bytes: Uint8Array, position: number, value: number): number {
  if (value >= INT32_MIN && value <= INT32_MAX) return writeVarint(bytes, position, value)
  const sign = value < 0 ? 1 : 0
  let magnitude = value < 0 ? -(value + 1) : value
  let low = ((magnitude % 0x40) << 1) | sign
  magnitude = Math.floor(magnitude / 0x40)
  while (magnitude > 0) {
    bytes[position++] = low | 0x80
    low = magnitude % 0x80
    magnitude = Math.floor(magnitude / 0x80)
  }
  bytes[position++] = low
  return position
}

/**
 * Reads integers one after another from `position` up to `end`, without allocating. Owners move `position` on over the
 * bytes between them. Integers of one and two bytes, nearly all, are read without a loop.
 */
export class VarintReader {
  readonly bytes: Uint8Array
  position: number
  end: number

  constructor(bytes: Uint8Array, position: number, end: number) {
    this.bytes = bytes
    this.position = position
    this.end = end
  }

  /**
   * A signed 32-bit integer.
   * @throws VarveError VARINT when it is unterminated, longer than 5 bytes, beyond 32 bits or not in its shortest form.
   */
  varint(): number {
    const { bytes, position } = this
    if (position + 2 <= this.end) {
      const first = bytes[position] as number
      if (first < 0x80) {
        this.position = position + 1
        return (first >>> 1) ^ -(first & 1)
      }
      const second = bytes[position + 1] as number
      if (second < 0x80 && second > 0) {
        this.position = position + 2
        return ((first & 0x7f) >>> 1) ^ (second << 6) ^ -(first & 1)
      }
    }
    return this.#longVarint()
  }

  /**
   * A signed 64-bit integer. Beyond 2^53 - 1 the result is rounded but never a safe integer: whoever uses it checks.
   * @throws VarveError VARINT when it is unterminated, longer than 10 bytes, beyond 64 bits or not in its shortest form.
   */
  varlong(): number {
    const { bytes, position } = this
    if (position + 2 <= this.end) {
      const first = bytes[position] as number
      if (first < 0x80) {
        this.position = position + 1
        return (first >>> 1) ^ -(first & 1)
      }
      const second = bytes[position + 1] as number
      if (second < 0x80 && second > 0) {
        this.position = position + 2
        return ((first & 0x7f) >>> 1) ^ (second << 6) ^ -(first & 1)
      }
    }
    return this.#longVarlong()
  }

  #longVarint(): number {
    const { bytes, end } = this
    let position = this.position
    let zigzag = 0
    for (let shift = 0; shift <= 28; shift += 7) {
      if (position >= end) throw unterminated(this.position)
      const byte = bytes[position++] as number
      zigzag |= (byte & 0x7f) << shift
      if (byte >= 0x80) continue
      if (byte === 0 && shift > 0) throw notShortest(this.position)
      if (shift === 28 && byte > 0x0f) break
      this.position = position
      return (zigzag >>> 1) ^ -(zigzag & 1)
    }
    throw new VarveError('VARINT', `the integer at byte ${this.position} is beyond 32 bits`)
  }

  #longVarlong(): number {
    const { bytes, end } = this
    let position = this.position
    let negative = false
    let magnitude = 0
    let factor = 1
    for (let index = 0; index < 10; index++) {
      if (position >= end) throw unterminated(this.position)
      const byte = bytes[position++] as number
      if (index === 0) {
        negative = (byte & 1) === 1
        magnitude = (byte & 0x7f) >>> 1
        factor = 0x40
      } else {
        magnitude += (byte & 0x7f) * factor
        factor *= 0x80
      }
      if (byte >= 0x80) continue
      if (byte === 0 && index > 0) throw notShortest(this.position)
      if (index === 9 && byte > 0x01) break
      this.position = position
      return negative ? -magnitude - 1 : magnitude
    }
    throw new VarveError('VARINT', `the integer at byte ${this.position} is beyond 64 bits`)
  }
}

function unterminated(position: number): VarveError {
  return new VarveError('VARINT', `the integer at byte ${position} does not end where it should`)
}

function notShortest(position: number): VarveError {
  return new VarveError('VARINT', `the integer at byte ${position} is longer than needed`)
}
