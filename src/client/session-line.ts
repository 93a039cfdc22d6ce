// One stream of a group session as its member sees it: a question, its answer, and what the broker says in between. Invariants:
// one question is under way at a time; once the stream has ended every wait fails with the reason.
import { VarveError } from '../domain/error.ts'
import type { SessionRequest, SessionResponseOutput } from '../protocol/grpc/messages.ts'
import type { ClientContext } from './client-context.ts'
import type { GroupSessionStream } from './transport.ts'

export class SessionLine {
  private readonly abort = new AbortController()
  private readonly onChange: () => void
  private stream: GroupSessionStream | undefined
  private answer: SessionResponseOutput | undefined
  private failure: VarveError | undefined
  private wasCalled = false

  /** @param onChange called when an answer or a call came, or the stream ended */
  private constructor(onChange: () => void) {
    this.onChange = onChange
  }

  /** @throws VarveError BROKER_UNAVAILABLE · UNSUPPORTED ... · the reason of `signal` */
  static async open(
    context: ClientContext,
    onChange: () => void,
    signal: AbortSignal,
  ): Promise<SessionLine> {
    const line = new SessionLine(onChange)
    const giveUp = (): void => {
      line.abort.abort(signal.reason)
    }
    signal.addEventListener('abort', giveUp)
    try {
      line.stream = await context.transport.openGroupSession(
        {
          onMessage: (message) => {
            if (message.call) line.wasCalled = true
            else line.answer = message
            line.onChange()
          },
          onEnd: (error) => {
            line.failure ??=
              error ?? new VarveError('BROKER_UNAVAILABLE', 'the broker ended the session')
            line.onChange()
          },
        },
        { signal: line.abort.signal },
      )
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
    if (signal.aborted) line.hangUp()
    return line
  }

  /** Why it is over; undefined while it is not. */
  get ended(): VarveError | undefined {
    return this.failure
  }

  /** The broker wants a heartbeat. Told once. */
  takeCall(): boolean {
    const { wasCalled } = this
    this.wasCalled = false
    return wasCalled
  }

  send(message: SessionRequest): void {
    this.answer = undefined
    this.stream?.send(message)
  }

  /** What came last, once. @throws VarveError when the stream has ended without it */
  takeAnswer(): SessionResponseOutput | undefined {
    const { answer } = this
    this.answer = undefined
    if (answer === undefined && this.failure !== undefined) throw this.failure
    return answer
  }

  /** Ends it at once. That is no leave. @param why unless it has ended already */
  hangUp(why = new VarveError('CANCELLED', 'the session was given up')): void {
    this.failure ??= why
    this.stream?.cancel()
    this.abort.abort(this.failure)
  }
}
