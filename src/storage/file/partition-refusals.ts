// What the engine tells those whose partition cannot be made, opened or removed.
import { VarveError } from '../../domain/error.ts'
import type { PartitionIdentity } from '../../domain/topic.ts'
import { isNoSpace } from './file-access.ts'

/** Runs a change of a partition. @throws VarveError DISK_FULL · STORAGE_FAILED for what the file system throws · what the action throws as one */
export async function told<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof VarveError) throw error
    if (isNoSpace(error)) {
      throw new VarveError('DISK_FULL', 'there is no space left for the partition', {
        cause: error,
      })
    }
    throw new VarveError('STORAGE_FAILED', 'a disk operation failed', { cause: error })
  }
}

export function unknownPartition({ topicName, partition }: PartitionIdentity): VarveError {
  return new VarveError(
    'UNKNOWN_PARTITION',
    `nothing is stored of partition ${partition} of ${topicName}`,
  )
}
