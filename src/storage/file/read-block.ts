// A stretch of a segment in memory: whole batches that follow each other, each of them checked when the block was read. A block never
// changes and its memory is never used again, so readers get views of it and may keep them.
import { batchBaseOffset } from '../../record/batch-header.ts'
import { inspectStoredBatch } from '../../record/stored-batch.ts'
import { type BatchPiece, type PieceWanted, takeBatches } from './batch-run.ts'
import { DamageFound } from './log-trouble.ts'
import type { Segment } from './segment.ts'

/** How far apart the batches are at most that a search begins at, but for larger batches. */
const MARK_INTERVAL_BYTES = 16 * 1024

/** What keeping a block costs besides its bytes, roughly. */
const BLOCK_OVERHEAD_BYTES = 1024

export class ReadBlock {
  readonly segment: Segment
  /** Where in the segment it begins. */
  readonly position: number
  readonly baseOffset: number
  /** The offset after its last batch. */
  readonly endOffset: number
  readonly bytes: Buffer
  /** How much was to be read at a time. */
  readonly windowBytes: number
  /** Where in `bytes` some of its batches begin; the first at 0. */
  private readonly marks: readonly number[]

  private constructor(
    segment: Segment,
    position: number,
    bytes: Buffer,
    rest: {
      readonly windowBytes: number
      readonly endOffset: number
      readonly marks: readonly number[]
    },
  ) {
    this.segment = segment
    this.position = position
    this.bytes = bytes
    this.baseOffset = batchBaseOffset(bytes, 0)
    this.windowBytes = rest.windowBytes
    this.endOffset = rest.endOffset
    this.marks = rest.marks
  }

  /**
   * The whole batches at the beginning of `bytes`, which were read at `position`: up to the first that is not whole, not good or does not
   * follow. The block owns `bytes` from now on.
   * @param expectedOffset the base offset of the first one.
   * @throws DamageFound when the first one is not there, whole and good.
   */
  static checked(
    segment: Segment,
    position: number,
    bytes: Buffer,
    expectedOffset: number,
    windowBytes: number,
  ): ReadBlock {
    const marks: number[] = []
    let endOffset = expectedOffset
    let end = 0
    let markedUpTo = -Infinity
    while (end < bytes.length) {
      const found = inspectStoredBatch(bytes, end, bytes.length)
      if (found.kind !== 'valid' || found.header.baseOffset !== endOffset) {
        if (end > 0) break
        throw new DamageFound(segment, position, expectedOffset, reasonOf(found))
      }
      if (end - markedUpTo >= MARK_INTERVAL_BYTES) {
        marks.push(end)
        markedUpTo = end
      }
      end += found.header.totalBytes
      endOffset = found.header.lastOffset + 1
    }
    if (end === 0) {
      throw new DamageFound(segment, position, expectedOffset, 'the file ends early')
    }
    return new ReadBlock(segment, position, bytes.subarray(0, end), {
      windowBytes,
      endOffset,
      marks,
    })
  }

  /** Where in the segment it ends. */
  get endPosition(): number {
    return this.position + this.bytes.length
  }

  /** What it takes of memory. */
  get cost(): number {
    return this.bytes.buffer.byteLength + BLOCK_OVERHEAD_BYTES
  }

  /** Where in the segment a piece of it begins. */
  positionOf(piece: Buffer): number {
    return this.position + piece.byteOffset - this.bytes.byteOffset
  }

  holds(offset: number): boolean {
    return this.baseOffset <= offset && offset < this.endOffset
  }

  /** Whole batches from the one that holds `offset`, which the block must hold, on. */
  piece(offset: number, want: PieceWanted): BatchPiece {
    const { bytes, marks } = this
    let low = 0
    let high = marks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (batchBaseOffset(bytes, marks[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return takeBatches(bytes, marks[low - 1] ?? 0, offset, want)
  }
}

function reasonOf(found: ReturnType<typeof inspectStoredBatch>): string {
  if (found.kind === 'invalid') return found.reason
  return found.kind === 'incomplete' ? 'the batch is not whole' : 'its base offset does not follow'
}
