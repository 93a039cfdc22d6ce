// HTTP/2 by hand: frames as bytes, and a connection that sends whatever it is told and shows what came back. For what no
// proper client would send.
import { connect, type Socket } from 'node:net'

export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  resetStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const

const FLAG = { endStream: 1, ack: 1, endHeaders: 4 } as const

export const PREFACE: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

export function frame(type: number, flags: number, stream: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(9 + payload.length)
  bytes.writeUIntBE(payload.length, 0, 3)
  bytes.writeUInt8(type, 3)
  bytes.writeUInt8(flags, 4)
  bytes.writeUInt32BE(stream, 5)
  bytes.set(payload, 9)
  return bytes
}

const NOTHING = Buffer.alloc(0)

export function settings(): Buffer {
  return frame(FRAME.settings, 0, 0, NOTHING)
}

export function data(stream: number, payload: Uint8Array, isLast = false): Buffer {
  return frame(FRAME.data, isLast ? FLAG.endStream : 0, stream, payload)
}

export function ping(): Buffer {
  return frame(FRAME.ping, 0, 0, Buffer.alloc(8))
}

export function resetStream(stream: number): Buffer {
  return frame(FRAME.resetStream, 0, stream, Buffer.of(0, 0, 0, 8))
}

export function windowUpdate(stream: number, increment: number): Buffer {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(increment)
  return frame(FRAME.windowUpdate, 0, stream, payload)
}

/** A header block of literals without indexing: the same bytes on every connection, at any time. */
export function headerBlock(headers: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(
    headers.flatMap(([name, value]) => [Buffer.of(0), hpackString(name), hpackString(value)]),
  )
}

function hpackString(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  if (bytes.length < 127) return Buffer.concat([Buffer.of(bytes.length), bytes])
  const length = [127]
  let rest = bytes.length - 127
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128)
  length.push(rest)
  return Buffer.concat([Buffer.from(length), bytes])
}

export function grpcHeaders(
  path: string,
  more: readonly (readonly [name: string, value: string])[] = [],
): [name: string, value: string][] {
  return [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', path],
    [':authority', 'test'],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
    ...more.map(([name, value]): [string, string] => [name, value]),
  ]
}

export function headers(
  stream: number,
  fields: readonly (readonly [name: string, value: string])[],
  flags: number = FLAG.endHeaders,
): Buffer {
  return frame(FRAME.headers, flags, stream, headerBlock(fields))
}

/** A gRPC message as it lies in DATA frames. */
export function framedMessage(message: Uint8Array, isCompressed = false): Buffer {
  const bytes = Buffer.alloc(5 + message.length)
  bytes.writeUInt8(isCompressed ? 1 : 0)
  bytes.writeUInt32BE(message.length, 1)
  bytes.set(message, 5)
  return bytes
}

/** A message as DATA frames of at most 16 KiB; the last ends the stream. */
export function dataFrames(stream: number, bytes: Buffer, isLast = true): Buffer {
  const frames: Buffer[] = []
  const size = 16_384
  for (let at = 0; at < bytes.length; at += size) {
    frames.push(data(stream, bytes.subarray(at, at + size), isLast && at + size >= bytes.length))
  }
  return Buffer.concat(frames)
}

/** A connection on which nothing happens by itself but that SETTINGS are acknowledged. */
export class RawConnection {
  readonly socket: Socket
  /** Settles when the connection is closed, from whichever side and however. */
  readonly closed: Promise<void>
  readonly frames: Frame[] = []
  isClosed = false
  #unread: Buffer = NOTHING
  #wake: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isClosed = true
        resolve()
        this.#wake?.()
      })
    })
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      this.#read(bytes)
    })
  }

  /** Connects and says nothing. */
  static async connect(address: string): Promise<RawConnection> {
    const [host, port] = address.split(':')
    const socket = connect(Number(port), host)
    socket.setNoDelay(true)
    const connection = new RawConnection(socket)
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve)
      socket.once('close', () => {
        resolve()
      })
    })
    return connection
  }

  /** Connects and begins HTTP/2 properly. */
  static async open(address: string): Promise<RawConnection> {
    const connection = await RawConnection.connect(address)
    connection.send(PREFACE, settings())
    await connection.until(() => connection.count(FRAME.settings) > 0)
    return connection
  }

  send(...bytes: readonly Buffer[]): void {
    if (!this.isClosed) this.socket.write(Buffer.concat(bytes))
  }

  /** Sends, and waits until the bytes are on their way or the connection is closed. */
  async push(bytes: Buffer): Promise<void> {
    if (this.isClosed || this.socket.write(bytes)) return
    await Promise.race([
      new Promise<void>((resolve) => {
        this.socket.once('drain', resolve)
      }),
      this.closed,
    ])
  }

  count(type: number, stream?: number): number {
    return this.frames.filter(
      (one) => one.type === type && (stream === undefined || one.stream === stream),
    ).length
  }

  /** Waits until something has come in, or the connection is closed. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  close(): void {
    this.socket.destroy()
  }

  #read(bytes: Buffer): void {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes])
    while (this.#unread.length >= 9) {
      const length = this.#unread.readUIntBE(0, 3)
      if (this.#unread.length < 9 + length) break
      const type = this.#unread.readUInt8(3)
      const flags = this.#unread.readUInt8(4)
      const stream = this.#unread.readUInt32BE(5)
      const payload = Buffer.from(this.#unread.subarray(9, 9 + length))
      this.#unread = this.#unread.subarray(9 + length)
      this.frames.push({ type, flags, stream, payload })
      if (type === FRAME.settings && (flags & FLAG.ack) === 0) {
        this.send(frame(FRAME.settings, FLAG.ack, 0, NOTHING))
      }
    }
    this.#wake?.()
  }
}
