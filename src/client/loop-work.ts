// What the program's own loop has in its hands: at most one record or batch, which is finished when the program comes for what
// follows it. Invariant: what the program left its loop with was not finished, but is not waited for either.
import type { Clock } from '../platform/clock.ts'
import type { GroupWork } from './group-holdings.ts'
import type { PartitionState, ProgressSource } from './group-progress.ts'
import type { HandedOut, HeldPartition } from './held-partition.ts'

export class LoopWork implements GroupWork, ProgressSource {
  private readonly clock: Clock
  private inHand: HandedOut | undefined
  private inHandSinceMs = 0
  private isLooping = false
  /** Since when no loop runs, and why. */
  private leftMs: number
  private leftText = 'the program has not begun to read'
  /** How reading has failed in the last loop, for people. */
  private failure: string | undefined
  private waiting: (() => void)[] = []

  constructor(clock: Clock) {
    this.clock = clock
    this.leftMs = clock.monotonicMs()
  }

  /** A loop begins: the program has come for what follows. */
  begin(): void {
    this.isLooping = true
    this.failure = undefined
    this.putDown()
  }

  /** The loop was left. @param text how, for people */
  left(text: string): void {
    this.isLooping = false
    this.leftMs = this.clock.monotonicMs()
    this.leftText = text
    this.tell()
  }

  /** Reading fails, which ends the loop. */
  failed(text: string): void {
    this.failure = text
  }

  /** The program has something in its hands from now on. */
  take(handed: HandedOut): void {
    this.inHand = handed
    this.inHandSinceMs = this.clock.monotonicMs()
  }

  /** The program has finished with what it had. */
  putDown(): void {
    this.finishInHand()
    this.inHand = undefined
    this.tell()
  }

  /** What is in hand is finished, although the program has not come for more. @returns the partition that it is of */
  finishInHand(): HeldPartition | undefined {
    this.inHand?.held.finish(this.inHand)
    return this.inHand?.held
  }

  /** What is in hand of this partition, if anything. */
  inHandOf(held: HeldPartition): HandedOut | undefined {
    return this.inHand?.held === held ? this.inHand : undefined
  }

  async settled(partitions: readonly HeldPartition[]): Promise<void> {
    const isWorkedOn = (held: HeldPartition): boolean => !held.isGone && partitions.includes(held)
    while (this.isLooping && this.inHand !== undefined && isWorkedOn(this.inHand.held)) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve)
      })
    }
  }

  /** What is in hand of them is not waited for any more. */
  gone(): void {
    this.tell()
  }

  stateOf(held: HeldPartition): PartitionState | undefined {
    if (!this.isLooping) {
      const { failure, leftMs: sinceMs, leftText } = this
      if (failure === undefined)
        return { state: 'PROGRESS_STATE_NO_CREDIT', sinceMs, text: leftText }
      return { state: 'PROGRESS_STATE_FAILED', sinceMs, text: failure }
    }
    if (this.inHand?.held !== held) return undefined
    return { state: 'PROGRESS_STATE_IN_HANDLER', sinceMs: this.inHandSinceMs }
  }

  private tell(): void {
    const { waiting } = this
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
