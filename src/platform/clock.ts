// Time as the rest of the system sees it: a wall clock for timestamps, a monotonic clock for waiting, and timers. Nothing
// outside platform/ touches Date.now or setTimeout, so that a virtual clock can drive everything.

/** Stops a timer or a subscription; calling it again does nothing. */
export type Cancel = () => void

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may jump in either direction. For timestamps only. */
  wallMs(): number
  /** Milliseconds since some fixed moment; never goes back. For durations and deadlines. May have a fraction. */
  monotonicMs(): number
  /**
   * Calls `action` once after at least `delayMs`. Whether an open timer keeps the process alive is the clock's choice.
   * @returns a function that stops it.
   */
  after(delayMs: number, action: () => void): Cancel
  /** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>
}
