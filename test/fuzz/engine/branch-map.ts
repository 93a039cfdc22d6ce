// What inputs have reached so far: of each branch the classes of how often one run passes it (once, twice, three times, some, many),
// as AFL counts them, so that a second turn of a loop is news and a hundredth is none.

const CLASS_OF = new Uint8Array(256)
for (let count = 1; count < 256; count++) {
  CLASS_OF[count] =
    count < 4 ? 1 << (count - 1) : 1 << Math.min(7, Math.floor(Math.log2(count)) + 1)
}

export class BranchMap {
  /** Counters of all modules; those of others than the target's are looked over. */
  readonly counters: Uint32Array
  readonly #indexes: Uint16Array
  readonly #seen: Uint8Array

  /** @param indexes of the branches that count here */
  constructor(counters: Uint32Array, indexes: readonly number[]) {
    this.counters = counters
    this.#indexes = Uint16Array.from(indexes)
    this.#seen = new Uint8Array(indexes.length)
  }

  /** Before a run. */
  clear(): void {
    this.counters.fill(0)
  }

  /** Takes what the run has reached. @returns 0: nothing new · 1: a branch in another class · 2: a branch for the first time */
  take(): 0 | 1 | 2 {
    const { counters } = this
    const indexes = this.#indexes
    const seenClasses = this.#seen
    let news: 0 | 1 | 2 = 0
    for (let at = 0; at < indexes.length; at++) {
      const count = counters[indexes[at] as number] as number
      if (count === 0) continue
      const seen = seenClasses[at] as number
      const bit = CLASS_OF[count < 255 ? count : 255] as number
      if ((seen & bit) !== 0) continue
      if (seen === 0) news = 2
      else if (news === 0) news = 1
      seenClasses[at] = seen | bit
    }
    return news
  }

  /** Indexes of the branches that no run has reached. */
  get missing(): number[] {
    return [...this.#indexes].filter((_, at) => this.#seen[at] === 0)
  }

  /** Those of all branches that count. */
  get indexes(): number[] {
    return [...this.#indexes]
  }
}
