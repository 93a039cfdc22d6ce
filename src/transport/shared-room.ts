// Bytes that many share, each taking some for a while. Invariant: no more is taken than there is.

export class SharedRoom {
  readonly #bytesMax: number
  #taken = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Taken now. */
  get bytes(): number {
    return this.#taken
  }

  /** @returns false when there is not so much; else `giveBack` must follow */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#bytesMax) return false
    this.#taken += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes
  }
}
