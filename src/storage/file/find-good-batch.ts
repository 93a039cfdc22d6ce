// After bad bytes: where does the next good batch begin? Every position is tried, since a damaged length says nothing. A candidate
// must have a plausible base offset and a right CRC, and what follows it must not say otherwise: the base offset lies outside the CRC,
// so damage that ends within it leaves a good batch at another offset.

import { LIMITS } from '../../domain/limits.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import {
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  batchBaseOffset,
  batchLastOffset,
  batchTotalBytes,
  MAGIC,
  MAGIC_POSITION,
} from '../../record/batch-header.ts'
import { inspectStoredBatch } from '../../record/stored-batch.ts'
import { readFully } from './file-access.ts'

export interface GoodBatch {
  readonly position: number
  readonly baseOffset: number
}

const WINDOW_BYTES = 1024 * 1024
/** A record takes a byte at least, but compressed ones may take less: this many to a byte is the most that we believe. */
const RECORDS_PER_BYTE_MAX = LIMITS.decompressionRatioMax

/**
 * The first good batch that begins after `position`, ends at or before `end` and has a base offset of at least `offsetMin`.
 * @param offsetMax above this a base offset is not believed.
 */
export async function findGoodBatch(
  file: FileHandle,
  position: number,
  end: number,
  offsetMin: number,
  offsetMax = Infinity,
): Promise<GoodBatch | undefined> {
  let window: Buffer = Buffer.alloc(0)
  let windowStart = position + 1
  for (let at = position + 1; at + BATCH_HEADER_BYTES <= end; at++) {
    let start = at - windowStart
    if (start + BATCH_HEADER_BYTES > window.length) {
      window = await readWindow(file, at, Math.min(WINDOW_BYTES, end - at))
      windowStart = at
      start = 0
      if (window.length < BATCH_HEADER_BYTES) return undefined
    }
    if (window[start + MAGIC_POSITION] !== MAGIC) continue
    const totalBytes = batchTotalBytes(window, start)
    if (totalBytes < BATCH_HEADER_BYTES || totalBytes > LIMITS.batchBytesMax) continue
    if (window[start + BATCH_LENGTH_POSITION] !== 0 || at + totalBytes > end) continue
    const baseOffset = batchBaseOffset(window, start)
    const believedMax = Math.min(offsetMax, offsetMin + (at - position) * RECORDS_PER_BYTE_MAX)
    if (!Number.isSafeInteger(baseOffset) || baseOffset < offsetMin || baseOffset > believedMax) {
      continue
    }
    if (start + totalBytes > window.length) {
      window = await readWindow(file, at, Math.max(totalBytes, Math.min(WINDOW_BYTES, end - at)))
      windowStart = at
      start = 0
    }
    if (inspectStoredBatch(window, start, start + totalBytes).kind !== 'valid') continue
    const nextOffset = batchLastOffset(window, start) + 1
    if (await isContradicted(file, at + totalBytes, end, nextOffset)) continue
    return { position: at, baseOffset }
  }
  return undefined
}

/** A good batch begins at `position`, and not with `offset`: within a segment offsets have no gaps. */
async function isContradicted(
  file: FileHandle,
  position: number,
  end: number,
  offset: number,
): Promise<boolean> {
  if (position + BATCH_HEADER_BYTES > end) return false
  const header = await readWindow(file, position, BATCH_HEADER_BYTES)
  if (header.length < BATCH_HEADER_BYTES || header[MAGIC_POSITION] !== MAGIC) return false
  const totalBytes = batchTotalBytes(header, 0)
  if (totalBytes < BATCH_HEADER_BYTES || totalBytes > LIMITS.batchBytesMax) return false
  if (batchBaseOffset(header, 0) === offset || position + totalBytes > end) return false
  const batch = await readWindow(file, position, totalBytes)
  return inspectStoredBatch(batch, 0, totalBytes).kind === 'valid'
}

async function readWindow(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const window = Buffer.allocUnsafe(length)
  return window.subarray(0, await readFully(file, window, 0, length, position))
}
