// gRPC calls by a plain HTTP/2 client: any headers and any bytes, and what came back as it is.
import { type ClientHttp2Session, connect } from 'node:http2'

export interface Http2Answer {
  /** HTTP status; undefined when the stream was reset before an answer. */
  readonly status: number | undefined
  /** grpc-status; undefined when there was none. */
  readonly code: number | undefined
  readonly message: string
  /** The reason of the ErrorInfo, as far as its bytes tell. */
  readonly details: string
  readonly effect: string | undefined
  /** The code of the RST_STREAM, 0 when it ended well. */
  readonly resetCode: number
  readonly body: Buffer
}

export interface Http2Call {
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Uint8Array
  /** This side leaves the call open: until it is answered, or for ever. */
  readonly staysOpen?: 'until-answered' | 'for-ever'
}

/** Node's own bound of what a client sends is 64 KiB: what a server refuses would not even leave. */
const HEADER_BYTES_MAX = 16 * 1024 * 1024

/** Its errors are shown by the calls. */
export function http2Session(address: string): ClientHttp2Session {
  const session = connect(`http://${address}`, { maxSendHeaderBlockLength: HEADER_BYTES_MAX })
  session.on('error', () => undefined)
  return session
}

/** Resolves when the stream is closed. */
export function http2Call(session: ClientHttp2Session, call: Http2Call): Promise<Http2Answer> {
  const fields: Record<string, string | undefined> = {
    ':method': 'POST',
    ':path': call.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...call.headers,
  }
  const headers = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  )
  return new Promise((resolve) => {
    const stream = session.request(headers, { endStream: false })
    const seen: Record<string, unknown> = {}
    const parts: Buffer[] = []
    for (const event of ['response', 'trailers']) {
      stream.on(event, (fields: object) => {
        Object.assign(seen, fields)
      })
    }
    stream.on('data', (bytes: Buffer) => parts.push(bytes))
    stream.on('error', () => undefined)
    stream.on('close', () => {
      resolve({
        status: seen[':status'] as number | undefined,
        code: seen['grpc-status'] === undefined ? undefined : Number(seen['grpc-status']),
        message: decodeURI(textOf(seen['grpc-message'])),
        details: Buffer.from(textOf(seen['grpc-status-details-bin']), 'base64').toString('latin1'),
        effect: seen['x-effect'] as string | undefined,
        resetCode: stream.rstCode,
        body: Buffer.concat(parts),
      })
    })
    if (call.body !== undefined) stream.write(call.body)
    if (call.staysOpen === undefined) stream.end()
    if (call.staysOpen === 'until-answered') {
      stream.on('end', () => {
        stream.end()
      })
    }
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
