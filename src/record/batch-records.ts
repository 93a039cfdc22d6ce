// Where the records of a batch lie: behind its header, or in what they decompress to.
import { LIMITS } from '../domain/limits.ts'
import { BATCH_HEADER_BYTES, type BatchHeader } from './batch-header.ts'
import { decompress } from './codec.ts'

/** The records begin at `position` of `bytes` and reach to their end. */
export interface BatchRecords {
  readonly bytes: Buffer
  readonly position: number
}

/**
 * The records of one whole batch: a view of it, or fresh bytes when it is compressed.
 * @throws VarveError DECOMPRESSION · DECOMPRESSED_TOO_LARGE · UNSUPPORTED_CODEC
 */
export function batchRecords(batch: Buffer, header: BatchHeader): BatchRecords {
  if (header.codec === 'none') return { bytes: batch, position: BATCH_HEADER_BYTES }
  const compressed = batch.subarray(BATCH_HEADER_BYTES)
  const bytes = decompress(header.codec, compressed, LIMITS.decompressedBatchBytesMax)
  return { bytes, position: 0 }
}
