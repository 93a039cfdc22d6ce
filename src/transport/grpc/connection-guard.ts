// Stands between HTTP/2 and grpc-js: what a connection may cost before anybody knows what it wants. Invariants: requests are
// counted while they come in (incoming-messages.ts) and hold no more memory than their limits; a call ends from both sides; a
// connection that only makes work is cut within a second or two, the others do not notice.
import { constants, type Http2Session, type ServerHttp2Stream } from 'node:http2'
import type {
  Server,
  ServerInterceptingCallInterface,
  ServerInterceptor,
  ServerMethodDefinition,
} from '@grpc/grpc-js'
import { VarveError } from '../../domain/error.ts'
import type { Cancel } from '../../platform/clock.ts'
import { type AddressShare, AddressShares, type CallRefusal } from '../address-shares.ts'
import type { CutAddresses } from '../cut-addresses.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { type MessageRoom, RequestBytes } from '../request-bytes.ts'
import type { ServiceContext } from '../service-context.ts'
import { type CallBeginning, CallLine, CallTurns } from './call-turns.ts'
import { ConnectionConduct, type Misconduct } from './connection-conduct.ts'
import { ConnectionWatch } from './connection-watch.ts'
import { bodyOf, IncomingMessages } from './incoming-messages.ts'
import { Inflater, isMessageEncoding, type MessageEncoding } from './inflater.ts'
import {
  http2ServerOf,
  interceptedCallOf,
  type LibraryCall,
  libraryCallOf,
} from './library-parts.ts'
import { sendWithoutCopies } from './outgoing-messages.ts'
import { serverErrorOf } from './server-error.ts'
import { setReceiveBounds } from './server-options.ts'
import { clampTimeout } from './timeout-header.ts'

interface Connection {
  /** Its address. */
  readonly peer: string
  readonly conduct: ConnectionConduct
  readonly room: MessageRoom
  readonly line: CallLine
  /** Of all connections of its address. */
  readonly share: AddressShare
}

/** Of a connection whose other side broke the protocol, not of one that was lost. */
const PROTOCOL_ERRORS: ReadonlySet<string | undefined> = new Set([
  'ERR_HTTP2_ERROR',
  'ERR_HTTP2_TOO_MANY_INVALID_FRAMES',
])
const TIMEOUT_HEADER = 'grpc-timeout'
/** Calls of one connection that begin in one turn of the event loop. */
const CALLS_PER_TURN = 32

export class ConnectionGuard {
  readonly #context: ServiceContext
  readonly #refusals: RefusalLog
  readonly #cuts: CutAddresses
  readonly #bytes: RequestBytes
  readonly #shares: AddressShares
  readonly #inflater: Inflater
  readonly #watch: ConnectionWatch
  readonly #turns = new CallTurns(CALLS_PER_TURN)
  readonly #connections = new WeakMap<Http2Session, Connection>()
  readonly #incoming = new WeakMap<ServerHttp2Stream, IncomingMessages>()
  /** Calls that had their turn. */
  readonly #begun = new WeakSet<ServerHttp2Stream>()
  /** Calls that there is no room for: each is answered so. */
  readonly #refused = new WeakMap<ServerHttp2Stream, CallRefusal>()

