// What an attack on the gRPC port is made of: connections that send whatever bytes they are told, as fast as the broker takes them, and begin
// anew when they are cut. Invariant: an attack holds no memory of its own worth mentioning, so it can run for hours.
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { FRAME, frame, PREFACE } from '../../support/raw-http2.ts'

const FRAME_HEADER_BYTES = 9
const SETTINGS_ACK = frame(FRAME.settings, 1, 0, Buffer.alloc(0))
/** Between two attempts of a connection that was turned away: an attacker that waits for nothing only measures itself. */
const RECONNECT_MS = 5

/** What an attack did and what became of it. */
export interface AttackTally {
  bytesSent: number
  connectionsOpened: number
  /** Of them those that the broker ended. */
  connectionsCut: number
  goAways: number
}

export interface Attack {
  /** A sentence's subject: "a flood of pings". */
  readonly name: string
  /** Attacks until `run.isOver()`; its connections are closed behind it. */
  readonly run: (run: AttackRun) => Promise<void>
}

/** One run of an attack. */
export class AttackRun {
  readonly tally: AttackTally = {
    bytesSent: 0,
    connectionsOpened: 0,
    connectionsCut: 0,
    goAways: 0,
  }
  readonly address: string
  readonly #endsAt: number
  readonly #connections = new Set<AttackConnection>()

  constructor(address: string, seconds: number) {
    this.address = address
    this.#endsAt = performance.now() + seconds * 1_000
  }

  isOver(): boolean {
    return performance.now() >= this.#endsAt
  }

  /** Milliseconds that are left. */
  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now())
  }

  /** A connection that has said nothing. @param reads whether it takes what the broker sends */
  async connect(reads = true): Promise<AttackConnection> {
    const connection = await AttackConnection.open(this, reads)
    this.#connections.add(connection)
    void connection.closed.then(() => {
      this.#connections.delete(connection)
      if (!connection.isMine) this.tally.connectionsCut += 1
    })
    return connection
  }

  /** A connection that has begun HTTP/2. */
  async open(first: readonly Buffer[] = [], reads = true): Promise<AttackConnection> {
    const connection = await this.connect(reads)
    await connection.push(
      Buffer.concat([PREFACE, frame(FRAME.settings, 0, 0, Buffer.alloc(0)), ...first]),
    )
    return connection
  }

  /** Connections that run this at the same time, each anew when it is cut. */
  async each(connections: number, attack: () => Promise<void>): Promise<void> {
    const again = async (): Promise<void> => {
      while (!this.isOver()) {
        await attack()
        await pause(RECONNECT_MS)
      }
    }
    await Promise.all(Array.from({ length: connections }, again))
  }

  /** Waits, but not longer than the attack goes on. */
  async pause(ms: number): Promise<void> {
    await pause(Math.min(ms, this.leftMs))
  }

  end(): void {
    for (const connection of this.#connections) connection.close()
  }
}

export class AttackConnection {
  readonly socket: Socket
  readonly closed: Promise<void>
  isClosed = false
  /** It was closed from this side. */
  isMine = false
  /** The broker has said goodbye. */
  sawGoAway = false
  readonly #run: AttackRun
  /** What came of a frame that is not whole yet, its header at most. */
  #head = Buffer.alloc(0)
  #skipBytes = 0

  private constructor(run: AttackRun, socket: Socket) {
    this.#run = run
    this.socket = socket
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.isClosed = true
        resolve()
      })
    })
  }

  static async open(run: AttackRun, reads: boolean): Promise<AttackConnection> {
    const [host, port] = run.address.split(':')
    const socket = connect({ host: host ?? '', port: Number(port), noDelay: true })
    socket.on('error', () => undefined)
    const connection = new AttackConnection(run, socket)
    const connected = new Promise<void>((resolve) => socket.once('connect', resolve))
    await Promise.race([connected, connection.closed])
    run.tally.connectionsOpened += 1
    if (reads) {
      socket.on('data', (bytes) => {
        connection.#read(bytes)
      })
    }
    return connection
  }

  /** Sends; resolves when the system took it, the connection is closed or the attack is over. */
  async push(bytes: Buffer): Promise<void> {
    if (this.isClosed) return
    this.#run.tally.bytesSent += bytes.length
    const taken = this.socket.write(bytes)
    // A turn for what comes in, also where the system takes everything at once.
    if (taken) await new Promise(setImmediate)
    else {
      const drained = new Promise<void>((resolve) => this.socket.once('drain', resolve))
      const stop = new AbortController()
      const over = pause(this.#run.leftMs, undefined, { signal: stop.signal }).catch(
        () => undefined,
      )
      await Promise.race([drained, this.closed, over])
      stop.abort()
    }
  }

  close(): void {
    this.isMine = true
    this.socket.destroy()
  }

  /** Looks at nothing but the headers of frames, and acknowledges settings. */
  #read(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#skipBytes > 0) {
        const skipped = Math.min(this.#skipBytes, bytes.length - at)
        this.#skipBytes -= skipped
        at += skipped
        continue
      }
      const part = bytes.subarray(at, at + FRAME_HEADER_BYTES - this.#head.length)
      this.#head = Buffer.concat([this.#head, part])
      at += part.length
      if (this.#head.length < FRAME_HEADER_BYTES) return
      const type = this.#head.readUInt8(3)
      if (type === FRAME.settings && (this.#head.readUInt8(4) & 1) === 0) {
        this.socket.write(SETTINGS_ACK)
      }
      if (type === FRAME.goAway && !this.sawGoAway) {
        this.sawGoAway = true
        this.#run.tally.goAways += 1
      }
      this.#skipBytes = this.#head.readUIntBE(0, 3)
      this.#head = Buffer.alloc(0)
    }
  }
}

interface Flood {
  /** What goes before the flood on each connection. */
  readonly first?: () => readonly Buffer[]
  /** @param index counts up on each connection */
  readonly next: (index: number) => Buffer
  /** How many go in one write. */
  readonly batch?: number
  readonly connections?: number
  readonly reads?: boolean
}

/** Sends the same kind of bytes again and again, over connections that begin anew when they are cut. */
export function flood(name: string, options: Flood): Attack {
  const { first = () => [], next, batch = 500, connections = 4, reads = true } = options
  return {
    name,
    run: async (run) => {
      await run.each(connections, async () => {
        const connection = await run.open(first(), reads)
        let index = 0
        while (!connection.isClosed && !run.isOver()) {
          await connection.push(Buffer.concat(Array.from({ length: batch }, () => next(index++))))
        }
        connection.close()
      })
    },
  }
}
