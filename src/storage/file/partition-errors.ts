// The refusals of a partition, and which failures of the system they stand for.
import { VarveError } from '../../domain/error.ts'

/** Nothing was stored, and nothing will be until the partition was looked after. */
export function readOnly(reason: string, cause?: unknown): VarveError {
  return new VarveError(
    'PARTITION_READ_ONLY',
    `the partition takes no more records: ${reason}`,
    cause === undefined ? {} : { cause },
  )
}

/** Nothing was stored; it passes when room is made (invariant D8). */
export function diskFull(cause: unknown): VarveError {
  return new VarveError('DISK_FULL', 'there is no space left for the log', { cause })
}

/** Nothing was stored; it passes. */
export function outOfDescriptors(cause: unknown): VarveError {
  return new VarveError('NOT_READY', 'the system has no descriptor for one more open file', {
    cause,
  })
}

/** What was under way may or may not stay. */
export function storageFailed(cause: unknown): VarveError {
  return new VarveError('STORAGE_FAILED', 'a disk operation failed', { cause })
}

/**
 * A sync of a log failed. Whatever the system's reason was, also one that passes elsewhere: the same file is never synced
 * again, as a second sync says that all is well and what was lost stays lost (invariant D7).
 */
export class SyncFailed extends Error {
  constructor(cause: unknown) {
    super(`a log could not be synced: ${String(cause)}`, { cause })
    this.name = 'SyncFailed'
  }
}
