// The client's transport to a broker in the same process: the same messages as over gRPC, answered by the same functions,
// copied instead of encoded. Invariants: a call has the deadline, the cancellation and the limits that it has over a
// socket; no memory is shared with the caller, so neither side can change what the other holds; errors are those that a
// client of a socket would see; after the end of a call or stream no timer or listener of it is left.
import { setMaxListeners } from 'node:events'
import type {
  CallOptions,
  ClientTransport,
  GroupSessionEvents,
  GroupSessionStream,
  Health,
  ProduceStream,
  ProduceStreamEvents,
  ReplayEvents,
  ReplayStream,
  SubscriptionEvents,
  SubscriptionStream,
  UnaryCalls,
  UnaryMethod,
} from '../../client/transport.ts'
import { VarveError } from '../../domain/error.ts'
import type { Clock } from '../../platform/clock.ts'
import { requestCopyOf, responseCopyOf } from '../../protocol/grpc/message-copy.ts'
import type {
  ProduceStreamInit,
  ReplayInit,
  SubscribeInit,
  VerifyRequest,
  VerifyRequestOutput,
  VerifyResponse,
  VerifyResponseOutput,
} from '../../protocol/grpc/messages.ts'
import { CallScope } from '../call-scope.ts'
import { HEALTH_SERVICES, healthOf } from '../health.ts'
import { ProduceSession } from '../produce-session.ts'
import { ReplaySession } from '../replay-session.ts'
import type { ServiceContext } from '../service-context.ts'
import { SessionCarrier } from '../session-carrier.ts'
import { verify } from '../storage-answers.ts'
import { SubscribeSession } from '../subscribe-session.ts'
import { errorForClient } from './error-for-client.ts'
import { type DuplexEvents, type DuplexForm, InProcessDuplex } from './in-process-duplex.ts'
import { PRODUCE_FORM, REPLAY_FORM, SESSION_FORM, SUBSCRIBE_FORM } from './stream-forms.ts'
import type { TurnTaker } from './turn-taker.ts'
import { UNARY_ROUTES } from './unary-routes.ts'

const copyVerifyRequest = requestCopyOf<VerifyRequest, VerifyRequestOutput>(
  'varve.v1.VerifyRequest',
)
const copyVerifyResponse = responseCopyOf<VerifyResponse, VerifyResponseOutput>(
  'varve.v1.VerifyResponse',
)

export interface InProcessTransportOptions {
  readonly context: ServiceContext
  /** For deadlines. One that keeps the process alive does so while a call is under way, and only then. */
  readonly clock: Clock
  readonly turns: TurnTaker
}

export class InProcessTransport implements ClientTransport {
  readonly address = 'this process'
  readonly #context: ServiceContext
  readonly #clock: Clock
  readonly #turns: TurnTaker
  readonly #closing = new AbortController()

