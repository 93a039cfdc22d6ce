// A way over loopback that can be troubled, as networks are: nothing passes, nothing passes in one direction, everything comes late, connections are
// reset. What is held back passes when the trouble is over, as TCP would send it again; or the connection is reset then.
// Invariant: bytes of one direction pass in the order in which they came, whatever the trouble was when each of them came.
import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** `half-open`: requests pass, answers do not. */
export type Trouble =
  | { readonly kind: 'none' | 'partition' | 'half-open' }
  | { readonly kind: 'delay'; readonly delayMs: number }

interface Pair {
  readonly near: Socket
  readonly far: Socket
}

export class TcpProxy {
  readonly #server: Server
  readonly #to: () => { readonly host: string; readonly port: number }
  readonly #pairs = new Set<Pair>()
  #trouble: Trouble = { kind: 'none' }
  #isCut = false

  private constructor(to: () => { readonly host: string; readonly port: number }) {
    this.#to = to
    this.#server = createServer(
      { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
      (near) => {
        this.#accept(near)
      },
    )
  }

  /** @param to where to, asked for each connection */
  static async open(to: () => { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(to)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get address(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening')
    return `127.0.0.1:${address.port}`
  }

  get trouble(): Trouble {
    return this.#trouble
  }

  set trouble(trouble: Trouble) {
    this.#trouble = trouble
    for (const pair of this.#pairs) this.#apply(pair)
  }

  /** Every connection ends with an error, from one moment to the next. */
  reset(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }

  /** Nothing passes any more, for good. */
  cut(): void {
    this.#isCut = true
    this.reset()
    this.#server.close()
  }

  #accept(near: Socket): void {
    if (this.#isCut) {
      near.destroy()
      return
    }
    const far = dial({ ...this.#to(), allowHalfOpen: true, noDelay: true })
    const pair = { near, far }
    this.#pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      const line = new Line()
      from.on('data', (chunk: Buffer) => {
        line.pass(this.#delayMs, () => to.write(chunk))
      })
      from.on('error', () => undefined)
      from.on('end', () => {
        line.pass(this.#delayMs, () => to.end())
      })
      from.on('close', () => {
        to.destroy()
        this.#pairs.delete(pair)
      })
    }
    this.#apply(pair)
  }

  /** A socket that is not read lets its sender wait. */
  #apply({ near, far }: Pair): void {
    const { kind } = this.#trouble
    if (kind === 'partition') near.pause()
    else near.resume()
    if (kind === 'partition' || kind === 'half-open') far.pause()
    else far.resume()
  }

  get #delayMs(): number {
    return this.#trouble.kind === 'delay' ? this.#trouble.delayMs : 0
  }
}

/** One direction of one connection. */
class Line {
  #waiting = 0
  #last = Promise.resolve()

  /** Nothing overtakes what came before it, also not when that has to wait longer. */
  pass(delayMs: number, write: () => unknown): void {
    if (delayMs === 0 && this.#waiting === 0) {
      write()
      return
    }
    this.#waiting++
    const due = sleep(delayMs)
    this.#last = this.#last
      .then(() => due)
      .then(() => {
        this.#waiting--
        write()
      })
  }
}
