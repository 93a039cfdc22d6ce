// The bound of a producer's memory: bytes are taken before a record is accepted and given back when it is delivered or
// has failed. Who finds no room waits in line; nobody overtakes, so the order of the sends is kept.
import { VarveError } from '../domain/error.ts'
import type { Cancel, Clock } from '../platform/clock.ts'

interface Waiter {
  readonly bytes: number
  readonly dueMs: number
  readonly grant: () => void
  readonly refuse: (error: VarveError) => void
}

export class SendBuffer {
  readonly capacityBytes: number
  private readonly clock: Clock
  private readonly maxWaitMs: number
  private used = 0
  private waiters: Waiter[] = []
  private stopTimer: Cancel | undefined
  private isGranting = false

  constructor(options: { clock: Clock; capacityBytes: number; maxWaitMs: number }) {
    this.clock = options.clock
    this.capacityBytes = options.capacityBytes
    this.maxWaitMs = options.maxWaitMs
  }

  get usedBytes(): number {
    return this.used
  }

  get isAwaited(): boolean {
    return this.waiters.length > 0
  }

  /** Takes the bytes if there is room and nobody waits. */
  tryTake(bytes: number): boolean {
    // While others are being granted their room, whoever asks stands behind them.
    if (this.isGranting || this.waiters.length > 0 || !this.hasRoom(bytes)) return false
    this.used += bytes
    return true
  }

  /** Takes the bytes as soon as it is their turn; calls exactly one of the two, `refuse` with BUFFER_FULL or what `refuseAll` gets. */
  take(bytes: number, grant: () => void, refuse: (error: VarveError) => void): void {
    if (this.tryTake(bytes)) {
      grant()
      return
    }
    // All wait equally long, so the first in line is always the first to give up.
    this.waiters.push({ bytes, dueMs: this.clock.monotonicMs() + this.maxWaitMs, grant, refuse })
    this.setTimer()
  }

  giveBack(bytes: number): void {
    this.used -= bytes
    this.grantWaiters()
  }

  refuseAll(error: VarveError): void {
    const { waiters } = this
    this.waiters = []
    this.setTimer()
    for (const waiter of waiters) waiter.refuse(error)
  }

  private hasRoom(bytes: number): boolean {
    return this.used + bytes <= this.capacityBytes
  }

  /** One round after the other: a grant may give bytes back, and what that lets in comes behind what was let in before. */
  private grantWaiters(): void {
    if (this.isGranting) return
    this.isGranting = true
    try {
      for (let ready = this.takeReady(); ready.length > 0; ready = this.takeReady()) {
        for (const waiter of ready) waiter.grant()
      }
    } finally {
      this.isGranting = false
    }
  }

  private takeReady(): Waiter[] {
    let granted = 0
    for (; granted < this.waiters.length; granted++) {
      const waiter = this.waiters[granted]
      if (waiter === undefined || !this.hasRoom(waiter.bytes)) break
      this.used += waiter.bytes
    }
    const ready = this.waiters.splice(0, granted)
    if (granted > 0) this.setTimer()
    return ready
  }

  private setTimer(): void {
    const first = this.waiters[0]
    if (first === undefined) {
      this.stopTimer?.()
      this.stopTimer = undefined
      return
    }
    this.stopTimer ??= this.clock.after(first.dueMs - this.clock.monotonicMs(), () => {
      this.stopTimer = undefined
      this.refuseLate()
    })
  }

  private refuseLate(): void {
    const nowMs = this.clock.monotonicMs()
    const late = this.waiters.filter((waiter) => waiter.dueMs <= nowMs)
    this.waiters = this.waiters.filter((waiter) => waiter.dueMs > nowMs)
    this.setTimer()
    for (const waiter of late) {
      waiter.refuse(
        new VarveError(
          'BUFFER_FULL',
          `the send buffer of ${this.capacityBytes} bytes stayed full for ${this.maxWaitMs} ms`,
          { details: { bufferBytes: this.capacityBytes } },
        ),
      )
    }
    this.grantWaiters()
  }
}