  /** @param cuts learns of the connections that are cut */
  constructor(context: ServiceContext, refusals: RefusalLog, cuts: CutAddresses) {
    const { limits } = context
    this.#context = context
    this.#cuts = cuts
    this.#refusals = refusals
    this.#inflater = new Inflater(limits.requestBytesMax)
    this.#watch = new ConnectionWatch(context.clock, (session) => {
      // Unless it was this side that wanted its end.
      const peer = this.#connections.get(session)?.peer
      if (!session.closed && peer !== undefined) this.#cut('protocol-error', peer)
      session.destroy()
    })
    this.#bytes = new RequestBytes({
      bytesMax: limits.requestBytesInFlightMax,
      bytesPerConnectionMax: limits.requestBytesPerConnectionMax,
    })
    this.#shares = new AddressShares({ ...limits, requestBytes: this.#bytes })
  }

  /** Calls under way, whether they are of use or not. */
  get calls(): number {
    return this.#shares.calls
  }

  /** Of all requests that came in, or are coming in, and are not answered yet. */
  get requestBytes(): number {
    return this.#bytes.bytes
  }

  /** Of all that came in on calls that are not read. */
  get unreadRequestBytes(): number {
    return this.#bytes.unreadBytes
  }

  /** For the options of the server: takes over how the messages of each call are put together. */
  readonly interceptor = ((
    method: ServerMethodDefinition<unknown, unknown>,
    call: ServerInterceptingCallInterface,
  ): ServerInterceptingCallInterface => {
    const libraryCall = libraryCallOf(call)
    const refusal = this.#refused.get(libraryCall.stream)
    if (refusal === undefined) this.#takeOver(libraryCall, !method.requestStream)
    else this.#refuse(libraryCall, refusal)
    // As it was: there is nothing to intercept, and a further call around each costs time.
    return call
  }) as ServerInterceptor

  /** Watches all connections of a server that uses the interceptor and has one connection injector. */
  watch(server: Server): void {
    const http2 = http2ServerOf(server)
    setReceiveBounds(http2, this.#context.limits)
    http2.on('session', (session) => {
      this.#begin(session)
    })
    // What grpc-js does with a call, which it does no more by itself.
    const beginnings = http2.listeners('stream') as CallBeginning[]
    http2.removeAllListeners('stream')
    http2.on('stream', (stream: ServerHttp2Stream, headers, ...more) => {
      // A call that waits for its turn has nobody else who listens, and an error that nobody listens to ends the process.
      stream.on('error', () => undefined)
      const line = this.#watchStream(stream)
      if (line === undefined) return
      const timeout = headers[TIMEOUT_HEADER]
      if (typeof timeout === 'string') headers[TIMEOUT_HEADER] = clampTimeout(timeout)
      this.#turns.take(line, stream, () => {
        this.#begun.add(stream)
        for (const beginning of beginnings) beginning(stream, headers, ...more)
      })
    })
  }

  #begin(session: Http2Session): void {
    const { clock, limits } = this.#context
    const peer = peerOf(session)
    const conduct = new ConnectionConduct(clock, limits, (misconduct) => {
      // Calls also end because their connection did.
      if (session.destroyed) return
      this.#cut(misconduct, peer)
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM)
      session.destroy()
    })
    const { share, leave } = this.#shares.connect(peer)
    session.on('close', leave)
    this.#connections.set(session, {
      peer,
      conduct,
      room: this.#bytes.room(),
      line: new CallLine(),
      share,
    })
    this.#watch.add(session, conduct)
    session.on('error', (error: NodeJS.ErrnoException) => {
      // What HTTP/2 does not bear it ends by itself.
      if (PROTOCOL_ERRORS.has(error.code)) this.#cut('protocol-error', peer)
    })
    session.on('ping', () => {
      conduct.smallFrame()
    })
    session.on('remoteSettings', () => {
      conduct.settings()
    })
    session.on('priority', () => {
      conduct.smallFrame()
    })
  }

  /** A connection is cut for what it did: its address is let in again so many times only. */
  #cut(reason: Misconduct | 'protocol-error', peer: string): void {
    this.#refusals.cut(reason, peer)
    this.#cuts.cut(peer)
  }

  /** @returns the line that the call begins in; undefined when its connection is gone */
  #watchStream(stream: ServerHttp2Stream): CallLine | undefined {
    const { session } = stream
    const connection = session && this.#connections.get(session)
    if (!connection) return undefined
    const { conduct, share, line } = connection
    conduct.call()
    const begun = share.beginCall()
    if (typeof begun === 'string') this.#refused.set(stream, begun)
    else stream.on('close', begun)
    // Each DATA frame comes through here as it arrives, whether anybody reads the stream or not.
    const push = stream.push.bind(stream)
    stream.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk !== null) {
        conduct.data(chunk.length)
        this.#incoming.get(stream)?.arrive(chunk.length)
      }
      return push(chunk, encoding)
    }
    // Those of calls that are under way come here, the others to the connection.
    stream.on('priority', () => {
      conduct.smallFrame()
    })
    stream.on('aborted', () => {
      conduct.abortedCall(this.#begun.has(stream))
    })
    // Of calls that had come in whole HTTP/2 does not say that they were broken off.
    stream.on('close', () => {
      if (stream.aborted || stream.writableFinished) return
      conduct.abortedCall(this.#begun.has(stream))
    })
    stream.on('finish', () => {
      this.#endBothSides(stream)
    })
    return line
  }

  /** The answer is sent: a client that does not end its side has nothing more to say that anybody hears. */
  #endBothSides(stream: ServerHttp2Stream): void {
    if (stream.readableEnded || stream.destroyed) return
    const { clock, limits } = this.#context
    const stopTimer = clock.after(limits.answeredCallMsMax, () => {
      stream.close(constants.NGHTTP2_NO_ERROR)
    })
    stream.on('close', stopTimer)
  }

  #refuse(call: LibraryCall, refusal: CallRefusal): void {
    const what = refusal === 'too-many-calls' ? 'on this broker' : 'from this address'
    const error = new VarveError('QUEUE_FULL', `too many calls are under way ${what}`)
    this.#refusals.call(refusal, call.stream.session?.socket.remoteAddress)
    call.sendStatus(serverErrorOf(this.#context, error))
  }

  /** @throws what grpc-js ends the call with */
  async #unpack(
    incoming: IncomingMessages,
    message: Buffer,
    encoding: MessageEncoding,
  ): Promise<Buffer> {
    try {
      const unpacked = await this.#inflater.unpack(bodyOf(message), encoding)
      incoming.grow(message, unpacked.length)
      return unpacked
    } catch (error) {
      const answer = serverErrorOf(this.#context, error)
      throw Object.assign(new Error(answer.details), answer)
    }
  }

  #takeOver(call: LibraryCall, isSingle: boolean): void {
    const { stream } = call
    const context = this.#context
    const connection = stream.session && this.#connections.get(stream.session)
    // It is gone already.
    if (!connection) return
    const incoming = new IncomingMessages({
      source: stream,
      clock: context.clock,
      limits: context.limits,
      bytes: connection.share.requestBytes,
      room: connection.room,
      isSingle,
      onMessage: () => {
        connection.conduct.message()
      },
      onFailure: (error) => {
        call.sendStatus(serverErrorOf(context, error))
      },
    })
    call.decoder = incoming
    sendWithoutCopies(call)
    const decompress = call.decompressMessage.bind(call)
    call.decompressMessage = (message, encoding) =>
      isMessageEncoding(encoding)
        ? this.#unpack(incoming, message, encoding)
        : decompress(message, encoding)
    incomingMessages.set(call, incoming)
    this.#incoming.set(stream, incoming)
    stream.on('end', () => {
      incoming.end()
    })
    stream.on('close', () => {
      incoming.close()
    })
  }
}

function peerOf(session: Http2Session): string {
  return session.socket.remoteAddress ?? 'unknown'
}

const incomingMessages = new WeakMap<object, IncomingMessages>()

/**
 * The next message of a streaming call has reached its handler.
 * @returns what to call when its bytes are not needed any more: only then there is room for others
 */
export function messageTaken(call: object): Cancel {
  const intercepted = interceptedCallOf(call)
  const incoming = intercepted && incomingMessages.get(intercepted)
  return incoming?.taken() ?? (() => undefined)
}
