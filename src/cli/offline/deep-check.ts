// Looks into every batch: decompresses it and walks its records. A batch may have a right checksum and malformed records, when its
// topic checked headers only (`record.validation=header`).
import { isVarveError } from '../../domain/error.ts'
import { BATCH_HEADER_BYTES, type BatchHeader, readBatchHeader } from '../../record/batch-header.ts'
import { batchTimestamps } from '../../record/decode-batch.ts'
import { BatchCursor } from '../../storage/file/batch-cursor.ts'
import { type DamagedExtent, extentAt } from '../../storage/file/damaged-extent.ts'
import type { PartitionDirectory } from '../../storage/file/partition-directory.ts'
import type { Segment } from '../../storage/file/segment.ts'
import { segmentFileName } from '../../storage/file/segment-file-name.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import type { FindingList } from './finding-list.ts'

/** @param log what the scan found: stretches to pass over, and where a torn tail begins in the last segment. */
export async function checkRecords(
  files: StorageContext['files'],
  directory: PartitionDirectory,
  segments: readonly Segment[],
  log: { readonly damaged: readonly DamagedExtent[]; readonly cutAt: number | undefined },
  findings: FindingList,
): Promise<void> {
  for (const segment of segments) {
    const { baseOffset } = segment
    const end = segment === segments.at(-1) ? (log.cutAt ?? segment.bytes) : segment.bytes
    await files.use(directory.segmentFile(baseOffset, 'log'), 'read', async (file) => {
      const cursor = new BatchCursor(file, end, 'header')
      let position = 0
      while (position < end) {
        const extent = extentAt(log.damaged, baseOffset, position)
        if (extent !== undefined) {
          position = extent.endPosition
          continue
        }
        const bytes = await cursor.bytesAt(position, BATCH_HEADER_BYTES)
        const { totalBytes } = readBatchHeader(bytes)
        const batch = (await cursor.bytesAt(position, totalBytes)).subarray(0, totalBytes)
        const header = readBatchHeader(batch)
        const problem = problemOf(batch, header)
        if (problem !== undefined) {
          findings.add('RECORDS_MALFORMED', problem, {
            file: segmentFileName(baseOffset, 'log'),
            position,
            endPosition: position + totalBytes,
            firstOffset: header.baseOffset,
            nextOffset: header.lastOffset + 1,
          })
        }
        position += totalBytes
      }
    })
  }
}

/** What is wrong inside a batch whose checksum is right. */
export function problemOf(batch: Buffer, header: BatchHeader): string | undefined {
  let largestMs = -Infinity
  try {
    for (const { timestampMs } of batchTimestamps(batch)) {
      largestMs = Math.max(largestMs, timestampMs)
    }
  } catch (error) {
    if (isVarveError(error)) return `${error.code}: ${error.message}`
    throw error
  }
  if (header.recordCount > 0 && largestMs !== header.maxTimestampMs) {
    return `INVALID_TIMESTAMP: its header says ${header.maxTimestampMs} is the largest timestamp, its records say ${largestMs}`
  }
  return undefined
}
