// Makes and renews the index files of a segment. Index files are never trusted over the log, so what was lost of them is made
// again from the log; they are on stable storage before a checkpoint relies on them.
import type { BatchHeader } from '../../record/batch-header.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../roll-rule.ts'
import { BatchCursor } from './batch-cursor.ts'
import { type DamagedExtent, extentAt } from './damaged-extent.ts'
import { allSettled, readSmallFile, replaceFile, writeFully } from './file-access.ts'
import { IndexAccumulator, type IndexProgress } from './index-accumulator.ts'
import {
  decodeOffsetEntries,
  decodeTimeEntries,
  encodeOffsetEntries,
  encodeTimeEntries,
  type OffsetIndexEntry,
  type TimeIndexEntry,
} from './index-entries.ts'
import type { PartitionDirectory } from './partition-directory.ts'
import type { Segment } from './segment.ts'
import { segmentFileName } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** Largest index file that is looked at: what segment.index.bytes allows, and room for the last entries. */
const INDEX_FILE_BYTES_MAX = 65 * 1024 * 1024

/** Both indexes as they were read, without what lies beyond the end of the log. */
export interface LoadedIndexes {
  readonly offsetEntries: OffsetIndexEntry[]
  readonly timeEntries: TimeIndexEntry[]
}

/**
 * Reads both index files as far as they speak of the first `endPosition` bytes, that is of offsets below `endOffset`.
 * @returns a sentence on what is wrong when they cannot be as they were written.
 */
export async function loadIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  baseOffset: number,
  endPosition: number,
  endOffset: number,
): Promise<LoadedIndexes | string> {
  const { files } = context
  const offsetBytes = await readIndexFile(files, directory.segmentFile(baseOffset, 'index'))
  const timeBytes = await readIndexFile(files, directory.segmentFile(baseOffset, 'timeindex'))
  if (offsetBytes === undefined || timeBytes === undefined)
    return 'an index is missing or too large'
  const offsetEntries: OffsetIndexEntry[] = []
  let last: OffsetIndexEntry = { offset: baseOffset - 1, position: -1 }
  for (const entry of decodeOffsetEntries(offsetBytes, baseOffset)) {
    if (entry.position >= endPosition || entry.offset >= endOffset) break
    if (entry.offset <= last.offset || entry.position <= last.position) {
      return 'the entries of the offset index do not rise'
    }
    offsetEntries.push(entry)
    last = entry
  }
  const timeEntries: TimeIndexEntry[] = []
  let lastTime: TimeIndexEntry = { timestampMs: -Infinity, offset: baseOffset - 1 }
  for (const entry of decodeTimeEntries(timeBytes, baseOffset)) {
    if (entry.offset >= endOffset) break
    if (entry.timestampMs <= lastTime.timestampMs || entry.offset <= lastTime.offset) {
      return 'the entries of the time index do not rise'
    }
    timeEntries.push(entry)
    lastTime = entry
  }
  return { offsetEntries, timeEntries }
}

/** The bytes of an index file; undefined when there is none or one that is too large. */
export async function readIndexFile(
  files: StorageContext['files'],
  path: string,
): Promise<Buffer | undefined> {
  return await readSmallFile(files, path, INDEX_FILE_BYTES_MAX).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EFBIG') return undefined
    throw error
  })
}

/**
 * Goes on behind loaded indexes: an accumulator in the state after the batch that ends at `endPosition`. Reads the headers of two
 * stretches, each as long as what lies between two entries of the offset index: that of the batch with the largest timestamp, of which
 * the last entry of the time index speaks, and what lies behind the last entry of the offset index. In between no batch has a larger
 * timestamp, as with every entry of the offset index the time index gets one if the largest has grown. A time index that lost its last entries is noticed
 * where the timestamps rise; `varve verify` notices any.
 * @returns a sentence when the indexes do not fit the log.
 */
