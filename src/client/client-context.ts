// What the parts of one client share: the way to the broker, time, randomness and how long an answer may take.
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import type { ClientTransport } from './transport.ts'

export interface ClientContext {
  readonly transport: ClientTransport
  readonly clock: Clock
  readonly random: Random
  /** For one unary call, without the time to connect. */
  readonly requestTimeoutMs: number
}
