// Finds and reads batches in the segments of a partition. The log is the truth: an index entry only says where to begin, and every
// batch is compared with what must follow what was before it; whole batches are given out after their CRC was checked. So
// wrong bytes are never given out, whatever is in the files (invariants L7, R2).

import type { BatchHeader } from '../../record/batch-header.ts'
import { inspectStoredBatch } from '../../record/stored-batch.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../roll-rule.ts'
import { BatchCursor } from './batch-cursor.ts'
import { extentAt, nextExtentPosition } from './damaged-extent.ts'
import { readFully } from './file-access.ts'
import type { OffsetIndexEntry, TimeIndexEntry } from './index-entries.ts'
import { floorOffsetEntry, lastTimeEntryBelow } from './index-lookup.ts'
import { DamageFound, IndexWrong } from './log-trouble.ts'
import type { PartitionState } from './partition-state.ts'
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

export interface SegmentPiece {
  readonly bytes: Buffer
  readonly nextOffset: number
}

export interface PieceRequest {
  readonly offset: number
  /** Batches that begin at or above it are not wanted. */
  readonly limit: number
  readonly maxBytes: number
  readonly atLeastOne: boolean
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
   * Whole batches of one segment, from the one that holds `offset` on.
   * @returns undefined when the first batch does not fit into `maxBytes`.
   * @throws DamageFound, IndexWrong
   */
  async readPiece(segment: Segment, request: PieceRequest): Promise<SegmentPiece | undefined> {
    const { offset, limit, maxBytes, atLeastOne } = request
    const end = segment.bytes
    const start = await this.startFor(segment, offset)
    return await this.context.files.use(this.logPath(segment), 'read', async (file) => {
      const cursor = new BatchCursor(file, end, 'header')
      const first = await this.find(segment, cursor, start, end, offset)
      const { header, position } = first
      if (header.totalBytes > maxBytes && !atLeastOne) return undefined
      const rest = nextExtentPosition(this.state.damaged, segment.baseOffset, position) - position
      const length = Math.min(Math.max(maxBytes, header.totalBytes), end - position, rest)
      const buffer = Buffer.allocUnsafe(length)
      const count = await readFully(file, buffer, 0, length, position)
      let taken = 0
      let nextOffset = header.baseOffset
      while (taken < count) {
        const found = inspectStoredBatch(buffer, taken, count)
        if (found.kind === 'valid' && found.header.baseOffset === nextOffset) {
          if (nextOffset >= limit) break
          taken += found.header.totalBytes
          nextOffset = found.header.lastOffset + 1
          continue
        }
        if (taken > 0) break
        const reason = found.kind === 'invalid' ? found.reason : 'the batch is not whole'
        throw new DamageFound(segment, position, header.baseOffset, reason)
      }
      if (count === 0)
        throw new DamageFound(segment, position, header.baseOffset, 'the file ends early')
      return { bytes: buffer.subarray(0, taken), nextOffset }
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
    const piece = await this.readPiece(segment, {
      offset: header.baseOffset,
      limit: header.baseOffset + 1,
      maxBytes: header.totalBytes,
      atLeastOne: true,
    })
    if (piece === undefined) throw new RangeError('a batch of which at least one was asked for')
    return piece.bytes
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
    segment.timeIndexBytes ??= await this.indexBytes(segment, path, TIME_INDEX_ENTRY_BYTES)
    const bytes = segment.timeIndexBytes
    if (bytes === 0) return undefined
    const { files, indexCache } = this.context
    const { baseOffset } = segment
    return await files.use(path, 'read', (file) =>
      lastTimeEntryBelow(indexCache, { file, path, baseOffset, bytes }, timestampMs),
    )
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
    segment.offsetIndexBytes ??= await this.indexBytes(segment, path, OFFSET_INDEX_ENTRY_BYTES)
    const bytes = segment.offsetIndexBytes
    if (bytes === 0) return undefined
    const { files, indexCache } = this.context
    const { baseOffset } = segment
    return await files.use(path, 'read', (file) =>
      floorOffsetEntry(indexCache, { file, path, baseOffset, bytes }, offset),
    )
  }

  private async indexBytes(segment: Segment, path: string, entryBytes: number): Promise<number> {
    const status = await this.context.fileSystem.status(path)
    if (status?.kind !== 'file') throw new IndexWrong(segment, 'an index is missing')
    if (status.size % entryBytes !== 0) throw new IndexWrong(segment, 'an index has an odd size')
    return status.size
  }

  private pendingOf(segment: Segment): PartitionState['accumulator'] {
    return segment === this.state.active ? this.state.accumulator : undefined
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
