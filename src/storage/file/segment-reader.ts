// Finds and reads batches in the segments of a partition. The log is the truth: an index entry only says where to begin, and every
// batch is compared with what must follow what was before it; whole batches are given out after their CRC was checked. So
// wrong bytes are never given out, whatever is in the files (invariants L7, R2).

import { LIMITS } from '../../domain/limits.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import { BATCH_HEADER_BYTES, type BatchHeader, batchTotalBytes } from '../../record/batch-header.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../roll-rule.ts'
import { BatchCursor } from './batch-cursor.ts'
import { extentAt, nextExtentPosition } from './damaged-extent.ts'
import { readFully } from './file-access.ts'
import type { OffsetIndexEntry, TimeIndexEntry } from './index-entries.ts'
import { floorOffsetEntry, lastTimeEntryBelow } from './index-lookup.ts'
import { DamageFound, IndexWrong } from './log-trouble.ts'
import type { PartitionState } from './partition-state.ts'
import { ReadBlock } from './read-block.ts'
import type { LargestTimestamp, Segment } from './segment.ts'
import type { StorageContext } from './storage-context.ts'

/** Where a walk begins. */
interface WalkStart {
  readonly position: number
  /** The base offset that must be there; undefined when an index entry led here. */
  readonly expectedOffset: number | undefined
  /** What the index entry promised: the last offset of the batch. */
  readonly lastOffset: number | undefined
}

export interface BlockRequest {
  readonly offset: number
  /** About so much is read. */
  readonly windowBytes: number
  /** Where the batch with the base offset `offset` should begin, if that is known. */
  readonly position?: number
  /** What lies from there on is not wanted, but for the first batch. */
  readonly endPosition?: number
}

/** A batch on a walk. @returns true to stop there. */
export type HeaderVisitor = (header: BatchHeader, position: number) => boolean

export class SegmentReader {
  private readonly context: StorageContext
  private readonly state: PartitionState

  constructor(context: StorageContext, state: PartitionState) {
    this.context = context
    this.state = state
  }

  /**
   * Whole batches of one segment, from the one that holds `offset` on: about `windowBytes` of them, one at least.
   * @throws DamageFound, IndexWrong
   */
  async readBlock(segment: Segment, request: BlockRequest): Promise<ReadBlock> {
    const { offset, windowBytes, endPosition = Infinity } = request
    const end = Math.min(segment.bytes, endPosition)
    const known = this.knownPosition(segment, request)
    const start = known === undefined ? await this.startFor(segment, offset) : undefined
    return await this.context.files.use(this.logPath(segment), 'read', async (file) => {
      let expectedOffset = offset
      let position = known ?? 0
      let atLeastBytes = BATCH_HEADER_BYTES
      if (start !== undefined) {
        const cursor = new BatchCursor(file, segment.bytes, 'header')
        const found = await this.find(segment, cursor, start, segment.bytes, offset)
        expectedOffset = found.header.baseOffset
        position = found.position
        atLeastBytes = found.header.totalBytes
      }
      const rest = nextExtentPosition(this.state.damaged, segment.baseOffset, position) - position
      const available = Math.min(
        Math.max(end - position, atLeastBytes),
        segment.bytes - position,
        rest,
      )
      let bytes = await readStretch(
        file,
        position,
        Math.min(Math.max(windowBytes, atLeastBytes), available),
      )
      const firstBytes = bytes.length < BATCH_HEADER_BYTES ? 0 : batchTotalBytes(bytes, 0)
      if (firstBytes > bytes.length && firstBytes <= Math.min(available, LIMITS.batchBytesMax)) {
        bytes = await readStretch(file, position, firstBytes)
      }
      this.context.metrics.blocksRead.add()
      this.context.metrics.blockBytesRead.add(bytes.length)
      return ReadBlock.checked(segment, position, bytes, expectedOffset, windowBytes)
    })
  }

  /**
   * Walks the headers of a segment's batches from the one that holds `offset` on.
   * @throws DamageFound, IndexWrong
   */
  async walk(segment: Segment, offset: number, visit: HeaderVisitor): Promise<void> {
    const start = await this.startFor(segment, offset)
    const end = segment.bytes
    await this.context.files.use(this.logPath(segment), 'read', async (file) => {
      const cursor = new BatchCursor(file, end, 'header')
      await this.visitFrom(segment, cursor, start, end, (header, position) => {
        return header.lastOffset >= offset && visit(header, position)
      })
    })
  }

