// Counts what happens between the end of the warm-up and the end of a repetition, and draws its curve. Invariant: what ends outside the window
// counts nowhere; the window is as long as the clock says, not as it was meant.
import type { Clock } from '../platform/clock.ts'
import type { Percentiles, TimelinePoint } from './figures.ts'
import { LatencyHistogram } from './latency-histogram.ts'

const POINTS = 60

interface Bucket {
  records: number
  bytes: number
  latencyMaxMs: number
}

export interface Measured {
  readonly seconds: number
  readonly records: number
  readonly bytes: number
  readonly timeline: readonly TimelinePoint[]
  readonly latencyMs?: Percentiles
}

export class Measurement {
  readonly #clock: Clock
  readonly #bucketMs: number
  readonly #buckets: Bucket[] = []
  readonly #latency = new LatencyHistogram()
  #startMs = Infinity
  #endMs = Infinity
  #records = 0
  #bytes = 0
  #allRecords = 0

  /** @param expectedSeconds of the window, for the width of the curve's points */
  constructor(clock: Clock, expectedSeconds: number) {
    this.#clock = clock
    this.#bucketMs = Math.max(50, (expectedSeconds * 1000) / POINTS)
  }

  /** Records of the warm-up too: for the line of progress. */
  get allRecords(): number {
    return this.#allRecords
  }

  begin(): void {
    this.#startMs = this.#clock.monotonicMs()
  }

  end(): void {
    if (this.#endMs === Infinity) this.#endMs = this.#clock.monotonicMs()
  }

  /** @param latencyMs of one of them */
  add(records: number, bytes: number, nowMs: number, latencyMs?: number): void {
    this.#allRecords += records
    if (nowMs < this.#startMs || nowMs >= this.#endMs) return
    this.#records += records
    this.#bytes += bytes
    const index = Math.floor((nowMs - this.#startMs) / this.#bucketMs)
    const bucket = (this.#buckets[index] ??= { records: 0, bytes: 0, latencyMaxMs: 0 })
    bucket.records += records
    bucket.bytes += bytes
    if (latencyMs === undefined) return
    this.#latency.record(latencyMs)
    if (latencyMs > bucket.latencyMaxMs) bucket.latencyMaxMs = latencyMs
  }

  result(): Measured {
    const seconds = (this.#endMs - this.#startMs) / 1000
    const latencyMs = this.#latency.percentiles()
    const count = Math.ceil((seconds * 1000) / this.#bucketMs)
    const timeline: TimelinePoint[] = []
    for (let index = 0; index < count; index++) {
      // The last one may be cut short: its rate is over what there was of it.
      const endSeconds = Math.min(((index + 1) * this.#bucketMs) / 1000, seconds)
      const width = endSeconds - (index * this.#bucketMs) / 1000
      if (width <= this.#bucketMs / 4000 && index > 0) continue
      const { records = 0, bytes = 0, latencyMaxMs = 0 } = this.#buckets[index] ?? {}
      timeline.push({
        atSeconds: endSeconds,
        recordsPerSecond: records / width,
        bytesPerSecond: bytes / width,
        ...(latencyMs === undefined ? {} : { latencyMaxMs }),
      })
    }
    const { [0]: records, [1]: bytes } = [this.#records, this.#bytes]
    return { seconds, records, bytes, timeline, ...(latencyMs === undefined ? {} : { latencyMs }) }
  }
}