  constructor(options: InProcessTransportOptions) {
    this.#context = options.context
    this.#clock = options.clock
    this.#turns = options.turns
    // One for each call and stream under way; each takes its listener away.
    setMaxListeners(0, this.#closing.signal)
  }

  connected(signal?: AbortSignal): Promise<void> {
    return this.#settled(() => {
      this.#check(signal)
    })
  }

  async call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']> {
    this.#check(options.signal)
    const route = UNARY_ROUTES[method]
    return await this.#within(options.timeoutMs, options.signal, async (scope) => {
      const answering = async (): Promise<object> =>
        await route.answer(this.#context, route.request(request), scope)
      const response = route.response(await scope.race(answering()))
      await this.#turns.next()
      return response
    })
  }

  checkHealth(service: string, options: CallOptions): Promise<Health> {
    return this.#settled(() => {
      this.#check(options.signal)
      // Over gRPC this is a bare NOT_FOUND, which is none of the errors of the log.
      if (!HEALTH_SERVICES.includes(service)) {
        throw new VarveError('INTERNAL', 'there is no such service')
      }
      return healthOf(this.#context) === 'SERVING' ? 'serving' : 'not-serving'
    })
  }

  async openProduceStream(
    init: ProduceStreamInit,
    events: ProduceStreamEvents,
    options: CallOptions,
  ): Promise<ProduceStream> {
    this.#check(options.signal)
    const duplex = this.#duplex(PRODUCE_FORM, {
      onMessage: ({ ack }) => {
        if (ack) events.onAck(ack)
      },
      onDrain: () => {
        events.onDrain()
      },
      onEnd: (error) => {
        events.onEnd(error)
      },
    })
    const { inFlightMax } = await duplex.open(
      PRODUCE_FORM,
      (stream, scope) => new ProduceSession(this.#context, stream, scope),
      { init },
      options.signal,
    )
    const { send, finish, cancel } = duplex.clientSide
    return {
      inFlightMax: Math.max(1, inFlightMax),
      send: (batch) => send({ batch }),
      finish,
      cancel,
    }
  }

  async openSubscription(
    init: SubscribeInit,
    events: SubscriptionEvents,
    options: CallOptions,
  ): Promise<SubscriptionStream> {
    this.#check(options.signal)
    const duplex = this.#duplex(SUBSCRIBE_FORM, withoutDrain(events))
    const ready = await duplex.open(
      SUBSCRIBE_FORM,
      (stream, scope) => new SubscribeSession(this.#context, stream, scope),
      { init },
      options.signal,
    )
    return { ready, ...duplex.clientSide }
  }

  async openReplay(
    init: ReplayInit,
    events: ReplayEvents,
    options: CallOptions,
  ): Promise<ReplayStream> {
    this.#check(options.signal)
    const duplex = this.#duplex(REPLAY_FORM, withoutDrain(events))
    // Alone of all openings this one looks for something first.
    const stopTimer = this.#clock.after(options.timeoutMs, () => {
      duplex.end(
        new VarveError('REQUEST_TIMEOUT', 'the broker did not answer the start of a stream'),
      )
    })
    try {
      const ready = await duplex.open(
        REPLAY_FORM,
        (stream, scope) => new ReplaySession(this.#context, stream, scope),
        { init },
        options.signal,
      )
      return { ready, ...duplex.clientSide }
    } finally {
      stopTimer()
    }
  }

  async openGroupSession(
    events: GroupSessionEvents,
    options: Pick<CallOptions, 'signal'>,
  ): Promise<GroupSessionStream> {
    await this.connected(options.signal)
    const { stopping } = this.#context
    if (stopping.aborted) throw this.#errorOf(stopping.reason)
    const duplex = this.#duplex(SESSION_FORM, withoutDrain(events))
    duplex.join((stream, scope) => new SessionCarrier(this.#context, stream, scope))
    return duplex.clientSide
  }

  async *verify(
    request: VerifyRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<VerifyResponseOutput> {
    this.#check(signal)
    const scope = new CallScope({ peer: this.address, clock: this.#clock, limitMs: Infinity })
    const stop = this.#cancelWith(scope, signal)
    const ended = AbortSignal.any([scope.signal, this.#context.stopping])
    try {
      for await (const progress of verify(this.#context, copyVerifyRequest(request), ended)) {
        yield copyVerifyResponse(progress)
        ended.throwIfAborted()
      }
    } catch (error) {
      throw this.#errorOf(ended.aborted ? ended.reason : error)
    } finally {
      stop()
      scope.cancel()
    }
  }

  close(): void {
    this.#closing.abort()
  }

  /** Runs a call within its scope, which is over afterwards. */
  async #within<Result>(
    limitMs: number,
    signal: AbortSignal | undefined,
    action: (scope: CallScope) => Promise<Result>,
  ): Promise<Result> {
    const scope = new CallScope({ peer: this.address, clock: this.#clock, limitMs })
    const stop = this.#cancelWith(scope, signal)
    try {
      return await action(scope)
    } catch (error) {
      throw this.#errorOf(error)
    } finally {
      stop()
      scope.cancel()
    }
  }

  /** A stream in both directions; it is cancelled when the transport closes. */
  #duplex<
    RequestSent extends object,
    Request extends object,
    ResponseSent extends object,
    Response extends object,
  >(
    form: DuplexForm<RequestSent, Request, ResponseSent, Response>,
    events: DuplexEvents<Response>,
  ): InProcessDuplex<RequestSent, Request, ResponseSent, Response> {
    const scope = new CallScope({ peer: this.address, clock: this.#clock, limitMs: Infinity })
    const stop = this.#cancelWith(scope, undefined)
    scope.signal.addEventListener('abort', stop, { once: true })
    const errorOf = (error: unknown): VarveError => this.#errorOf(error)
    return new InProcessDuplex(form, { scope, turns: this.#turns, errorOf, events })
  }

  /** Cancels the scope when the caller gives up or the transport is closed. @returns what lets go of both. */
  #cancelWith(scope: CallScope, signal: AbortSignal | undefined): () => void {
    const closing = this.#closing.signal
    const cancel = (): void => {
      scope.cancel()
    }
    signal?.addEventListener('abort', cancel)
    closing.addEventListener('abort', cancel)
    return () => {
      signal?.removeEventListener('abort', cancel)
      closing.removeEventListener('abort', cancel)
    }
  }

  /** @throws VarveError CLOSED · CANCELLED */
  #check(signal: AbortSignal | undefined): void {
    if (this.#closing.signal.aborted) throw new VarveError('CLOSED', 'the client was closed')
    if (signal?.aborted === true) {
      throw new VarveError('CANCELLED', 'the call was cancelled', { cause: signal.reason })
    }
  }

  #errorOf(error: unknown): VarveError {
    const known = errorForClient(this.#context, error)
    if (!this.#closing.signal.aborted) return known
    // Not CLOSED, which says that nothing has happened: the broker may have done what it was asked for.
    return new VarveError('CANCELLED', 'the client was closed before the answer came', {
      cause: known,
    })
  }

  /** A promise of what `action` returns or throws at once. */
  async #settled<Result>(action: () => Result): Promise<Result> {
    await this.#turns.next()
    return action()
  }
}

/** The events of a stream whose messages are too small and too few to wait for room. */
function withoutDrain<Response>(
  events: Pick<DuplexEvents<Response>, 'onMessage' | 'onEnd'>,
): DuplexEvents<Response> {
  return {
    onMessage: (message) => {
      events.onMessage(message)
    },
    onDrain: () => undefined,
    onEnd: (error) => {
      events.onEnd(error)
    },
  }
}
