// The value of a record in a history: an integer that is unique in its run, in a payload that says for itself where it
// belongs and that it is whole. The checksum covers every other byte, filling included: a record with any byte altered,
// cut short or made longer has no value, and one that turns up in another partition or run is known for it.
//
//   0        4     8     12         16        24          size
//   | CRC-32C | run | key | producer | counter | filling ... |      big-endian; the counter has 64 bits
//
// The filling is the counter's own pattern and not zeros, so that records differ and compress about as badly as data does.
import { crc32c } from '../record/crc32c.ts'

/** The smallest payload that holds a value, in bytes. */
export const VALUE_BYTES_MIN = 24

const COUNTERS = 2 ** 32
const PRODUCERS = 2 ** 21

/** Where a value comes from. All are unsigned; `run` and `key` have 32 bits, `producer` 21, `counter` 32. */
export interface RecordValue {
  /** Any number that tells this run from others on the same topics. */
  readonly run: number
  /** The partition that it is sent to, as the history numbers it. */
  readonly key: number
  readonly producer: number
  /** Of the producer, over all its partitions. */
  readonly counter: number
}

/** The integer that stands for a value in a history: unique where producer and counter are, and dense for each producer. */
export function valueNumber(producer: number, counter: number): number {
  if (!(producer >= 0 && producer < PRODUCERS && counter >= 0 && counter < COUNTERS)) {
    throw new RangeError(`producer ${producer} or counter ${counter} out of range`)
  }
  return producer * COUNTERS + counter
}

/**
 * A payload of `size` bytes with the value.
 * @param into written to and returned when given: `size` bytes, whose filling stays as it is (for callers that keep one
 *   payload and send copies of it)
 */
export function encodeValue(value: RecordValue, size: number, into?: Buffer): Buffer {
  if (size < VALUE_BYTES_MIN) throw new RangeError(`a value needs ${VALUE_BYTES_MIN} bytes`)
  const payload = into ?? Buffer.allocUnsafe(size)
  if (payload.length !== size) throw new RangeError(`${payload.length} bytes given for ${size}`)
  const number = valueNumber(value.producer, value.counter)
  payload.writeUInt32BE(value.run, 4)
  payload.writeUInt32BE(value.key, 8)
  payload.writeUInt32BE(value.producer, 12)
  payload.writeBigUInt64BE(BigInt(value.counter), 16)
  if (into === undefined) fill(payload, number)
  payload.writeUInt32BE(crc32c(payload.subarray(4)), 0)
  return payload
}

/** What a payload says, or undefined when it is no value: too short, altered, or something else altogether. */
export function decodeValue(payload: Uint8Array): RecordValue | undefined {
  if (payload.byteLength < VALUE_BYTES_MIN) return undefined
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
  if (bytes.readUInt32BE(0) !== crc32c(bytes.subarray(4))) return undefined
  const producer = bytes.readUInt32BE(12)
  const counter = Number(bytes.readBigUInt64BE(16))
  if (producer >= PRODUCERS || counter >= COUNTERS) return undefined
  return { run: bytes.readUInt32BE(4), key: bytes.readUInt32BE(8), producer, counter }
}

/** What a history says of a payload that was read where only values of this run and key may be: its number, or NaN. */
export function readValue(payload: Uint8Array, run: number, key: number): number {
  const value = decodeValue(payload)
  if (value?.run !== run || value.key !== key) return Number.NaN
  return valueNumber(value.producer, value.counter)
}

/** A pattern by a xorshift of the number: the same for the same value, and without cost to speak of. */
function fill(payload: Buffer, seed: number): void {
  let state = ((seed % 0xffff_fffb) | 0) ^ 0x9e37_79b9 || 1
  let at = VALUE_BYTES_MIN
  for (; at + 4 <= payload.length; at += 4) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    payload.writeInt32LE(state, at)
  }
  for (; at < payload.length; at++) payload[at] = state >>> ((at & 3) * 8)
}
