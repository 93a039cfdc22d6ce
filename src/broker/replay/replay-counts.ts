// What is counted of replay sessions.

/** Counts since the broker was opened, but for `open` and `partitions`, which are as of now. */
export interface ReplayCounts {
  open: number
  partitions: number
  opened: number
  /** Refused with TOO_MANY_REPLAYS. */
  refused: number
  /** Ended with SLOW_CONSUMER, counted by who ends it. */
  slow: number
}
