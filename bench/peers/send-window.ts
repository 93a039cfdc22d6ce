// How much a producer of a peer has under way at once. Invariant: `recordsMax` and `bytesMax` are never passed, except that a single record
// always fits when nothing else is under way.

/** Enough to keep a server busy over a round trip and a sync, and below what any of them refuses. */
export const WINDOW_RECORDS_MAX = 4096
export const WINDOW_BYTES_MAX = 32 * 2 ** 20

export class SendWindow {
  readonly #recordsMax: number
  readonly #bytesMax: number
  #records = 0
  #bytes = 0
  #roomWaiters: (() => void)[] = []
  #idleWaiters: (() => void)[] = []

  constructor(recordsMax: number = WINDOW_RECORDS_MAX, bytesMax: number = WINDOW_BYTES_MAX) {
    this.#recordsMax = recordsMax
    this.#bytesMax = bytesMax
  }

  /** @returns false when there is no room: nothing was taken */
  tryTake(bytes: number): boolean {
    const hasRoom = this.#records < this.#recordsMax && this.#bytes + bytes <= this.#bytesMax
    if (!hasRoom && this.#records > 0) return false
    this.#records++
    this.#bytes += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#records--
    this.#bytes -= bytes
    if (this.#isHalfEmpty()) for (const wake of this.#roomWaiters.splice(0)) wake()
    if (this.#records === 0) for (const wake of this.#idleWaiters.splice(0)) wake()
  }

  /** Resolves when half of it is free: waking somebody for every record would cost more than the record. */
  ready(): Promise<void> {
    if (this.#isHalfEmpty()) return Promise.resolve()
    return new Promise((resolve) => this.#roomWaiters.push(resolve))
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    if (this.#records === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idleWaiters.push(resolve))
  }

  #isHalfEmpty(): boolean {
    return this.#records <= this.#recordsMax / 2 && this.#bytes <= this.#bytesMax / 2
  }
}
