// What is counted of subscriptions.

/** Counts since the broker was opened, but for `open`, `partitions` and `waiting`, which are as of now. */
export interface SubscriptionCounts {
  open: number
  partitions: number
  opened: number
  /** Refused with TOO_MANY_SUBSCRIPTIONS, as a whole or for more partitions. */
  refused: number
  /** Ended with SLOW_CONSUMER. */
  slow: number
}
