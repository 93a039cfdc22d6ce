// What becomes of records that are due and leave late: they delay the schedule, or the client is told, as it wishes.
import type { ReplayEvent, ReplayOptions } from './replay-words.ts'
import type { Schedule } from './schedule.ts'

interface LatenessParts {
  readonly options: Pick<ReplayOptions, 'latePolicy'>
  /** What is less late than this is made up for. */
  readonly lateMs: number
}

export class ReplayLateness {
  readonly #parts: LatenessParts
  readonly #schedule: Schedule
  readonly #tell: (event: ReplayEvent) => void
  /** The client was told that it is behind. */
  #isBehind = false

  constructor(parts: LatenessParts, schedule: Schedule, tell: (event: ReplayEvent) => void) {
    this.#parts = parts
    this.#schedule = schedule
    this.#tell = tell
  }

  /** Delays the schedule, or tells the client, when a record that is due is late by more than is allowed. */
  look(dueMs: number, nowMs: number, hasCredit: boolean): void {
    if (dueMs === -Infinity) return
    const lateMs = nowMs - dueMs
    const isLate = lateMs > this.#parts.lateMs
    if (this.#parts.options.latePolicy === 'delay') {
      if (isLate && hasCredit) this.#schedule.delay(lateMs)
      return
    }
    if (isLate === this.#isBehind || (this.#isBehind && lateMs > this.#parts.lateMs / 2)) return
    this.#isBehind = isLate
    this.#tell({ kind: 'lateness', isBehind: isLate, lateMs })
  }

  /** When a record that is due and not taken is to be told as late. */
  toldAtMs(dueMs: number): number {
    const isTold = this.#parts.options.latePolicy === 'delay' || this.#isBehind
    return isTold || dueMs === -Infinity ? Infinity : dueMs + this.#parts.lateMs + 1
  }

  /** The schedule begins anew: nothing is late any more. */
  over(): void {
    if (!this.#isBehind) return
    this.#isBehind = false
    this.#tell({ kind: 'lateness', isBehind: false, lateMs: 0 })
  }
}
