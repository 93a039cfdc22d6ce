// Values of records that say who they are: run, producer, number, partition, and a checksum over all of it. A value that was lost, doubled,
// moved or altered anywhere on its way is told apart from every other. Invariant: a slot is not written to while its bytes are lent.
//
//   0        4          8        16         20         24
//   | run u32 | producer | number | partition | checksum | body ...
//               u32        f64      u32 *)      u32 **)
//
// *) 0xFFFFFFFF: chosen by the client. **) CRC-32C of the body, XOR a mix of the five numbers: so that numbering a value anew costs nothing that
// grows with its size.
import { crc32c } from '../record/crc32c.ts'

export const NUMBERED_HEADER_BYTES = 24

/** In place of a partition that the client chooses. */
export const ANY_PARTITION = 0xffffffff

/** Bodies of a ring; more would only cost memory. */
const BODIES_MAX = 64

export interface NumberedValue {
  readonly run: number
  readonly producer: number
  /** From 0, by producer. */
  readonly number: number
  readonly partition: number
}

/** Buffers of one size that are lent to a producer and come back. */
export class NumberedPayloads {
  readonly #run: number
  readonly #slots: Buffer[] = []
  readonly #bodyChecksums: number[] = []
  readonly #free: Int32Array
  #freeCount: number
  readonly #waiting: (() => void)[] = []

  /**
   * @param slots how many may be lent at once
   * @param random of whole numbers below 2^32
   */
  constructor(options: {
    run: number
    recordBytes: number
    slots: number
    content: 'text' | 'random'
    random: () => number
  }) {
    const { run, recordBytes, slots, content, random } = options
    this.#run = run
    const all = Buffer.alloc(slots * recordBytes)
    const bodies = Math.min(slots, BODIES_MAX)
    for (let slot = 0; slot < slots; slot++) {
      const bytes = all.subarray(slot * recordBytes, (slot + 1) * recordBytes)
      const body = bytes.subarray(NUMBERED_HEADER_BYTES)
      const like = slot - (slot % bodies) === 0 ? undefined : this.#slots[slot % bodies]
      if (like === undefined) fill(body, content, random)
      else like.copy(body, 0, NUMBERED_HEADER_BYTES)
      this.#slots.push(bytes)
      this.#bodyChecksums.push(
        like === undefined ? crc32c(body) : (this.#bodyChecksums[slot % bodies] ?? 0),
      )
    }
    this.#free = Int32Array.from({ length: slots }, (_, index) => slots - 1 - index)
    this.#freeCount = slots
  }

  /** A free slot, or -1 when all are lent. */
  take(): number {
    return this.#freeCount === 0 ? -1 : (this.#free[--this.#freeCount] ?? -1)
  }

  /** Its bytes, numbered. They are lent until `giveBack`. */
  number(slot: number, producer: number, number: number, partition: number): Buffer {
    const bytes = this.#slots[slot]
    if (bytes === undefined) throw new RangeError('no such slot')
    bytes.writeUInt32LE(this.#run, 0)
    bytes.writeUInt32LE(producer, 4)
    bytes.writeDoubleLE(number, 8)
    bytes.writeUInt32LE(partition, 16)
    const mixed = mix(this.#run, producer, number, partition)
    bytes.writeUInt32LE(((this.#bodyChecksums[slot] ?? 0) ^ mixed) >>> 0, 20)
    return bytes
  }

  giveBack(slot: number): void {
    this.#free[this.#freeCount++] = slot
    if (this.#waiting.length === 0 || this.#freeCount < this.#free.length / 8) return
    for (const tell of this.#waiting.splice(0)) tell()
  }

  /** Resolves when an eighth of the slots is free. */
  room(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }
}

/** What the value says; undefined when it is none of the bench's, or was altered. */
export function readNumberedValue(bytes: Buffer): NumberedValue | undefined {
  if (bytes.length < NUMBERED_HEADER_BYTES) return undefined
  const run = bytes.readUInt32LE(0)
  const producer = bytes.readUInt32LE(4)
  const number = bytes.readDoubleLE(8)
  const partition = bytes.readUInt32LE(16)
  const mixed = mix(run, producer, number, partition)
  const checksum = (crc32c(bytes.subarray(NUMBERED_HEADER_BYTES)) ^ mixed) >>> 0
  if (checksum !== bytes.readUInt32LE(20) || !Number.isSafeInteger(number)) return undefined
  return { run, producer, number, partition }
}

/** Who sent a value, unchecked: for values that are checked elsewhere. */
export function producerOf(value: Buffer): number {
  return value.length < NUMBERED_HEADER_BYTES ? -1 : value.readUInt32LE(4)
}

/** Its number, unchecked. */
export function numberOf(value: Buffer): number {
  return value.length < NUMBERED_HEADER_BYTES ? -1 : value.readDoubleLE(8)
}

/** A hash of the numbers: each of their bits changes about half of its own (the finisher of MurmurHash3, public domain). */
function mix(run: number, producer: number, number: number, partition: number): number {
  let hash = stirred(run, producer)
  hash = stirred(hash, number % 2 ** 32)
  hash = stirred(hash, Math.floor(number / 2 ** 32))
  return stirred(hash, partition) >>> 0
}

function stirred(before: number, word: number): number {
  let hash = Math.imul(before ^ word, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

const WORDS =
  'append batch broker client commit consumer durable fetch group index leader offset order partition producer record replay retain segment topic'.split(
    ' ',
  )

function fill(body: Buffer, content: 'text' | 'random', random: () => number): void {
  if (content === 'random') {
    for (let at = 0; at < body.length; at++) body[at] = random() >>> 24
    return
  }
  let at = 0
  while (at < body.length) {
    at += body.write(`${WORDS[random() % WORDS.length] ?? ''} ${random() % 1000} `, at, 'latin1')
  }
}
