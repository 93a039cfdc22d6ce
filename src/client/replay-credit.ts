// How much a replay allows the broker to send. Invariant: what is under way, waits or is in the hands of the program is within the
// budget, but for what a message was larger.
import type { ReplayFeed } from './replay-feed.ts'

export class ReplayCredit {
  private readonly budgetBytes: number
  private readonly feed: ReplayFeed
  /** What the broker may still send; below 0 after a message that was larger. */
  private openBytes = 0

  constructor(budgetBytes: number, feed: ReplayFeed) {
    // Without any credit nothing would ever come.
    this.budgetBytes = Math.max(1, budgetBytes)
    this.feed = feed
  }

  /** A stream begins, with this much. @param isWanted false: nothing yet */
  begin(isWanted: boolean): number {
    this.openBytes = isWanted ? Math.max(0, this.room()) : 0
    return this.openBytes
  }

  /** The stream is gone, and all credit with it. */
  end(): void {
    this.openBytes = 0
  }

  /** A message came. */
  took(bytes: number): void {
    this.openBytes -= bytes
  }

  /** What is to be given, in few messages; undefined: nothing worth one. */
  grant(): number | undefined {
    const room = this.room()
    if (room < Math.max(1, Math.floor(this.budgetBytes / 4))) return undefined
    this.openBytes += room
    return room
  }

  private room(): number {
    return this.budgetBytes - this.feed.heldBytes - this.openBytes
  }
}
