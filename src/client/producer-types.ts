// What goes into a producer and what comes back from it.
import type { Durability } from '../domain/durability.ts'
import type { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { CodecName } from '../record/codec.ts'
import type { PropagationOption } from './trace-propagation.ts'

/** Bytes, or text that is sent as UTF-8. */
export type Bytes = Uint8Array | string

export interface HeaderInput {
  readonly key: string
  readonly value: Bytes | null
}

/** Pairs in order, where keys may repeat, or an object of names and values. */
export type HeadersInput = readonly HeaderInput[] | Readonly<Record<string, Bytes | null>>

/** A record to be sent, apart from where to. Its bytes are borrowed until it is delivered or has failed. */
export interface RecordContent {
  /** Decides the partition unless `partition` does; absent or null is not the same as empty. */
  readonly key?: Bytes | null
  /** Null marks a deletion in compacted topics. */
  readonly value: Bytes | null
  readonly headers?: HeadersInput
  /** Milliseconds since 1970 UTC; the moment of the send unless told. */
  readonly timestampMs?: number
}

export interface ProducerRecord extends RecordContent {
  readonly topic: string
  readonly partition?: number
}

/** Where a record lies and what its acknowledgement promises. */
export interface DeliveryReport {
  readonly topic: string
  readonly partition: number
  /** Undefined with durability `none`: the broker answers before it knows. */
  readonly offset: Offset | undefined
  /** The record's own, or the time of the append in topics with LogAppendTime. */
  readonly timestampMs: number
  /** What was really reached. */
  readonly durability: Durability
  /** True when the broker had stored the record already: an earlier answer got lost, and it was sent again. */
  readonly duplicate?: boolean
}

/** Called once for each accepted record, when it was delivered or has failed for good. */
export type OnDelivery = (result: DeliveryReport | VarveError) => void

/**
 * Chooses the partition of a record without `partition`: 0 to `partitions` - 1. Must not throw; the bytes are those to
 * be sent.
 */
export type Partitioner = (
  record: {
    readonly topic: string
    readonly key: Uint8Array | null
    readonly value: Uint8Array | null
  },
  partitions: number,
) => number

export interface ProducerOptions {
  /** What acknowledgements must promise; each topic's own `durability` unless told. */
  readonly durability?: Durability
  /** `none` unless told. */
  readonly compression?: CodecName
  /** A batch is closed at this size before compression; 128 KiB unless told, never above the topic's max.message.bytes. */
  readonly batchBytes?: number
  /** How long a batch waits for more records while nothing is under way; 5 ms unless told, 0 sends at the end of the turn. */
  readonly lingerMs?: number
  /** All records that are accepted and not yet delivered; 32 MiB unless told. */
  readonly bufferBytes?: number
  /** How long `send` waits for room in the buffer, and for a first answer about its topic; 60 s unless told. */
  readonly maxBlockMs?: number
  /** From the acceptance of a record to its failure with DELIVERY_TIMEOUT; 120 s unless told. */
  readonly deliveryTimeoutMs?: number
  /**
   * Every acknowledged record is stored once and in order, whatever had to be sent again; true unless told, and false with
   * durability `none`, which has no answers to rely on.
   */
  readonly idempotence?: boolean
  /** Batches of one partition that may be under way at once: at most 5, unless told 5; 1 without idempotence. */
  readonly maxInFlight?: number
  /**
   * Without idempotence, what happens when the connection breaks before an answer: true (the default) sends again, so a
   * record may be stored twice; false fails its delivery, so it may be stored though it failed.
   */
  readonly retryUnknown?: boolean
  /** Instead of murmur2 of the key, and of staying with one partition a batch without key. */
  readonly partitioner?: Partitioner
  /**
   * The trace that is active when a record is sent goes along in its headers `traceparent` and `tracestate`, where it does not
   * have them: as OpenTelemetry says in an application that uses it (`auto`, unless told), as a function says, or not (`off`).
   */
  readonly propagation?: PropagationOption
  /** After which time the number of partitions is asked for again; 60 s unless told. */
  readonly metadataMaxAgeMs?: number
}

/** Records for one partition that are stored together, with consecutive offsets, or not at all. */
export interface AppendRequest {
  readonly topic: string
  readonly partition: number
  readonly records: readonly RecordContent[]
  /** Store only if the first record gets this offset; else UNEXPECTED_OFFSET with `endOffset` in its details. */
  readonly expectedOffset?: number
}

export interface AppendReport {
  readonly topic: string
  readonly partition: number
  /** Of the first record; undefined with durability `none`. */
  readonly baseOffset: Offset | undefined
  readonly recordCount: number
  readonly durability: Durability
}
