// The ways of many clients to one broker, a proxy for each. They are opened beforehand, since a client comes from one moment to the next.
import type { ChaosLink } from '../../src/bench/chaos/chaos-stage.ts'
import { connect } from '../../src/client/index.ts'
import { TcpProxy } from './tcp-proxy.ts'

const SPARE = 64
const REQUEST_TIMEOUT_MS = 10_000

export class ClientWays {
  /** Of clients that live. */
  readonly living = new Set<TcpProxy>()
  readonly #spare: TcpProxy[] = []
  readonly #address: () => string

  private constructor(address: () => string) {
    this.#address = address
  }

  /** @param address HOST:PORT of the broker, asked for each connection */
  static async open(address: () => string): Promise<ClientWays> {
    const ways = new ClientWays(address)
    for (let count = 0; count < SPARE; count++) ways.#spare.push(await ways.#open())
    return ways
  }

  connect(name: string): ChaosLink {
    const proxy = this.#spare.pop()
    if (proxy === undefined) throw new Error(`no way left for ${name}`)
    void this.#open().then((next) => this.#spare.push(next))
    this.living.add(proxy)
    const client = connect({ broker: proxy.address, requestTimeoutMs: REQUEST_TIMEOUT_MS })
    const cut = (): void => {
      this.living.delete(proxy)
      proxy.cut()
    }
    return { client, cut }
  }

  close(): void {
    for (const proxy of [...this.living, ...this.#spare]) proxy.cut()
  }

  async #open(): Promise<TcpProxy> {
    return await TcpProxy.open(() => {
      const [host = '', port = ''] = this.#address().split(':')
      return { host, port: Number(port) }
    })
  }
}
