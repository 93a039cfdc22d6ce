// One waiting fetch: subscriptions to its partitions, a deadline, and the caller's signal. Invariant: after `end`, which
// is safe to call twice, no timer, listener or subscription of it is left.
import type { Cancel, Clock } from '../platform/clock.ts'

/** Subscribes to one partition, as PartitionLog.notifyReadable does. */
export type Subscribe = (wake: () => void) => Cancel

export class LongPoll {
  readonly #subscriptions = new Map<number, Cancel>()
  readonly #signal: AbortSignal | undefined
  readonly #stopTimer: Cancel
  #woken: number[] = []
  #isOver = false
  #onChange: (() => void) | undefined

  constructor(clock: Clock, maxWaitMs: number, signal?: AbortSignal) {
    this.#signal = signal
    this.#stopTimer = clock.after(maxWaitMs, this.end)
    signal?.addEventListener('abort', this.end, { once: true })
    if (signal?.aborted === true) this.end()
  }

  /** Waits for the target of this index too. To be called again after it woke, when it is to be waited for again. */
  watch(index: number, subscribe: Subscribe): void {
    if (this.#isOver) return
    const cancel = subscribe(() => {
      this.#subscriptions.delete(index)
      this.#woken.push(index)
      this.#onChange?.()
    })
    this.#subscriptions.set(index, cancel)
  }

  /** The targets that woke since the last call; empty when the wait is over. */
  async next(): Promise<readonly number[]> {
    if (!this.#isOver && this.#woken.length === 0) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve
      })
      this.#onChange = undefined
    }
    if (this.#isOver) return []
    const woken = this.#woken
    this.#woken = []
    return woken
  }

  /** Ends the wait: the deadline passed, the caller left, the broker closes, or enough is there. */
  readonly end = (): void => {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopTimer()
    this.#signal?.removeEventListener('abort', this.end)
    for (const cancel of this.#subscriptions.values()) cancel()
    this.#subscriptions.clear()
    this.#onChange?.()
  }
}
