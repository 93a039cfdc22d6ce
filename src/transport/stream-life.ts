// The beginning and the end of a stream in both directions, the same whatever it carries: a first message within its time, and one
// end, whether the session comes to it, the call is over or the server stops. Invariant: `release` is called exactly once, and
// after it nothing of the life is left but the patience with a client that does not read its end.
import { VarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type { CallScope } from './call-scope.ts'
import type { MessageStream } from './message-stream.ts'
import type { ServiceContext } from './service-context.ts'

export interface StreamLifeParts {
  readonly context: ServiceContext
  readonly stream: Pick<MessageStream<never>, 'end' | 'resume' | 'breakOff'>
  /** Ended with the life. */
  readonly scope: CallScope
  /** How long the first message may take. */
  readonly startMsMax: number
  /** What is said when it does not come. */
  readonly startText: string
  /** How long the end may stay unread. */
  readonly endMsMax: number
  /** Lets go of what the session holds. */
  readonly release: () => void
}

export class StreamLife {
  readonly #parts: StreamLifeParts
  readonly #stopStart: Cancel
  #isOver = false

  constructor(parts: StreamLifeParts) {
    const { context, scope, startMsMax, startText } = parts
    this.#parts = parts
    context.stopping.addEventListener('abort', this.#onStopping, { once: true })
    scope.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#stopStart = context.clock.after(startMsMax, () => {
      this.end(new VarveError('REQUEST_TIMEOUT', startText))
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** To be called when the session can be ended: for a call that was over before it began. */
  begin(): void {
    const { context, scope } = this.#parts
    if (context.stopping.aborted) this.#onStopping()
    else if (scope.signal.aborted) this.#onAbort()
  }

  /** The first message has come. */
  started(): void {
    this.#stopStart()
  }

  /** Ends the stream, with the error if there is one. What was given to the stream may still be read. */
  end(error?: unknown): void {
    if (this.#isOver) return
    this.#end()
    const { context, stream, scope, endMsMax } = this.#parts
    // What still comes is dropped, so that the stream can end.
    stream.resume()
    stream.end(error)
    const { signal } = scope
    if (signal.aborted && (signal.reason as VarveError).code === 'CANCELLED') return
    // Whoever does not read does not read the end either.
    const stopTimer = context.clock.after(endMsMax, () => {
      stream.breakOff()
    })
    signal.addEventListener('abort', stopTimer, { once: true })
  }

  readonly #onStopping = (): void => {
    this.end(this.#parts.context.stopping.reason)
  }

  readonly #onAbort = (): void => {
    if (this.#isOver) return
    // The deadline passed: the client is still there and is told. A client that is gone hears nothing.
    const { reason } = this.#parts.scope.signal as { reason: VarveError }
    if (reason.code === 'CANCELLED') this.#end()
    else this.end(reason)
  }

  #end(): void {
    const { context, scope, release } = this.#parts
    this.#isOver = true
    this.#stopStart()
    scope.end()
    context.stopping.removeEventListener('abort', this.#onStopping)
    scope.signal.removeEventListener('abort', this.#onAbort)
    release()
  }
}
