// Waiting until something has changed, or for so long. One waits at a time, having looked whether there is something to do; whoever
// changes something wakes it, and it looks again.
import type { Clock } from '../platform/clock.ts'

export class Wakeup {
  private readonly clock: Clock
  private wake: (() => void) | undefined

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Something has changed. */
  readonly notify = (): void => {
    const { wake } = this
    this.wake = undefined
    wake?.()
  }

  /** Resolves at the next change, or after so long. */
  async wait(timeoutMs: number): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      this.wake = resolve
    })
    const stopTimer = this.clock.after(Math.max(0, timeoutMs), this.notify)
    await changed
    stopTimer()
  }
}
