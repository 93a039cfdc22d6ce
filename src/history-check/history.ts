// A history: what the processes of a run asked for and were told, in columns for sends and reads and as plain objects
// for what is rarer. Made by HistoryBuilder, judged by checkHistory.
//
// Times are numbers of one monotonic clock for all processes of the run, in any unit (process.hrtime has one for all
// processes of a machine). Two operations follow one another when the first ended before the second was begun; with equal
// times they are at once. Operations of one process are added in the order in which it began them.
import type { Durability } from '../domain/durability.ts'
import type { ByteColumn, FloatColumn, IntColumn } from './number-column.ts'
import type { Outcome } from './outcome.ts'
import type { ValueTable } from './value-table.ts'

/** A partition, as the history numbers it. */
export type KeyId = number
/** A client that does one thing after the other; after a crash it is another one. */
export type ProcessId = number

/** In the column of outcomes; OPEN: never ended, so that nobody knows either. */
export const OPEN = 0
export const OK = 1
export const FAIL = 2
const INFO = 3

export const OUTCOME_CODES = { ok: OK, fail: FAIL, info: INFO } as const satisfies Record<
  Outcome,
  number
>

/** In columns of epochs and incarnations: not known. */
export const UNKNOWN = -1

/** What is promised of a partition. */
export interface KeySettings {
  /** The durability of its topic: what readers see of a `synced` one is never lost. */
  readonly durability: Exclude<Durability, 'none'>
  /** Its topic drops old records: then a start that the broker tells excuses what lies before it. */
  readonly hasRetention?: boolean
  /** Where the partition ended when the history began; 0 when it was empty. */
  readonly firstOffset?: number
}

export interface HistoryKey extends Required<KeySettings> {
  readonly name: string
}

interface Sends {
  readonly process: IntColumn
  readonly key: IntColumn
  readonly invokedAt: FloatColumn
  /** NaN while OPEN. */
  readonly endedAt: FloatColumn
  readonly outcome: ByteColumn
  /** NaN unless OK. */
  readonly baseOffset: FloatColumn
  readonly epoch: IntColumn
  /** 1 when it was acknowledged as `synced`. */
  readonly isSynced: ByteColumn
  readonly incarnation: IntColumn
  /** Into `sentValues`. */
  readonly valuesStart: IntColumn
  readonly valuesCount: IntColumn
}

interface Polls {
  readonly process: IntColumn
  readonly invokedAt: FloatColumn
  readonly endedAt: FloatColumn
  readonly outcome: ByteColumn
}

/** Consecutive offsets of one partition in the answer to a poll. */
interface Reads {
  readonly poll: IntColumn
  readonly key: IntColumn
  readonly firstOffset: FloatColumn
  readonly epoch: IntColumn
  /** Into `readValues`. */
  readonly valuesStart: IntColumn
  readonly valuesCount: IntColumn
}

/** A process reads on somewhere else: assigned, sought, reset. */
export interface Reposition {
  readonly process: ProcessId
  readonly key: KeyId
  /** The next record that it expects; undefined when it does not know. */
  readonly offset: number | undefined
  readonly at: number
  /** The first poll that begins there: the number of polls begun before, of all processes. */
  readonly poll: number
}

/** Where a partition begins and ends, as an answer of the broker said. */
export interface Bounds {
  readonly key: KeyId
  readonly invokedAt: number
  readonly endedAt: number
  readonly logStart: number | undefined
  /** What readers may see ends here. */
  readonly highWatermark: number | undefined
  readonly logEnd: number | undefined
  /** Of the partition, not of a batch. */
  readonly epoch: number | undefined
  readonly incarnation: number | undefined
}

export interface Commit {
  readonly group: string
  readonly key: KeyId
  readonly offset: number
  /** Undefined for a commit from outside the group. */
  readonly member: string | undefined
  readonly memberEpoch: number | undefined
  /** It said that it may go back. */
  readonly allowRewind: boolean
  readonly invokedAt: number
  readonly endedAt: number
  readonly outcome: Outcome
}

/** An answer to the question what a group has committed. */
export interface Committed {
  readonly group: string
  readonly key: KeyId
  /** Undefined for nothing. */
  readonly offset: number | undefined
  readonly invokedAt: number
  readonly endedAt: number
}

/** Somebody set what a group has committed, or an accepted fault took it. */
export interface CommitReset {
  readonly group: string
  readonly key: KeyId
  readonly invokedAt: number
  readonly endedAt: number
}

/** A member was told what it has: `assigned` besides what it had, `revoked` is what it has let go of. */
export interface Rebalance {
  readonly group: string
  readonly member: string
  readonly process: ProcessId
  readonly memberEpoch: number
  readonly at: number
  readonly assigned: readonly KeyId[]
  readonly revoked: readonly KeyId[]
  /** The first poll that can give records of it: the one under way, or the next. */
  readonly poll: number
}

/** A process takes part in a group from `at` until it crashes or leaves. */
export interface Subscription {
  readonly group: string
  readonly process: ProcessId
  readonly keys: readonly KeyId[]
  readonly at: number
}

/** What was done to the run, and what that excuses. */
export type Nemesis =
  /** The whole system is well again from here on. */
  | { readonly kind: 'heal'; readonly at: number }
  /** Said of a process that stops for good, in order or not. */
  | { readonly kind: 'stop'; readonly process: ProcessId; readonly at: number }
  /** The broker declared that records from here on are gone, as `written` allows after a power cut. */
  | { readonly kind: 'loss'; readonly key: KeyId; readonly fromOffset: number; readonly at: number }
  /** The log was told to begin here: retention, or records deleted by request. */
  | {
      readonly kind: 'log-start'
      readonly key: KeyId
      readonly offset: number
      readonly at: number
    }
  /** An operator reset the partition: its bounds may go back. */
  | { readonly kind: 'reset'; readonly key: KeyId; readonly at: number }
  /** Stored bytes of these offsets were altered. */
  | {
      readonly kind: 'rot'
      readonly key: KeyId
      readonly fromOffset: number
      readonly endOffset: number
      readonly at: number
    }
  /** A fault that a recovery must report, or may when it is not certain. */
  | {
      readonly kind: 'fault'
      readonly key: KeyId
      readonly fault: FaultKind
      readonly isCertain: boolean
      readonly at: number
    }
  /** What the recovery of a partition reported. */
  | {
      readonly kind: 'recovery'
      readonly key: KeyId
      readonly reported: readonly FaultKind[]
      readonly at: number
    }
  /** Anything else that readers of the history like to know. */
  | { readonly kind: 'note'; readonly text: string; readonly at: number }

export type FaultKind = 'torn' | 'damaged'

export interface History {
  readonly keys: readonly HistoryKey[]
  readonly processes: readonly string[]
  readonly incarnations: readonly string[]
  readonly sends: Sends
  readonly sentValues: FloatColumn
  /** The send of each of `sentValues`. */
  readonly sendOfValue: IntColumn
  readonly valueTable: ValueTable
  readonly polls: Polls
  readonly reads: Reads
  readonly readValues: FloatColumn
  readonly repositions: readonly Reposition[]
  readonly bounds: readonly Bounds[]
  readonly commits: readonly Commit[]
  readonly committed: readonly Committed[]
  readonly commitResets: readonly CommitReset[]
  readonly rebalances: readonly Rebalance[]
  readonly subscriptions: readonly Subscription[]
  readonly nemeses: readonly Nemesis[]
  /** Fresh clients that read everything from the start when all was over. */
  readonly finalReaders: readonly ProcessId[]
}
