// The counters and histograms of one file engine, taken out once.
import type { Counter, Histogram, Metrics } from '../../platform/metrics.ts'
import { isNoSpace, isOutOfDescriptors } from './file-access.ts'
import { SyncFailed } from './partition-errors.ts'

type FailedOperation = 'write' | 'sync' | 'record' | 'no-space' | 'no-descriptors'

export class StorageMetrics {
  readonly writeSeconds: Histogram
  readonly syncSeconds: Histogram
  readonly readSeconds: Histogram
  readonly tailReads: Counter
  readonly blockReads: Counter
  readonly fileReads: Counter
  readonly blocksRead: Counter
  readonly blockBytesRead: Counter
  readonly groupBatches: Histogram
  readonly groupBytes: Histogram
  readonly segmentsCreated: Counter
  readonly segmentsDeleted: Counter
  readonly deletedBytes: Counter
  readonly checkpoints: Counter
  private readonly failures: Readonly<Record<FailedOperation, Counter>>

  constructor(metrics: Metrics) {
    this.writeSeconds = metrics.histogram('varve_storage_write_seconds')
    this.syncSeconds = metrics.histogram('varve_storage_sync_seconds')
    this.readSeconds = metrics.histogram('varve_storage_read_seconds')
    this.tailReads = metrics.counter('varve_storage_reads_total', { source: 'tail' })
    this.blocksRead = metrics.counter('varve_storage_blocks_read_total')
    this.blockBytesRead = metrics.counter('varve_storage_block_bytes_read_total')
    this.blockReads = metrics.counter('varve_storage_reads_total', { source: 'block' })
    this.fileReads = metrics.counter('varve_storage_reads_total', { source: 'file' })
    this.groupBatches = metrics.histogram('varve_storage_group_batches')
    this.groupBytes = metrics.histogram('varve_storage_group_bytes')
    this.segmentsCreated = metrics.counter('varve_storage_segments_created_total')
    this.segmentsDeleted = metrics.counter('varve_storage_segments_deleted_total')
    this.deletedBytes = metrics.counter('varve_storage_deleted_bytes_total')
    this.checkpoints = metrics.counter('varve_storage_checkpoints_total')
    const failure = (operation: FailedOperation): Counter =>
      metrics.counter('varve_storage_failures_total', { operation })
    this.failures = {
      write: failure('write'),
      sync: failure('sync'),
      record: failure('record'),
      'no-space': failure('no-space'),
      'no-descriptors': failure('no-descriptors'),
    }
  }

  /** Counts a failure under what was tried, unless the error says more. */
  countFailure(operation: 'write' | 'sync' | 'record', error: unknown): void {
    this.failures[failedOperation(operation, error)].add()
  }
}

function failedOperation(operation: 'write' | 'sync' | 'record', error: unknown): FailedOperation {
  if (error instanceof SyncFailed) return 'sync'
  if (isNoSpace(error)) return 'no-space'
  return isOutOfDescriptors(error) ? 'no-descriptors' : operation
}
