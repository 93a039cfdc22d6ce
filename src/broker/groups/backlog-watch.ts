// When a group has fallen behind, and when it has caught up again: a pure rule with a memory. It speaks once, and again only after the
// opposite: between the two thresholds nothing changes, so that a backlog around one of them does not make a line a second.

export interface BacklogLook {
  readonly nowMs: number
  /** The age of the oldest record that is not committed. */
  readonly ageMs: number
  /** Records a second that are produced more than consumed. */
  readonly difference: number
}

/** `late`: the backlog is older than it may be. `growing`: it is getting so, steadily. */
export type FallingBehind = 'late' | 'growing'

/** Of the age that is warned of: from here on steady growth is, too. */
const GROWING_SHARE = 0.2
/** Looks in a row that find a backlog too old before that is told: a group that has just begun with old records has time to read them. */
const LATE_LOOKS = 6
/** Of it again: below this a group has caught up. */
const CAUGHT_UP_SHARE = 0.1

export class BacklogWatch {
  readonly #warnMs: number
  readonly #growingMs: number
  #behindSinceMs: number | undefined
  #growingSinceMs: number | undefined
  #lastAgeMs = 0
  #lateLooks = 0

  /** @param warnMs how old a backlog may be @param growingMs how long it grows before that counts as steady */
  constructor(warnMs: number, growingMs: number) {
    this.#warnMs = warnMs
    this.#growingMs = growingMs
  }

  /** Since when it is behind, in ms of the same clock as the looks. */
  get behindSinceMs(): number | undefined {
    return this.#behindSinceMs
  }

  /** What is to be told now; undefined for nothing new. */
  look({ nowMs, ageMs, difference }: BacklogLook): FallingBehind | 'caught-up' | undefined {
    const isGrowing = difference > 0 && ageMs > this.#lastAgeMs
    this.#growingSinceMs = isGrowing ? (this.#growingSinceMs ?? nowMs) : undefined
    this.#lastAgeMs = ageMs
    this.#lateLooks = ageMs >= this.#warnMs ? this.#lateLooks + 1 : 0
    if (this.#behindSinceMs !== undefined) {
      if (ageMs >= this.#warnMs * CAUGHT_UP_SHARE) return undefined
      this.#behindSinceMs = undefined
      return 'caught-up'
    }
    const cause = this.#causeOf(nowMs, ageMs)
    if (cause !== undefined) this.#behindSinceMs = nowMs
    return cause
  }

  /** What it was behind with is not the group's any more: it has caught up with nothing, and begins anew. */
  forget(): void {
    this.#behindSinceMs = undefined
    this.#growingSinceMs = undefined
    this.#lastAgeMs = 0
    this.#lateLooks = 0
  }

  #causeOf(nowMs: number, ageMs: number): FallingBehind | undefined {
    if (this.#lateLooks >= LATE_LOOKS) return 'late'
    const since = this.#growingSinceMs
    const isSteady = since !== undefined && nowMs - since >= this.#growingMs
    return isSteady && ageMs >= this.#warnMs * GROWING_SHARE ? 'growing' : undefined
  }
}
