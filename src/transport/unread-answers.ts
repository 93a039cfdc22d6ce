// Counts the bytes of answers that their clients have not read yet. Invariant: they never exceed the limits, in all and of
// one connection; a client that asks for much and reads nothing is refused, and costs the others nothing.
import { VarveError } from '../domain/error.ts'

export interface UnreadAnswersOptions {
  readonly bytesMax: number
  readonly bytesPerConnectionMax: number
}

export class UnreadAnswers {
  readonly #options: UnreadAnswersOptions
  readonly #bytesByPeer = new Map<string, number>()
  #bytes = 0

  constructor(options: UnreadAnswersOptions) {
    this.#options = options
  }

  /** Of all answers that are on their way. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Counts an answer until `signal` aborts: that is when its call is over.
   * @param peer address and port of the client
   * @throws VarveError QUEUE_FULL when the connection or all together have too much on their way. The only answer of a
   *   connection always passes the limit of the connection.
   */
  add(peer: string, bytes: number, signal: AbortSignal): void {
    if (signal.aborted || bytes === 0) return
    const { bytesMax, bytesPerConnectionMax } = this.#options
    const before = this.#bytesByPeer.get(peer) ?? 0
    const isTooMuch = before > 0 && before + bytes > bytesPerConnectionMax
    if (isTooMuch || this.#bytes + bytes > bytesMax) {
      throw new VarveError(
        'QUEUE_FULL',
        isTooMuch
          ? `${before} bytes of answers on this connection are not read yet`
          : 'too many answers of all connections are not read yet',
      )
    }
    this.#change(peer, bytes)
    signal.addEventListener(
      'abort',
      () => {
        this.#change(peer, -bytes)
      },
      { once: true },
    )
  }

  #change(peer: string, bytes: number): void {
    this.#bytes += bytes
    const left = (this.#bytesByPeer.get(peer) ?? 0) + bytes
    if (left === 0) this.#bytesByPeer.delete(peer)
    else this.#bytesByPeer.set(peer, left)
  }
}
