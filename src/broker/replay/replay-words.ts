// What a replay session is told and what it tells, in words of the broker.
import type { VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { DecodedRecord } from '../../record/decode-batch.ts'
import type { RecordFilter } from './record-filter.ts'

/** A place in each partition of a source. A group's: where it has committed, now or as of a moment; else at the earliest record. */
export type ReplayPosition =
  | 'earliest'
  | 'latest'
  | 'max-timestamp'
  | { readonly offset: Offset }
  | { readonly timestampMs: number }
  | { readonly group: string; readonly asOfMs?: number }

/** Partitions to play, and which part of them. */
export interface ReplaySource {
  readonly topic: string
  /** Undefined: all of the topic. */
  readonly partition: number | undefined
  readonly start: ReplayPosition
  /** Undefined: at the readable end as it is when the session begins, or never when it follows. */
  readonly end: ReplayPosition | undefined
}

/** `speed`: so many times as fast as recorded. The others: so many a second. */
export type ReplayPace =
  | { readonly kind: 'max' }
  /** No wait is longer than `gapMaxMs`, as played. */
  | { readonly kind: 'speed'; readonly factor: number; readonly gapMaxMs?: number }
  | { readonly kind: 'records'; readonly perSecond: number }
  | { readonly kind: 'bytes'; readonly perSecond: number }

export interface ReplayOptions {
  /** Who replays: address and port of a connection, or another name for it. */
  readonly peer: string
  /** Empty: the broker makes one. */
  readonly sessionId: string
  readonly sources: readonly ReplaySource[]
  readonly order: 'partition' | 'merged'
  readonly pace: ReplayPace
  /** Records are due and the client takes none: the schedule waits, or goes on. */
  readonly latePolicy: 'delay' | 'catch-up'
  readonly troublePolicy: 'stop' | 'skip'
  readonly filter: RecordFilter
  /** Stored batches where the session neither merges nor paces nor filters; else records one by one. */
  readonly mayGiveBatches: boolean
  /** At least 0. */
  readonly creditBytes: number
  /** At least 0; Infinity: records are not counted. */
  readonly creditRecords: number
  /** Budget of one event's records; a single batch or record may be larger. */
  readonly messageBytes: number
  readonly progressIntervalMs: number
  readonly isFollowing: boolean
  readonly isPaused: boolean
  /** Where the schedule begins, in recorded time; undefined: with the first record. */
  readonly playheadMs: number | undefined
}

export type ReplaySeekTarget = 'start' | { readonly timestampMs: number }

/** A partition of a session. */
export interface ReplayPlace {
  readonly topic: string
  readonly partition: number
  readonly startOffset: Offset
  /** Undefined: it follows. */
  readonly endOffset: number | undefined
  readonly firstKeptOffset: Offset
}

/** Stored batches back to back, or the records that are meant. */
export type ReplayContent =
  | { readonly batches: readonly Buffer[] }
  | { readonly records: readonly DecodedRecord[] }

/** Records of one partition, in its order. */
export interface ReplayRun {
  readonly topic: string
  readonly partition: number
  readonly content: ReplayContent
  /** The first offset that it stands for. */
  readonly offset: Offset
  /** Where the partition goes on. */
  readonly nextOffset: Offset
  /** Left out by filters between the two. */
  readonly dropped: number
  /** Of the last batch; -1 when it is not known. */
  readonly leaderEpoch: number
}

export type ReplayStatus = 'playing' | 'paused' | 'waiting-for-client' | 'waiting-for-records'

export interface ReplayProgress {
  readonly status: ReplayStatus
  /** The recorded time that is played now; undefined before the first record. */
  readonly playheadMs: number | undefined
  readonly records: number
  /** Keys, values and headers. */
  readonly bytes: number
  readonly dropped: number
  /** How late the next record is. */
  readonly lagMs: number
  /** By how much the client delayed the schedule. */
  readonly delayedMs: number
  /** 0 to 1; undefined when it follows. */
  readonly share: number | undefined
  /** Undefined when that cannot be said. */
  readonly remainingMs: number | undefined
  readonly offsetsLeft: number
}

export interface ReplayPartitionSummary {
  readonly topic: string
  readonly partition: number
  readonly startOffset: Offset
  readonly nextOffset: Offset
  readonly records: number
  readonly bytes: number
  readonly dropped: number
  /** Offsets that were passed over because of trouble. */
  readonly skipped: number
  /** Undefined where stored batches were given. */
  readonly checksum: number | undefined
}

export interface ReplaySummary {
  readonly records: number
  readonly bytes: number
  readonly dropped: number
  /** From the first record to the last. */
  readonly elapsedMs: number
  readonly delayedMs: number
  readonly partitions: readonly ReplayPartitionSummary[]
}

export type ReplayEvent =
  | {
      readonly kind: 'records'
      readonly seekEpoch: number
      readonly runs: readonly ReplayRun[]
      /** What they took of the credit. */
      readonly bytes: number
      readonly recordCount: number
      /** How late the last of them left; 0 without a schedule. */
      readonly lateMs: number
    }
  | { readonly kind: 'progress'; readonly progress: ReplayProgress }
  | {
      readonly kind: 'state'
      readonly status: ReplayStatus
      readonly pace: ReplayPace
      readonly seekEpoch: number
      /** After a seek. */
      readonly places: readonly ReplayPlace[]
    }
  | { readonly kind: 'lateness'; readonly isBehind: boolean; readonly lateMs: number }
  | {
      readonly kind: 'trouble'
      readonly topic: string
      readonly partition: number
      readonly offset: Offset
      /** Undefined: the partition is played no further. */
      readonly nextOffset: Offset | undefined
      readonly error: VarveError
    }
  /** All was played; nothing follows. */
  | { readonly kind: 'summary'; readonly summary: ReplaySummary }
