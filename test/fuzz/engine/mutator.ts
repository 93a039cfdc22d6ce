// Makes new inputs out of known ones: bits and bytes, integers at the edges of their types in every width and order, varints that
// grow and shrink, numbers in text, blocks that are copied, moved, dropped and doubled, words of the format, and pieces of other inputs.
import type { FuzzRandom } from './fuzz-random.ts'

/** Where signs, sizes, lengths and checks turn over. */
const EDGES: readonly bigint[] = [
  0n,
  1n,
  2n,
  7n,
  8n,
  16n,
  46n,
  48n,
  49n,
  60n,
  61n,
  62n,
  63n,
  64n,
  100n,
  127n,
  128n,
  129n,
  255n,
  256n,
  257n,
  1000n,
  1024n,
  4095n,
  4096n,
  16383n,
  16384n,
  32767n,
  32768n,
  65535n,
  65536n,
  1_000_000n,
  2n ** 20n,
  2n ** 21n,
  2n ** 24n,
  2n ** 28n,
  2n ** 31n - 2n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 35n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -1n,
  -2n,
  -3n,
  -5n,
  -128n,
  -129n,
  -(2n ** 31n),
  -(2n ** 53n),
]
const NUMBERS = [...EDGES.map(String), '1e3', '-0', '0.5', '1e400', '007', '9007199254740993', '']

export interface MutatorOptions {
  readonly random: FuzzRandom
  readonly words: readonly Buffer[]
  readonly bytesMax: number
  /** Another input to take a piece of. */
  readonly other: () => Buffer
}

export class Mutator {
  readonly #options: MutatorOptions
  readonly #random: FuzzRandom
  /** The input that is being made is `#bytes` up to `#length`. */
  readonly #bytes: Buffer
  #length = 0

  constructor(options: MutatorOptions) {
    this.#options = options
    this.#random = options.random
    this.#bytes = Buffer.alloc(options.bytesMax)
  }

  /** A copy of `input` with one to a few changes. */
  mutate(input: Buffer): Buffer {
    this.#length = input.copy(this.#bytes, 0, 0, this.#options.bytesMax)
    const random = this.#random
    let changes = 1 << random.below(4)
    do this.#change()
    while (--changes > 0 && !random.oneIn(4))
    return Buffer.from(this.#bytes.subarray(0, this.#length))
  }

  #change(): void {
    const random = this.#random
    switch (random.below(14)) {
      case 0:
        this.#setByte((byte) => byte ^ (1 << random.below(8)))
        return
      case 1:
        this.#setByte(() => random.below(256))
        return
      case 2:
        this.#setByte((byte) => byte + random.below(33) - 16)
        return
      case 3:
        this.#setInteger()
        return
      case 4:
        this.#replaceVarint()
        return
      case 5:
        this.#replaceNumber()
        return
      case 6:
        this.#remove(this.#place(), 1 + random.below(random.oneIn(4) ? this.#length : 8))
        return
      case 7:
        this.#insert(this.#place(), this.#piece())
        return
      case 8:
        this.#overwrite(this.#place(), this.#piece())
        return
      case 9:
        this.#insert(this.#place(), this.#word())
        return
      case 10:
        this.#overwrite(this.#place(), this.#word())
        return
      case 11:
        this.#splice()
        return
      case 12:
        this.#fill()
        return
      default:
        if (random.oneIn(8)) this.#length = this.#place()
        else this.#insert(this.#place(), Buffer.of(random.below(256)))
    }
  }

