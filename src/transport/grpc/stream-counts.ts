// Counts streams of one kind, in all and by connection. Invariant: neither count passes its limit, and a connection without
// streams costs nothing.
import { type ErrorCode, VarveError } from '../../domain/error.ts'

export interface StreamCountsOptions {
  readonly streamsMax: number
  readonly streamsPerConnectionMax: number
  /** What is refused with, and what the streams are, for people. */
  readonly code: ErrorCode
  readonly what: string
}

export class StreamCounts {
  readonly #options: StreamCountsOptions
  readonly #byPeer = new Map<string, number>()
  #open = 0

  constructor(options: StreamCountsOptions) {
    this.#options = options
  }

  get open(): number {
    return this.#open
  }

  /**
   * Counts a stream.
   * @returns a function to be called once when it is over
   * @throws VarveError with the code of the options
   */
  add(peer: string): () => void {
    const { streamsMax, streamsPerConnectionMax, what } = this.#options
    const ofPeer = this.#byPeer.get(peer) ?? 0
    if (this.#open >= streamsMax) throw this.#refusal(what, streamsMax)
    if (ofPeer >= streamsPerConnectionMax) {
      throw this.#refusal(`${what} on this connection`, streamsPerConnectionMax)
    }
    this.#open += 1
    this.#byPeer.set(peer, ofPeer + 1)
    return () => {
      this.#open -= 1
      const left = (this.#byPeer.get(peer) ?? 1) - 1
      if (left === 0) this.#byPeer.delete(peer)
      else this.#byPeer.set(peer, left)
    }
  }

  #refusal(what: string, max: number): VarveError {
    const { code } = this.#options
    return new VarveError(code, `there are ${max} ${what}, as many as there may be`, {
      details: { max },
    })
  }
}
