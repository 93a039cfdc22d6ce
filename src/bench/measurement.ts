// Counts what happens between the end of the warm-up and the end of a repetition, and draws its curve. Invariant: a rate counts what ended in the
// window; a latency counts when its send was wanted in the window, however late it ends: else a stall at its end would hide what it held up.
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

  /** Whether a send that was wanted at this time is one of those that are timed. */
  includes(wantedAtMs: number): boolean {
    return wantedAtMs >= this.#startMs && wantedAtMs < this.#endMs
  }

  /** A record has come to its end. May be told after the end of the window. */
  time(wantedAtMs: number, nowMs: number): void {
    if (!this.includes(wantedAtMs)) return
    const latencyMs = nowMs - wantedAtMs
    this.#latency.record(latencyMs)
    const bucket = this.#bucketAt(Math.min(nowMs, this.#endMs - 1))
    if (latencyMs > bucket.latencyMaxMs) bucket.latencyMaxMs = latencyMs
  }

  add(records: number, bytes: number, nowMs: number): void {
    this.#allRecords += records
    if (nowMs < this.#startMs || nowMs >= this.#endMs) return
    this.#records += records
    this.#bytes += bytes
    const bucket = this.#bucketAt(nowMs)
    bucket.records += records
    bucket.bytes += bytes
  }

  #bucketAt(timeMs: number): Bucket {
    const index = Math.max(0, Math.floor((timeMs - this.#startMs) / this.#bucketMs))
    return (this.#buckets[index] ??= { records: 0, bytes: 0, latencyMaxMs: 0 })
  }

  /** When every record that was sent has come to its end. Undefined when none was timed. */
  latencies(): Percentiles | undefined {
    return this.#latency.percentiles()
  }

  /** Once the window has ended, and all that was sent in it. */
  result(): Measured {
    const seconds = (this.#endMs - this.#startMs) / 1000
    const isTimed = this.#latency.count > 0
    const count = Math.ceil((seconds * 1000) / this.#bucketMs)
    const timeline: TimelinePoint[] = []
    for (let index = 0; index < count; index++) {
      const startSeconds = (index * this.#bucketMs) / 1000
      const nextSeconds = startSeconds + this.#bucketMs / 1000
      // The last one may be cut short: its rate is over what there was of it. A stump goes with the one before, or its rate would be a spike.
      const hasStump = index === count - 2 && seconds - nextSeconds <= this.#bucketMs / 4000
      const endSeconds = hasStump ? seconds : Math.min(nextSeconds, seconds)
      const width = endSeconds - startSeconds
      const of = hasStump ? [index, index + 1] : [index]
      const buckets = of.flatMap((at) => this.#buckets[at] ?? [])
      const sum = (value: (bucket: Bucket) => number): number =>
        buckets.reduce((before, bucket) => before + value(bucket), 0)
      timeline.push({
        atSeconds: endSeconds,
        recordsPerSecond: sum(({ records }) => records) / width,
        bytesPerSecond: sum(({ bytes }) => bytes) / width,
        ...(isTimed
          ? { latencyMaxMs: Math.max(0, ...buckets.map(({ latencyMaxMs }) => latencyMaxMs)) }
          : {}),
      })
      if (hasStump) break
    }
    return { seconds, records: this.#records, bytes: this.#bytes, timeline }
  }
}
