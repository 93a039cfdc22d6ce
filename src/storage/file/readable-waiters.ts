// Those who wait for a partition to become readable above an offset. Each is woken at most once, in a later turn, and may be
// woken for nothing.
import type { Cancel } from '../../platform/clock.ts'

interface Waiter {
  readonly offset: number
  readonly wake: () => void
  isDone: boolean
}

export class ReadableWaiters {
  private waiters: Waiter[] | undefined

  add(offset: number, wake: () => void): Cancel {
    const waiter = { offset, wake, isDone: false }
    this.waiters ??= []
    this.waiters.push(waiter)
    return () => {
      waiter.isDone = true
      const left = this.waiters?.filter((other) => other !== waiter) ?? []
      this.waiters = left.length === 0 ? undefined : left
    }
  }

  /** Wakes those to whom one of the bounds means something. */
  wake(readableEnd: number, startOffset: number): void {
    const { waiters } = this
    if (waiters === undefined) return
    const isDue = ({ offset }: Waiter): boolean => offset < readableEnd || offset < startOffset
    const due = waiters.filter(isDue)
    if (due.length === 0) return
    const left = waiters.filter((waiter) => !isDue(waiter))
    this.waiters = left.length === 0 ? undefined : left
    for (const waiter of due) wakeLater(waiter)
  }

  wakeAll(): void {
    const { waiters } = this
    this.waiters = undefined
    for (const waiter of waiters ?? []) wakeLater(waiter)
  }
}

function wakeLater(waiter: Waiter): void {
  queueMicrotask(() => {
    if (waiter.isDone) return
    waiter.isDone = true
    waiter.wake()
  })
}
