// Notices that a stream on which something should come at intervals has fallen silent. A message cannot overtake another one, so on a
// slow link silence may be one large message: whoever gave up too early waits longer the next time, until records have come.
import type { Cancel, Clock } from '../platform/clock.ts'

/** Intervals that may pass in a row without a sign. */
const LOOKS_MAX = 3
/** With intervals of five seconds a little more than a quarter of an hour. */
const PATIENT_LOOKS_MAX = 64 * LOOKS_MAX
/** Shorter pauses are no silence, however often there should be a sign. */
const INTERVAL_MS_MIN = 5_000

export class ReplaySilence {
  private readonly clock: Clock
  private readonly onSilent: () => void
  private looks = 0
  private looksMax = LOOKS_MAX
  private stopTimer: Cancel | undefined

  constructor(clock: Clock, onSilent: () => void) {
    this.clock = clock
    this.onSilent = onSilent
  }

  /** A stream is open, on which a sign should come at this interval. */
  start(intervalMs: number): void {
    this.looks = 0
    this.lookAfter(Math.max(INTERVAL_MS_MIN, intervalMs))
  }

  stop(): void {
    this.stopTimer?.()
  }

  /** Something came. */
  heard(): void {
    this.looks = 0
  }

  /** More came than a sign of life. */
  heardRecords(): void {
    this.looksMax = LOOKS_MAX
  }

  private lookAfter(intervalMs: number): void {
    this.stopTimer = this.clock.after(intervalMs, () => {
      this.looks++
      if (this.looks <= this.looksMax) this.lookAfter(intervalMs)
      else {
        this.looksMax = Math.min(2 * this.looksMax, PATIENT_LOOKS_MAX)
        this.onSilent()
      }
    })
  }
}