export async function resumeAccumulator(
  context: StorageContext,
  directory: PartitionDirectory,
  baseOffset: number,
  endPosition: number,
  loaded: LoadedIndexes,
): Promise<IndexAccumulator | string> {
  const { offsetEntries, timeEntries } = loaded
  const lastOffsetEntry = offsetEntries.at(-1)
  const lastTimeEntry = timeEntries.at(-1)
  const progress: IndexProgress = {
    bytesSinceEntry: 0,
    largest: lastTimeEntry,
    lastEntryTimestampMs: lastTimeEntry?.timestampMs ?? -1,
    firstTimestampMs: undefined,
    offsetEntryCount: offsetEntries.length,
    timeEntryCount: timeEntries.length,
  }
  const timeAnchor = offsetEntries.findLast(
    (entry) => lastTimeEntry !== undefined && entry.offset <= lastTimeEntry.offset,
  )
  const from = lastOffsetEntry?.position ?? 0
  const timeFrom = lastTimeEntry === undefined ? from : (timeAnchor?.position ?? 0)
  let sawOffsetEntry = lastOffsetEntry === undefined
  let sawTimeEntry = lastTimeEntry === undefined
  const path = directory.segmentFile(baseOffset, 'log')
  const failure = await context.files.use(path, 'read', async (file) => {
    const cursor = new BatchCursor(file, endPosition, 'header')
    const first = await cursor.at(0)
    if (first.kind === 'batch') progress.firstTimestampMs = first.header.maxTimestampMs
    const checkTime = ({ lastOffset, maxTimestampMs }: BatchHeader): boolean => {
      if (lastTimeEntry === undefined || lastOffset < lastTimeEntry.offset) return false
      if (lastOffset === lastTimeEntry.offset) {
        sawTimeEntry = maxTimestampMs === lastTimeEntry.timestampMs
      }
      return true
    }
    const timeFailure = await walk(cursor, timeFrom, from, baseOffset, checkTime)
    if (timeFailure !== undefined) return timeFailure
    return await walk(cursor, from, endPosition, baseOffset, (header, position) => {
      checkTime(header)
      const { lastOffset, maxTimestampMs, totalBytes } = header
      const isLarger = maxTimestampMs > (progress.largest?.timestampMs ?? -Infinity)
      if (position === lastOffsetEntry?.position) {
        // With this batch the time index got its entry, too.
        const isComplete = !isLarger || maxTimestampMs < 0
        sawOffsetEntry = lastOffset === lastOffsetEntry.offset && isComplete
        progress.bytesSinceEntry = 0
      }
      if (isLarger) progress.largest = { timestampMs: maxTimestampMs, offset: lastOffset }
      progress.bytesSinceEntry += totalBytes
      return !sawOffsetEntry
    })
  })
  if (failure !== undefined) return failure
  if (!sawOffsetEntry || !sawTimeEntry) return 'an index entry does not fit the log'
  return new IndexAccumulator(progress)
}

/**
 * Shows `visit` the headers from one position to another, until it returns true.
 * @returns a sentence when there is no batch where one should be.
 */
async function walk(
  cursor: BatchCursor,
  from: number,
  to: number,
  baseOffset: number,
  visit: (header: BatchHeader, position: number) => boolean,
): Promise<string | undefined> {
  let expected = from === 0 ? baseOffset : undefined
  for (let position = from; position < to; ) {
    const found = await cursor.at(position)
    if (found.kind !== 'batch') return 'an entry of the offset index does not fit the log'
    const { header } = found
    if (expected !== undefined && header.baseOffset !== expected) return 'the log has a gap'
    if (visit(header, position)) return undefined
    position += header.totalBytes
    expected = header.lastOffset + 1
  }
  return undefined
}

/** From where on entries are to be made. */
export interface IndexFrom {
  readonly position: number
  readonly offset: number
}

/**
 * Adds the batches from `from` to `endPosition` of a segment, by their headers. Damaged stretches that are known are passed
 * over; at others it ends.
 */
export async function accumulateFromLog(
  context: StorageContext,
  directory: PartitionDirectory,
  baseOffset: number,
  accumulator: IndexAccumulator,
  from: IndexFrom,
  endPosition: number,
  indexIntervalBytes: number,
  damaged: readonly DamagedExtent[],
): Promise<void> {
  if (from.position >= endPosition) return
  const path = directory.segmentFile(baseOffset, 'log')
  await context.files.use(path, 'read', async (file) => {
    const cursor = new BatchCursor(file, endPosition, 'header')
    let position = from.position
    let expected: number | undefined = from.offset
    while (position < endPosition && expected !== undefined) {
      const extent = extentAt(damaged, baseOffset, position)
      if (extent !== undefined) {
        position = extent.endPosition
        expected = extent.nextGood
        continue
      }
      const found = await cursor.at(position)
      if (found.kind !== 'batch' || found.header.baseOffset !== expected) return
      const { lastOffset, maxTimestampMs, totalBytes: bytes } = found.header
      accumulator.add({ lastOffset, maxTimestampMs, position, bytes }, indexIntervalBytes)
      position += bytes
      expected = lastOffset + 1
    }
  })
}

