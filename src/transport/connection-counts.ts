// Counts connections, in all and by address. Invariant: neither count passes its limit, and an address without
// connections costs nothing.

export interface ConnectionCountsOptions {
  readonly connectionsMax: number
  readonly connectionsPerAddressMax: number
}

export type ConnectionRefusal = 'too-many-connections' | 'too-many-from-address'

export class ConnectionCounts {
  readonly #options: ConnectionCountsOptions
  readonly #byAddress = new Map<string, number>()
  #total = 0

  constructor(options: ConnectionCountsOptions) {
    this.#options = options
  }

  get total(): number {
    return this.#total
  }

  /** How many addresses have a connection now. */
  get addresses(): number {
    return this.#byAddress.size
  }

  /**
   * Counts a connection, or says why there is no room for it.
   * @param address as the socket names it
   * @returns a function to be called once when the connection is gone, or the refusal
   */
  add(address: string): (() => void) | ConnectionRefusal {
    if (this.#total >= this.#options.connectionsMax) return 'too-many-connections'
    const key = networkOf(address)
    const count = this.#byAddress.get(key) ?? 0
    if (count >= this.#options.connectionsPerAddressMax) return 'too-many-from-address'
    this.#total += 1
    this.#byAddress.set(key, count + 1)
    return () => {
      this.#total -= 1
      const left = (this.#byAddress.get(key) ?? 1) - 1
      if (left === 0) this.#byAddress.delete(key)
      else this.#byAddress.set(key, left)
    }
  }
}

/**
 * Whose address it is: one host has a whole IPv6 network of 64 bits to choose from, so that is what counts; an IPv4 address
 * counts as itself, also in its IPv6 form.
 */
export function networkOf(address: string): string {
  const [literal = ''] = address.toLowerCase().split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(literal)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!literal.includes(':')) return literal
  const [head = '', tail] = literal.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...(tail === undefined ? [] : zeros), ...after]
  return `${groups.slice(0, 4).map(withoutZeros).join(':')}::/64`
}

function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, '')
}
