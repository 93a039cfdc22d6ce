// One stream of a replay, from its opening to its end, as the client sees it. Invariants: nothing is told before it is open, nothing after
// it was hung up, and its end, or that it could not be opened, once and last.
import { isVarveError, type VarveError } from '../domain/error.ts'
import type {
  ReplayInit,
  ReplayPace,
  ReplayRequest,
  ReplayResponseOutput,
} from '../protocol/grpc/messages.ts'
import type { ClientContext } from './client-context.ts'
import type { ReplayStream } from './transport.ts'

export interface ReplayAttemptEvents {
  onOpen(stream: ReplayStream): void
  onMessage(message: ReplayResponseOutput): void
  /** With the error if there was one. */
  onEnd(error: VarveError | undefined): void
}

/** What its init said. */
export interface ReplayBegun {
  /** The broker takes for starts what are the starts of the replay: a seek may go back to them. */
  readonly isFromStarts: boolean
  readonly pace: ReplayPace
  readonly isPaused: boolean
}

export class ReplayAttempt {
  readonly begun: ReplayBegun
  /** Of the last seek that was sent. */
  seekEpoch = 0
  /** Of the last seek that was answered. */
  answeredEpoch = 0
  /** All was played, and nothing was sought since. */
  isSummed = false
  private readonly events: ReplayAttemptEvents
  private readonly abort = new AbortController()
  private stream: ReplayStream | undefined
  /** What came while it was being opened; undefined afterwards. */
  private early: ReplayResponseOutput[] | undefined = []
  private ended: { readonly error: VarveError | undefined } | undefined
  private isGone = false

  constructor(begun: ReplayBegun, events: ReplayAttemptEvents) {
    this.begun = begun
    this.events = events
  }

  get isOpen(): boolean {
    return this.stream !== undefined
  }

  async open({ transport, requestTimeoutMs }: ClientContext, init: ReplayInit): Promise<void> {
    const stream = await transport
      .openReplay(
        init,
        {
          onMessage: (message) => {
            if (this.early !== undefined) this.early.push(message)
            else if (!this.isGone) this.events.onMessage(message)
          },
          onEnd: (error) => {
            this.ended = { error }
            if (this.early === undefined) this.end(error)
          },
        },
        { timeoutMs: requestTimeoutMs, signal: this.abort.signal },
      )
      .catch((error: unknown) => {
        // It was broken off here.
        if (this.isGone) return undefined
        if (!isVarveError(error)) throw error
        this.end(error)
        return undefined
      })
    if (stream === undefined) return
    if (this.isGone) {
      stream.cancel()
      return
    }
    this.stream = stream
    this.events.onOpen(stream)
    this.tellEarly()
  }

  /** Nothing while it is not open: what is wanted then is said when it is. */
  send(message: ReplayRequest): void {
    this.stream?.send(message)
  }

  /** Goes to a moment, or to the starts. */
  sendSeek(timestampMs: number | undefined): void {
    this.seekEpoch++
    this.isSummed = false
    const { seekEpoch } = this
    const to = timestampMs === undefined ? { start: true } : { timestampMs }
    this.send({ seek: { seekEpoch, ...to } })
  }

  hangUp(): void {
    this.isGone = true
    if (this.isSummed) {
      // The broker ends a stream behind its summary when nothing more is said.
      this.stream?.finish()
      return
    }
    this.stream?.cancel()
    this.abort.abort()
  }

  private tellEarly(): void {
    const { early = [] } = this
    this.early = undefined
    for (const message of early) {
      if (!this.isGone) this.events.onMessage(message)
    }
    if (this.ended !== undefined) this.end(this.ended.error)
  }

  private end(error: VarveError | undefined): void {
    if (this.isGone) return
    this.isGone = true
    this.events.onEnd(error)
  }
}
