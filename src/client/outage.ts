// Rides out a broker that is away: when to try again, and when to give up. Invariant: what ends the reading is kept until it
// was told, once.
import type { VarveError } from '../domain/error.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { mayPass } from './retry.ts'

export class Outage {
  private readonly context: ClientContext
  private readonly warnings: WarningListeners
  private readonly longestMs: number
  private final: VarveError | undefined
  private failures = 0
  private sinceMs: number | undefined
  private nextMs = -Infinity
  private answerMs = -Infinity

  /** @param options.longestMs how long it may last before it ends the reading */
  constructor(options: { context: ClientContext; warnings: WarningListeners; longestMs: number }) {
    this.context = options.context
    this.warnings = options.warnings
    this.longestMs = options.longestMs
  }

  /** Nothing is to be tried any more before this was told. */
  get isFinal(): boolean {
    return this.final !== undefined
  }

  /** Not before this monotonic moment is the broker asked again. */
  get notBeforeMs(): number {
    return this.nextMs
  }

  /** The monotonic moment at which the broker last gave a sign of life. */
  get answeredMs(): number {
    return this.answerMs
  }

  /** An attempt failed: another one follows after a while, or the reading ends. */
  failed(error: VarveError): void {
    const nowMs = this.context.clock.monotonicMs()
    this.sinceMs ??= nowMs
    if (!mayPass(error) || nowMs - this.sinceMs >= this.longestMs) {
      this.fail(error)
      return
    }
    this.failures++
    this.nextMs = nowMs + backoffMs(this.failures, this.context.random)
    this.warnings.tell({
      kind: 'retrying',
      message: `reading is interrupted and will be tried again: ${error.message}`,
      error,
    })
  }

  /** The broker answered. */
  over(): void {
    this.failures = 0
    this.sinceMs = undefined
    this.answerMs = this.context.clock.monotonicMs()
  }

  /** Ends the reading. */
  fail(error: VarveError): void {
    this.final ??= error
  }

  /** What ended the reading, once. */
  take(): VarveError | undefined {
    const { final } = this
    this.final = undefined
    return final
  }
}