  #place(): number {
    return this.#random.below(this.#length + 1)
  }

  #setByte(change: (byte: number) => number): void {
    if (this.#length === 0) return
    const at = this.#random.below(this.#length)
    this.#bytes[at] = change(this.#bytes[at] ?? 0)
  }

  /** An edge, or a little beside what is there, in 2, 4 or 8 bytes. */
  #setInteger(): void {
    const random = this.#random
    const width = random.pick([2, 4, 4, 8])
    if (this.#length < width) return
    const at = random.below(this.#length - width + 1)
    const isBig = random.oneIn(2)
    let value: bigint
    if (random.oneIn(2)) value = random.pick(EDGES)
    else {
      const bytes = this.#bytes.subarray(at, at + width)
      const there = isBig
        ? bytes.readUIntBE(0, Math.min(width, 6))
        : bytes.readUIntLE(0, Math.min(width, 6))
      value = BigInt(there) + BigInt(random.below(17) - 8)
    }
    for (let index = 0; index < width; index++) {
      const shift = BigInt(8 * (isBig ? width - 1 - index : index))
      this.#bytes[at + index] = Number((value >> shift) & 0xffn)
    }
  }

  /** Takes out a varint, or what looks like one, and puts another in its place, now and then padded or without an end. */
  #replaceVarint(): void {
    const random = this.#random
    const at = this.#place()
    let end = at
    while (end < this.#length && end - at < 10 && (this.#bytes[end] ?? 0) >= 0x80) end++
    this.#remove(at, end - at + 1)
    let rest = BigInt.asUintN(64, random.oneIn(2) ? random.pick(EDGES) : BigInt(random.below(300)))
    if (random.oneIn(2)) rest = BigInt.asUintN(64, rest << 1n)
    const bytes: number[] = []
    do {
      bytes.push(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    } while (rest > 0n)
    if (random.oneIn(16)) for (let more = random.below(6); more > 0; more--) bytes.push(0x80)
    const last = bytes.pop() ?? 0
    bytes.push(random.oneIn(32) ? last : last & 0x7f)
    this.#insert(at, Buffer.from(bytes))
  }

  /** A number in text becomes another. */
  #replaceNumber(): void {
    const random = this.#random
    let at = this.#place()
    for (let step = 0; step < 64 && at < this.#length && !this.#isDigit(at); step++) at++
    let end = at
    while (this.#isDigit(end)) end++
    if (end === at) return
    const there = this.#bytes.toString('latin1', at, end)
    this.#remove(at, end - at)
    const near = String(Number(there) + random.below(5) - 2)
    this.#insert(at, Buffer.from(random.oneIn(2) ? near : random.pick(NUMBERS)))
  }

  #isDigit(at: number): boolean {
    const byte = at < this.#length ? (this.#bytes[at] ?? 0) : 0
    return byte >= 0x30 && byte <= 0x39
  }

  /** A piece of the input itself. */
  #piece(): Buffer {
    const start = this.#place()
    const length = this.#random.below(
      Math.min(this.#length - start, this.#random.oneIn(4) ? 256 : 16) + 1,
    )
    return Buffer.from(this.#bytes.subarray(start, start + length))
  }

  #word(): Buffer {
    const { words } = this.#options
    return words.length === 0 ? this.#piece() : this.#random.pick(words)
  }

  /** Goes on as another input does. */
  #splice(): void {
    const random = this.#random
    const other = this.#options.other()
    const from = random.below(other.length + 1)
    if (random.oneIn(2)) {
      this.#length = this.#place()
      this.#insert(this.#length, other.subarray(from))
    } else {
      this.#insert(this.#place(), other.subarray(from, from + 1 + random.below(64)))
    }
  }

  #fill(): void {
    const start = this.#place()
    const end = Math.min(this.#length, start + 1 + this.#random.below(16))
    this.#bytes.fill(this.#random.pick([0, 0xff, 0x80, 0x20]), start, end)
  }

  #remove(at: number, count: number): void {
    const end = Math.min(this.#length, at + count)
    this.#bytes.copyWithin(at, end, this.#length)
    this.#length -= end - at
  }

  #insert(at: number, piece: Buffer): void {
    const count = Math.min(piece.length, this.#bytes.length - this.#length)
    this.#bytes.copyWithin(at + count, at, this.#length)
    piece.copy(this.#bytes, at, 0, count)
    this.#length += count
  }

  #overwrite(at: number, piece: Buffer): void {
    const count = Math.min(piece.length, this.#bytes.length - at)
    piece.copy(this.#bytes, at, 0, count)
    this.#length = Math.max(this.#length, at + count)
  }
}
