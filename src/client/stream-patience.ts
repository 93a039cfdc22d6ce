// How long a stream may be silent before it counts as lost. A heartbeat cannot overtake a batch that is on its way, so on a slow
// link silence may be one large batch: whoever gave up too early waits longer the next time. Invariant: patience grows as
// long as one partition has brought nothing since, whatever comes of the others, and is back where it began when each has.
import type { PartitionCursor } from './partition-cursor.ts'

/** Heartbeats that may stay away in a row, to begin with. */
const MISSED_HEARTBEATS = 3
/** With heartbeats every five seconds a little more than a quarter of an hour. */
const MISSED_HEARTBEATS_MAX = 64 * MISSED_HEARTBEATS

export class StreamPatience {
  /** Heartbeats that may stay away in a row before the stream counts as lost. */
  missedMax = MISSED_HEARTBEATS
  /** Of these nothing came since a stream was given up. */
  private readonly silent = new Set<PartitionCursor>()

  /** Nothing came, and the stream was given up while these were waited for. */
  gaveUp(awaited: readonly PartitionCursor[]): void {
    const isAsBefore = awaited.some((cursor) => this.silent.has(cursor))
    const missed = isAsBefore ? this.missedMax : MISSED_HEARTBEATS
    this.missedMax = Math.min(2 * missed, MISSED_HEARTBEATS_MAX)
    this.silent.clear()
    for (const cursor of awaited) this.silent.add(cursor)
  }

  /** Something came of this one: more than where it is read from, which is small and comes always. */
  cameOf(cursor: PartitionCursor): void {
    if (this.silent.delete(cursor) && this.silent.size === 0) this.missedMax = MISSED_HEARTBEATS
  }
}
