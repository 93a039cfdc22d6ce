// What the clients of one address hold together: calls under way, and bytes of requests. There is no authentication yet, so the address is all
// that is known of who calls; it is what a limit for a principal goes by. Invariant: no address holds more than its share, so that none of them can
// take all that the broker has for everybody; an address without connections costs nothing.
import { networkOf } from './connection-counts.ts'
import type { RequestBytes } from './request-bytes.ts'

interface AddressSharesOptions {
  readonly callsMax: number
  readonly callsPerAddressMax: number
  /** Those of all addresses; each gets a part of them. */
  readonly requestBytes: RequestBytes
  readonly requestBytesPerAddressMax: number
}

/** Why a call is turned away. */
export type CallRefusal = 'too-many-calls' | 'too-many-calls-from-address'

export class AddressShares {
  readonly #options: AddressSharesOptions
  readonly #shares = new Map<string, AddressShare>()
  #calls = 0

  constructor(options: AddressSharesOptions) {
    this.#options = options
  }

  /** Calls under way, of all addresses. */
  get calls(): number {
    return this.#calls
  }

  /** How many addresses have a connection now. */
  get addresses(): number {
    return this.#shares.size
  }

  /**
   * The share of an address, for a connection of it.
   * @param address as the socket names it
   * @returns the share, which all connections of the address have together, and a function to be called once when the connection is gone
   */
  connect(address: string): { readonly share: AddressShare; readonly leave: () => void } {
    const key = networkOf(address)
    let share = this.#shares.get(key)
    if (share === undefined) {
      const { requestBytes, requestBytesPerAddressMax } = this.#options
      share = new AddressShare(this.#begin, requestBytes.part(requestBytesPerAddressMax))
      this.#shares.set(key, share)
    }
    share.connections += 1
    return {
      share,
      leave: () => {
        share.connections -= 1
        if (share.connections === 0) this.#shares.delete(key)
      },
    }
  }

  readonly #begin = (share: AddressShare): (() => void) | CallRefusal => {
    if (this.#calls >= this.#options.callsMax) return 'too-many-calls'
    if (share.calls >= this.#options.callsPerAddressMax) return 'too-many-calls-from-address'
    this.#calls += 1
    share.calls += 1
    return () => {
      this.#calls -= 1
      share.calls -= 1
    }
  }
}

export class AddressShare {
  connections = 0
  /** Calls under way. */
  calls = 0
  readonly requestBytes: RequestBytes
  readonly #begin: (share: AddressShare) => (() => void) | CallRefusal

  constructor(
    begin: (share: AddressShare) => (() => void) | CallRefusal,
    requestBytes: RequestBytes,
  ) {
    this.#begin = begin
    this.requestBytes = requestBytes
  }

  /** Counts a call. @returns a function to be called once when it is over; or why there is no room for it */
  beginCall(): (() => void) | CallRefusal {
    return this.#begin(this)
  }
}
