// Randomness for mutations: fast, and from a seed, so that a run is repeated by its seed and its number of runs.

/** xoshiro128** (https://prng.di.unimi.it/xoshiro128starstar.c), its state filled by a hash of the seed's text. */
export class FuzzRandom {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: string) {
    let hash = 0x811c9dc5
    const next = (): number => {
      hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) + 0x6d2b79f5
      return (hash ^ (hash >>> 13)) | 0
    }
    for (const character of seed) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
    }
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = next() | 1
  }

  /** 0 to 2^32 - 1. */
  word(): number {
    const product = Math.imul(this.#b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result >>> 0
  }

  /** An integer from 0 up to before `end`, which is at most 2^32. */
  below(end: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * end)
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }
}
