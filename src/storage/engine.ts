// The seam between the broker and what keeps the bytes. An engine stores encoded record batches (RecordBatch v2) in
// partitions and hands them out again; it assigns the offsets, does its own batching, and says how durable an append
// became. Nothing of segments, files, tables or buckets appears here. One contract suite (test/contract) runs over all
// engines; what an engine cannot do it declares in `abilities`.
import type { Durability } from '../domain/durability.ts'
import type { Offset } from '../domain/offset.ts'
import type { PartitionIdentity } from '../domain/topic.ts'
import type { TopicSettings } from '../domain/topic-settings.ts'
import type { Cancel } from '../platform/clock.ts'
import type { MetadataStore } from './metadata-store.ts'

export interface EngineAbilities {
  /** What was synced is there after close (or a crash) and open. */
  readonly survivesRestart: boolean
  /** `bounds` may be behind what other processes have written. */
  readonly shared: boolean
  /**
   * The most that an append can reach here. An append that asks for more is served, and answered with this: memory
   * reaches `written`, as what it keeps ends with the process.
   */
  readonly durabilityMax: Exclude<Durability, 'none'>
}

/**
 * Where a partition begins and ends. `start` <= `readableEnd` <= `end`; all but `start` exclusive.
 * With durability synced readers see up to the synced end only (invariant D3), where the engine can sync.
 */
export interface LogBounds {
  /** The first offset that is kept. */
  readonly start: Offset
  /** Readers see offsets below it (Kafka: high watermark). */
  readonly readableEnd: Offset
  /** The next offset to be assigned (Kafka: log end offset). */
  readonly end: Offset
  /** The epoch under which records are appended now: rises at every start of the engine (invariant D4). */
  readonly epoch: number
}

/** `read-only`: fenced after a failed disk operation or degraded by damage; reads go on where the bytes are good. */
export type PartitionCondition = 'healthy' | 'read-only' | 'closed'

export interface AppendRequest {
  /**
   * One whole record batch that record/validate-batch.ts accepted. Borrowed until the promise settles; the engine may
   * overwrite its base offset and leader epoch in place (both outside the CRC).
   */
  readonly batch: Buffer
  /** When to settle. */
  readonly durability: Exclude<Durability, 'none'>
  /** Compare-and-append: refuse unless the batch would get this offset. */
  readonly expectedOffset?: Offset
}

export interface AppendResult {
  readonly baseOffset: Offset
  readonly lastOffset: Offset
  /** What was reached when the promise settled: at least what was asked for, up to the engine's `durabilityMax`. */
  readonly durability: Exclude<Durability, 'none'>
  /** The batch was stored before (idempotent producer); the offsets are those of the first time. */
  readonly duplicate: boolean
  /** Of a duplicate: when it was appended the first time, by the wall clock. */
  readonly firstAppendMs?: number
}

export interface ReadRequest {
  readonly offset: Offset
  /** Budget for the returned bytes. */
  readonly maxBytes: number
  /** Return one whole batch even when it alone exceeds the budget. */
  readonly atLeastOneBatch: boolean
  /** Return nothing at or above this offset, though the last batch may reach over it. */
  readonly endOffset?: Offset
  /** Ask storage itself, whatever of it is kept in memory: for who wants to know what lies there. */
  readonly isFromStorage?: boolean
}

/**
 * Whole batches, in order, the first of which contains the requested offset or is the first after it: offsets of which an operator
 * accepted that they are lost are passed over.
 */
export interface ReadResult {
  /** Encoded batches back to back, cut between batches. Given to the caller; never changed afterwards. */
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** The offset after the last returned batch; when there is none, the requested one, or where it goes on behind a loss. */
  readonly nextOffset: Offset
  /** It was in memory, where an engine keeps what is newest: storage was not asked for it. True for nothing. */
  readonly isFromTail: boolean
}

export interface TimestampPosition {
  readonly offset: Offset
  readonly timestampMs: number
}

/** A damaged stretch of a partition: reads of offsets from `firstBad` up to `nextGood` (exclusive) fail (invariant R2). */
export interface DamagedRange {
  readonly firstBad: Offset
  /** Undefined when nothing readable follows. */
  readonly nextGood: Offset | undefined
}

/** What opening a partition found and did (invariant R4). Counts, bytes, milliseconds. */
export interface PartitionReport {
  readonly topicId: string
  readonly topicName: string
  readonly partition: number
  /** `clean`: trusted after a clean stop. `recovered`: checked from the recovery point. `degraded`: damage was found. */
  readonly outcome: 'created' | 'clean' | 'recovered' | 'degraded'
  readonly segmentsScanned: number
  readonly bytesScanned: number
  readonly tornBytes: number
  readonly indexesRebuilt: number
  readonly startOffset: number
  readonly endOffset: number
  readonly epoch: number
  readonly durationMs: number
  readonly damaged: readonly DamagedRange[]
  /** Sentences for people, one for each thing that was not as it should be. No paths. */
  readonly anomalies: readonly string[]
}

