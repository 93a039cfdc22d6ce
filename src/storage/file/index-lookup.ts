// Finds entries in index files without loading them whole: a search over blocks, then within one. Blocks in memory are looked at
// without a pause, and the file is asked only for those that are not there. The number of blocks that are looked at grows with the
// logarithm of their count at most; where it is known how far into the segment the entry lies about, one or two are enough.
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
  readonly file: Pick<FileHandle, 'read'>
  readonly path: string
  readonly baseOffset: number
  /** A multiple of the size of an entry. */
  readonly bytes: number
}

interface Search<E> {
  readonly blocks: number
  readonly entryBytes: number
  readonly read: (bytes: Buffer, at: number) => E
  readonly isBelow: (entry: E) => boolean
  /** About where the entry lies, from 0 for the beginning of the file to 1 for its end; undefined when nobody knows. */
  readonly share: number | undefined
}

/**
 * The last entry whose offset is at or below `offset`.
 * @param endOffset about where the offsets of the segment end, when that is known.
 */
export async function floorOffsetEntry(
  cache: IndexCache,
  index: IndexFile,
  offset: number,
  endOffset?: number,
): Promise<OffsetIndexEntry | undefined> {
  const { baseOffset } = index
  const isKnown = endOffset !== undefined && endOffset > baseOffset
  const share = isKnown ? (offset - baseOffset) / (endOffset - baseOffset) : undefined
  return await lastWhere(cache, index, {
    blocks: blocksOf(index, OFFSET_INDEX_ENTRY_BYTES),
    entryBytes: OFFSET_INDEX_ENTRY_BYTES,
    read: (bytes, at) => readOffsetEntry(bytes, at, baseOffset),
    isBelow: (entry) => entry.offset <= offset,
    share,
  })
}

/** The last entry whose timestamp is below `timestampMs`. */
export async function lastTimeEntryBelow(
  cache: IndexCache,
  index: IndexFile,
  timestampMs: number,
): Promise<TimeIndexEntry | undefined> {
  const { baseOffset } = index
  return await lastWhere(cache, index, {
    blocks: blocksOf(index, TIME_INDEX_ENTRY_BYTES),
    entryBytes: TIME_INDEX_ENTRY_BYTES,
    read: (bytes, at) => readTimeEntry(bytes, at, baseOffset),
    isBelow: (entry) => entry.timestampMs < timestampMs,
    share: undefined,
  })
}

function blocksOf({ bytes }: IndexFile, entryBytes: number): number {
  return Math.ceil(bytes / (INDEX_BLOCK_ENTRIES * entryBytes))
}

async function lastWhere<E>(
  cache: IndexCache,
  { file, path, bytes }: IndexFile,
  search: Search<E>,
): Promise<E | undefined> {
  // What was read for this search: the last block of a file may be short, and is not kept.
  let read: Map<number, Buffer> | undefined
  for (;;) {
    const found = searchBlocks(search, (number) => read?.get(number) ?? cache.peek(path, number))
    if (typeof found !== 'number') return found.entry
    read ??= new Map()
    read.set(found, await cache.block(file, path, found, search.entryBytes, bytes))
  }
}

/** @returns the entry; or the number of the block that has to be looked at and is not there. */
function searchBlocks<E>(
  search: Search<E>,
  blockAt: (number: number) => Buffer | undefined,
): { readonly entry: E | undefined } | number {
  const { blocks, entryBytes, read, isBelow, share } = search
  let low = 0
  let high = blocks
  let found: Buffer | undefined
  // From where the entry should be in steps that double, until it lies between two blocks: then in halves.
  let probe = share === undefined ? blocks >>> 1 : Math.floor(share * blocks)
  let step = share === undefined ? Infinity : 1
  while (low < high) {
    probe = Math.min(Math.max(low, probe), high - 1)
    const block = blockAt(probe)
    if (block === undefined) return probe
    const entries = Math.floor(block.length / entryBytes)
    if (entries > 0 && isBelow(read(block, 0))) {
      found = block
      low = probe + 1
      if (!isBelow(read(block, (entries - 1) * entryBytes))) break
    } else {
      high = probe
    }
    const isBetween = low > 0 && high < blocks
    if (isBetween || step >= blocks) probe = (low + high) >>> 1
    else probe = low > 0 ? low - 1 + step : high - step
    step *= 2
  }
  return { entry: found && lastIn(search, found) }
}

function lastIn<E>({ entryBytes, read, isBelow }: Search<E>, block: Buffer): E | undefined {
  let first = 0
  let end = Math.floor(block.length / entryBytes)
  while (first < end) {
    const middle = (first + end) >>> 1
    if (isBelow(read(block, middle * entryBytes))) first = middle + 1
    else end = middle
  }
  return first === 0 ? undefined : read(block, (first - 1) * entryBytes)
}
