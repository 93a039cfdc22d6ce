// What a consumer is told and what it hands out.
import type { Offset } from '../domain/offset.ts'

/** The first record to read: by name, by offset, or the first at or after a moment. */
export type StartPosition = 'earliest' | 'latest' | number | { readonly timestampMs: number }

/**
 * Where a bounded read stops. `end`: what is readable when the read begins, nothing that comes later. `offset`: before that
 * offset, waiting for it if need be. `timestampMs`: before the first record at or after that moment, as it is found when
 * the read begins (when there is none, as `end`).
 */
export type ReadEnd = 'end' | { readonly offset: number } | { readonly timestampMs: number }

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface Assignment extends TopicPartition {
  /** The consumer's `from` unless told. */
  readonly offset?: StartPosition
  /** The consumer's `until` unless told. */
  readonly until?: ReadEnd
}

/** A record as it lies in the log. Bytes are views of a fetched batch and the reader's to keep; a view keeps its batch. */
export interface ConsumerRecord extends TopicPartition {
  readonly offset: Offset
  /** -1 when the producer gave none. */
  readonly timestampMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}

/** Records of one partition that were stored as one batch; at its edges only those that were asked for. */
export interface ConsumerBatch extends TopicPartition {
  /** At least one. */
  readonly records: readonly ConsumerRecord[]
  /** Where to read on after it. */
  readonly nextOffset: Offset
}

/** Where a consumer stands in one partition. */
export interface PartitionPosition extends TopicPartition {
  /** The offset of the next record. */
  readonly position: Offset
  /** Reading stops before it; undefined when it does not stop. */
  readonly endOffset: number | undefined
  /** As the broker last said; undefined before the first answer. */
  readonly readableEndOffset: number | undefined
  /** Everything that the broker had last said to be readable was handed out. */
  readonly isCaughtUp: boolean
  readonly isPaused: boolean
  readonly isFinished: boolean
}

export interface ConsumerOptions {
  /** All partitions of these topics, also those that are added later. Instead of `assign`. */
  readonly topics?: string | readonly string[]
  /** Exactly these partitions. Instead of `topics`. */
  readonly assign?: readonly Assignment[]
  /** Where to begin; `earliest` unless told. */
  readonly from?: StartPosition
  /** Where to stop; never unless told. */
  readonly until?: ReadEnd
  /** The loop ends after this many records in all. */
  readonly maxRecords?: number
  /**
   * How records come. `subscribe` (unless told): the broker sends them as they are appended, as far as the budget allows, and
   * by fetches when it cannot serve a subscription. `fetch`: one question after the other, each waiting for what is to come.
   */
  readonly mode?: 'subscribe' | 'fetch'
  /** Budget of one fetch, 1 MiB unless told; of one message of a subscription, for which the broker has a smaller limit. */
  readonly fetchBytes?: number
  /** Budget of what came ahead of the reader; 4 MiB unless told, exceeded by at most one fetch or message. */
  readonly prefetchBytes?: number
  /** A fetch is answered as soon as so much is there; 1 unless told. A subscription never waits for more. */
  readonly minBytes?: number
  /** How long a fetch waits for data at the end of the log; 5 s unless told. */
  readonly maxWaitMs?: number
  /** Whether the CRC of every batch is checked on arrival; true unless told. */
  readonly verifyChecksums?: boolean
  /** When the position lies outside the log: fail (unless told), or go on from one of its ends with a warning. */
  readonly onOutOfRange?: 'error' | 'earliest' | 'latest'
  /** When stored records are damaged: fail with their range (unless told), or go on behind them with a warning. */
  readonly onCorrupt?: 'error' | 'skip'
  /** How long a broker that was there may be away before the loop fails with BROKER_UNAVAILABLE; for ever unless told. */
  readonly outageMaxMs?: number
  /** How often the number of partitions is asked for with `topics`; 60 s unless told. */
  readonly metadataMaxAgeMs?: number
  /** Ends the loop with CANCELLED. */
  readonly signal?: AbortSignal
}

/** How records are read, by a consumer on its own or in a group. */
export type ReadingOptions = Pick<
  ConsumerOptions,
  | 'mode'
  | 'maxRecords'
  | 'fetchBytes'
  | 'prefetchBytes'
  | 'minBytes'
  | 'maxWaitMs'
  | 'verifyChecksums'
  | 'onOutOfRange'
  | 'onCorrupt'
  | 'outageMaxMs'
  | 'signal'
>
