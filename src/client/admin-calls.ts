// The two kinds of administrative calls: those that change nothing are repeated while the broker cannot be reached, within the
// request timeout; those that change something are sent once, so that an unclear outcome is told, not guessed.
import type { ClientContext } from './client-context.ts'
import { retryRead } from './retry.ts'
import type { UnaryCalls, UnaryMethod } from './transport.ts'

/** Repetitions of a read; the transport has waited for a connection already when it says that there is none. */
const READ_RETRY_MS = 1_000

export class AdminCalls {
  readonly context: ClientContext

  constructor(context: ClientContext) {
    this.context = context
  }

  /** A call that changes something. */
  change<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
  ): Promise<UnaryCalls[Method]['response']> {
    const { transport, requestTimeoutMs } = this.context
    return transport.call(method, request, { timeoutMs: requestTimeoutMs })
  }

  /** A call that changes nothing. */
  read<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
  ): Promise<UnaryCalls[Method]['response']> {
    return this.reading(() => this.change(method, request))
  }

  /** Anything that changes nothing. */
  reading<Result>(read: () => Promise<Result>): Promise<Result> {
    return retryRead(this.context, { timeoutMs: READ_RETRY_MS }, read)
  }
}
