// Judges one connection by what it makes the server do for nothing: frames that carry nothing, and calls that are broken off.
// Invariant: constant work and memory for each, and no timer.
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'

/** Why a connection is cut. */
export type Misconduct = 'small-frames' | 'aborted-calls'

export type ConductLimits = Pick<
  Limits,
  'smallFramesPerSecondMax' | 'abortedCallsBurstMax' | 'abortedCallsPerSecondMax'
>

/** Frames that each message may need beside its own: its header may come apart, and so may the end of the call. */
const FRAMES_PER_MESSAGE = 2
const WINDOW_MS = 1_000

export class ConnectionConduct {
  readonly #clock: Clock
  readonly #limits: ConductLimits
  readonly #onMisconduct: (misconduct: Misconduct) => void
  #windowFromMs: number
  #smallFrames = 0
  #messages = 0
  #abortsLeft: number
  #abortsFromMs: number

  constructor(clock: Clock, limits: ConductLimits, onMisconduct: (misconduct: Misconduct) => void) {
    this.#clock = clock
    this.#limits = limits
    this.#abortsLeft = limits.abortedCallsBurstMax
    this.#onMisconduct = onMisconduct
    this.#windowFromMs = clock.monotonicMs()
    this.#abortsFromMs = this.#windowFromMs
  }

  /** A frame came that carries nothing, or next to nothing. */
  smallFrame(): void {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#windowFromMs >= WINDOW_MS) {
      this.#windowFromMs = nowMs
      this.#smallFrames = 0
      this.#messages = 0
    }
    this.#smallFrames += 1
    const allowed = this.#limits.smallFramesPerSecondMax + this.#messages * FRAMES_PER_MESSAGE
    if (this.#smallFrames > allowed) this.#onMisconduct('small-frames')
  }

  /** A message came in whole. */
  message(): void {
    this.#messages += 1
  }

  /** A call ended before its answer. */
  abortedCall(): void {
    const nowMs = this.#clock.monotonicMs()
    const earned = ((nowMs - this.#abortsFromMs) / 1e3) * this.#limits.abortedCallsPerSecondMax
    this.#abortsFromMs = nowMs
    this.#abortsLeft = Math.min(this.#limits.abortedCallsBurstMax, this.#abortsLeft + earned) - 1
    if (this.#abortsLeft < 0) this.#onMisconduct('aborted-calls')
  }
}
