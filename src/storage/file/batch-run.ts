// Which batches of those that lie back to back in memory answer a read. Looks at nothing but offsets and lengths, so the bytes must
// have been checked, or be those that were written.
import { batchBaseOffset, batchLastOffset, batchTotalBytes } from '../../record/batch-header.ts'

/** What a reader wants of batches that lie in memory. */
export interface PieceWanted {
  /** Batches that begin at or above it are not wanted. */
  readonly limit: number
  readonly maxBytes: number
  /** Gives the first batch even when it is larger than `maxBytes`. */
  readonly atLeastOne: boolean
}

/** Whole batches back to back: a view that belongs to the reader. */
export interface BatchPiece {
  readonly bytes: Buffer
  /** The offset after the last of them; the one that was asked for when there is none. */
  readonly nextOffset: number
}

/**
 * Whole batches from the one that holds `offset` on.
 * @param from where a batch begins that holds `offset` or lies before the one that does.
 */
export function takeBatches(
  bytes: Buffer,
  from: number,
  offset: number,
  want: PieceWanted,
): BatchPiece {
  const { limit, maxBytes, atLeastOne } = want
  let start = from
  while (batchLastOffset(bytes, start) < offset) start += batchTotalBytes(bytes, start)
  let end = start
  let nextOffset = offset
  while (end < bytes.length && batchBaseOffset(bytes, end) < limit) {
    const size = batchTotalBytes(bytes, end)
    const isFirst = end === start
    if (end + size - start > maxBytes && !(isFirst && atLeastOne)) break
    nextOffset = batchLastOffset(bytes, end) + 1
    end += size
  }
  return { bytes: bytes.subarray(start, end), nextOffset }
}