/** Replaces both index files by entries kept from before and those that are pending, which they take over. Durable. */
export async function replaceIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  accumulator: IndexAccumulator,
  kept: LoadedIndexes = { offsetEntries: [], timeEntries: [] },
): Promise<void> {
  const { baseOffset } = segment
  forgetIndexes(context, directory, segment)
  const offsetBytes = encodeOffsetEntries(
    [...kept.offsetEntries, ...accumulator.offsetEntries],
    baseOffset,
  )
  const timeBytes = encodeTimeEntries([...kept.timeEntries, ...accumulator.timeEntries], baseOffset)
  const { fileSystem, files } = context
  for (const [kind, bytes] of [
    ['index', offsetBytes],
    ['timeindex', timeBytes],
  ] as const) {
    await files.close(directory.segmentFile(baseOffset, kind))
    await replaceFile(fileSystem, files, directory.path, segmentFileName(baseOffset, kind), bytes)
    await files.close(directory.segmentFile(baseOffset, kind))
  }
  segment.offsetIndexBytes = offsetBytes.length
  segment.timeIndexBytes = timeBytes.length
  segment.isIndexLost = false
  accumulator.offsetEntries = []
  accumulator.timeEntries = []
  accumulator.isOffsetFileUnsynced = false
  accumulator.isTimeFileUnsynced = false
}

/** Writes the pending entries behind those in the files; with `sync` both are on stable storage when it resolves. */
export async function flushIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  accumulator: IndexAccumulator,
  sync: boolean,
): Promise<void> {
  await allSettled([
    flushOffsetIndex(context, directory, segment, accumulator, sync),
    flushTimeIndex(context, directory, segment, accumulator, sync),
  ])
}

async function flushOffsetIndex(
  { files }: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  accumulator: IndexAccumulator,
  sync: boolean,
): Promise<void> {
  const { baseOffset } = segment
  const entries = accumulator.offsetEntries
  if (entries.length === 0 && !(sync && accumulator.isOffsetFileUnsynced)) return
  const start = segment.offsetIndexBytes ?? 0
  accumulator.isOffsetFileUnsynced = true
  await files.use(directory.segmentFile(baseOffset, 'index'), 'write', async (file) => {
    await writeFully(file, [encodeOffsetEntries(entries, baseOffset)], start)
    if (sync) await file.syncData()
  })
  segment.offsetIndexBytes = start + entries.length * OFFSET_INDEX_ENTRY_BYTES
  accumulator.offsetEntries = []
  if (sync) accumulator.isOffsetFileUnsynced = false
}

async function flushTimeIndex(
  { files }: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
  accumulator: IndexAccumulator,
  sync: boolean,
): Promise<void> {
  const { baseOffset } = segment
  const entries = accumulator.timeEntries
  if (entries.length === 0 && !(sync && accumulator.isTimeFileUnsynced)) return
  const start = segment.timeIndexBytes ?? 0
  accumulator.isTimeFileUnsynced = true
  await files.use(directory.segmentFile(baseOffset, 'timeindex'), 'write', async (file) => {
    await writeFully(file, [encodeTimeEntries(entries, baseOffset)], start)
    if (sync) await file.syncData()
  })
  segment.timeIndexBytes = start + entries.length * TIME_INDEX_ENTRY_BYTES
  accumulator.timeEntries = []
  if (sync) accumulator.isTimeFileUnsynced = false
}

/** Drops what is cached of the index files. */
export function forgetIndexes(
  context: StorageContext,
  directory: PartitionDirectory,
  segment: Segment,
): void {
  const { baseOffset } = segment
  const { indexCache } = context
  indexCache.drop(directory.segmentFile(baseOffset, 'index'))
  indexCache.drop(directory.segmentFile(baseOffset, 'timeindex'))
  segment.offsetIndexBytes = undefined
  segment.timeIndexBytes = undefined
}
