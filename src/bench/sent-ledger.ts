// What every producer of a repetition sent and what became of it, by number. Invariant: each number has exactly one state, and only the
// first answer sets it.

/** Sent; no answer yet, or one that leaves its fate open. */
const OPEN = -1
/** Refused with nothing stored. */
const REFUSED = -2
/** Acknowledged without an offset. */
const STORED = -3

const CHUNK = 65_536

export type SentState =
  | { readonly kind: 'open' | 'refused' | 'stored' }
  | { readonly kind: 'at'; readonly offset: number }

/** A list of numbers that grows without copying what is there. */
class Column {
  readonly #chunks: Float64Array[] = []
  readonly #initial: number

  constructor(initial: number) {
    this.#initial = initial
  }

  get(index: number): number {
    return this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK] ?? this.#initial
  }

  set(index: number, value: number): void {
    const which = Math.floor(index / CHUNK)
    let chunk = this.#chunks[which]
    if (chunk === undefined) {
      chunk = new Float64Array(CHUNK).fill(this.#initial)
      this.#chunks[which] = chunk
    }
    chunk[index % CHUNK] = value
  }
}

export class SentLedger {
  readonly #states: Column[]
  readonly #wantedAtMs: Column[]
  readonly #counts: number[]
  #acknowledged = 0
  #refused = 0
  #answeredOpen = 0
  #firstFailure: string | undefined

  constructor(producers: number) {
    this.#states = Array.from({ length: producers }, () => new Column(OPEN))
    this.#wantedAtMs = Array.from({ length: producers }, () => new Column(0))
    this.#counts = Array.from({ length: producers }, () => 0)
  }

  get producers(): number {
    return this.#counts.length
  }

  get sent(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  /** Neither acknowledged nor refused. */
  get open(): number {
    return this.sent - this.#acknowledged - this.#refused
  }

  /** Answered with an error, whatever became of them. */
  get failed(): number {
    return this.#answeredOpen + this.#refused
  }

  /** How many numbers a producer has given out: the next one. */
  count(producer: number): number {
    return this.#counts[producer] ?? 0
  }

  /** @param wantedAtMs when it was, or should have been, sent */
  send(producer: number, wantedAtMs: number): void {
    const number = this.count(producer)
    this.#wantedAtMs[producer]?.set(number, wantedAtMs)
    this.#counts[producer] = number + 1
  }

  /** The last number was not taken after all. */
  unsend(producer: number): void {
    this.#counts[producer] = this.count(producer) - 1
  }

  acknowledge(producer: number, number: number, offset: number | undefined): void {
    this.#states[producer]?.set(number, offset ?? STORED)
    this.#acknowledged++
  }

  /** Why the first send failed; undefined when none did. */
  get firstFailure(): string | undefined {
    return this.#firstFailure
  }

  /** @param hasNoEffect whether it is certain that it was not stored */
  fail(producer: number, number: number, hasNoEffect: boolean, reason: string): void {
    this.#firstFailure ??= reason
    if (!hasNoEffect) {
      this.#answeredOpen++
      return
    }
    this.#states[producer]?.set(number, REFUSED)
    this.#refused++
  }

  wantedAtMs(producer: number, number: number): number {
    return this.#wantedAtMs[producer]?.get(number) ?? 0
  }

  state(producer: number, number: number): SentState {
    const state = this.#states[producer]?.get(number) ?? OPEN
    if (state === OPEN) return { kind: 'open' }
    if (state === REFUSED) return { kind: 'refused' }
    return state === STORED ? { kind: 'stored' } : { kind: 'at', offset: state }
  }
}
