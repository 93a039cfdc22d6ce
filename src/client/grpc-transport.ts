// The client's transport over gRPC: one HTTP/2 connection to one broker, made when it is first needed and again whenever
// it was lost. Failures come out as VarveError, with words that say what to do.
import { Client, connectivityState, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { isVarveError, VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import { encodeProduceBatch } from '../protocol/grpc/encode-produce-batch.ts'
import type {
  ProduceStreamInit,
  ProduceStreamRequest,
  ProduceStreamResponseOutput,
  ReplayInit,
  SubscribeInit,
  VerifyRequest,
  VerifyResponseOutput,
} from '../protocol/grpc/messages.ts'
import {
  adminService,
  groupService,
  healthService,
  logService,
  replayService,
} from '../protocol/grpc/services.ts'
import { fromServiceError } from '../protocol/grpc/status.ts'
import { GRPC_CHANNEL_OPTIONS } from './grpc-channel-options.ts'
import {
  cancelled,
  type DuplexOpening,
  type DuplexOptions,
  joinDuplex,
  type OpenedDuplex,
  openDuplex,
} from './grpc-duplex.ts'
import { type MethodDefinition, UNARY_METHODS } from './grpc-methods.ts'
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
} from './transport.ts'

/**
 * Its batches are encoded apart: they are what most bytes of a producer go through. grpc-js wants a Buffer; of one that it does not
 * compress it asks the length, and to copy itself behind the five bytes that frame it, which is all that a lent message can.
 */
const PRODUCE_STREAM: MethodDefinition<ProduceStreamRequest, ProduceStreamResponseOutput> = {
  path: logService.ProduceStream.path,
  requestSerialize: (request) =>
    (encodeProduceBatch(request) as Buffer | undefined) ??
    logService.ProduceStream.requestSerialize(request),
  responseDeserialize: (bytes) => logService.ProduceStream.responseDeserialize(bytes),
}

export interface GrpcTransportOptions {
  /** HOST:PORT, IPv6 in brackets. */
  readonly address: string
  /** Its wall clock must be that of the machine: gRPC's deadlines are moments of it. */
  readonly clock: Clock
  readonly connectTimeoutMs: number
}

/** See the head of the file. The constructor connects to nothing. */
export class GrpcTransport implements ClientTransport {
  readonly address: string
  private readonly clock: Clock
  private readonly connectTimeoutMs: number
  private readonly client: Client
  /** The wait for a connection that is under way, shared by all who need one. */
  private connecting: Promise<void> | undefined
  private readonly streams = new Set<{ cancel(): void }>()
  private closed = false

  constructor(options: GrpcTransportOptions) {
    this.address = options.address
    this.clock = options.clock
    this.connectTimeoutMs = options.connectTimeoutMs
    this.client = new Client(options.address, credentials.createInsecure(), GRPC_CHANNEL_OPTIONS)
  }

  async connected(signal?: AbortSignal): Promise<void> {
    if (this.closed) throw closedError()
    if (signal?.aborted === true) throw cancelled(signal)
    if (this.client.getChannel().getConnectivityState(true) === connectivityState.READY) return
    this.connecting ??= this.waitForConnection().finally(() => {
      this.connecting = undefined
    })
    await orAborted(this.connecting, signal)
  }

  async call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']> {
    return this.unary(UNARY_METHODS[method], request, options)
  }

  async checkHealth(service: string, options: CallOptions): Promise<Health> {
    const answer = await this.unary(healthService.Check, { service }, options)
    if (answer.status === 'SERVING') return 'serving'
    return answer.status === 'NOT_SERVING' ? 'not-serving' : 'unknown'
  }

  async openProduceStream(
    init: ProduceStreamInit,
    events: ProduceStreamEvents,
    options: CallOptions,
  ): Promise<ProduceStream> {
    const { ready, send, finish, cancel } = await this.openStream(
      PRODUCE_STREAM,
      {
        init: { init },
        readyOf: (response) => response.ready ?? undefined,
        onMessage: ({ ack }) => {
          if (ack) events.onAck(ack)
        },
        onDrain: () => {
          events.onDrain()
        },
        onEnd: (error) => {
          events.onEnd(error)
        },
      },
      options,
    )
    const inFlightMax = Math.max(1, ready.inFlightMax)
    return { inFlightMax, send: (batch) => send({ batch }), finish, cancel }
  }

  openSubscription(
    init: SubscribeInit,
    events: SubscriptionEvents,
    options: CallOptions,
  ): Promise<SubscriptionStream> {
    return this.openStream(
      logService.Subscribe,
      {
        init: { init },
        readyOf: (response) => response.ready ?? undefined,
        onMessage: (response) => {
          events.onMessage(response)
        },
        onDrain: () => undefined,
        onEnd: (error) => {
          events.onEnd(slowOr(error, 'subscription'))
        },
      },
      options,
    )
  }

  openReplay(init: ReplayInit, events: ReplayEvents, options: CallOptions): Promise<ReplayStream> {
    return this.openStream(
      replayService.Replay,
      {
        init: { init },
        readyOf: (response) => response.ready ?? undefined,
        onMessage: (response) => {
          events.onMessage(response)
        },
        onDrain: () => undefined,
        onEnd: (error) => {
          events.onEnd(slowOr(error, 'replay session'))
        },
      },
      options,
    )
  }

  async openGroupSession(
    events: GroupSessionEvents,
    options: Pick<CallOptions, 'signal'>,
  ): Promise<GroupSessionStream> {
    await this.connected(options.signal)
    return joinDuplex({
      ...this.duplexOf(groupService.Session),
      onMessage: (response) => {
        events.onMessage(response)
      },
      onDrain: () => undefined,
      onEnd: (error) => {
        events.onEnd(error)
      },
    })
  }

  async *verify(
    request: VerifyRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<VerifyResponseOutput> {
    await this.connected(signal)
    const method = adminService.Verify
    const call = this.client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
    )
    const cancel = (): void => {
      call.cancel()
    }
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel)
    this.streams.add(call)
    try {
      for await (const response of call) yield response as VerifyResponseOutput
    } catch (error) {
      throw this.asVarveError(error as ServiceError)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.streams.delete(call)
      cancel()
    }
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    for (const stream of this.streams) stream.cancel()
    this.client.close()
  }

  /** Opens a stream that begins with an init and its answer. */
  private async openStream<Request, Response, Ready>(
    method: MethodDefinition<Request, Response>,
    opening: Pick<
      DuplexOpening<Request, Response, Ready>,
      'init' | 'readyOf' | 'onMessage' | 'onDrain' | 'onEnd'
    >,
    options: CallOptions,
  ): Promise<OpenedDuplex<Request, Ready>> {
    await this.connected(options.signal)
    return openDuplex({
      ...this.duplexOf(method),
      ...opening,
      clock: this.clock,
      options,
      endedEarly: () => this.lost('the stream ended before it began'),
    })
  }

  /** What all bidirectional calls have in common. Each is cancelled when the transport closes. */
  private duplexOf<Request, Response>(
    method: MethodDefinition<Request, Response>,
  ): Pick<DuplexOptions<Request, Response>, 'call' | 'onOver' | 'asVarveError'> {
    const { path, requestSerialize, responseDeserialize } = method
    const call = this.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
    this.streams.add(call)
    return {
      call,
      onOver: () => this.streams.delete(call),
      asVarveError: (error) => this.asVarveError(error),
    }
  }

  private async unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    await this.connected(options.signal)
    const { signal } = options
    return new Promise((resolve, reject) => {
      const call = this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        { deadline: this.clock.wallMs() + options.timeoutMs },
        (error, response) => {
          signal?.removeEventListener('abort', cancel)
          this.streams.delete(call)
          if (error) reject(this.asVarveError(error))
          else resolve(response as Response)
        },
      )
      const cancel = (): void => {
        call.cancel()
      }
      this.streams.add(call)
      if (signal?.aborted === true) cancel()
      signal?.addEventListener('abort', cancel)
    })
  }

  /** Not the client's own waitForReady, which wakes a closed channel up again when it is told of the close. */
  private waitForConnection(): Promise<void> {
    const channel = this.client.getChannel()
    const deadlineMs = this.clock.wallMs() + this.connectTimeoutMs
    return new Promise((resolve, reject) => {
      const check = (passed?: Error): void => {
        if (this.closed) {
          reject(closedError())
          return
        }
        const state = channel.getConnectivityState(true)
        if (state === connectivityState.READY) resolve()
        else if (passed === undefined) channel.watchConnectivityState(state, deadlineMs, check)
        else reject(this.noBroker(passed))
      }
      check()
    })
  }

  private noBroker(cause: Error): VarveError {
    // A name may be wrong in itself; the channel does not say whether it was found.
    const isName = /[a-z]/i.test(this.address) && !/^(?:\[|localhost:)/.test(this.address)
    const question = isName ? 'is the name right, and is it running?' : 'is it running?'
    return new VarveError(
      'BROKER_UNAVAILABLE',
      `no broker at ${this.address}: ${question} try npx varve start`,
      // The call was not sent.
      { details: { address: this.address }, cause, effect: 'none' },
    )
  }

  private asVarveError(error: ServiceError | VarveError): VarveError {
    if (isVarveError(error)) return error
    const known = fromServiceError(error)
    // Not CLOSED, which says that nothing has happened: the call may have reached the broker.
    if (this.closed) {
      return new VarveError('CANCELLED', 'the client was closed before the answer came', {
        cause: known,
      })
    }
    // Without a word of the broker itself: the connection broke under the call.
    if (known.code === 'BROKER_UNAVAILABLE' && known.cause !== undefined) {
      return this.lost(known.message, known.cause)
    }
    return known
  }

  private lost(reason: string, cause?: unknown): VarveError {
    return new VarveError(
      'BROKER_UNAVAILABLE',
      `the connection to the broker at ${this.address} was lost: ${reason}`,
      { details: { address: this.address }, cause },
    )
  }
}

/** A broker breaks off what cannot even be told that it is too slow: then the reset of the stream is its only word. */
function slowOr(
  error: VarveError | undefined,
  what: 'subscription' | 'replay session',
): VarveError | undefined {
  const { cause } = error ?? {}
  const isReset =
    cause instanceof Error && 'code' in cause && cause.code === status.RESOURCE_EXHAUSTED
  return isReset
    ? new VarveError('SLOW_CONSUMER', `the broker broke the ${what} off`, { cause })
    : error
}

/** The promise, or CANCELLED as soon as the signal aborts; the promise itself goes on for others. */
async function orAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise
  if (signal.aborted) throw cancelled(signal)
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(cancelled(signal))
    }
    signal.addEventListener('abort', onAbort)
  })
  try {
    await Promise.race([promise, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}

function closedError(): VarveError {
  return new VarveError('CLOSED', 'the client was closed')
}
