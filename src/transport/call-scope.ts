// The life of one call as its handler sees it: how long it may take, and a signal that ends what it started. Invariant:
// after `end` no timer or listener of the call is left.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../domain/error.ts'
import type { Cancel, Clock } from '../platform/clock.ts'

export interface CallScopeOptions {
  /** Who calls: what one connection may hold is counted by it. */
  readonly peer: string
  readonly clock: Clock
  /** How long the call may take; less than a millisecond counts as one. Infinity: for ever. */
  readonly limitMs: number
}

export class CallScope {
  /** Who calls. */
  readonly peer: string
  readonly #controller = new AbortController()
  readonly #clock: Clock
  readonly #endsAtMs: number
  #stopTimer: Cancel | undefined

  /** The time of the call runs from now on. */
  constructor(options: CallScopeOptions) {
    this.#clock = options.clock
    this.peer = options.peer
    // One for each append under way: bounded where appends are.
    setMaxListeners(0, this.#controller.signal)
    const limitMs = Math.max(1, options.limitMs)
    this.#endsAtMs = this.#clock.monotonicMs() + limitMs
    this.#stopTimer = this.#clock.after(limitMs, () => {
      this.#abort(new VarveError('REQUEST_TIMEOUT', 'the deadline of the call has passed'))
    })
  }

  /**
   * Aborts when the client went away or the deadline passed, and when the call is over and its answer sent; the reason is a
   * VarveError.
   */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Milliseconds until the deadline; not below 0. */
  get remainingMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.monotonicMs())
  }

  /** Waits for the work, but not longer than the call lives: then rejects with the signal's reason. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this
    return await new Promise<T>((resolve, reject) => {
      const onAbort = (): void => {
        reject(signal.reason as VarveError)
      }
      if (signal.aborted) onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      work.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', onAbort)
      })
    })
  }

  /** Nobody waits for the call any more: ends what it started. */
  cancel(): void {
    this.#abort(new VarveError('CANCELLED', 'the call was cancelled'))
  }

  /** Lets go of the timer. The signal stays as it is. */
  end(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
  }

  #abort(reason: VarveError): void {
    this.end()
    if (!this.signal.aborted) this.#controller.abort(reason)
  }
}
