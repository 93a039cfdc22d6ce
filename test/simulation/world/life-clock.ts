// The clock of one process of a simulated world. Invariant: when the process has died, none of its timers runs any more.
import type { Cancel, Clock } from '../../../src/platform/clock.ts'
import { sleepOn } from '../../../src/platform/sleep.ts'

export class LifeClock implements Clock {
  readonly #clock: Clock
  #isOver = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  end(): void {
    this.#isOver = true
  }

  wallMs(): number {
    return this.#clock.wallMs()
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs()
  }

  after(delayMs: number, action: () => void): Cancel {
    return this.#clock.after(delayMs, () => {
      if (!this.#isOver) action()
    })
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, delayMs, signal)
  }
}
