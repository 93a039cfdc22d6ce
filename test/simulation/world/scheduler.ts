// The one scheduler of a simulated world: whatever could happen next (an operation of the disk takes effect, a message arrives) waits
// here, and a seeded choice says what does. Invariant: nothing else decides the order of things, so that the same plan has the same
// trace; the trace has everything that happened, and its hash says whether two runs were the same.
import { nextTurn } from '../../../src/platform/next-turn.ts'
import type { SeededRandom } from '../../../src/platform/seeded-random.ts'

interface Waiting {
  readonly label: string
  /** Things of a machine that has stopped never happen. */
  readonly owner: object
  readonly happen: () => void
}

const TRACE_MAX = 600

export class Scheduler {
  #waiting: Waiting[] = []
  #hash = 0x811c9dc5
  #events = 0
  readonly #latest: string[] = []

  /** Calls `happen` when its turn has come. */
  wait(owner: object, label: string, happen: () => void): void {
    this.#waiting.push({ owner, label, happen })
  }

  /** Nothing that waits for `owner` will happen any more. */
  forget(owner: object): void {
    this.#waiting = this.#waiting.filter((one) => one.owner !== owner)
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0
  }

  /** Lets one of the waiting things happen, and what follows from it at once. @returns false when nothing waits */
  async turn(random: SeededRandom): Promise<boolean> {
    const count = this.#waiting.length
    const index = count > 1 ? random.integer(count) : 0
    const next = this.#waiting[index]
    if (next === undefined) return false
    // The order of the others is part of the run.
    this.#waiting.splice(index, 1)
    this.note(next.label)
    next.happen()
    await nextTurn()
    return true
  }

  /** Adds to the trace what happened. */
  note(text: string): void {
    this.#events++
    let hash = this.#hash
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    }
    this.#hash = Math.imul(hash ^ 10, 0x01000193)
    this.#latest.push(text)
    if (this.#latest.length > TRACE_MAX) this.#latest.splice(0, TRACE_MAX / 2)
  }

  /** Of everything so far, in its order. */
  get traceHash(): string {
    return `${this.#events}-${(this.#hash >>> 0).toString(16).padStart(8, '0')}`
  }

  get events(): number {
    return this.#events
  }

  /** The latest things that happened, oldest first. */
  latest(count: number): readonly string[] {
    return this.#latest.slice(-count)
  }
}
