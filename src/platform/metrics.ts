// Metrics as the rest of the system sees them: a counter or a histogram is taken out once, by its name in the one table, and costs a few
// nanoseconds from then on; what can be looked up is only asked for at a scrape. Nobody needs to know whether anyone looks:
// without a registry all of it does nothing.
import type { Cancel } from './clock.ts'
import type { CounterName, HistogramName, LabelArguments, NumberName } from './metric-table.ts'

/** Only grows. */
export interface Counter {
  /** @param amount 1 unless told; not below 0 */
  add(amount?: number): void
}

export interface Histogram {
  /** @param value in the unit that the name says */
  observe(value: number): void
}

/** Says the value of a gauge, or of a counter that is kept elsewhere, at a scrape. */
export type Report = <N extends NumberName>(
  name: N,
  value: number,
  ...labels: LabelArguments<N>
) => void

export interface Metrics {
  /** The same one for the same name and labels. */
  counter<N extends CounterName>(name: N, ...labels: LabelArguments<N>): Counter
  /** The same one for the same name and labels. */
  histogram<N extends HistogramName>(name: N, ...labels: LabelArguments<N>): Histogram
  /**
   * Calls `collect` at each scrape. It must be quick: everything else waits meanwhile. A series that it does not
   * report is not there in that scrape, nor are those behind which it throws.
   */
  onScrape(collect: (report: Report) => void): Cancel
}

const NOTHING = { add: () => undefined, observe: () => undefined }

/** Metrics that nobody looks at. */
export const NO_METRICS: Metrics = {
  counter: () => NOTHING,
  histogram: () => NOTHING,
  onScrape: () => () => undefined,
}
