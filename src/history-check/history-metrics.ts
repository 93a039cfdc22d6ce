// What a history says of speed and of being there (C28): figures, no verdict, unless somebody names what is too much. All in the unit of the history's
// times.
import { FAIL, type History, OK } from './history.ts'

/** Of many durations; all zero when there are none. */
interface Spread {
  readonly count: number
  readonly median: number
  readonly p99: number
  readonly longest: number
}

export interface HistoryMetrics {
  /** From sending to the acknowledgement. */
  readonly sendLatency: Spread
  /** From the acknowledgement of a batch to the end of the first poll that gave its first record; 0 where that was before. */
  readonly readLag: Spread
  /** The longest time without any acknowledgement between the first and the last. */
  readonly longestSilence: number
  /** Sends that were acknowledged, as a share of those that were not refused. */
  readonly availability: number
}

export interface MetricThresholds {
  readonly sendLatencyP99Max?: number
  readonly readLagP99Max?: number
  readonly longestSilenceMax?: number
  readonly availabilityMin?: number
}

export function historyMetrics(history: History): HistoryMetrics {
  const { sends, sentValues } = history
  const firstReads = firstReadTimes(history)
  const latencies: number[] = []
  const lags: number[] = []
  const acknowledgedAt: number[] = []
  let tried = 0
  for (let send = 0; send < sends.key.length; send++) {
    const outcome = sends.outcome.get(send)
    if (outcome !== FAIL) tried++
    if (outcome !== OK) continue
    const endedAt = sends.endedAt.get(send)
    acknowledgedAt.push(endedAt)
    latencies.push(endedAt - sends.invokedAt.get(send))
    const readAt = firstReads.get(sentValues.get(sends.valuesStart.get(send)))
    if (readAt !== undefined) lags.push(Math.max(0, readAt - endedAt))
  }
  acknowledgedAt.sort((a, b) => a - b)
  const silences = acknowledgedAt.slice(1).map((at, index) => at - (acknowledgedAt[index] ?? at))
  return {
    sendLatency: spreadOf(latencies),
    readLag: spreadOf(lags),
    longestSilence: spreadOf(silences).longest,
    availability: tried === 0 ? 1 : acknowledgedAt.length / tried,
  }
}

/** @returns a sentence for each threshold that is passed */
export function beyondThresholds(
  { sendLatency, readLag, longestSilence, availability }: HistoryMetrics,
  thresholds: MetricThresholds,
): string[] {
  const most = (name: string, value: number, limit: number | undefined): string[] =>
    limit !== undefined && value > limit ? [`${name} is ${value}, more than ${limit}`] : []
  const { availabilityMin = 0 } = thresholds
  return [
    ...most('the p99 of send latencies', sendLatency.p99, thresholds.sendLatencyP99Max),
    ...most('the p99 of read lags', readLag.p99, thresholds.readLagP99Max),
    ...most('the longest silence', longestSilence, thresholds.longestSilenceMax),
    ...(availability < availabilityMin
      ? [`availability is ${availability}, less than ${availabilityMin}`]
      : []),
  ]
}

/** By value: when the first poll ended that gave it. */
function firstReadTimes({ polls, reads, readValues }: History): ReadonlyMap<number, number> {
  const times = new Map<number, number>()
  for (let read = 0; read < reads.poll.length; read++) {
    const endedAt = polls.endedAt.get(reads.poll.get(read))
    if (Number.isNaN(endedAt)) continue
    const start = reads.valuesStart.get(read)
    for (let index = 0; index < reads.valuesCount.get(read); index++) {
      const value = readValues.get(start + index)
      const known = times.get(value)
      if (known === undefined || endedAt < known) times.set(value, endedAt)
    }
  }
  return times
}

function spreadOf(durations: readonly number[]): Spread {
  const sorted = Float64Array.from(durations).sort()
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { count: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) }
}
