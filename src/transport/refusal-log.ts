// Says what a port turns away without letting the refused write the log full. Invariant: a line for the first of a kind, then
// at most one in LIMITS.refusalLogIntervalMs, with the number of those that had none.
import { LIMITS } from '../domain/limits.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log, LogFields } from '../platform/log.ts'

interface Said {
  atMs: number
  unsaid: number
  total: number
}

export class RefusalLog {
  readonly #clock: Clock
  readonly #log: Log
  readonly #said = new Map<string, Said>()

  constructor(clock: Clock, log: Log) {
    this.#clock = clock
    this.#log = log
  }

  /** How often each reason came, by its name. */
  get totals(): ReadonlyMap<string, number> {
    return new Map([...this.#said].map(([reason, { total }]) => [reason, total]))
  }

  /**
   * A connection was turned away before it cost anything.
   * @param reason one of few: each is remembered
   */
  refused(reason: string, peer: string): void {
    const line = this.#note(reason, peer)
    if (line) this.#log.warn('connection_refused', line)
  }

  /** A connection was closed for what it did. */
  cut(reason: string, peer: string): void {
    const line = this.#note(reason, peer)
    if (line) this.#log.warn('connection_cut', line)
  }

  /** A call was turned away because there were as many as there may be; with the peer's address, unless it is gone. */
  call(reason: string, peer = 'unknown'): void {
    const line = this.#note(reason, peer)
    if (line) this.#log.warn('call_refused', line)
  }

  /** Counts one; returns the line to be said now, if any. */
  #note(reason: string, peer: string): LogFields | undefined {
    const nowMs = this.#clock.monotonicMs()
    const said = this.#said.get(reason) ?? { atMs: -Infinity, unsaid: 0, total: 0 }
    this.#said.set(reason, said)
    said.total += 1
    if (nowMs - said.atMs < LIMITS.refusalLogIntervalMs) {
      said.unsaid += 1
      return undefined
    }
    const line = { reason, peer, unsaid: said.unsaid, total: said.total }
    said.atMs = nowMs
    said.unsaid = 0
    return line
  }
}
