// A storage engine that keeps everything in memory: for tests, for programs that embed varve, for trying it out. What it
// holds ends with the engine, so it never says that anything is synced.
import { VarveError } from '../../domain/error.ts'
import { LIMITS, type Limits } from '../../domain/limits.ts'
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Clock } from '../../platform/clock.ts'
import type { EngineAbilities, PartitionLog, StorageEngine } from '../engine.ts'
import { ProducerAllowance } from '../producer-allowance.ts'
import { MemoryMetadataStore } from './memory-metadata-store.ts'
import { MemoryPartition, type MemorySpace } from './memory-partition.ts'
import { MemoryPartitionLog } from './memory-partition-log.ts'

export interface MemoryEngineOptions {
  readonly clock: Clock
  /** What is to differ from LIMITS. Appends beyond memoryEngineBytesMax are refused with DISK_FULL. */
  readonly limits?: Partial<Limits>
}

interface StoredPartition {
  readonly identity: PartitionIdentity
  readonly partition: MemoryPartition
  /** The one that was opened last; may be closed. */
  log: MemoryPartitionLog | undefined
}

export class MemoryStorageEngine implements StorageEngine {
  readonly abilities: EngineAbilities = {
    survivesRestart: false,
    shared: false,
    durabilityMax: 'written',
  }
  readonly metadata = new MemoryMetadataStore()
  private readonly clock: Clock
  private readonly space: MemorySpace
  private readonly producers: ProducerAllowance
  private readonly stored = new Map<string, StoredPartition>()
  private isOpen = true

  constructor(options: MemoryEngineOptions) {
    this.clock = options.clock
    const limits = { ...LIMITS, ...options.limits }
    this.space = boundedSpace(limits.memoryEngineBytesMax)
    this.producers = new ProducerAllowance(limits.producersMax)
  }

  async partitions(): Promise<readonly PartitionIdentity[]> {
    this.checkOpen()
    return Array.from(this.stored.values(), ({ identity }) => identity)
  }

  async createPartition(
    identity: PartitionIdentity,
    settings: TopicSettings,
  ): Promise<PartitionLog> {
    this.checkOpen()
    const known = this.stored.get(keyOf(identity))
    if (known !== undefined && known.partition.end > 0) {
      throw new VarveError('INVALID_ARGUMENT', 'the partition exists and is not empty')
    }
    const stored = known ?? {
      identity,
      partition: new MemoryPartition(this.space, this.producers),
      log: undefined,
    }
    this.stored.set(keyOf(identity), stored)
    return this.open(stored, settings)
  }

  async openPartition(identity: PartitionIdentity, settings: TopicSettings): Promise<PartitionLog> {
    this.checkOpen()
    const stored = this.stored.get(keyOf(identity))
    if (stored === undefined) {
      throw new VarveError(
        'UNKNOWN_PARTITION',
        `nothing is stored of partition ${identity.partition} of topic ${identity.topicId}`,
      )
    }
    return this.open(stored, settings)
  }

  async deletePartition(identity: PartitionIdentity): Promise<void> {
    this.checkOpen()
    const stored = this.stored.get(keyOf(identity))
    if (stored === undefined) return
    this.stored.delete(keyOf(identity))
    await stored.log?.close()
    stored.partition.discard()
  }

  async close(): Promise<void> {
    this.isOpen = false
    for (const { log, partition } of this.stored.values()) {
      await log?.close()
      partition.discard()
    }
    this.stored.clear()
    this.metadata.close()
  }

  private open(stored: StoredPartition, settings: TopicSettings): PartitionLog {
    const { identity, partition, log } = stored
    if (log?.isOpen === true) {
      log.updateSettings(settings)
      return log
    }
    stored.log = new MemoryPartitionLog(identity, settings, { partition, clock: this.clock })
    return stored.log
  }

  private checkOpen(): void {
    if (!this.isOpen) throw new VarveError('NOT_READY', 'the storage engine is closed')
  }
}

function keyOf(identity: PartitionIdentity): string {
  return `${identity.topicId}-${identity.partition}`
}

function boundedSpace(bytesMax: number): MemorySpace {
  let used = 0
  return {
    take: (bytes) => {
      if (used + bytes > bytesMax) return false
      used += bytes
      return true
    },
    free: (bytes) => {
      used -= bytes
    },
  }
}
