// Counts accepted records by generation, so that a flush can wait for exactly those that were accepted before it, however
// many more come in meanwhile.

interface Generation {
  readonly number: number
  open: number
}

export class FlushBarrier {
  /** Oldest first; the last is the current one. */
  private generations: Generation[] = [{ number: 0, open: 0 }]
  private waiters: { readonly upTo: number; readonly resolve: () => void }[] = []

  /** Accepted records that are neither delivered nor failed. */
  get open(): number {
    let sum = 0
    for (const generation of this.generations) sum += generation.open
    return sum
  }

  get generation(): number {
    return this.current.number
  }

  /** A record was accepted. @returns its generation, for `leave` */
  enter(): number {
    this.current.open++
    return this.current.number
  }

  /** Records of a generation were delivered or have failed. */
  leave(number: number, count = 1): void {
    const generation = this.generations.find((candidate) => candidate.number === number)
    if (generation === undefined) throw new Error(`no generation ${number} is open`)
    generation.open -= count
    this.settle()
  }

  /** Begins a new generation; resolves when all earlier ones are empty. */
  wait(): Promise<void> {
    const upTo = this.current.number
    this.generations.push({ number: upTo + 1, open: 0 })
    return new Promise((resolve) => {
      this.waiters.push({ upTo, resolve })
      this.settle()
    })
  }

  private get current(): Generation {
    const last = this.generations.at(-1)
    if (last === undefined) throw new Error('there is always a generation')
    return last
  }

  private settle(): void {
    while (this.generations.length > 1 && this.generations[0]?.open === 0) this.generations.shift()
    const oldest = this.generations[0]?.number ?? 0
    if (this.waiters.length === 0) return
    const done = this.waiters.filter(({ upTo }) => upTo < oldest)
    this.waiters = this.waiters.filter(({ upTo }) => upTo >= oldest)
    for (const { resolve } of done) resolve()
  }
}
