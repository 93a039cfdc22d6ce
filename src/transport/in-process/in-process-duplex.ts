// A stream in both directions without a socket: the client's side of it, and the stream that the session on the broker's
// side writes to. Invariants: messages are copied when they are sent; while the session wants none they wait here, and
// `give` says so; the stream is opened or refused, once; after it was opened its end is told, once and last; nothing is
// told within one of the client's own calls.
import { VarveError } from '../../domain/error.ts'
import type { MessageCopy } from '../../protocol/grpc/message-copy.ts'
import type { CallScope } from '../call-scope.ts'
import type { MessageSession, MessageStream } from '../message-stream.ts'
import type { TurnTaker } from './turn-taker.ts'

/** How the messages of one kind of stream are copied. */
export interface DuplexForm<
  RequestSent extends object,
  Request extends object,
  ResponseSent extends object,
  Response extends object,
> {
  readonly copyRequest: MessageCopy<RequestSent, Request>
  readonly copyResponse: MessageCopy<ResponseSent, Response>
}

/** Of a stream that begins with an init and its answer. */
export interface OpeningForm<
  RequestSent extends object,
  Request extends object,
  ResponseSent extends object,
  Response extends object,
  Ready,
> extends DuplexForm<RequestSent, Request, ResponseSent, Response> {
  /** What the answer to the init says; undefined when it is none. */
  readonly readyOf: (response: Response) => Ready | undefined
}

/** Makes the broker's side of a stream. */
type Serve<Request, ResponseSent> = (
  stream: MessageStream<ResponseSent>,
  scope: CallScope,
) => MessageSession<Request>

/** What the client is told of an open stream. */
export interface DuplexEvents<Response> {
  onMessage(response: Response): void
  /** After `give` said false: there is room again. */
  onDrain(): void
  onEnd(error: VarveError | undefined): void
}

export interface DuplexOptions<Response> {
  /** Ends with the stream. */
  readonly scope: CallScope
  readonly turns: TurnTaker
  readonly events: DuplexEvents<Response>
  /** What the client is told of an error. */
  readonly errorOf: (error: unknown) => VarveError
}

export class InProcessDuplex<
  RequestSent extends object,
  Request extends object,
  ResponseSent extends object,
  Response extends object,
> implements MessageStream<ResponseSent>
{
  readonly #form: DuplexForm<RequestSent, Request, ResponseSent, Response>
  readonly #options: DuplexOptions<Response>
  #session: MessageSession<Request> | undefined
  /** Given while the session wanted none. */
  #waiting: Request[] = []
  #isPaused = false
  #isFinishing = false
  /** `give` said that there is no room. */
  #isBlocked = false
  #hasEnded = false
  /** Takes the answer to the init; @returns whether it was one. Undefined when none is expected (any more). */
  #onOpening: ((response: Response) => boolean) | undefined
  #onRefused: ((error: VarveError) => void) | undefined

  constructor(
    form: DuplexForm<RequestSent, Request, ResponseSent, Response>,
    options: DuplexOptions<Response>,
  ) {
    this.#form = form
    this.#options = options
    const { signal } = options.scope
    signal.addEventListener(
      'abort',
      () => {
        this.end(signal.reason)
      },
      { once: true },
    )
  }

  // The side of the client.

  /** What the client may do with the stream once it is open. */
  get clientSide(): {
    readonly send: (message: RequestSent) => boolean
    readonly finish: () => void
    readonly cancel: () => void
  } {
    return {
      send: (message) => this.give(message),
      finish: () => {
        this.finish()
      },
      cancel: () => {
        this.cancel()
      },
    }
  }

  /**
   * Sends the init. A session answers it at once, so the opening needs no deadline.
   * @param opening the form of the stream again, with which answer says that it is open
   * @param signal breaks the opening off; it does not end the open stream
   */
  async open<Ready>(
    opening: Pick<OpeningForm<RequestSent, Request, ResponseSent, Response, Ready>, 'readyOf'>,
    serve: Serve<Request, ResponseSent>,
    init: RequestSent,
    signal: AbortSignal | undefined,
  ): Promise<Ready> {
    const onAbort = (): void => {
      this.cancel()
    }
    signal?.addEventListener('abort', onAbort)
    try {
      return await new Promise<Ready>((resolve, reject) => {
        this.#onOpening = (response) => {
          const ready = opening.readyOf(response)
          if (ready !== undefined) resolve(ready)
          return ready !== undefined
        }
        this.#onRefused = reject
        this.join(serve)
        this.give(init)
      })
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Begins a stream that is open from its first message on. */
  join(serve: Serve<Request, ResponseSent>): void {
    this.#session = serve(this, this.#options.scope)
  }

  /** @returns false when no more should be given before `onDrain` */
  give(message: RequestSent): boolean {
    if (this.#hasEnded || this.#isFinishing) return true
    let copy: Request
    try {
      copy = this.#form.copyRequest(message)
    } catch (error) {
      this.#session?.end(error)
      return true
    }
    if (this.#isPaused) this.#waiting.push(copy)
    else this.#session?.take(copy)
    this.#isBlocked = this.#isPaused
    return !this.#isBlocked
  }

  finish(): void {
    if (this.#isFinishing) return
    this.#isFinishing = true
    if (this.#waiting.length === 0) this.#session?.finish()
  }

  cancel(): void {
    this.#options.scope.cancel()
  }

  // The side of the session.

  async write(message: ResponseSent): Promise<void> {
    this.#options.scope.signal.throwIfAborted()
    const copy = this.#form.copyResponse(message)
    if (this.#onOpening?.(copy) === true) this.#onOpening = undefined
    else {
      // What the client throws is the client's own; it is nothing that became of the message.
      queueMicrotask(() => {
        this.#options.events.onMessage(copy)
      })
    }
    await this.#options.turns.next()
  }

  /** What was written is with the client: there is nothing between. */
  send(message: ResponseSent): Promise<void> {
    return this.write(message)
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    while (!this.#hasPaused()) {
      const next = this.#waiting.shift()
      if (next === undefined) break
      this.#session?.take(next)
    }
    if (this.#hasPaused() || this.#hasEnded) return
    if (this.#isFinishing) this.#session?.finish()
    if (!this.#isBlocked) return
    this.#isBlocked = false
    queueMicrotask(() => {
      if (!this.#hasEnded) this.#options.events.onDrain()
    })
  }

  end(error?: unknown): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#waiting = []
    const { scope, events, errorOf } = this.#options
    const told = error === undefined ? undefined : errorOf(error)
    scope.cancel()
    const isOpen = this.#onOpening === undefined
    this.#onOpening = undefined
    queueMicrotask(() => {
      if (isOpen) events.onEnd(told)
      else
        this.#onRefused?.(told ?? new VarveError('CANCELLED', 'the stream ended before it began'))
    })
  }

  breakOff(): void {
    this.cancel()
  }

  /** The session may pause the stream within `take`. */
  #hasPaused(): boolean {
    return this.#isPaused
  }
}
