// Reads a stretch of a segment, every byte of it, and finds where it is good and where not. For recovery and for offline checks;
// changes nothing.
import type { FileHandle } from '../../platform/file-system.ts'
import type { BatchHeader } from '../../record/batch-header.ts'
import { BatchCursor } from './batch-cursor.ts'
import { findGoodBatch } from './find-good-batch.ts'

export interface ScanRange {
  /** Where to begin, and the base offset that must be there. */
  readonly position: number
  readonly expectedOffset: number
  /** The end of the file. */
  readonly end: number
  /** Batches at or above it belong to the next segment; Infinity in the last one. */
  readonly endOffset: number
}

/** Bytes that are no batch, or not the one that belongs there. */
export interface BadStretch {
  readonly position: number
  readonly expectedOffset: number
  readonly reason: string
  /** Where it goes on; undefined when nothing good follows in this segment. */
  readonly next: { readonly position: number; readonly baseOffset: number } | undefined
}

export interface ScanResult {
  /** In order; none when all is good. */
  readonly bad: readonly BadStretch[]
  /** Behind the last good batch. */
  readonly endPosition: number
  readonly nextOffset: number
  /** Good batches that reach into the offsets of the next segment. */
  readonly overlaps: boolean
}

/** Told of a good batch and where in the segment it begins. */
export type BatchVisitor = (header: BatchHeader, position: number) => void

/**
 * @param visit is called for each good batch.
 * @param endsAt asked at each bad byte: the scan ends there without a search for what follows.
 */
export async function scanSegment(
  file: FileHandle,
  range: ScanRange,
  visit: BatchVisitor,
  endsAt: (bad: { readonly position: number; readonly expectedOffset: number }) => boolean = () =>
    false,
): Promise<ScanResult> {
  const { end, endOffset } = range
  const bad: BadStretch[] = []
  let cursor = new BatchCursor(file, end, 'whole')
  let { position, expectedOffset } = range
  while (position < end) {
    const found = await cursor.at(position)
    if (found.kind === 'batch' && found.header.baseOffset === expectedOffset) {
      if (expectedOffset >= endOffset)
        return { bad, endPosition: position, nextOffset: expectedOffset, overlaps: true }
      visit(found.header, position)
      position += found.header.totalBytes
      expectedOffset = found.header.lastOffset + 1
      continue
    }
    const reason =
      found.kind === 'bad'
        ? found.reason
        : `a batch with base offset ${found.kind === 'batch' ? found.header.baseOffset : '?'} where ${expectedOffset} belongs`
    const next = endsAt({ position, expectedOffset })
      ? undefined
      : await findNext(file, found.kind === 'batch', { position, expectedOffset, end, endOffset })
    bad.push({ position, expectedOffset, reason, next })
    if (next === undefined) break
    position = next.position
    expectedOffset = next.baseOffset
    cursor = new BatchCursor(file, end, 'whole')
  }
  return {
    bad,
    endPosition: position,
    nextOffset: expectedOffset,
    overlaps: expectedOffset > endOffset,
  }
}

/** Looks at one position only: is the batch there that should be? @returns what is wrong, if anything is. */
export async function inspectAt(
  file: FileHandle,
  range: ScanRange,
): Promise<BadStretch | undefined> {
  const { position, expectedOffset, end } = range
  const found = await new BatchCursor(file, end, 'whole').at(position)
  if (found.kind === 'batch' && found.header.baseOffset === expectedOffset) return undefined
  const reason =
    found.kind === 'bad'
      ? found.reason
      : found.kind === 'end'
        ? 'the segment ends there'
        : `a batch with base offset ${found.header.baseOffset} where ${expectedOffset} belongs`
  const next = await findNext(file, found.kind === 'batch', range)
  return { position, expectedOffset, reason, next }
}

async function findNext(
  file: FileHandle,
  isBatch: boolean,
  range: ScanRange,
): Promise<BadStretch['next']> {
  const { position, expectedOffset, end, endOffset } = range
  // A good batch that only has another offset may itself be where the log goes on.
  const from = isBatch ? position - 1 : position
  return await findGoodBatch(file, from, end, expectedOffset, endOffset - 1)
}
