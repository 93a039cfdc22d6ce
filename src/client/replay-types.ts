// What a replay is told and what it hands out.
import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { ClientWarning } from './client-warning.ts'
import type { ConsumerRecord, StartPosition, TopicPartition } from './consumer-types.ts'

/**
 * A place in each partition: as where a consumer begins, or what a group had committed, now or as of a moment (milliseconds since
 * 1970-01-01 UTC). A partition of which the group had committed nothing counts as at its earliest record.
 */
export type ReplayPosition = StartPosition | { readonly group: string; readonly asOfMs?: number }

/** Partitions to play, and which part of them. */
export interface ReplaySource {
  readonly topic: string
  /** All of the topic unless told. */
  readonly partition?: number
  /** The first record; the replay's `from` unless told. */
  readonly from?: ReplayPosition
  /** Before which record to end; the replay's `to` unless told. */
  readonly to?: ReplayPosition
}

/** How fast records are given: so many times as fast as they were recorded, or so many a second. `max`: as fast as possible. */
export interface ReplayPaceOptions {
  /** From 0.1 to 1000, by the timestamps of the records; or `max`. Instead of `rate`. */
  readonly speed?: number | 'max'
  /** From 0.001 to 10,000,000 records, or from 1 to 10^12 bytes of records. Instead of `speed`. */
  readonly rate?: { readonly recordsPerSecond: number } | { readonly bytesPerSecond: number }
  /** With a `speed` in numbers: no wait between two records is longer than this, in played time; as recorded unless told. */
  readonly gapMaxMs?: number
}

/** What bytes must be like; text stands for its UTF-8. `present`: there is something, even if it is empty; false: there is nothing. */
export type ReplayMatch =
  | { readonly equals: string | Uint8Array }
  /** At least one, at most 1,000. */
  | { readonly anyOf: readonly (string | Uint8Array)[] }
  | { readonly prefix: string | Uint8Array }
  | { readonly suffix: string | Uint8Array }
  | { readonly present: boolean }

/** A predicate on one record. `not`: holds for the records that do not match. */
export type ReplayFilter = (
  | { readonly key: ReplayMatch }
  /** On the header of this name; of several one that matches is enough. */
  | ({ readonly header: string } & ReplayMatch)
  /** Milliseconds since 1970-01-01 UTC, from `fromMs` on and before `beforeMs`; at least one of the two. */
  | { readonly time: { readonly fromMs?: number; readonly beforeMs?: number } }
) & { readonly not?: boolean }

export interface ReplayOptions extends ReplayPaceOptions {
  /** All partitions of these topics. Instead of `sources` or `resume`. */
  readonly topics?: string | readonly string[]
  /** Exactly these, each partition once, at most 10,000 of them. Instead of `topics` or `resume`. */
  readonly sources?: readonly ReplaySource[]
  /** What `positions` of an earlier replay said: goes on from there. Instead of `topics` or `sources`, and of `from` and `to`. */
  readonly resume?: ReplayPositions
  /** Where to begin; `earliest` unless told. */
  readonly from?: ReplayPosition
  /** Where to end, before that record; at the readable end as it is when the replay begins unless told. */
  readonly to?: ReplayPosition
  /** Goes on with what is appended, and does not end; not with `to`. False unless told. */
  readonly follow?: boolean
  /**
   * `partition` (unless told): no order between partitions, unless the pace follows the recorded time, which is as `merged`. `merged`: by
   * timestamp over all partitions. Within a partition always as stored.
   */
  readonly order?: 'partition' | 'merged'
  /** With a pace: what becomes of the schedule when the loop is slower. `delay` (unless told): it waits; `catch-up`: it goes on. */
  readonly late?: 'delay' | 'catch-up'
  /** When a partition cannot be read on: fail with the place (unless told), or go on behind it, or without it, with a `trouble`. */
  readonly trouble?: 'stop' | 'skip'
  /** Only records for which all of these hold; at most 100. The others are counted as dropped. */
  readonly filters?: readonly ReplayFilter[]
  /** Names the session, up to 100 printable characters; the broker makes a name, or that of `resume` is kept, unless told. */
  readonly sessionId?: string
  /** Begins paused; false unless told. */
  readonly paused?: boolean
  /** Budget of what came ahead of the loop; 4 MiB unless told, exceeded by at most one message. */
  readonly prefetchBytes?: number
  /** How often `progress` is told; every second unless told, from 50 ms to 60 s. */
  readonly progressIntervalMs?: number
  /** How long a broker that was there may be away before the loop fails with BROKER_UNAVAILABLE; for ever unless told. */
  readonly outageMaxMs?: number
  /** Ends the loop with CANCELLED. */
  readonly signal?: AbortSignal
}

