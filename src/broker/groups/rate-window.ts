// How fast a total grows, over about the last minute. Invariant: the rate is that between two moments at which the total was really
// looked at, however late the looks came; a young window says how short it is.

export interface Rate {
  readonly perSecond: number
  /** Between the two moments; 0 while there is only one, and then the rate is 0. */
  readonly windowMs: number
}

export class RateWindow {
  readonly #windowMs: number
  /** Of the monotonic clock, rising. */
  readonly #times: number[]
  readonly #totals: number[]

  /** @param windowMs how far back the rate looks, and up to one interval of looks further */
  constructor(windowMs: number, nowMs: number, total: number) {
    this.#windowMs = windowMs
    this.#times = [nowMs]
    this.#totals = [total]
  }

  /** Keeps a look, and of those that are too old only the last. */
  add(nowMs: number, total: number): void {
    this.#times.push(nowMs)
    this.#totals.push(total)
    const surplus = this.#first(nowMs)
    this.#times.splice(0, surplus)
    this.#totals.splice(0, surplus)
  }

  /** @param total as it is at `nowMs` */
  rate(nowMs: number, total: number): Rate {
    const first = this.#first(nowMs)
    const windowMs = nowMs - (this.#times[first] ?? nowMs)
    if (windowMs <= 0) return { perSecond: 0, windowMs: 0 }
    const growth = total - (this.#totals[first] ?? total)
    return { perSecond: (growth * 1_000) / windowMs, windowMs }
  }

  /** The index of the last look that is at least the window old, or of the first one. */
  #first(nowMs: number): number {
    const times = this.#times
    let first = 0
    while ((times[first + 1] ?? Infinity) <= nowMs - this.#windowMs) first++
    return first
  }
}
