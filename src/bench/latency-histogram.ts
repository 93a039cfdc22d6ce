// Latencies in the buckets of an HDR histogram (three significant digits, a microsecond to an hour), by Node's own implementation of it.
import { createHistogram } from 'node:perf_hooks'
import type { Percentiles } from './figures.ts'

const HIGHEST_MICROSECONDS = 3_600_000_000

export class LatencyHistogram {
  readonly #histogram = createHistogram({ lowest: 1, highest: HIGHEST_MICROSECONDS, figures: 3 })

  get count(): number {
    return this.#histogram.count
  }

  record(latencyMs: number): void {
    const microseconds = Math.round(latencyMs * 1000)
    this.#histogram.record(Math.min(Math.max(microseconds, 1), HIGHEST_MICROSECONDS))
  }

  /** Undefined when nothing was recorded. */
  percentiles(): Percentiles | undefined {
    if (this.count === 0) return undefined
    const at = (percentile: number): number => this.#histogram.percentile(percentile) / 1000
    return {
      count: this.count,
      p50: at(50),
      p90: at(90),
      p99: at(99),
      p999: at(99.9),
      max: this.#histogram.max / 1000,
    }
  }
}