/** A record that is played again. Bytes are the reader's to keep. */
export interface ReplayedRecord extends ConsumerRecord {
  /** Of the session that plays it: what tells it from the record as it came the first time. */
  readonly replaySessionId: string
}

/** Records of one partition that came together. */
export interface ReplayedBatch extends TopicPartition {
  readonly replaySessionId: string
  /** At least one. */
  readonly records: readonly ReplayedRecord[]
  /** Where the partition goes on after them. */
  readonly nextOffset: Offset
}

/** `connecting`: there is no session with the broker. `waiting-for-client`: records are due, and the loop does not take them. */
export type ReplayStatus =
  | 'connecting'
  | 'playing'
  | 'paused'
  | 'waiting-for-client'
  | 'waiting-for-records'
  | 'finished'

/** How far a replay is. What was handed out is counted here, over all that was played; the schedule is as the broker last told it. */
export interface ReplayProgress {
  readonly status: ReplayStatus
  /** The recorded time that is played now, in milliseconds since 1970-01-01 UTC; undefined before the first record. */
  readonly playheadMs: number | undefined
  /** Records that were handed out, also before a seek. */
  readonly records: number
  /** Their bytes: keys, values and headers. */
  readonly bytes: number
  /** Records that filters left out. */
  readonly dropped: number
  /** How late the next record is; 0 when it is not. */
  readonly lagMs: number
  /** By how much the schedule was delayed so far, because the loop was slower. */
  readonly delayedMs: number
  /** Of all offsets to play, which share was handed out; 0 to 1. Undefined when it follows, and before it is ready. */
  readonly share: number | undefined
  /** When the end is expected; undefined when that cannot be said. */
  readonly remainingMs: number | undefined
  /** Offsets that were not handed out yet. When it follows, as the broker last said. */
  readonly offsetsLeft: number
}

/** What was handed out of one partition, since the last seek. */
export interface ReplayPartitionSummary extends TopicPartition {
  /** The first offset that was to be played. */
  readonly startOffset: Offset
  /** The offset behind the last one. */
  readonly nextOffset: Offset
  readonly records: number
  /** Keys, values and headers. */
  readonly bytes: number
  /** Records that filters left out. */
  readonly dropped: number
  /** Offsets that were passed over because of trouble. */
  readonly skipped: number
  /**
   * The CRC-32C over the records in their order, 8 hexadecimal digits: of each its timestamp as 8 bytes, big-endian, then key, value and
   * headers as they are stored. Offsets are not part of it: a copy has the same.
   */
  readonly checksum: string
}

/** What was played, as the loop was handed it: over streams that broke, but not over a restart of the program. */
export interface ReplaySummary {
  readonly sessionId: string
  /** Also before a seek. */
  readonly records: number
  /** Keys, values and headers. */
  readonly bytes: number
  readonly dropped: number
  /** From the first record to the last. */
  readonly elapsedMs: number
  /** By how much the loop delayed the schedule. */
  readonly delayedMs: number
  readonly partitions: readonly ReplayPartitionSummary[]
}

/** Where a replay stands: for `resume`, also of another program. Plain JSON. */
export interface ReplayPositions {
  readonly sessionId: string
  readonly places: readonly ReplayPlacePosition[]
  /** Where the schedule goes on, in recorded time; absent before the first record. */
  readonly playheadMs?: number
  /** All partitions go to this moment first: a seek that had not been answered. */
  readonly seekToMs?: number
}

export interface ReplayPlacePosition extends TopicPartition {
  /** Where `seek('start')` goes. */
  readonly startOffset: number
  /** Of the next record. */
  readonly offset: number
  /** Playing ends before it; absent when it follows. */
  readonly endOffset?: number
}

/** With `late: 'catch-up'`: the loop is slower than the schedule, or has caught up. */
export interface ReplayLateness {
  readonly isBehind: boolean
  readonly lateMs: number
}

/** With `trouble: 'skip'`: a partition could not be read on at `offset`. */
export interface ReplayTrouble extends TopicPartition {
  readonly offset: number
  /** Where it goes on; undefined: not at all. */
  readonly nextOffset: number | undefined
  readonly error: VarveError
}

/** What a replay tells beside its records. */
export interface ReplayEventMap {
  readonly progress: ReplayProgress
  readonly late: ReplayLateness
  readonly trouble: ReplayTrouble
  readonly warning: ClientWarning
}

export type ReplayListener<Name extends keyof ReplayEventMap> = (
  event: ReplayEventMap[Name],
) => void
