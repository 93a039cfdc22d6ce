// What became of the records of one `produce`, counted as the answers come in, and told at the end.
import type { DeliveryReport } from '../client/index.ts'
import { type Durability, isAtLeast } from '../domain/durability.ts'
import type { VarveError } from '../domain/error.ts'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  ratePerSecond,
} from '../text/quantities.ts'

/** The summary as JSON, one object under the name `produced`. */
export interface ProduceSummary {
  readonly topic: string
  /** Acknowledged ones. */
  readonly records: number
  /** Of their keys and values. */
  readonly bytes: number
  readonly durationMs: number
  readonly recordsPerSecond: number
  readonly bytesPerSecond: number
  /** By partition; null where durability `none` leaves it unknown. */
  readonly lastOffsets: Readonly<Record<string, number | null>>
  /** The weakest that any acknowledgement stated; null without any. */
  readonly durability: Durability | null
  /** Refused or given up. */
  readonly failed: number
  /** Of the failed ones those that may be stored all the same. */
  readonly uncertain: number
}

export class ProduceTally {
  #records = 0
  #bytes = 0
  #failed = 0
  #uncertain = 0
  #firstError: VarveError | undefined
  #durability: Durability | undefined
  readonly #lastOffsets = new Map<number, number | null>()

  get records(): number {
    return this.#records
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Why the first delivery failed that did. */
  get firstError(): VarveError | undefined {
    return this.#firstError
  }

  acknowledged(report: DeliveryReport, bytes: number): void {
    this.#records++
    this.#bytes += bytes
    if (this.#durability === undefined || !isAtLeast(report.durability, this.#durability)) {
      this.#durability = report.durability
    }
    const last = this.#lastOffsets.get(report.partition) ?? -1
    const offset = report.offset ?? null
    if (offset === null || offset > last) this.#lastOffsets.set(report.partition, offset)
  }

  failed(error: VarveError): void {
    this.#failed++
    // What was given up at the end may be under way.
    if (error.effect === 'unknown' || error.code === 'CLOSED') this.#uncertain++
    this.#firstError ??= error
  }

  summary(topic: string, durationMs: number): ProduceSummary {
    const byPartition = [...this.#lastOffsets].sort(([left], [right]) => left - right)
    return {
      topic,
      records: this.#records,
      bytes: this.#bytes,
      durationMs: Math.round(durationMs),
      recordsPerSecond: Math.round(ratePerSecond(this.#records, durationMs)),
      bytesPerSecond: Math.round(ratePerSecond(this.#bytes, durationMs)),
      lastOffsets: Object.fromEntries(byPartition),
      durability: this.#durability ?? null,
      failed: this.#failed,
      uncertain: this.#uncertain,
    }
  }
}

/** What an acknowledgement of each level stands for, in few words. */
const PROMISES = {
  none: 'none (accepted, nothing more)',
  written: 'written (not yet on stable storage)',
  synced: 'synced (on stable storage)',
} as const satisfies Record<Durability, string>

/** The summary for people. */
export function summaryText(summary: ProduceSummary): string {
  const { records, bytes, durationMs, durability, failed, uncertain } = summary
  const rates = `${formatCount(summary.recordsPerSecond)} records/s, ${formatBytes(summary.bytesPerSecond)}/s`
  const promise = durability === null ? '' : `; durability ${PROMISES[durability]}`
  const lines = [
    `${formatCounted(records, 'record')} acknowledged, ${formatBytes(bytes)} in ${formatDuration(durationMs)} (${rates})${promise}`,
  ]
  const offsets = Object.entries(summary.lastOffsets)
  if (offsets.length > 0) {
    const places = offsets.map(([partition, offset]) => `${partition}: ${offset ?? 'unknown'}`)
    lines.push(`last offsets by partition: ${places.join(', ')}`)
  }
  if (failed > 0) {
    const maybe =
      uncertain > 0 ? `; ${formatCount(uncertain)} of them may be stored all the same` : ''
    lines.push(`${formatCounted(failed, 'record')} NOT acknowledged${maybe}`)
  }
  return lines.join('\n')
}
