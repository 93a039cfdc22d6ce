// What a person does with a replay that plays: the words of the keys, over the replay itself.
import type { Replay } from '../../client/index.ts'
import { type Pace, paceText, scaledPace } from './replay-pace.ts'

export type ControlledReplay = Pick<Replay, 'pause' | 'resume' | 'step' | 'setPace' | 'progress'>

export class ReplayControls {
  readonly #replay: ControlledReplay
  readonly #gapMaxMs: number | undefined
  #pace: Pace

  /** @param gapMaxMs holds whenever the pace is a speed in numbers */
  constructor(replay: ControlledReplay, pace: Pace, gapMaxMs: number | undefined) {
    this.#replay = replay
    this.#pace = pace
    this.#gapMaxMs = gapMaxMs
  }

  get paceText(): string {
    return paceText(this.#pace)
  }

  pauseOrResume(): void {
    if (this.#replay.progress().status === 'paused') this.#replay.resume()
    else this.#replay.pause()
  }

  /** The next record at once, and no other. */
  step(): void {
    this.#replay.step()
  }

  faster(): void {
    this.#setPace(scaledPace(this.#pace, 2))
  }

  slower(): void {
    this.#setPace(scaledPace(this.#pace, 0.5))
  }

  playAsRecorded(): void {
    this.#setPace({ speed: 1 })
  }

  playAtMax(): void {
    this.#setPace({ speed: 'max' })
  }

  #setPace(pace: Pace): void {
    const hasGaps = 'speed' in pace && pace.speed !== 'max' && this.#gapMaxMs !== undefined
    this.#replay.setPace({ ...pace, ...(hasGaps ? { gapMaxMs: this.#gapMaxMs } : {}) })
    this.#pace = pace
  }
}
