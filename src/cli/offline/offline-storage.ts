// What the functions of the file engine need to work on files without an engine: open files within a bound, and nothing that
// only a running broker has.
import { LIMITS } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import { FilePool } from '../../platform/file-pool.ts'
import type { FileSystem } from '../../platform/file-system.ts'
import { SILENT_LOG } from '../../platform/log.ts'
import { NO_METRICS } from '../../platform/metrics.ts'
import { BlockPool } from '../../storage/file/block-pool.ts'
import { ByteBudget } from '../../storage/file/byte-budget.ts'
import { DiskReserve } from '../../storage/file/disk-reserve.ts'
import { IndexCache } from '../../storage/file/index-cache.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import { StorageMetrics } from '../../storage/file/storage-metrics.ts'
import { TailPool } from '../../storage/file/tail-cache.ts'
import { ProducerAllowance } from '../../storage/producer-allowance.ts'

/** Files that are open at a time: one segment and its indexes, and a few small ones. */
const OPEN_FILES_MAX = 16

export interface OfflineStorage extends StorageContext {
  /** Closes what is open. */
  close(): Promise<void>
}

export function openOfflineStorage(fileSystem: FileSystem, clock: Clock): OfflineStorage {
  const files = new FilePool(fileSystem, { openFilesMax: OPEN_FILES_MAX })
  return {
    fileSystem,
    files,
    clock,
    log: SILENT_LOG,
    indexCache: new IndexCache(LIMITS.indexCacheBytesMax),
    tails: new TailPool(0),
    blocks: new BlockPool(0, 0),
    limits: LIMITS,
    appendQueue: new ByteBudget(0),
    producers: new ProducerAllowance(),
    fencedPaths: new Set(),
    reserve: new DiskReserve({ fileSystem, clock, log: SILENT_LOG, directory: '', bytes: 0 }),
    metrics: new StorageMetrics(NO_METRICS),
    close: () => files.closeAll(),
  }
}
