// What the broker says about itself, its topics and partitions: plain values in the words of the domain, copied at the
// moment of the question. The transports turn them into their own messages.
import type { Durability } from '../domain/durability.ts'
import type { DamagedRange, LogBounds, PartitionReport } from '../storage/engine.ts'

/** `opening`: neither readable nor writable yet. `read-only`: `reason` says why. */
type PartitionConditionNow = 'healthy' | 'read-only' | 'opening'

export interface PartitionDescription {
  readonly topicName: string
  readonly partition: number
  readonly condition: PartitionConditionNow
  /** Why it cannot be written, in words. */
  readonly reason?: string
  /** Absent while the partition is not open. */
  readonly bounds?: LogBounds
  /** Stored bytes of batches. */
  readonly bytes: number
  /** What opening it found; absent while it is not open. */
  readonly report?: PartitionReport
}

export interface SettingDescription {
  readonly name: string
  /** The value in force, as users write it. */
  readonly value: string
  readonly isDefault: boolean
}

export interface TopicDescription {
  readonly name: string
  /** Empty when the topic was only validated. */
  readonly id: string
  readonly createdMs: number
  /** Why the topic as a whole can be read but not written: its own metadata is damaged or lost. */
  readonly degraded?: string
  /** All settings, sorted by name. */
  readonly settings: readonly SettingDescription[]
  /** In order of their numbers. */
  readonly partitions: readonly PartitionDescription[]
}

export interface TopicSummary {
  readonly name: string
  readonly id: string
  /** How many. */
  readonly partitions: number
}

export interface ClusterDescription {
  /** A UUID, made at the first start over this storage. */
  readonly clusterId: string
  readonly version: string
  /** Rises at every start. */
  readonly epoch: number
  readonly storageName: 'file' | 'memory'
  /** Abilities by name, sorted. */
  readonly features: readonly string[]
  /** The limits of docs/LIMITS.md by name. */
  readonly limits: Readonly<Record<string, number>>
  readonly topicCount: number
  readonly partitionCount: number
  /** The strongest durability that the storage can promise. */
  readonly durabilityMax: Exclude<Durability, 'none'>
}

/** Progress of the check of one partition. Counts are of what was checked so far. */
export interface VerifyProgress {
  readonly topic: string
  readonly partition: number
  readonly batches: number
  readonly records: number
  readonly bytes: number
  /** True in the last message of a partition. */
  readonly done: boolean
  readonly damaged: readonly DamagedRange[]
}
