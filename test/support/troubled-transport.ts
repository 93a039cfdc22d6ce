// A transport that gets into trouble on demand: a connection that is cut, sessions whose answers stay away, calls that fail. Under it
// lies a real one, whose broker learns of a cut as it would: streams break, and nothing is said any more.
import type {
  CallOptions,
  ClientTransport,
  GroupSessionEvents,
  GroupSessionStream,
  UnaryCalls,
  UnaryMethod,
} from '../../src/client/index.ts'
import { VarveError } from '../../src/domain/error.ts'

interface Stream {
  cancel(): void
}
interface Ends {
  onEnd(error: VarveError | undefined): void
}
interface TroubledEvents extends Ends {
  onMessage(message: never): void
}

export class TroubledTransport implements ClientTransport {
  /** Errors of the next calls of a method, in order. */
  readonly failing = new Map<UnaryMethod, VarveError[]>()
  /** Requests that went out. */
  readonly calls: { method: UnaryMethod; request: object }[] = []
  /** Sessions that were opened. */
  sessions = 0
  /** Messages of subscriptions that went out, as texts. */
  readonly subscribed: string[] = []
  private readonly inner: ClientTransport
  private readonly streams = new Map<Stream, Ends>()
  private isCut = false
  private heldBack: (() => void)[] | undefined

  constructor(inner: ClientTransport) {
    this.inner = inner
  }

  get address(): string {
    return this.inner.address
  }

  /** The connection is gone, and no other one comes about before `mend`. */
  cut(): void {
    this.isCut = true
    for (const [stream, events] of this.streams) {
      stream.cancel()
      events.onEnd(unavailable())
    }
    this.streams.clear()
  }

  mend(): void {
    this.isCut = false
  }

  /** What the broker says in sessions is not heard before `hear`. */
  deafen(): void {
    this.heldBack ??= []
  }

  hear(): void {
    const heldBack = this.heldBack ?? []
    this.heldBack = undefined
    for (const tell of heldBack) tell()
  }

  connected(signal?: AbortSignal): Promise<void> {
    return this.isCut ? Promise.reject(unavailable()) : this.inner.connected(signal)
  }

  async call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']> {
    if (this.isCut) throw unavailable()
    const failure = this.failing.get(method)?.shift()
    if (failure !== undefined) throw failure
    this.calls.push({ method, request })
    return await this.inner.call(method, request, options)
  }

  openProduceStream: ClientTransport['openProduceStream'] = (init, events, options) =>
    this.inner.openProduceStream(init, events, options)

  openSubscription: ClientTransport['openSubscription'] = async (init, events, options) => {
    if (this.isCut) throw unavailable()
    const stream = await this.inner.openSubscription(init, this.guarded(events, false), options)
    this.streams.set(stream, events)
    return {
      ready: stream.ready,
      send: (message) => {
        this.subscribed.push(JSON.stringify(message))
        stream.send(message)
      },
      finish: () => {
        stream.finish()
      },
      cancel: () => {
        this.streams.delete(stream)
        stream.cancel()
      },
    }
  }

  openReplay: ClientTransport['openReplay'] = async (init, events, options) => {
    if (this.isCut) throw unavailable()
    const stream = await this.inner.openReplay(init, this.guarded(events, false), options)
    this.streams.set(stream, events)
    return {
      ...stream,
      cancel: () => {
        this.streams.delete(stream)
        stream.cancel()
      },
    }
  }

  async openGroupSession(
    events: GroupSessionEvents,
    options: Pick<CallOptions, 'signal'>,
  ): Promise<GroupSessionStream> {
    if (this.isCut) throw unavailable()
    this.sessions++
    const stream = await this.inner.openGroupSession(this.guarded(events, true), options)
    this.streams.set(stream, events)
    return stream
  }

  verify: ClientTransport['verify'] = (request, signal) => this.inner.verify(request, signal)

  checkHealth: ClientTransport['checkHealth'] = (service, options) =>
    this.inner.checkHealth(service, options)

  close(): void {
    this.inner.close()
  }

  private guarded<Events extends TroubledEvents>(events: Events, mayBeHeldBack: boolean): Events {
    const hear = (tell: () => void): void => {
      if (this.isCut) return
      if (this.heldBack === undefined || !mayBeHeldBack) tell()
      else this.heldBack.push(tell)
    }
    return {
      ...events,
      onMessage: (message: never) => {
        hear(() => {
          events.onMessage(message)
        })
      },
      onEnd: (error: VarveError | undefined) => {
        hear(() => {
          events.onEnd(error)
        })
      },
    }
  }
}

function unavailable(): VarveError {
  return new VarveError('BROKER_UNAVAILABLE', 'the connection was cut')
}
