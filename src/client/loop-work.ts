// What the program's own loop has in its hands: at most one record or batch, which is finished when the program comes for what
// follows it. Invariant: what the program left its loop with was not finished, but is not waited for either.
import type { Clock } from '../platform/clock.ts'
import type { GroupWork } from './group-holdings.ts'
import type { PartitionState, ProgressSource } from './group-progress.ts'
import type { HandedOut, HeldPartition } from './held-partition.ts'

export class LoopWork implements GroupWork, ProgressSource {
  private readonly clock: Clock
  private handed: HandedOut | undefined
  private handedSinceMs = 0
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
    this.handed = handed
    this.handedSinceMs = this.clock.monotonicMs()
  }

  /** The program has finished with what it had. */
  putDown(): void {
    this.finishInHand()
    this.handed = undefined
    this.tell()
  }

  /** What is in hand is finished, although the program has not come for more. @returns the partition that it is of */
  finishInHand(): HeldPartition | undefined {
    this.handed?.held.finish(this.handed)
    return this.handed?.held
  }

  /** What the program has in its loop, and for how long; undefined while it comes for more. */
  get inHand(): { readonly held: HeldPartition; readonly ageMs: number } | undefined {
    if (!this.isLooping || this.handed === undefined) return undefined
    return { held: this.handed.held, ageMs: this.clock.monotonicMs() - this.handedSinceMs }
  }

  /** How long no loop has run, in ms; undefined while one does. */
  get leftAgeMs(): number | undefined {
    return this.isLooping ? undefined : this.clock.monotonicMs() - this.leftMs
  }

  /** What is in hand of this partition, if anything. */
  inHandOf(held: HeldPartition): HandedOut | undefined {
    return this.handed?.held === held ? this.handed : undefined
  }

  async settled(partitions: readonly HeldPartition[]): Promise<void> {
    const isWorkedOn = (held: HeldPartition): boolean => !held.isGone && partitions.includes(held)
    while (this.isLooping && this.handed !== undefined && isWorkedOn(this.handed.held)) {
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
    if (this.handed?.held !== held) return undefined
    return { state: 'PROGRESS_STATE_IN_HANDLER', sinceMs: this.handedSinceMs }
  }

  private tell(): void {
    const { waiting } = this
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
