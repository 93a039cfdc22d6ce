// How far a replay is: counts over the whole session, and what is left of the present stretches.
import type { ReplayProgress, ReplayStatus, ReplaySummary } from './replay-words.ts'
import type { ReplayedPartition } from './replayed-partition.ts'
import type { Schedule } from './schedule.ts'

interface GaugeParts {
  readonly partitions: readonly ReplayedPartition[]
  readonly options: { readonly isFollowing: boolean }
  readonly endMs: number | undefined
}

export class ReplayGauge {
  readonly #parts: GaugeParts
  readonly #schedule: Schedule
  #records = 0
  #bytes = 0
  /** Of stretches that were left by a seek. */
  #droppedBefore = 0
  #firstMs: number | undefined
  #lastMs = 0
  /** Where the reckoning of what remains begins. */
  #begunMs: number | undefined
  #leftAtBegin = 0

  constructor(parts: GaugeParts, schedule: Schedule) {
    this.#parts = parts
    this.#schedule = schedule
  }

  /** Records were given. */
  gave(records: number, bytes: number, nowMs: number): void {
    this.#records += records
    this.#bytes += bytes
    this.#firstMs ??= nowMs
    this.#lastMs = nowMs
    if (this.#begunMs === undefined) this.begin(nowMs)
  }

  /** Records were given, and were not told: they are not wanted any more. */
  took(records: number, bytes: number): void {
    this.#records -= records
    this.#bytes -= bytes
  }

  /** What remains is reckoned from here: the pace or the place has changed. */
  begin(nowMs: number): void {
    this.#begunMs = nowMs
    this.#leftAtBegin = this.#offsetsLeft
  }

  /** The stretches are about to be left. */
  leave(): void {
    this.#droppedBefore += this.#droppedNow
  }

  /** @param dueMs when the next record is due, which is of `headMs` */
  progress(
    status: ReplayStatus,
    headMs: number | undefined,
    dueMs: number,
    nowMs: number,
  ): ReplayProgress {
    const playedMs = this.#schedule.playheadMs(nowMs)
    // Between two records it never runs past the next one, however long the wait was cut.
    const playheadMs = playedMs === undefined ? undefined : Math.min(playedMs, headMs ?? Infinity)
    return {
      status,
      playheadMs,
      records: this.#records,
      bytes: this.#bytes,
      dropped: this.#dropped,
      lagMs: dueMs === -Infinity ? 0 : Math.max(0, nowMs - dueMs),
      delayedMs: this.#schedule.delayedMs,
      share: this.#share,
      remainingMs: status === 'paused' ? undefined : this.#remainingMs(playheadMs, nowMs),
      offsetsLeft: this.#offsetsLeft,
    }
  }

  summary(): ReplaySummary {
    return {
      records: this.#records,
      bytes: this.#bytes,
      dropped: this.#dropped,
      elapsedMs: this.#firstMs === undefined ? 0 : this.#lastMs - this.#firstMs,
      delayedMs: this.#schedule.delayedMs,
      partitions: this.#parts.partitions.map(({ summary }) => summary),
    }
  }

  get #dropped(): number {
    return this.#droppedBefore + this.#droppedNow
  }

  get #droppedNow(): number {
    return this.#parts.partitions.reduce((sum, { dropped }) => sum + dropped, 0)
  }

  get #offsetsLeft(): number {
    return this.#parts.partitions.reduce((sum, { offsetsLeft }) => sum + offsetsLeft, 0)
  }

  get #share(): number | undefined {
    if (this.#parts.options.isFollowing) return undefined
    const inAll = this.#parts.partitions.reduce((sum, { offsetsInAll }) => sum + offsetsInAll, 0)
    return inAll === 0 ? 1 : 1 - this.#offsetsLeft / inAll
  }

  #remainingMs(playheadMs: number | undefined, nowMs: number): number | undefined {
    const left = this.#offsetsLeft
    if (this.#parts.options.isFollowing) return undefined
    if (left === 0) return 0
    const { pace } = this.#schedule
    if (pace.kind === 'records') return (left * 1_000) / pace.perSecond
    const { endMs } = this.#parts
    if (pace.kind === 'speed' && pace.gapMaxMs === undefined && endMs !== undefined) {
      return playheadMs === undefined ? undefined : Math.max(0, endMs - playheadMs) / pace.factor
    }
    const done = this.#leftAtBegin - left
    if (this.#begunMs === undefined || done <= 0) return undefined
    return ((nowMs - this.#begunMs) * left) / done
  }
}
