// The clock of the machine. Its timers never keep the process alive: what must keep running holds a socket or a file.
import type { Cancel, Clock } from './clock.ts'
import { sleepOn } from './sleep.ts'

/** The longest delay that setTimeout takes; longer ones are waited for in stretches. */
const TIMER_DELAY_MS_MAX = 2 ** 31 - 1

export class NodeClock implements Clock {
  wallMs(): number {
    return Date.now()
  }

  monotonicMs(): number {
    return performance.now()
  }

  after(delayMs: number, action: () => void): Cancel {
    const dueMs = this.monotonicMs() + Math.max(0, delayMs)
    let timer: NodeJS.Timeout | undefined
    const arm = (): void => {
      const remainingMs = Math.ceil(dueMs - this.monotonicMs())
      if (remainingMs <= 0 && timer !== undefined) {
        action()
        return
      }
      timer = setTimeout(arm, Math.min(Math.max(remainingMs, 0), TIMER_DELAY_MS_MAX))
      timer.unref()
    }
    if (delayMs !== Infinity) arm()
    return () => {
      clearTimeout(timer)
    }
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, delayMs, signal)
  }
}
