// The clock of the machine. Its timers do not keep the process alive unless it was made so: a broker holds sockets and
// files that do; a client that waits before it tries again has nothing but its timer.
import type { Cancel, Clock } from './clock.ts'
import { sleepOn } from './sleep.ts'

/** The longest delay that setTimeout takes; longer ones are waited for in stretches. */
const TIMER_DELAY_MS_MAX = 2 ** 31 - 1

export class NodeClock implements Clock {
  private readonly keepsProcessAlive: boolean

  constructor(options: { readonly keepsProcessAlive?: boolean } = {}) {
    this.keepsProcessAlive = options.keepsProcessAlive ?? false
  }

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
      if (!this.keepsProcessAlive) timer.unref()
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