  /**
   * Where the batch that holds `offset`, or the first one behind it, begins: a position up to `endPosition`, which is where it would
   * begin when there is none.
   * @throws DamageFound, IndexWrong
   */
  async positionOf(segment: Segment, offset: number, endPosition: number): Promise<number> {
    if (offset <= segment.baseOffset) return 0
    let found = endPosition
    await this.walk(segment, offset, (_header, position) => {
      found = Math.min(position, endPosition)
      return true
    })
    return found
  }

  /** One whole batch. */
  async readBatch(segment: Segment, header: BatchHeader): Promise<Buffer> {
    const { baseOffset: offset, totalBytes: windowBytes } = header
    const block = await this.readBlock(segment, { offset, windowBytes })
    const want = { limit: offset + 1, maxBytes: windowBytes, atLeastOne: true }
    return block.piece(offset, want).bytes
  }

  /**
   * The largest timestamp in the segment, exact even when its time index was cut short: the walk goes on behind its last entry.
   * @returns undefined when it has no batches.
   */
  async largestTimestamp(segment: Segment): Promise<LargestTimestamp | undefined> {
    const known =
      segment === this.state.active ? this.state.accumulator?.progress.largest : segment.largest
    if (known !== undefined) return known
    if (segment.bytes === 0) return undefined
    const bytes = segment.bytes
    let largest: LargestTimestamp | undefined = await this.timeEntryBelow(segment, Infinity)
    await this.walk(segment, largest?.offset ?? segment.baseOffset, (header) => {
      if (largest === undefined || header.maxTimestampMs > largest.timestampMs) {
        largest = { timestampMs: header.maxTimestampMs, offset: header.lastOffset }
      }
      return false
    })
    if (segment !== this.state.active && segment.bytes === bytes) segment.largest = largest
    return largest
  }

  /**
   * The last entry of the time index with a timestamp below `timestampMs`, checked against the log: no batch up to its offset has
   * a larger timestamp.
   */
  async timeEntryBelow(segment: Segment, timestampMs: number): Promise<TimeIndexEntry | undefined> {
    const entry = await this.findTimeEntry(segment, timestampMs)
    if (entry === undefined) return undefined
    const { endOffset } = this.state.segmentOf(segment.baseOffset) ?? { endOffset: Infinity }
    if (entry.offset >= endOffset)
      throw new IndexWrong(segment, 'a time index entry lies beyond its segment')
    if (this.state.damageOf(entry.offset) !== undefined) return undefined
    const check = { fits: false }
    await this.walk(segment, entry.offset, ({ lastOffset, maxTimestampMs }) => {
      check.fits = lastOffset === entry.offset && maxTimestampMs === entry.timestampMs
      return true
    })
    if (!check.fits) throw new IndexWrong(segment, 'a time index entry does not fit the log')
    return entry
  }

  private async findTimeEntry(
    segment: Segment,
    timestampMs: number,
  ): Promise<TimeIndexEntry | undefined> {
    if (segment.isIndexLost) return undefined
    const pending = this.pendingOf(segment)?.timeEntries ?? []
    const inMemory = pending.findLast((entry) => entry.timestampMs < timestampMs)
    if (inMemory !== undefined) return inMemory
    const path = this.state.directory.segmentFile(segment.baseOffset, 'timeindex')
    if (segment.timeIndexBytes === undefined) {
      const size = await this.indexBytes(segment, path, TIME_INDEX_ENTRY_BYTES)
      // Made anew meanwhile, its size is known better.
      segment.timeIndexBytes ??= size
    }
    const bytes = segment.timeIndexBytes
    if (bytes === 0) return undefined
    const index = { file: this.lazily(path), path, baseOffset: segment.baseOffset, bytes }
    return await lastTimeEntryBelow(this.context.indexCache, index, timestampMs)
  }

  /** Where to read without asking an index: where the batch must begin, unless bad bytes are known to lie there. */
  private knownPosition(segment: Segment, { offset, position }: BlockRequest): number | undefined {
    const known = offset === segment.baseOffset ? 0 : position
    if (known === undefined || known >= segment.bytes) return undefined
    const extent = extentAt(this.state.damaged, segment.baseOffset, known)
    return extent === undefined ? known : undefined
  }

  private async startFor(segment: Segment, offset: number): Promise<WalkStart> {
    const fromStart = { position: 0, expectedOffset: segment.baseOffset, lastOffset: undefined }
    if (segment.isIndexLost || offset <= segment.baseOffset) return fromStart
    const entry = await this.findOffsetEntry(segment, offset)
    if (entry === undefined) return fromStart
    if (entry.position >= segment.bytes) {
      throw new IndexWrong(segment, 'an offset index entry points beyond the log')
    }
    const extent = extentAt(this.state.damaged, segment.baseOffset, entry.position)
    if (extent !== undefined) {
      if (extent.nextGood === undefined || extent.nextGood > offset) return fromStart
      return {
        position: extent.endPosition,
        expectedOffset: extent.nextGood,
        lastOffset: undefined,
      }
    }
    return { position: entry.position, expectedOffset: undefined, lastOffset: entry.offset }
  }

