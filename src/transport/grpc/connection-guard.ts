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
import type { Cancel } from '../../platform/clock.ts'
import type { RefusalLog } from '../refusal-log.ts'
import { type MessageRoom, RequestBytes } from '../request-bytes.ts'
import type { ServiceContext } from '../service-context.ts'
import { ConnectionConduct } from './connection-conduct.ts'
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
import { widenReceiveWindows } from './server-options.ts'
import { clampTimeout } from './timeout-header.ts'

interface Connection {
  readonly conduct: ConnectionConduct
  readonly room: MessageRoom
}

/** Data frames below this carry next to nothing. */
const SMALL_FRAME_BYTES = 64
const TIMEOUT_HEADER = 'grpc-timeout'

export class ConnectionGuard {
  readonly #context: ServiceContext
  readonly #refusals: RefusalLog
  readonly #bytes: RequestBytes
  readonly #inflater: Inflater
  readonly #connections = new WeakMap<Http2Session, Connection>()
  readonly #incoming = new WeakMap<ServerHttp2Stream, IncomingMessages>()

  constructor(context: ServiceContext, refusals: RefusalLog) {
    const { limits } = context
    this.#context = context
    this.#refusals = refusals
    this.#inflater = new Inflater(limits.requestBytesMax)
    this.#bytes = new RequestBytes({
      bytesMax: limits.requestBytesInFlightMax,
      bytesPerConnectionMax: limits.requestBytesPerConnectionMax,
    })
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
    this.#takeOver(libraryCallOf(call), !method.requestStream)
    // As it was: there is nothing to intercept, and a further call around each costs time.
    return call
  }) as ServerInterceptor

  /** Watches all connections of a server that uses the interceptor and has one connection injector. */
  watch(server: Server): void {
    const http2 = http2ServerOf(server)
    widenReceiveWindows(http2, this.#context.limits)
    http2.on('session', (session) => {
      this.#begin(session)
    })
    // Before grpc-js sees the call.
    http2.prependListener('stream', (stream: ServerHttp2Stream, headers) => {
      const timeout = headers[TIMEOUT_HEADER]
      if (typeof timeout === 'string') headers[TIMEOUT_HEADER] = clampTimeout(timeout)
      this.#watchStream(stream)
    })
  }

  #begin(session: Http2Session): void {
    const { clock, limits } = this.#context
    let isCut = false
    const conduct = new ConnectionConduct(clock, limits, (misconduct) => {
      if (isCut) return
      isCut = true
      this.#refusals.cut(misconduct, session.socket.remoteAddress ?? 'unknown')
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM)
      session.destroy()
    })
    this.#connections.set(session, { conduct, room: this.#bytes.room() })
    const onSmallFrame = (): void => {
      conduct.smallFrame()
    }
    for (const event of ['ping', 'remoteSettings', 'priority']) session.on(event, onSmallFrame)
  }

  #watchStream(stream: ServerHttp2Stream): void {
    const { session } = stream
    const connection = session && this.#connections.get(session)
    if (!connection) return
    const { conduct } = connection
    // Each DATA frame comes through here as it arrives, whether anybody reads the stream or not.
    const push = stream.push.bind(stream)
    stream.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk !== null) {
        if (chunk.length < SMALL_FRAME_BYTES) conduct.smallFrame()
        this.#incoming.get(stream)?.arrive(chunk.length)
      }
      return push(chunk, encoding)
    }
    stream.on('aborted', () => {
      conduct.abortedCall()
    })
    stream.on('finish', () => {
      this.#endBothSides(stream)
    })
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
      bytes: this.#bytes,
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
