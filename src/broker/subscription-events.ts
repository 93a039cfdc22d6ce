// What a subscription is told and what it tells, in words of the broker.
import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { LogBounds } from '../storage/engine.ts'

/** Where reading begins or goes on. */
export type SubscriptionStart =
  | 'earliest'
  | 'latest'
  | 'max-timestamp'
  | { readonly timestampMs: number }
  /** With the epoch of the last batch read before the offset, if there is one. */
  | { readonly offset: Offset; readonly leaderEpoch?: number }

/**
 * Where reading stops. `end`: at the readable end as it is when reading begins. A timestamp: before the first record at or
 * after it, as it is found when reading begins; when there is none, as `end`.
 */
export type SubscriptionStop =
  | 'end'
  | { readonly offset: Offset }
  | { readonly timestampMs: number }

export interface SubscriptionTarget {
  readonly topic: string
  readonly partition: number
}

/** A partition to be read. */
export interface SubscriptionRequest extends SubscriptionTarget {
  /** Comes back in every event of the partition, so that its reader knows to which of its wishes it belongs. */
  readonly seekEpoch: number
  readonly start: SubscriptionStart
  /** Undefined: never. */
  readonly stop: SubscriptionStop | undefined
  readonly isPaused: boolean
}

interface PartitionEvent extends SubscriptionTarget {
  readonly seekEpoch: number
}

/** Where a partition is read from; before any records from there. */
interface PositionEvent extends PartitionEvent {
  readonly kind: 'position'
  readonly offset: Offset
  /** Undefined: reading does not stop. */
  readonly stopOffset: number | undefined
  readonly bounds: LogBounds
}

interface RecordsEvent<Records> extends PartitionEvent {
  readonly kind: 'records'
  readonly records: Records
  /** What they took of the credit. */
  readonly bytes: number
  /** What they took of the credit in records. */
  readonly recordCount: number
  /** Of the last batch; -1 without one. */
  readonly leaderEpoch: number
  readonly nextOffset: Offset
  readonly bounds: LogBounds
}

/** All that is readable was given: once after each new place, and once after each time it fell behind. */
interface CaughtUpEvent extends PartitionEvent {
  readonly kind: 'caught-up'
  readonly offset: Offset
}

/** A partition that had caught up no longer keeps pace. */
interface FellBehindEvent extends PartitionEvent {
  readonly kind: 'fell-behind'
  /** `tail`: what is due has left the in-memory tail. `retention`: it was deleted; an error follows. */
  readonly reason: 'tail' | 'retention'
  readonly offset: Offset
  readonly bounds: LogBounds
}

/** The stop was reached. Nothing more comes before a seek. */
interface ReachedEndEvent extends PartitionEvent {
  readonly kind: 'reached-end'
  readonly offset: Offset
}

/** The partition cannot be read on. Nothing more comes before a seek. */
interface PartitionErrorEvent extends PartitionEvent {
  readonly kind: 'error'
  readonly error: VarveError
  readonly bounds: LogBounds | undefined
}

export type SubscriptionEvent<Records> =
  | PositionEvent
  | RecordsEvent<Records>
  | CaughtUpEvent
  | FellBehindEvent
  | ReachedEndEvent
  | PartitionErrorEvent

/** How much may be taken in one go: more only when a single batch or record is larger. Both at least 1. */
export interface Allowance {
  readonly bytes: number
  readonly records: number
}

/** What was read of a partition: whole batches, of which the first contains `offset`. */
interface StoredRun {
  readonly chunks: readonly Buffer[]
  readonly offset: Offset
  readonly nextOffset: Offset
  /** Where reading stops, maybe within the last batch. Infinity: nowhere. */
  readonly stopOffset: number
}

interface FormedRun<Records> {
  readonly records: Records
  readonly bytes: number
  readonly recordCount: number
  readonly leaderEpoch: number
  /** Where to read on: before the end of the run when it was cut. */
  readonly nextOffset: Offset
}

/**
 * Puts stored batches into the form that goes out, as much as is allowed, one batch or record at least.
 * @throws VarveError CORRUPT_LOG
 */
export type RecordForm<Records> = (run: StoredRun, allowance: Allowance) => FormedRun<Records>
