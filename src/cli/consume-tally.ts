// What one `consume` has printed, and where to read on.
import type { ConsumerBatch } from '../client/index.ts'
import type { Clock } from '../platform/clock.ts'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  ratePerSecond,
} from '../text/quantities.ts'

/** The summary as JSON, one object under the name `consumed`. */
export interface ConsumeSummary {
  readonly topic: string
  /** The group that it was read in; absent without. */
  readonly group?: string
  readonly records: number
  /** Of their keys and values. */
  readonly bytes: number
  readonly durationMs: number
  /** By partition: the offset after the last record that was printed. */
  readonly nextOffsets: Readonly<Record<string, number>>
}

export class ConsumeTally {
  readonly #topic: string
  readonly #group: string | undefined
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #nextOffsets = new Map<number, number>()
  #records = 0
  #bytes = 0

  constructor(topic: string, clock: Clock, group?: string) {
    this.#topic = topic
    this.#group = group
    this.#clock = clock
    this.#startedMs = clock.monotonicMs()
  }

  get records(): number {
    return this.#records
  }

  printed(batch: ConsumerBatch): void {
    this.#records += batch.records.length
    for (const { key, value } of batch.records) {
      this.#bytes += (key?.length ?? 0) + (value?.length ?? 0)
    }
    this.#nextOffsets.set(batch.partition, batch.nextOffset)
  }

  summary(): ConsumeSummary {
    return {
      topic: this.#topic,
      ...(this.#group === undefined ? {} : { group: this.#group }),
      records: this.#records,
      bytes: this.#bytes,
      durationMs: Math.round(this.#elapsedMs()),
      nextOffsets: Object.fromEntries(
        [...this.#nextOffsets].sort(([left], [right]) => left - right),
      ),
    }
  }

  text(): string {
    return `${formatCounted(this.#records, 'record')}, ${formatBytes(this.#bytes)} in ${formatDuration(this.#elapsedMs())}`
  }

  /** For the progress bar. */
  rateText(): string {
    const elapsedMs = this.#elapsedMs()
    const rate = ratePerSecond(this.#records, elapsedMs)
    return `${formatCounted(this.#records, 'record')}  ${formatCount(rate)}/s`
  }

  #elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startedMs
  }
}
