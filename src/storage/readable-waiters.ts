// Those who wait for a partition to become readable beyond an offset. Kept small: a partition at rest has none.
import type { Cancel } from '../platform/clock.ts'

interface Waiter {
  readonly offset: number
  /** Undefined once called or cancelled. */
  wake: (() => void) | undefined
}

export class ReadableWaiters {
  private waiters: Set<Waiter> | undefined
  /** No waiter is below it: ten thousand that wait at the end are not looked at one by one for each new one. */
  private lowestOffset = Infinity

  /** Calls `wake` once after `offset` was passed (see {@link wakeBelow}), in a later turn. */
  add(offset: number, wake: () => void): Cancel {
    const waiter: Waiter = { offset, wake }
    this.waiters ??= new Set()
    this.waiters.add(waiter)
    this.lowestOffset = Math.min(this.lowestOffset, offset)
    return () => {
      waiter.wake = undefined
      this.waiters?.delete(waiter)
    }
  }

  /** Wakes those who wait for something above an offset that is below `end`: Infinity for all. */
  wakeBelow(end: number): void {
    if (this.waiters === undefined || this.lowestOffset >= end) return
    this.lowestOffset = Infinity
    for (const waiter of this.waiters) {
      if (waiter.offset >= end) {
        this.lowestOffset = Math.min(this.lowestOffset, waiter.offset)
        continue
      }
      this.waiters.delete(waiter)
      // In a later turn: the caller is in the middle of something.
      queueMicrotask(() => {
        const { wake } = waiter
        waiter.wake = undefined
        wake?.()
      })
    }
    if (this.waiters.size === 0) this.waiters = undefined
  }

  get count(): number {
    return this.waiters?.size ?? 0
  }
}
