// How a program hands its work on records to a group consumer: handlers, how many at a time, and what a failure means.
import type { ConsumerBatch, ConsumerRecord, TopicPartition } from './consumer-types.ts'

/** What a handler gets beside the record or batch. */
export interface HandlerContext {
  /**
   * Aborted when the work is not wanted any more: its time is up, or its partition leaves and does not wait much longer. Hand
   * it on to what can be cancelled. What a handler throws after that is no failure; the record goes to the next owner.
   */
  readonly signal: AbortSignal
  /** From 1 on; above it when the record comes again because `onFailure` says so. */
  readonly attempt: number
}

/** A record with its key and value as the decoders made them. */
export type ProcessedRecord<Key, Value> = Omit<ConsumerRecord, 'key' | 'value'> & {
  readonly key: Key
  readonly value: Value
}

/** The record is finished when the promise is fulfilled. */
export type RecordHandler<Key = Buffer | null, Value = Buffer | null> = (
  record: ProcessedRecord<Key, Value>,
  context: HandlerContext,
) => unknown

/** The whole batch is finished when the promise is fulfilled. */
export type BatchHandler = (batch: ConsumerBatch, context: HandlerContext) => unknown

/** Bytes to what the handler gets. What it throws is a failure of that record, of the kind `decode`. */
export type Decoder<Result> = (
  bytes: Buffer | null,
  record: ConsumerRecord,
) => Result | Promise<Result>

/** `handler`: it threw; `decode`: a decoder threw; `timeout`: it took longer than `handlerTimeoutMs`. */
export type HandlerFailureKind = 'handler' | 'decode' | 'timeout'

export interface HandlerFailure extends TopicPartition {
  readonly kind: HandlerFailureKind
  /** Of the record, or of the first of the batch. */
  readonly offset: number
  /** What failed: one record, or those of the batch. */
  readonly records: readonly ConsumerRecord[]
  /** What was thrown. */
  readonly error: unknown
  /** How often it was tried, this time included. */
  readonly attempt: number
}

/** What comes of one failure. */
export type FailureDecision = 'stop' | 'skip' | { readonly retryAfterMs: number }

export interface RetryRule {
  /** How often in all, the first time included; Infinity: for ever. */
  readonly attempts: number
  /** The least wait before the second attempt; it doubles up to a minute, and chance adds up to a quarter. 1 s unless told. */
  readonly backoffMs?: number
  /** What comes of it after the last attempt; `stop` unless told. */
  readonly then?: 'stop' | 'skip'
}

/**
 * What comes of a failure. `stop`: `run` ends with HANDLER_FAILED, and the member leaves. `skip`: the record counts as finished, and
 * a warning says so. A function decides each time; what it throws itself means `stop`.
 */
export type FailureRule =
  | 'stop'
  | 'skip'
  | { readonly retry: RetryRule }
  | ((failure: HandlerFailure) => FailureDecision | Promise<FailureDecision>)

export interface RunOptions<Key = Buffer | null, Value = Buffer | null> {
  /** Called with every record. Either this or `batchHandler`. */
  readonly handler?: RecordHandler<Key, Value>
  /** Called with every stored batch instead; the batches of a partition come one after the other. */
  readonly batchHandler?: BatchHandler
  /**
   * How many handlers run at a time; 1 unless told. `partitions`: so many partitions beside each other. `keys`: in each of
   * them so many keys beside each other. A number N is `{ keys: N }`. Records of one key of a partition always come one after
   * the other; records without a key have no order among themselves where `keys` is above 1.
   */
  readonly concurrency?: number | { readonly partitions?: number; readonly keys?: number }
  /**
   * How far a partition may be ahead of its oldest record that is not finished, in records (in batches with `batchHandler`);
   * what is finished there is not committed yet, and comes again after a crash. 1,000 unless told.
   */
  readonly aheadMax?: number
  /** `stop` unless told. */
  readonly onFailure?: FailureRule
  /** A handler that takes longer has failed; never unless told. */
  readonly handlerTimeoutMs?: number
  /** What makes keys and values of bytes; they stay bytes unless told. Not with `batchHandler`. */
  readonly decode?: { readonly key?: Decoder<Key>; readonly value?: Decoder<Value> }
}
