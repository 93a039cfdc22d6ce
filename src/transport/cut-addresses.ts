// Remembers from which addresses connections had to be cut, and how often: who is cut and begins anew at once costs as much again each time.
// Invariants: an address may be cut some times in a row before it is shut out, and is let in again as time goes on; what is remembered is bounded, and
// forgotten when it does not matter any more.
import type { Limits } from '../domain/limits.ts'
import type { Clock } from '../platform/clock.ts'
import { networkOf } from './connection-counts.ts'

/** Addresses that are remembered; the one that was cut longest ago is forgotten for a further one. */
const ADDRESSES_MAX = 10_000

interface CutAddress {
  /** How often it may be cut before it is shut out. */
  left: number
  atMs: number
}

type CutAddressesLimits = Pick<Limits, 'cutConnectionsBurstMax' | 'cutConnectionsPerSecondMax'>

export class CutAddresses {
  readonly #clock: Clock
  readonly #limits: CutAddressesLimits
  /** The one that was cut last is the last. */
  readonly #addresses = new Map<string, CutAddress>()

  constructor(clock: Clock, limits: CutAddressesLimits) {
    this.#clock = clock
    this.#limits = limits
  }

  /** How many are remembered. */
  get size(): number {
    return this.#addresses.size
  }

  /** A connection of this address was cut for what it did. */
  cut(address: string): void {
    const network = networkOf(address)
    const left = this.#leftOf(network) - 1
    this.#addresses.delete(network)
    this.#addresses.set(network, { left, atMs: this.#clock.monotonicMs() })
    for (const [oldest] of this.#addresses) {
      if (this.#addresses.size <= ADDRESSES_MAX) break
      this.#addresses.delete(oldest)
    }
  }

  /** Whether connections from this address are to be refused for now. */
  isShutOut(address: string): boolean {
    if (this.#addresses.size === 0) return false
    const network = networkOf(address)
    const left = this.#leftOf(network)
    if (left >= this.#limits.cutConnectionsBurstMax) this.#addresses.delete(network)
    return left < 1
  }

  #leftOf(network: string): number {
    const { cutConnectionsBurstMax: most, cutConnectionsPerSecondMax: perSecond } = this.#limits
    const found = this.#addresses.get(network)
    if (found === undefined) return most
    const earned = ((this.#clock.monotonicMs() - found.atMs) / 1e3) * perSecond
    return Math.min(most, found.left + earned)
  }
}
