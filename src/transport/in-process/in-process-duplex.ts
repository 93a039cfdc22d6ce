// A stream in both directions without a socket: the client's side of it, and the stream that the session on the broker's
// side writes to. Invariants: messages are copied when they are sent; while the session wants none they wait here, and
// `give` says so; the stream is opened or refused, once; after it was opened its end is told, once and last; nothing is
// told within one of the client's own calls.
import { VarveError } from '../../domain/error.ts'
import type { MessageCopy } from '../../protocol/grpc/message-copy.ts'
import type { CallScope } from '../call-scope.ts'
import type { MessageStream } from '../message-stream.ts'
import type { TurnTaker } from './turn-taker.ts'

/** The broker's side of the stream. */
export interface Session<Request> {
  take(message: Request): void
  /** The client has nothing more to say. */
  finish(): void
  end(error?: unknown): void
}

/** How the messages of one kind of stream are copied, and which one says that it is open. */
export interface DuplexForm<
  RequestSent extends object,
  Request extends object,
  ResponseSent extends object,
  Response extends object,
  Ready,
> {
  readonly copyRequest: MessageCopy<RequestSent, Request>
  readonly copyResponse: MessageCopy<ResponseSent, Response>
  /** What the answer to the init says; undefined when it is none. */
  readonly readyOf: (response: Response) => Ready | undefined
}

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
  Ready,
> implements MessageStream<ResponseSent>
{
  readonly #form: DuplexForm<RequestSent, Request, ResponseSent, Response, Ready>
  readonly #options: DuplexOptions<Response>
  #session: Session<Request> | undefined
  /** Given while the session wanted none. */
  #waiting: Request[] = []
  #isPaused = false
  #isFinishing = false
  /** `give` said that there is no room. */
  #isBlocked = false
  #hasEnded = false
  #onReady: ((ready: Ready) => void) | undefined
  #onRefused: ((error: VarveError) => void) | undefined

  constructor(
    form: DuplexForm<RequestSent, Request, ResponseSent, Response, Ready>,
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
   * @param signal breaks the opening off; it does not end the open stream
   */
  async open(
    serve: (stream: MessageStream<ResponseSent>, scope: CallScope) => Session<Request>,
    init: RequestSent,
    signal: AbortSignal | undefined,
  ): Promise<Ready> {
    const onAbort = (): void => {
      this.cancel()
    }
    signal?.addEventListener('abort', onAbort)
    try {
      return await new Promise<Ready>((resolve, reject) => {
        this.#onReady = resolve
        this.#onRefused = reject
        this.#session = serve(this, this.#options.scope)
        this.give(init)
      })
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
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
    const ready = this.#onReady === undefined ? undefined : this.#form.readyOf(copy)
    if (ready === undefined) {
      // What the client throws is the client's own; it is nothing that became of the message.
      queueMicrotask(() => {
        this.#options.events.onMessage(copy)
      })
    } else {
      this.#onReady?.(ready)
      this.#onReady = undefined
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
    const isOpen = this.#onReady === undefined
    this.#onReady = undefined
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
