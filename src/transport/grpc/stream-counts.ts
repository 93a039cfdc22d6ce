// Counts the streams of one kind by connection. Invariant: no connection has more than its share, and one without streams costs
// nothing.
import { type ErrorCode, VarveError } from '../../domain/error.ts'

export interface StreamCountsOptions {
  readonly streamsPerConnectionMax: number
  /** What is refused with, and what the streams are, for people. */
  readonly code: ErrorCode
  readonly what: string
}

export class StreamCounts {
  readonly #options: StreamCountsOptions
  readonly #byPeer = new Map<string, number>()

  constructor(options: StreamCountsOptions) {
    this.#options = options
  }

  /**
   * Counts a stream.
   * @param peer the connection, as its calls name it
   * @returns a function to be called once when it is over
   * @throws VarveError with the code of the options
   */
  add(peer: string): () => void {
    const { streamsPerConnectionMax: limit, code, what } = this.#options
    const count = this.#byPeer.get(peer) ?? 0
    if (count >= limit) {
      const text = `${limit} ${what} are open on this connection, as many as there may be`
      throw new VarveError(code, text, { details: { limit } })
    }
    this.#byPeer.set(peer, count + 1)
    return () => {
      const left = (this.#byPeer.get(peer) ?? 1) - 1
      if (left === 0) this.#byPeer.delete(peer)
      else this.#byPeer.set(peer, left)
    }
  }
}
