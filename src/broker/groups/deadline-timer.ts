// The one timer of a group: comes when the first deadline of a member does. Deadlines mostly move away, with every heartbeat; so it is
// set to the earliest that was known, and only set anew for an earlier one. Invariant: no timer without members.
import { type Deadlines, type MemberDeadlines, nextDeadline } from '../../coordinator/deadlines.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import { nextTurn } from '../../platform/next-turn.ts'

/** When what could not be stored is tried again. */
const RETRY_MS = 1_000
/** A timer this late tells that the process stood still: members had no chance to be heard. */
const LATE_MS = 500
/** How long they get then at most. */
const LATE_GRACE_MS = 1_000

export class DeadlineTimer {
  readonly #clock: Clock
  readonly #onDue: () => void
  #stopTimer: Cancel | undefined
  #isStopped = false
  /** When it comes. */
  #dueMs = Number.POSITIVE_INFINITY
  /** The first of the deadlines that were set since. */
  #firstMs = Number.POSITIVE_INFINITY
  #retryMs = Number.NEGATIVE_INFINITY

  /** @param onDue deadlines may have come; what had arrived before was given its turn */
  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock
    this.#onDue = onDue
  }

  /** Whether something may be tried now that nobody asked for. */
  get mayAct(): boolean {
    return this.#clock.monotonicMs() >= this.#retryMs
  }

  /** A member has these from now on. */
  note(deadlines: MemberDeadlines | undefined): void {
    if (deadlines === undefined) return
    const { sessionMs, rebalance } = deadlines
    this.#firstMs = Math.min(this.#firstMs, sessionMs, rebalance?.deadlineMs ?? sessionMs)
  }

  /** All deadlines may be others than before. */
  noteAll(): void {
    this.#firstMs = Number.NEGATIVE_INFINITY
  }

  /** To be called when a round is stored. */
  update(deadlines: Deadlines): void {
    const isSet = this.#dueMs !== Number.POSITIVE_INFINITY
    if (deadlines.size === 0) this.#set(undefined)
    else if (!isSet || this.#firstMs < this.#dueMs) this.#set(nextDeadline(deadlines))
  }

  /** What came due could not be stored: it comes again in a while. */
  retryLater(): void {
    this.#retryMs = this.#clock.monotonicMs() + RETRY_MS
    this.#set(this.#retryMs)
  }

  stop(): void {
    this.#isStopped = true
    this.#set(undefined)
  }

  #set(atMs: number | undefined): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    this.#dueMs = this.#firstMs = Number.POSITIVE_INFINITY
    if (atMs === undefined || this.#isStopped) return
    this.#dueMs = Math.max(atMs, this.#retryMs)
    this.#stopTimer = this.#clock.after(this.#dueMs - this.#clock.monotonicMs(), () => {
      this.#ring()
    })
  }

  #ring(): void {
    const nowMs = this.#clock.monotonicMs()
    const lateMs = nowMs - this.#dueMs
    if (lateMs > LATE_MS) {
      this.#set(nowMs + Math.min(lateMs, LATE_GRACE_MS))
      return
    }
    this.#stopTimer = undefined
    this.#dueMs = Number.POSITIVE_INFINITY
    // What has arrived is heard first.
    void nextTurn().then(() => {
      if (!this.#isStopped) this.#onDue()
    })
  }
}