  private async findOffsetEntry(
    segment: Segment,
    offset: number,
  ): Promise<OffsetIndexEntry | undefined> {
    const pending = this.pendingOf(segment)?.offsetEntries ?? []
    const first = pending[0]
    if (first !== undefined && first.offset <= offset) {
      return pending.findLast((entry) => entry.offset <= offset)
    }
    const path = this.state.directory.segmentFile(segment.baseOffset, 'index')
    if (segment.offsetIndexBytes === undefined) {
      const size = await this.indexBytes(segment, path, OFFSET_INDEX_ENTRY_BYTES)
      segment.offsetIndexBytes ??= size
    }
    const bytes = segment.offsetIndexBytes
    if (bytes === 0) return undefined
    const { baseOffset } = segment
    const index = { file: this.lazily(path), path, baseOffset, bytes }
    const endOffset = this.state.segmentOf(baseOffset)?.endOffset
    return await floorOffsetEntry(this.context.indexCache, index, offset, endOffset)
  }

  /** The file at `path`, opened when it is read: what lies in memory is found without it. */
  private lazily(path: string): Pick<FileHandle, 'read'> {
    const { files } = this.context
    return {
      read: (...target) => files.use(path, 'read', (file) => file.read(...target)),
    }
  }

  private async indexBytes(segment: Segment, path: string, entryBytes: number): Promise<number> {
    const status = await this.context.fileSystem.status(path)
    if (status?.kind !== 'file') throw new IndexWrong(segment, 'an index is missing')
    if (status.size % entryBytes !== 0) throw new IndexWrong(segment, 'an index has an odd size')
    return status.size
  }

  private pendingOf(segment: Segment): PartitionState['accumulator'] {
    const { active, accumulator, leaving } = this.state
    return segment === active ? accumulator : leaving.get(segment)
  }

  /** The batch that holds `offset`. */
  private async find(
    segment: Segment,
    cursor: BatchCursor,
    start: WalkStart,
    end: number,
    offset: number,
  ): Promise<{ header: BatchHeader; position: number }> {
    let result: { header: BatchHeader; position: number } | undefined
    const reached = await this.visitFrom(segment, cursor, start, end, (header, position) => {
      if (header.lastOffset < offset) return false
      result = { header, position }
      return true
    })
    if (result === undefined || result.header.baseOffset > offset) {
      if (start.expectedOffset === undefined) {
        throw new IndexWrong(segment, 'an offset index entry leads past its offset')
      }
      throw new DamageFound(segment, end, reached, 'batches are missing at the end of the segment')
    }
    return result
  }

  /** @returns the offset that would follow the last visited batch. */
  private async visitFrom(
    segment: Segment,
    cursor: BatchCursor,
    start: WalkStart,
    end: number,
    visit: HeaderVisitor,
  ): Promise<number> {
    let { position, expectedOffset } = start
    while (position < end) {
      const extent = extentAt(this.state.damaged, segment.baseOffset, position)
      if (extent !== undefined) {
        position = extent.endPosition
        expectedOffset = extent.nextGood
        if (expectedOffset === undefined) return extent.firstBad
        continue
      }
      const found = await cursor.at(position)
      const header = found.kind === 'batch' ? found.header : undefined
      const fits =
        header !== undefined &&
        (expectedOffset === undefined
          ? header.lastOffset === start.lastOffset
          : header.baseOffset === expectedOffset) &&
        Number.isSafeInteger(header.lastOffset) &&
        header.lastOffset >= header.baseOffset
      if (!fits) {
        if (expectedOffset === undefined) {
          throw new IndexWrong(segment, 'an offset index entry does not fit the log')
        }
        const reason = found.kind === 'bad' ? found.reason : 'its base offset does not follow'
        throw new DamageFound(segment, position, expectedOffset, reason)
      }
      if (visit(header, position)) return header.lastOffset + 1
      position += header.totalBytes
      expectedOffset = header.lastOffset + 1
    }
    return expectedOffset ?? segment.baseOffset
  }

  private logPath(segment: Segment): string {
    return this.state.directory.segmentFile(segment.baseOffset, 'log')
  }
}

/** The bytes at `position`: `length` of them, or up to the end of the file. */
async function readStretch(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length)
  const count = await readFully(file, bytes, 0, length, position)
  return bytes.subarray(0, count)
}
