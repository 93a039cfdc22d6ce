// The life of one call as its handler sees it: how long it may take, and a signal that ends what it started. Invariant:
// after `end` no timer or listener of the call is left.
import { setMaxListeners } from 'node:events'
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'

/** What grpc-js knows about a call, whatever its kind. */
interface TransportCall {
  getDeadline(): Date | number
  getPeer(): string
  on(event: 'cancelled', listener: () => void): unknown
}

export class CallScope {
  /** Address and port of the client. */
  readonly peer: string
  readonly #controller = new AbortController()
  readonly #clock: Clock
  readonly #endsAtMs: number
  #stopTimer: Cancel | undefined

  /**
   * Watches a call from now on.
   * @param deadlineMsDefault how long a call may take whose client set no deadline; Infinity: for ever
   */
  constructor(call: TransportCall, clock: Clock, deadlineMsDefault: number) {
    this.#clock = clock
    this.peer = call.getPeer()
    // One for each append under way: bounded where appends are.
    setMaxListeners(0, this.#controller.signal)
    const deadline = Number(call.getDeadline())
    const leftMs = deadline === Infinity ? deadlineMsDefault : deadline - clock.wallMs()
    const limitMs = leftMs === Infinity ? Infinity : clamp(leftMs, 1, LIMITS.deadlineMsMax)
    this.#endsAtMs = clock.monotonicMs() + limitMs
    this.#stopTimer = clock.after(limitMs, () => {
      this.#abort(new VarveError('REQUEST_TIMEOUT', 'the deadline of the call has passed'))
    })
    // grpc-js emits it at the end of every call, early or not.
    call.on('cancelled', () => {
      this.#abort(new VarveError('CANCELLED', 'the call was cancelled'))
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

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
