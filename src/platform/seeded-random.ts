// Randomness that a seed repeats exactly, on every machine. For simulation and tests; never for secrets.
import type { Random } from './random.ts'

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes the usual batteries, a few operations a number. */
export class SeededRandom implements Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** @param seed any number or text; runs with the same one are the same. */
  constructor(seed: number | string) {
    // FNV-1a, started three times apart, spreads the seed over the state.
    const text = String(seed)
    this.a = fnv1a(text, 0x811c9dc5)
    this.b = fnv1a(text, 0x9e3779b9)
    this.c = fnv1a(text, 0x85ebca6b)
    for (let i = 0; i < 15; i++) this.next()
  }

  integer(bound: number): number {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32)) {
      throw new RangeError(`a bound is an integer from 1 to 2^32, not ${bound}`)
    }
    // Numbers of the last, incomplete round are thrown away, so that all results are equally likely.
    const limit = 2 ** 32 - (2 ** 32 % bound)
    let value = this.next()
    while (value >= limit) value = this.next()
    return value % bound
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = this.next() >>> 24
    return bytes
  }

  /** An independent sequence, itself repeatable: for a part that must not disturb the numbers of another. */
  fork(): SeededRandom {
    return new SeededRandom(`${this.next()}-${this.next()}`)
  }

  private next(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }
}

function fnv1a(text: string, start: number): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
