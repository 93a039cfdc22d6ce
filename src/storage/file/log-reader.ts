// Answers reads of a partition: from the tail in memory where it can, else from the segments, in pieces until the budget is used.
// It stops before damage and before the readable end, and never skips anything unasked.
import { VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { BatchHeader } from '../../record/batch-header.ts'
import type { ReadRequest, ReadResult, TimestampPosition } from '../engine.ts'
import { recordTimestamps } from '../record-timestamps.ts'
import type { BatchPiece, PieceWanted } from './batch-run.ts'
import type { BlockReader } from './block-reader.ts'
import { type DamagedExtent, nextBadOffset } from './damaged-extent.ts'
import type { PartitionState } from './partition-state.ts'
import { type Segment, segmentIndexOf } from './segment.ts'
import type { SegmentReader } from './segment-reader.ts'
import type { StorageContext } from './storage-context.ts'
import type { TailCache } from './tail-cache.ts'

export class LogReader {
  private readonly context: StorageContext
  private readonly state: PartitionState
  private readonly segments: SegmentReader
  private readonly blocks: BlockReader

  constructor(
    context: StorageContext,
    state: PartitionState,
    readers: { readonly segments: SegmentReader; readonly blocks: BlockReader },
  ) {
    this.context = context
    this.state = state
    this.segments = readers.segments
    this.blocks = readers.blocks
  }

  /** @throws VarveError OFFSET_OUT_OF_RANGE, CORRUPT_LOG · DamageFound, IndexWrong */
  async read(request: ReadRequest, tail: TailCache | undefined): Promise<ReadResult> {
    const { state } = this
    const { offset, maxBytes, atLeastOneBatch } = request
    if (offset < state.startOffset || offset > state.endOffset) throw outOfRange(state, offset)
    const limit = Math.min(state.readableEnd, request.endOffset ?? Infinity)
    const chunks: Buffer[] = []
    let bytes = 0
    let next: number = offset
    let isFromTail = true
    while (next < limit) {
      // Deleted while it was read: what came before is not handed out as if it were still there.
      if (offset < state.startOffset) throw outOfRange(state, offset)
      const behindHole = state.afterLosses(next)
      if (behindHole > next) {
        next = behindHole
        continue
      }
      const damage = state.damageOf(next)
      if (damage !== undefined) {
        if (chunks.length > 0) break
        throw corruptLog(damage)
      }
      const want = {
        limit: Math.min(limit, nextBadOffset(state.damaged, next)),
        maxBytes: Math.max(0, maxBytes - bytes),
        atLeastOne: atLeastOneBatch && chunks.length === 0,
      }
      const newest = this.fromTail(next, want, request, tail)
      let piece = newest ?? this.fromBlocks(next, want, request)
      if (piece === undefined) {
        // What is there does not wait for the disk when it is half of what was asked for.
        if (bytes > 0 && bytes >= maxBytes / 2) break
        piece = await this.fromFiles(next, want, request)
      }
      if (piece.bytes.length === 0) break
      chunks.push(piece.bytes)
      isFromTail &&= newest !== undefined
      bytes += piece.bytes.length
      next = piece.nextOffset
    }
    if (!isFromTail) this.blocks.readAhead(next, (following) => tail?.holds(following) === true)
    return { chunks, bytes, nextOffset: next as Offset, isFromTail }
  }

  async offsetForTimestamp(timestampMs: number): Promise<TimestampPosition | undefined> {
    for (const segment of this.readableSegments()) {
      const largest = await this.segments.largestTimestamp(segment)
      if (largest === undefined || largest.timestampMs < timestampMs) continue
      const entry = await this.segments.timeEntryBelow(segment, timestampMs)
      const from = Math.max(entry?.offset ?? segment.baseOffset, segment.baseOffset)
      const found = await this.firstRecord(
        segment,
        from,
        (header) => {
          return header.maxTimestampMs >= timestampMs
        },
        (recordTimestampMs) => recordTimestampMs >= timestampMs,
      )
      if (found !== undefined) return found
    }
    return undefined
  }

  async maxTimestamp(): Promise<TimestampPosition | undefined> {
    const { state } = this
    let best: TimestampPosition | undefined
    for (const segment of this.readableSegments()) {
      const largest = await this.segments.largestTimestamp(segment)
      if (largest === undefined || largest.timestampMs <= (best?.timestampMs ?? -Infinity)) continue
      let timestampMs = -Infinity
      await this.segments.walk(segment, segment.baseOffset, (header) => {
        if (header.baseOffset >= state.readableEnd) return true
        if (header.lastOffset < state.startOffset) return false
        timestampMs = Math.max(timestampMs, header.maxTimestampMs)
        return timestampMs === largest.timestampMs
      })
      // A batch across the log start may have lost the record that its header speaks of: then the next smaller one counts.
      const found = await this.largestRecord(segment, timestampMs)
      if (found !== undefined && found.timestampMs > (best?.timestampMs ?? -Infinity)) best = found
    }
    return best
  }

  /** @throws VarveError OFFSET_OUT_OF_RANGE · DamageFound, IndexWrong */
  async bytesFrom(offset: number): Promise<number> {
    const { state } = this
    if (offset < state.startOffset || offset > state.endOffset) throw outOfRange(state, offset)
    const { readableEnd } = state
    const from = this.firstReadable(offset)
    if (from >= readableEnd) return 0
    // All of it as it is at this moment: the log may grow and lose its oldest segments while positions are looked for.
    const first = segmentIndexOf(state.segments, from)
    const last = segmentIndexOf(state.segments, readableEnd)
    const segments = state.segments.slice(Math.max(0, first), last + 1)
    const begin = segments[0]
    const end = segments.at(-1)
    if (begin === undefined || end === undefined) return 0
    let bytes = 0
    for (const segment of segments) bytes += segment.bytes
    if (readableEnd < state.endOffset) {
      const endBytes = end.bytes
      bytes -= endBytes - (await this.segments.positionOf(end, readableEnd, endBytes))
    }
    return bytes - (await this.segments.positionOf(begin, from, begin.bytes))
  }

  /** `offset`, or where it goes on behind the damage or loss that it lies in; the end of the log when nothing follows. */
  private firstReadable(offset: number): number {
    const { state } = this
    let next = state.afterLosses(offset)
    for (let damage = state.damageOf(next); damage !== undefined; damage = state.damageOf(next)) {
      if (damage.nextGood === undefined) return state.endOffset
      next = state.afterLosses(damage.nextGood)
    }
    return next
  }

  private fromTail(
    offset: number,
    want: PieceWanted,
    { isFromStorage }: ReadRequest,
    tail: TailCache | undefined,
  ): BatchPiece | undefined {
    if (isFromStorage === true) return undefined
    const piece = tail?.read(offset, want.limit, want.maxBytes, want.atLeastOne)
    if (piece !== undefined) this.context.metrics.tailReads.add()
    return piece
  }

  private fromBlocks(
    offset: number,
    want: PieceWanted,
    { isFromStorage }: ReadRequest,
  ): BatchPiece | undefined {
    return isFromStorage === true ? undefined : this.blocks.inMemory(offset, want)
  }

  private async fromFiles(
    offset: number,
    want: PieceWanted,
    { isFromStorage }: ReadRequest,
  ): Promise<BatchPiece> {
    return isFromStorage === true
      ? await this.blocks.readThrough(offset, want)
      : await this.blocks.read(offset, want)
  }

  private readableSegments(): Segment[] {
    const { segments, startOffset, readableEnd } = this.state
    return segments.filter((segment, at) => {
      const end = segments[at + 1]?.baseOffset ?? Infinity
      return end > startOffset && segment.baseOffset < readableEnd && segment.bytes > 0
    })
  }

  /** The first readable record from the batch with `from` on that `isWanted`, in a batch that `mayHold` it. */
  private async firstRecord(
    segment: Segment,
    from: number,
    mayHold: (header: BatchHeader) => boolean,
    isWanted: (timestampMs: number) => boolean,
  ): Promise<TimestampPosition | undefined> {
    const { state } = this
    let offset = from
    for (;;) {
      let candidate: BatchHeader | undefined
      await this.segments.walk(segment, offset, (header) => {
        if (header.baseOffset >= state.readableEnd) return true
        if (header.lastOffset < state.startOffset || !mayHold(header)) return false
        candidate = header
        return true
      })
      if (candidate === undefined) return undefined
      const batch = await this.segments.readBatch(segment, candidate)
      for (const record of recordTimestamps(batch)) {
        if (record.offset >= state.startOffset && isWanted(record.timestampMs)) {
          return { offset: record.offset as Offset, timestampMs: record.timestampMs }
        }
      }
      offset = candidate.lastOffset + 1
    }
  }

  private async largestRecord(
    segment: Segment,
    headerTimestampMs: number,
  ): Promise<TimestampPosition | undefined> {
    const exact = await this.firstRecord(
      segment,
      segment.baseOffset,
      (header) => header.maxTimestampMs === headerTimestampMs,
      (timestampMs) => timestampMs === headerTimestampMs,
    )
    if (exact !== undefined || headerTimestampMs === -Infinity) return exact
    let next = -Infinity
    await this.segments.walk(segment, segment.baseOffset, (header) => {
      if (header.lastOffset < this.state.startOffset) return false
      if (header.maxTimestampMs < headerTimestampMs) next = Math.max(next, header.maxTimestampMs)
      return header.baseOffset >= this.state.readableEnd
    })
    return next === -Infinity ? undefined : await this.largestRecord(segment, next)
  }
}

function outOfRange(state: PartitionState, offset: number): VarveError {
  return new VarveError(
    'OFFSET_OUT_OF_RANGE',
    `offset ${offset} is outside of ${state.startOffset} to ${state.endOffset}`,
    { details: { startOffset: state.startOffset, endOffset: state.endOffset } },
  )
}

function corruptLog(damage: DamagedExtent): VarveError {
  const { firstBad, nextGood } = damage
  const rest = nextGood === undefined ? 'nothing readable follows' : `read on at ${nextGood}`
  return new VarveError('CORRUPT_LOG', `the log is damaged from offset ${firstBad} on; ${rest}`, {
    details: nextGood === undefined ? { firstBad } : { firstBad, nextGood },
  })
}
