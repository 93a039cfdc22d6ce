// Where the records of a consumer come from: a subscription, or fetches one after the other. Both put what comes into one
// queue and leave every decision about positions to its reader.
import type { Arrivals } from './arrivals.ts'
import type { ClientContext } from './client-context.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { FetchedQueue } from './fetched-queue.ts'
import type { Outage } from './outage.ts'
import type { PartitionCursor } from './partition-cursor.ts'

export interface RecordSource {
  /** Somebody reads: brings records from now on. */
  start(): void
  /** Nobody reads: ends what is under way, at the broker too. What came stays. */
  stop(): void
  /** Partitions were assigned, or moved, paused or resumed. */
  restart(): void
  /** There may be room for more. */
  pump(): void
}

/** What the sources of one consumer share: each goes on where the other stopped. */
export interface SourceParts {
  readonly context: ClientContext
  readonly settings: ConsumerSettings
  /** The partitions that are read now. */
  readonly cursors: () => readonly PartitionCursor[]
  readonly queue: FetchedQueue
  readonly arrivals: Arrivals
  readonly outage: Outage
  /** Something may be there to read, or to be told. */
  readonly onChange: () => void
}
