// A clock that stands still until it is told to advance. Timers run in the order of their due times (those of the same
// moment in the order of their making), and whatever they started gets to run before the next one does: promise jobs, one
// round of the event loop, and work of the real machine that the clock was told of (`waitFor`).
import type { Cancel, Clock } from './clock.ts'
import { nextTurn } from './next-turn.ts'
import { sleepOn } from './sleep.ts'

interface VirtualTimer {
  readonly dueMs: number
  readonly sequence: number
  /** Undefined once it has run or was stopped. */
  action: (() => void) | undefined
}

/** Rounds of the event loop that one moment may take before time goes on all the same: some work never pauses. */
const ROUNDS_MAX = 1_000

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A length of time: milliseconds, or a text such as `250ms`, `10s`, `5m`, `1h`, `7d`. */
export type VirtualDuration = number | `${number}${keyof typeof UNIT_MS}`

export class VirtualClock implements Clock {
  private elapsedMs = 0
  private wallOffsetMs: number
  private sequence = 0
  /** A binary heap: the earliest timer is the first. */
  private timers: VirtualTimer[] = []
  /** How many in the heap were stopped. */
  private stopped = 0
  /** Work of the real machine that is under way. */
  private underWay = 0
  private onQuiet: (() => void)[] = []

  /** @param startWallMs what the wall clock shows at first; a fixed day of 2026 unless told. */
  constructor(startWallMs = Date.UTC(2026, 0, 1)) {
    this.wallOffsetMs = startWallMs
  }

  wallMs(): number {
    return Math.floor(this.wallOffsetMs + this.elapsedMs)
  }

  monotonicMs(): number {
    return this.elapsedMs
  }

  after(delayMs: number, action: () => void): Cancel {
    if (delayMs === Infinity) return () => undefined
    const timer: VirtualTimer = {
      dueMs: this.elapsedMs + Math.max(0, delayMs),
      sequence: this.sequence++,
      action,
    }
    push(this.timers, timer)
    return () => {
      if (timer.action === undefined) return
      timer.action = undefined
      this.stopped++
      if (this.stopped > 64 && this.stopped > this.timers.length / 2) this.dropStopped()
    }
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, delayMs, signal)
  }

  /**
   * Moves time on, running what falls due, each timer at its own moment. Promise jobs and setImmediate callbacks run
   * between timers and at the end; of input and output of the real machine that is waited for which was given to
   * `waitFor`.
   */
  async advance(duration: VirtualDuration): Promise<void> {
    const targetMs = this.elapsedMs + durationMs(duration)
    await this.settle()
    for (;;) {
      const timer = this.timers[0]
      if (timer === undefined || timer.dueMs > targetMs) break
      pop(this.timers)
      const { action } = timer
      if (action === undefined) {
        this.stopped--
        continue
      }
      timer.action = undefined
      this.elapsedMs = Math.max(this.elapsedMs, timer.dueMs)
      action()
      await this.settle()
    }
    this.elapsedMs = Math.max(this.elapsedMs, targetMs)
    await this.settle()
  }

  /**
   * Moves time on from timer to timer until the promise is settled, for what waits for time in ways that need not be known:
   * a batch that lingers, an attempt that is repeated.
   * @param options.limit how far time goes for it at most; a day unless told
   * @returns what the promise comes to
   * @throws Error when it is still open then
   */
  async until<T>(
    promise: Promise<T>,
    options: { readonly limit?: VirtualDuration } = {},
  ): Promise<T> {
    const { limit = '1d' } = options
    const endMs = this.elapsedMs + durationMs(limit)
    const state = { isSettled: false }
    const settle = (): void => {
      state.isSettled = true
    }
    promise.then(settle, settle)
    await this.settle()
    while (!state.isSettled) {
      const dueMs = this.nextDueMs()
      if (dueMs > endMs) {
        throw new Error(
          dueMs === Infinity ? 'nothing is left to wait for' : `still open after ${limit}`,
        )
      }
      await this.advance(Math.max(0, dueMs - this.elapsedMs))
    }
    return await promise
  }

  /** Time does not go on while the work is under way. @returns the work */
  waitFor<T>(work: Promise<T>): Promise<T> {
    this.underWay++
    const end = (): void => {
      this.underWay--
      if (this.underWay > 0) return
      for (const tell of this.onQuiet.splice(0)) tell()
    }
    work.then(end, end)
    return work
  }

  /** Sets the wall clock, as an operator or NTP would; waiting is not touched. */
  setWallMs(wallMs: number): void {
    this.wallOffsetMs = wallMs - this.elapsedMs
  }

  /** Timers that are open: to find leaks. */
  get openTimers(): number {
    return this.timers.length - this.stopped
  }

  /** Infinity: nothing waits. */
  private nextDueMs(): number {
    while (this.timers[0] !== undefined && this.timers[0].action === undefined) {
      pop(this.timers)
      this.stopped--
    }
    return this.timers[0]?.dueMs ?? Infinity
  }

  /** Lets everything that is ready run, and what follows from it. */
  private async settle(): Promise<void> {
    await nextTurn()
    for (let round = 0; this.underWay > 0 && round < ROUNDS_MAX; round++) {
      await new Promise<void>((resolve) => {
        this.onQuiet.push(resolve)
      })
      await nextTurn()
    }
  }

  private dropStopped(): void {
    const open = this.timers.filter((timer) => timer.action !== undefined)
    this.timers = []
    this.stopped = 0
    for (const timer of open) push(this.timers, timer)
  }
}

function durationMs(duration: VirtualDuration): number {
  if (typeof duration === 'number') {
    if (!(duration >= 0)) throw new RangeError(`time does not go back: ${duration}`)
    return duration
  }
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration)
  if (match === null) throw new RangeError(`no length of time: ${duration}`)
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]
}

function isBefore(left: VirtualTimer, right: VirtualTimer): boolean {
  return left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.sequence < right.sequence)
}

function push(heap: VirtualTimer[], timer: VirtualTimer): void {
  let index = heap.length
  heap.push(timer)
  while (index > 0) {
    const parentIndex = (index - 1) >> 1
    const parent = heap[parentIndex]
    if (parent === undefined || !isBefore(timer, parent)) break
    heap[index] = parent
    index = parentIndex
  }
  heap[index] = timer
}

function pop(heap: VirtualTimer[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let index = 0
  for (;;) {
    let childIndex = 2 * index + 1
    let child = heap[childIndex]
    if (child === undefined) break
    const right = heap[childIndex + 1]
    if (right !== undefined && isBefore(right, child)) {
      child = right
      childIndex++
    }
    if (!isBefore(child, last)) break
    heap[index] = child
    index = childIndex
  }
  heap[index] = last
}
