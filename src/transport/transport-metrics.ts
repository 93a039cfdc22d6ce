// What is counted of the calls that come in, whatever carries them.
import type { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { Histogram, Metrics } from '../platform/metrics.ts'

export class TransportMetrics {
  readonly #metrics: Metrics
  readonly #clock: Clock
  readonly #seconds = new Map<string, Histogram>()
  readonly #underWay = new Map<string, number>()

  /** @param unread bytes of what clients have not read yet, as of now */
  constructor(
    metrics: Metrics,
    clock: Clock,
    unread: { readonly answerBytes: () => number; readonly subscriptionBytes: () => number },
  ) {
    this.#metrics = metrics
    this.#clock = clock
    metrics.onScrape((report) => {
      for (const [method, calls] of this.#underWay) report('varve_calls', calls, { method })
      report('varve_unread_answer_bytes', unread.answerBytes())
      report('varve_unread_subscription_bytes', unread.subscriptionBytes())
    })
  }

  /** A call, or a part of one, is answered with this. */
  refused({ code }: VarveError): void {
    this.#metrics.counter('varve_refusals_total', { code }).add()
  }

  /**
   * A call begins.
   * @param method as the services name it; never what a client made up
   * @returns to be called once, when it has ended
   */
  began(method: string): () => void {
    const startedMs = this.#clock.monotonicMs()
    this.#count(method, 1)
    return () => {
      this.#count(method, -1)
      this.#secondsOf(method).observe((this.#clock.monotonicMs() - startedMs) / 1e3)
    }
  }

  #count(method: string, change: number): void {
    this.#underWay.set(method, (this.#underWay.get(method) ?? 0) + change)
  }

  #secondsOf(method: string): Histogram {
    let seconds = this.#seconds.get(method)
    if (seconds === undefined) {
      seconds = this.#metrics.histogram('varve_call_seconds', { method })
      this.#seconds.set(method, seconds)
    }
    return seconds
  }
}
