// The listening socket before HTTP/2: counts connections, and hands over only those that have begun to speak HTTP/2 in time.
// Invariants: no more connections than the limits are open, whatever comes after; one that says nothing, or something else, is
// closed and has cost no HTTP/2 session; an accept that fails (no descriptors left) does not end the process.
import { createServer, type Server, type Socket } from 'node:net'
import { VarveError } from '../../domain/error.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { ConnectionCounts, type ConnectionCountsOptions } from '../connection-counts.ts'
import type { CutAddresses } from '../cut-addresses.ts'
import type { RefusalLog } from '../refusal-log.ts'

export interface FrontDoorOptions extends ConnectionCountsOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly clock: Clock
  readonly log: Log
  readonly refusals: RefusalLog
  /** Addresses in it that are shut out get no connection. */
  readonly cuts: CutAddresses
  /** How long a connection may take until HTTP/2 has begun. */
  readonly handshakeMsMax: number
  /** Takes over a connection whose first bytes, still in the socket, begin HTTP/2. */
  readonly onConnection: (socket: Socket) => void
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
/** What must be there before a connection is handed over: the preface and the header of the SETTINGS after it. */
const OPENING_BYTES = PREFACE.length + 9
const SETTINGS_TYPE = 4

export class FrontDoor {
  /** The port that was taken. */
  readonly port: number
  readonly #server: Server
  readonly #options: FrontDoorOptions
  readonly #counts: ConnectionCounts
  /** Connections that were not handed over yet. */
  readonly #opening = new Set<Socket>()

  private constructor(server: Server, port: number, options: FrontDoorOptions) {
    this.#server = server
    this.#options = options
    this.#counts = new ConnectionCounts(options)
    this.port = port
    server.on('connection', this.#onConnection)
    server.on('error', (error) => {
      options.log.warn('accept_failed', { error })
    })
  }

  /**
   * Resolves when clients may connect.
   * @throws VarveError ADDRESS_UNAVAILABLE
   */
  static async listen(options: FrontDoorOptions): Promise<FrontDoor> {
    const { host, port } = options
    const server = createServer({ noDelay: true })
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => {
        const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
        reject(
          new VarveError(
            'ADDRESS_UNAVAILABLE',
            `cannot listen on ${address}: another process may have it, or it is no address of this machine`,
            { details: { address }, cause: error },
          ),
        )
      })
      server.listen({ host, port }, resolve)
    })
    server.removeAllListeners('error')
    const bound = server.address()
    return new FrontDoor(
      server,
      bound !== null && typeof bound === 'object' ? bound.port : port,
      options,
    )
  }

  /** Connections that are open, whether handed over or not. */
  get connections(): number {
    return this.#counts.total
  }

  /** Takes no more connections, and closes those that were not handed over. The others belong to whoever has them. */
  close(): void {
    this.#server.close()
    for (const socket of this.#opening) socket.destroy()
  }

  readonly #onConnection = (socket: Socket): void => {
    // Every end of a connection shows as its close; what went wrong is of no interest here.
    socket.on('error', () => undefined)
    const { remoteAddress } = socket
    // It was gone before it was looked at.
    if (remoteAddress === undefined) {
      socket.destroy()
      return
    }
    const counted = this.#options.cuts.isShutOut(remoteAddress)
      ? 'cut-too-often'
      : this.#counts.add(remoteAddress)
    if (typeof counted === 'string') {
      this.#options.refusals.refused(counted, remoteAddress)
      socket.destroy()
      return
    }
    socket.on('close', counted)
    this.#open(socket, remoteAddress)
  }

  /** Waits for the first bytes of HTTP/2. */
  #open(socket: Socket, peer: string): void {
    this.#opening.add(socket)
    const chunks: Buffer[] = []
    let length = 0
    const refuse = (reason: string): void => {
      this.#options.refusals.refused(reason, peer)
      socket.destroy()
    }
    const stopTimer = this.#options.clock.after(this.#options.handshakeMsMax, () => {
      refuse('handshake-timeout')
    })
    const leave = (): void => {
      stopTimer()
      socket.off('readable', onReadable)
      socket.off('close', leave)
      this.#opening.delete(socket)
    }
    const onReadable = (): void => {
      for (let chunk = read(socket); chunk !== null; chunk = read(socket)) {
        chunks.push(chunk)
        length += chunk.length
      }
      const bytes = Buffer.concat(chunks)
      if (!mayBeginHttp2(bytes)) {
        refuse('not-http2')
      } else if (length >= OPENING_BYTES) {
        leave()
        socket.unshift(bytes)
        this.#options.onConnection(socket)
      }
    }
    socket.on('readable', onReadable)
    socket.on('close', leave)
  }
}

function read(socket: Socket): Buffer | null {
  return socket.read() as Buffer | null
}

/** Whether these bytes are the beginning of the preface, and after it of a SETTINGS frame. */
function mayBeginHttp2(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, PREFACE.length)
  if (bytes.compare(PREFACE, 0, length, 0, length) !== 0) return false
  // Behind three bytes of length.
  const type = bytes[PREFACE.length + 3]
  return type === undefined || type === SETTINGS_TYPE
}
