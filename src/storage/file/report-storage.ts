// What the storage holds and uses at the moment, told to the metrics at each scrape.
import type { FilePool } from '../../platform/file-pool.ts'
import type { Report } from '../../platform/metrics.ts'
import type { StorageContext } from './storage-context.ts'

/** @param partitions those that are open. */
export function reportStorage(
  report: Report,
  context: StorageContext,
  pool: FilePool,
  partitions: Iterable<{ readonly segmentCount: number }>,
): void {
  const { appendQueue, limits, tails, blocks, indexCache, producers, reserve } = context
  report('varve_storage_append_queue_bytes', appendQueue.bytes)
  report('varve_storage_open_files', pool.openFiles)
  report('varve_storage_open_files_limit', limits.openFilesMax)
  report('varve_storage_tail_bytes', tails.bytes)
  report('varve_storage_read_cache_bytes', blocks.bytes)
  report('varve_storage_read_ahead_bytes', blocks.aheadBytes)
  report('varve_storage_index_cache_bytes', indexCache.bytes)
  report('varve_storage_producers', producers.used)
  report('varve_storage_reserve_bytes', reserve.heldBytes)
  for (const reason of ['surplus', 'expired'] as const) {
    const count = producers.forgotten[reason]
    report('varve_storage_producers_forgotten_total', count, { reason })
  }
  let segments = 0
  for (const { segmentCount } of partitions) segments += segmentCount
  report('varve_storage_segments', segments)
}
