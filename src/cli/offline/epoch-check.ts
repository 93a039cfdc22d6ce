// Holds the epochs of batches against the history of the partition: each batch must carry the epoch under which its offset was written.
// Both lie outside of any checksum of the batch, so only their agreement shows that neither was damaged. Pure.
import type { BatchHeader } from '../../record/batch-header.ts'
import type { EpochHistory } from '../../storage/file/epoch-history.ts'

/** Batches one after the other whose epochs are not those of the history. */
export interface EpochMismatch {
  readonly firstOffset: number
  nextOffset: number
  /** Of the first of them. */
  readonly found: number
  /** What the history says; undefined when it says nothing. */
  readonly expected: number | undefined
}

/** A batch that carries another epoch than the history says. */
export interface WrongEpoch {
  readonly segment: number
  readonly position: number
  readonly expected: number
}

const MISMATCHES_MAX = 1_000
const WRONG_EPOCHS_MAX = 100_000

export class EpochCheck {
  readonly mismatches: EpochMismatch[] = []
  readonly wrongEpochs: WrongEpoch[] = []
  /** Some batches are not in the lists any more. */
  isIncomplete = false
  /** Epochs of batches never fall, and none is negative. */
  isRising = true
  largest = -1
  readonly #history: EpochHistory
  readonly #logStart: number
  #entry = -1

  /** @param logStart what lies below it the history need not know any more. */
  constructor(history: EpochHistory, logStart = 0) {
    this.#history = history
    this.#logStart = logStart
  }

  visit(header: BatchHeader, segment: number, position: number): void {
    const { leaderEpoch, baseOffset, lastOffset } = header
    if (lastOffset < this.#logStart) return
    if (leaderEpoch < 0 || leaderEpoch < this.largest) this.isRising = false
    this.largest = Math.max(this.largest, leaderEpoch)
    const expected = this.#epochAt(Math.max(baseOffset, this.#logStart))
    if (expected === leaderEpoch) return
    if (expected !== undefined) {
      if (this.wrongEpochs.length < WRONG_EPOCHS_MAX) {
        this.wrongEpochs.push({ segment, position, expected })
      } else this.isIncomplete = true
    }
    const last = this.mismatches.at(-1)
    const isSame =
      last?.nextOffset === baseOffset && last.found === leaderEpoch && last.expected === expected
    if (isSame) last.nextOffset = lastOffset + 1
    else if (this.mismatches.length < MISMATCHES_MAX) {
      this.mismatches.push({
        firstOffset: baseOffset,
        nextOffset: lastOffset + 1,
        found: leaderEpoch,
        expected,
      })
    }
  }

  /** Offsets come in rising order. */
  #epochAt(offset: number): number | undefined {
    const { entries } = this.#history
    while ((entries[this.#entry + 1]?.startOffset ?? Infinity) <= offset) this.#entry++
    return entries[this.#entry]?.epoch
  }
}
