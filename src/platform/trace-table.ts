// Every operation that programs can look on at: the names of the channels and what their events carry. docs/OBSERVABILITY.md
// describes them, and a test compares. Names stay; fields are added, not changed. Invariant: nothing here holds bytes of
// records but those that are the application's own.
import { EventPoint } from './event-point.ts'
import { type TraceContext, TracePoint } from './trace-point.ts'

interface PartitionTrace extends TraceContext {
  readonly topic: string
}

/** `Producer.send` and `trySend`: from the call to the delivery of one record. */
export interface ProducerSendTrace extends PartitionTrace {
  /** As asked for; else as soon as the record is delivered. */
  partition?: number | undefined
  /** As the application gave it. */
  readonly record: object
  /** False when `trySend` found no room: nothing was taken, and nothing comes of it. */
  isAccepted?: boolean
  offset?: number | undefined
  durability?: string
}

/** `Producer.append`. */
export interface ProducerAppendTrace extends PartitionTrace {
  readonly partition: number
  readonly recordCount: number
  baseOffset?: number | undefined
  durability?: string
}

/** One attempt of a producer to get one batch stored: from its sending to the broker's answer. */
export interface ProducerBatchTrace extends PartitionTrace {
  readonly partition: number
  readonly recordCount: number
  readonly bytes: number
  /** From 1 on. */
  readonly attempt: number
  baseOffset?: number
}

/** From the moment that a consumer hands out a batch, or the first of its records, until the application comes back for what follows. */
export interface ConsumerBatchTrace extends PartitionTrace {
  readonly partition: number
  /** What is handed out, or will be as long as the application goes on. */
  readonly records: readonly object[]
}

/** One call of a handler of a group consumer: from its beginning until its promise settles, its time is up or nobody waits for it. */
export interface ConsumerHandlerTrace extends PartitionTrace {
  readonly partition: number
  /** Of the record, or of the first of the batch. */
  readonly offset: number
  /** What the handler was given: the application's own. */
  readonly records: readonly object[]
  /** From 1 on; above it when it is tried again. */
  readonly attempt: number
}

/** A consumer does not go on, or goes on again. */
export interface ConsumerStuckEvent {
  readonly group: string
  readonly memberId: string | undefined
  readonly reason: string
  readonly message: string
  /** How long it has been so, or was. */
  readonly ageMs: number
  readonly topic?: string
  readonly partition?: number
  readonly offset?: number
  /** It was given up, and may never have come to its end. */
  readonly isGivenUp?: true
}

/** The broker appends one batch: from the door to the acknowledgement. */
export interface BrokerProduceTrace extends PartitionTrace {
  readonly partition: number
  readonly bytes: number
  recordCount?: number
  baseOffset?: number | undefined
  durability?: string
  duplicate?: boolean
}

/** The broker answers one fetch, the wait for records included. Subscriptions read without fetches: see `storage.read`. */
export interface BrokerFetchTrace extends TraceContext {
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number
  }[]
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Of all partitions. */
  bytes?: number
  /** Partitions whose part of the answer is an error. */
  errorCount?: number
}

/** A storage engine appends one batch. */
export interface StorageAppendTrace extends PartitionTrace {
  readonly partition: number
  readonly bytes: number
  /** What was asked for, then what was reached. */
  durability: string
  baseOffset?: number
  duplicate?: boolean
}

/** A storage engine reads from one partition, for a fetch or for a subscription. */
export interface StorageReadTrace extends PartitionTrace {
  readonly partition: number
  readonly offset: number
  readonly maxBytes: number
  bytes?: number
  nextOffset?: number
  isFromTail?: boolean
}

/** The file engine writes one group of batches, or syncs a log. */
export interface StorageWriteTrace extends TraceContext {
  /** The folder of the partition. */
  readonly directory: string
  readonly bytes: number
  readonly batchCount: number
}

export interface StorageSyncTrace extends TraceContext {
  /** The folder of the partition. */
  readonly directory: string
}

export const TRACE_POINTS = {
  producerSend: new TracePoint<ProducerSendTrace>('varve:producer.send'),
  producerAppend: new TracePoint<ProducerAppendTrace>('varve:producer.append'),
  producerBatch: new TracePoint<ProducerBatchTrace>('varve:producer.batch'),
  consumerBatch: new TracePoint<ConsumerBatchTrace>('varve:consumer.batch'),
  consumerHandler: new TracePoint<ConsumerHandlerTrace>('varve:consumer.handler'),
  brokerProduce: new TracePoint<BrokerProduceTrace>('varve:broker.produce'),
  brokerFetch: new TracePoint<BrokerFetchTrace>('varve:broker.fetch'),
  storageAppend: new TracePoint<StorageAppendTrace>('varve:storage.append'),
  storageRead: new TracePoint<StorageReadTrace>('varve:storage.read'),
  storageWrite: new TracePoint<StorageWriteTrace>('varve:storage.write'),
  storageSync: new TracePoint<StorageSyncTrace>('varve:storage.sync'),
} as const

/** What is told at once, in one event, on a channel of this very name. */
export const EVENT_POINTS = {
  consumerStuck: new EventPoint<ConsumerStuckEvent>('varve:consumer.stuck'),
  consumerRecovered: new EventPoint<ConsumerStuckEvent>('varve:consumer.recovered'),
} as const
