// What the administration answers, in plain TypeScript: numbers checked, enums as words, absent things undefined.
import type { Durability } from '../domain/durability.ts'

/** `opening`: after a start, not yet readable. */
export type PartitionState = 'healthy' | 'read-only' | 'opening' | 'unknown'

export interface PartitionInfo {
  readonly partition: number
  /** The first offset that is kept. */
  readonly startOffset: number
  /** Readers see offsets below it. */
  readonly readableEndOffset: number
  /** The next offset to be assigned. */
  readonly endOffset: number
  readonly leaderEpoch: number
  readonly bytes: number
  readonly state: PartitionState
  /** Why it cannot be written; empty when it can. */
  readonly reason: string
}

export interface TopicSettingInfo {
  readonly name: string
  readonly value: string
  readonly isDefault: boolean
}

export interface TopicInfo {
  readonly name: string
  /** New at every creation: a topic that was deleted and made again has another. */
  readonly id: string
  readonly createdMs: number
  readonly partitions: readonly PartitionInfo[]
  /** All of them, sorted by name. */
  readonly settings: readonly TopicSettingInfo[]
  /** Why the topic can be read but not written; empty when it can. */
  readonly degraded: string
}

export interface TopicListing {
  readonly name: string
  readonly id: string
  readonly partitions: number
}

export interface ClusterInfo {
  /** The identity of the data directory. */
  readonly clusterId: string
  readonly version: string
  /** Rises at every start of the broker. */
  readonly epoch: number
  readonly storage: string
  readonly features: readonly string[]
  readonly limits: Readonly<Record<string, number>>
  readonly topicCount: number
  readonly partitionCount: number
  /** The strongest durability that the broker's storage can promise. */
  readonly durabilityMax: Durability | undefined
}

/** Offsets that cannot be read: from `firstBad` up to `nextGood`, exclusive; undefined when nothing good follows. */
export interface DamageInfo {
  readonly firstBad: number
  readonly nextGood: number | undefined
}

export interface PartitionStorageInfo {
  readonly topic: string
  readonly partition: number
  readonly state: PartitionState
  readonly reason: string
  readonly bytes: number
  /** What the last start found: created, clean, recovered or degraded. */
  readonly outcome: string
  readonly segmentsScanned: number
  readonly bytesScanned: number
  /** Bytes of an unfinished last write that were cut; a copy is kept. */
  readonly tornBytes: number
  readonly indexesRebuilt: number
  readonly durationMs: number
  readonly damaged: readonly DamageInfo[]
  readonly anomalies: readonly string[]
}

export interface VerifyProgress {
  readonly topic: string
  readonly partition: number
  /** Checked so far, as the records and bytes. */
  readonly batches: number
  readonly records: number
  readonly bytes: number
  /** The partition was read to its end. */
  readonly done: boolean
  readonly damaged: readonly DamageInfo[]
}

export interface PartitionOffset {
  readonly topic: string
  readonly partition: number
  /** The readable end when the question was about a moment and no record is that late. */
  readonly offset: number
  /** Of the record at the offset, when the question was about a timestamp and there is one. */
  readonly timestampMs: number | undefined
  readonly startOffset: number
  readonly readableEndOffset: number
  readonly leaderEpoch: number
}

/** Where in a partition: a name, or the first record at or after a moment. */
export type OffsetQuestion =
  | 'earliest'
  | 'latest'
  | 'max-timestamp'
  | { readonly timestampMs: number }

export interface CreateTopicOptions {
  readonly name: string
  /** 1 unless told. */
  readonly partitions?: number
  /** By Kafka's names, as in `{ 'retention.ms': '60000' }`; see docs/TOPIC-SETTINGS.md. */
  readonly settings?: Readonly<Record<string, string | number>>
  /** Only check; nothing is made. */
  readonly validateOnly?: boolean
}

export interface UpdateSettingsOptions {
  readonly set?: Readonly<Record<string, string | number>>
  /** Settings that go back to their defaults. */
  readonly reset?: readonly string[]
  readonly validateOnly?: boolean
}
