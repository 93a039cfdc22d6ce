// The places of grpc-js that it does not offer and that this server needs: the HTTP/2 server behind it, and what is below a
// call; and one of Node. Invariant: nothing else reaches into either. The version of the library is fixed in package.json, and tests over raw
// sockets fail when a version has moved one of these places; docs/adr/0014-the-library-behind-a-guard.md says why.
import type { Http2Server, Http2Session, ServerHttp2Stream } from 'node:http2'
import type { Server, StatusObject } from '@grpc/grpc-js'

/** A call as the library sees it, below its interceptors. */
export interface LibraryCall {
  readonly stream: ServerHttp2Stream
  /** Makes messages of the bytes of the DATA frames. */
  decoder: MessageDecoder
  /** @param message with its header */
  decompressMessage(message: Buffer, encoding: string): Buffer | Promise<Buffer>
  sendStatus(status: Partial<StatusObject>): void
  /** @param callback called when the message has left this process */
  sendMessage(message: unknown, callback: () => void): void
  /** @returns whether the call is over, so that nothing can be sent */
  checkCancelled(): boolean
  /** Sends the headers of the answer, unless they were sent. */
  maybeSendMetadata(): void
  /** What the method was registered with. */
  readonly handler: { readonly serialize: (message: unknown) => Buffer }
}

interface MessageDecoder {
  write(data: Buffer): Buffer[]
}

/** The HTTP/2 server that the connections of the injector get. @throws RangeError when there is not exactly one */
export function http2ServerOf(server: Server): Http2Server {
  const { http2Servers } = server as unknown as { http2Servers?: Map<Http2Server, unknown> }
  const [found, ...more] = http2Servers?.keys() ?? []
  if (found === undefined || more.length > 0) {
    throw new RangeError('this version of grpc-js keeps its HTTP/2 servers elsewhere')
  }
  return found
}

/** A call that an interceptor got. @throws RangeError when the library looks different */
export function libraryCallOf(call: object): LibraryCall {
  const found = call as Partial<LibraryCall>
  if (
    found.stream === undefined ||
    typeof found.decoder?.write !== 'function' ||
    typeof found.decompressMessage !== 'function' ||
    typeof found.sendMessage !== 'function' ||
    typeof found.checkCancelled !== 'function' ||
    typeof found.maybeSendMetadata !== 'function' ||
    typeof found.handler?.serialize !== 'function'
  ) {
    throw new RangeError('calls of this version of grpc-js look different')
  }
  return found as LibraryCall
}

/** What an interceptor got, of the call that a handler has; undefined when the library looks different. */
export function interceptedCallOf(call: object): object | undefined {
  const { call: intercepted } = call as { call?: object }
  return intercepted
}

/** The stream below the call that a handler has; undefined when the library looks different. */
export function http2StreamOf(call: object): ServerHttp2Stream | undefined {
  const intercepted = interceptedCallOf(call) as Partial<LibraryCall> | undefined
  return intercepted?.stream
}

interface SessionHandle {
  /** Whether HTTP/2 has anything left to read or to write. */
  hasPendingData?(): boolean
}

/**
 * Whether HTTP/2 is done with a connection that is still there: it has said goodbye and reads no more. Node tells nobody, and does not see the
 * other side leave. False where Node does not let it be known: then only the keepalive ends such a connection.
 */
export function isOver(session: Http2Session): boolean {
  const symbols = Object.getOwnPropertySymbols(session)
  const symbol = symbols.find(({ description }) => description === 'kHandle')
  if (symbol === undefined) return false
  const handle = (session as unknown as Record<symbol, SessionHandle | undefined>)[symbol]
  return handle?.hasPendingData?.() === false
}
