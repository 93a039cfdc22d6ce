// What a history says may be missing: what lies before the start of the log, where the start may move, and what a
// partition that is not synced lost in a declared loss. Nothing else is excused, and nothing of a synced partition is
// ever lost.
import type { History, KeyId } from './history.ts'

interface Loss {
  readonly fromOffset: number
  readonly at: number
}

export class Excuses {
  readonly #starts: number[]
  readonly #losses: Loss[][]

  constructor(history: History) {
    this.#starts = history.keys.map(({ firstOffset }) => firstOffset)
    this.#losses = history.keys.map(() => [])
    for (const { key, logStart = 0 } of history.bounds) {
      if (history.keys[key]?.hasRetention === true) this.#startsAt(key, logStart)
    }
    for (const nemesis of history.nemeses) {
      if (nemesis.kind === 'log-start') this.#startsAt(nemesis.key, nemesis.offset)
      if (nemesis.kind === 'loss' && history.keys[nemesis.key]?.durability === 'written') {
        this.#losses[nemesis.key]?.push(nemesis)
      }
    }
  }

  /** True for what was before the history, or was dropped as it may be. */
  isBeforeStart(key: KeyId, offset: number): boolean {
    return offset < (this.#starts[key] as number)
  }

  /** True for what a declared loss at `since` or later may have taken. */
  isLost(key: KeyId, offset: number, since = Number.NEGATIVE_INFINITY): boolean {
    const losses = this.#losses[key] as Loss[]
    return losses.length > 0 && losses.some((one) => one.fromOffset <= offset && one.at >= since)
  }

  isMissingRightly(key: KeyId, offset: number): boolean {
    return this.isBeforeStart(key, offset) || this.isLost(key, offset)
  }

  /** In the order of time. */
  lossesOf(key: KeyId): readonly Loss[] {
    return (this.#losses[key] as Loss[]).toSorted((a, b) => a.at - b.at)
  }

  #startsAt(key: KeyId, offset: number): void {
    this.#starts[key] = Math.max(this.#starts[key] as number, offset)
  }
}
