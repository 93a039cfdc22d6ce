import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { LogBounds } from '../storage/engine.ts'

export interface FetchPartition {
  readonly topic: string
  readonly partition: number
  readonly offset: Offset
  /** Budget for this partition; absent or 0: only that of the request. */
  readonly maxBytes?: number
  /** The epoch of the last batch read before `offset`. */
  readonly leaderEpoch?: number
}

export interface FetchRequest {
  readonly partitions: readonly FetchPartition[]
  /** How long to wait for `minBytes`; clamped to LIMITS.fetchWaitMsMax. */
  readonly maxWaitMs: number
  /** 0 counts as 1. */
  readonly minBytes: number
  /** 0: LIMITS.fetchBytesDefault; clamped to LIMITS.fetchBytesMax. */
  readonly maxBytes: number
}

export interface FetchOutcome {
  readonly topic: string
  readonly partition: number
  /** Whole encoded batches back to back. Given to the caller; never changed afterwards. */
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** -1 when the partition is not known or not open. */
  readonly startOffset: number
  /** -1 when the partition is not known or not open. */
  readonly readableEndOffset: number
  /** Where to read on. */
  readonly nextOffset: Offset
  readonly error?: VarveError
}

export interface OffsetQuestion {
  readonly topic: string
  readonly partition: number
  readonly at: 'earliest' | 'latest' | 'max-timestamp' | { readonly timestampMs: number }
}

export interface OffsetAnswer {
  readonly topic: string
  readonly partition: number
  /** The readable end when no record is that late. Absent with an error. */
  readonly offset?: Offset
  /** Of the record at `offset`, when the question was about a timestamp and there is such a record. */
  readonly timestampMs?: number
  readonly bounds?: LogBounds
  readonly error?: VarveError
}

export class FetchService {
  async fetch(_request: FetchRequest, _signal?: AbortSignal): Promise<readonly FetchOutcome[]> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async listOffsets(_questions: readonly OffsetQuestion[]): Promise<readonly OffsetAnswer[]> {
    throw new VarveError('NOT_READY', 'not yet')
  }
}