export interface PartitionStatistics {
  readonly condition: PartitionCondition
  /** Why it is read-only, in words. */
  readonly reason: string | undefined
  readonly bounds: LogBounds
  /** Bytes of stored batches. */
  readonly bytes: number
  readonly report: PartitionReport
}

/**
 * One partition. Calls may overlap. After `close` every call is refused with NOT_READY; calls under way end.
 */
export interface PartitionLog {
  readonly identity: PartitionIdentity

  bounds(): LogBounds

  /**
   * Appends one batch: all of it or nothing. Appends take effect in the order of the calls. A batch of an idempotent producer that
   * is stored already is not stored again, whatever `expectedOffset` says: the answer has its first offsets, as durable as asked.
   * @throws VarveError UNEXPECTED_OFFSET (details `endOffset`) · OUT_OF_ORDER_SEQUENCE · PRODUCER_FENCED (see ProducerStates) · QUEUE_FULL · DISK_FULL · PARTITION_READ_ONLY · NOT_READY: nothing was
   *   stored · STORAGE_FAILED: it is not known whether the batch stays.
   */
  append(request: AppendRequest): Promise<AppendResult>

  /**
   * Reads stored batches below `readableEnd`, byte for byte as they were appended but for base offset and epoch.
   * At `readableEnd` (and up to `end`) the result is empty.
   * @throws VarveError OFFSET_OUT_OF_RANGE (details `startOffset`, `endOffset`) · CORRUPT_LOG (details `firstBad` and,
   *   where something readable follows, `nextGood`) · NOT_READY
   */
  read(request: ReadRequest): Promise<ReadResult>

  /**
   * Calls `wake` at most once, in a later turn, when `readableEnd` is above `offset` (at once if it is already), or the
   * log start moved above it, or the partition was closed. May wake for nothing.
   */
  notifyReadable(offset: Offset, wake: () => void): Cancel

  /**
   * The first readable record whose timestamp is at or after `timestampMs`, exact to the record; undefined when there
   * is none. Damaged ranges are passed over.
   */
  offsetForTimestamp(timestampMs: number): Promise<TimestampPosition | undefined>

  /** The record with the largest timestamp (Kafka: list offsets -3); undefined in an empty partition. */
  maxTimestamp(): Promise<TimestampPosition | undefined>

  /**
   * The stored bytes from the batch that contains `offset` up to `readableEnd`, exact to the batch: what a reader there has before
   * it. What lies in damaged stretches behind that batch counts; for an offset within one it is counted from where it goes on.
   * @throws VarveError OFFSET_OUT_OF_RANGE (details `startOffset`, `endOffset`) · NOT_READY
   */
  bytesFrom(offset: Offset): Promise<number>

  /**
   * The largest known epoch at or below `epoch` and the offset at which it ended (Kafka: OffsetForLeaderEpoch). For one
   * older than all that is known: that epoch itself, ended where the known ones begin. Undefined when nothing was written.
   */
  endOffsetForEpoch(
    epoch: number,
  ): { readonly epoch: number; readonly endOffset: Offset } | undefined

  /**
   * Moves the log start up to `offset`; what is below is gone for readers at once and from storage in time.
   * @returns the new start (never below the old one).
   * @throws VarveError OFFSET_OUT_OF_RANGE above `readableEnd` · NOT_READY
   */
  deleteBefore(offset: Offset): Promise<Offset>

  /** Settings of the topic changed; they hold from the next operation on. */
  updateSettings(settings: TopicSettings): void

  /** Applies what time alone brings about: retention, removal of deleted data. The broker calls it at intervals. */
  maintain(): Promise<void>

  statistics(): PartitionStatistics

  /** Finishes accepted appends, makes everything durable, lets go of all resources. Safe to call twice. */
  close(): Promise<void>
}

export interface StorageEngine {
  readonly abilities: EngineAbilities
  readonly metadata: MetadataStore

  /** What is stored, by identity; names may be empty where they were lost. */
  partitions(): Promise<readonly PartitionIdentity[]>

  /** Makes an empty partition, durable when it resolves; opens it when it exists already and is empty. */
  createPartition(identity: PartitionIdentity, settings: TopicSettings): Promise<PartitionLog>

  /**
   * Opens a stored partition, recovering it where the last stop was not clean. Damage does not make it fail: the
   * partition opens read-only.
   * @throws VarveError UNKNOWN_PARTITION when nothing is stored under that identity · STORAGE_FAILED
   */
  openPartition(identity: PartitionIdentity, settings: TopicSettings): Promise<PartitionLog>

  /** Closes the partition if open and removes it for good. Fine when there is none. */
  deletePartition(identity: PartitionIdentity): Promise<void>

  /** Closes all partitions and marks the stop as clean. Safe to call twice. */
  close(): Promise<void>
}
