// Finds entries in index files without loading them whole: a binary search over blocks, then within one.
import type { FileHandle } from '../../platform/file-system.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../roll-rule.ts'
import { INDEX_BLOCK_ENTRIES, type IndexCache } from './index-cache.ts'
import {
  type OffsetIndexEntry,
  readOffsetEntry,
  readTimeEntry,
  type TimeIndexEntry,
} from './index-entries.ts'

/** An index file as far as it may be looked at. */
export interface IndexFile {
  readonly file: FileHandle
  readonly path: string
  readonly baseOffset: number
  /** A multiple of the size of an entry. */
  readonly bytes: number
}

/** The last entry whose offset is at or below `offset`. */
export async function floorOffsetEntry(
  cache: IndexCache,
  index: IndexFile,
  offset: number,
): Promise<OffsetIndexEntry | undefined> {
  return await lastWhere(cache, index, OFFSET_INDEX_ENTRY_BYTES, readOffsetEntry, (entry) => {
    return entry.offset <= offset
  })
}

/** The last entry whose timestamp is below `timestampMs`. */
export async function lastTimeEntryBelow(
  cache: IndexCache,
  index: IndexFile,
  timestampMs: number,
): Promise<TimeIndexEntry | undefined> {
  return await lastWhere(cache, index, TIME_INDEX_ENTRY_BYTES, readTimeEntry, (entry) => {
    return entry.timestampMs < timestampMs
  })
}

async function lastWhere<E>(
  cache: IndexCache,
  index: IndexFile,
  entryBytes: number,
  read: (bytes: Buffer, at: number, baseOffset: number) => E,
  isBelow: (entry: E) => boolean,
): Promise<E | undefined> {
  const { file, path, baseOffset, bytes } = index
  const load = (number: number): Promise<Buffer> =>
    cache.block(file, path, number, entryBytes, bytes)
  let low = 0
  let high = Math.ceil(bytes / (INDEX_BLOCK_ENTRIES * entryBytes))
  let block: Buffer | undefined
  while (low < high) {
    const middle = (low + high) >>> 1
    const candidate = await load(middle)
    if (candidate.length >= entryBytes && isBelow(read(candidate, 0, baseOffset))) {
      low = middle + 1
      block = candidate
    } else {
      high = middle
    }
  }
  if (block === undefined) return undefined
  let first = 0
  let end = Math.floor(block.length / entryBytes)
  while (first < end) {
    const middle = (first + end) >>> 1
    if (isBelow(read(block, middle * entryBytes, baseOffset))) first = middle + 1
    else end = middle
  }
  return first === 0 ? undefined : read(block, (first - 1) * entryBytes, baseOffset)
}
