// What all partitions of one engine share: the system's services and the bounds over all of them.
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FileSystem } from '../../platform/file-system.ts'
import type { Log } from '../../platform/log.ts'
import type { ProducerAllowance } from '../producer-allowance.ts'
import type { BlockPool } from './block-pool.ts'
import type { ByteBudget } from './byte-budget.ts'
import type { DiskReserve } from './disk-reserve.ts'
import type { Files } from './file-access.ts'
import type { IndexCache } from './index-cache.ts'
import type { StorageMetrics } from './storage-metrics.ts'
import type { TailPool } from './tail-cache.ts'

export interface StorageContext {
  readonly fileSystem: FileSystem
  readonly files: Files
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
  readonly indexCache: IndexCache
  readonly tails: TailPool
  readonly blocks: BlockPool
  /** Bytes of appends that wait, over all partitions. */
  readonly appendQueue: ByteBudget
  /** Idempotent producers that are remembered, over all partitions. */
  readonly producers: ProducerAllowance
  /**
   * Folders of partitions that were fenced in this run and not mended since. The note beside the log says the same to the
   * next run, but a disk that fails may not take it.
   */
  readonly fencedPaths: Set<string>
  readonly reserve: DiskReserve
  readonly metrics: StorageMetrics
}
