// Reads a partition from its segments in blocks: what lies in a block costs no disk, who reads on gets larger ones, and the next is read
// while the one before is handed out. Readers of the same place share a block and the read of it. Invariants: a place that is
// remembered only says where to look, as an index does: which batch must be there is known, and each is checked before it is handed
// out; no failure of reading ahead is told to anybody, since who comes there meets it again.
import { LIMITS } from '../../domain/limits.ts'
import type { BatchPiece, PieceWanted } from './batch-run.ts'
import { PartitionBlocks } from './block-pool.ts'
import type { PartitionState } from './partition-state.ts'
import type { ReadBlock } from './read-block.ts'
import type { Segment } from './segment.ts'
import type { SegmentReader } from './segment-reader.ts'
import type { StorageContext } from './storage-context.ts'

/** The least that is read for who reads on. */
const BLOCK_BYTES_MIN = 64 * 1024
/** Readers of one partition whose places are remembered. */
const PLACES_MAX = 64

/** Where a reader goes on. */
interface Place {
  readonly segment: Segment
  readonly position: number
  /** How much was read at a time for who came here. */
  readonly windowBytes: number
  /** The end of a block that was in memory until its reader came there. */
  readonly isBlockEnd: boolean
  /** Its reader had read on before. */
  readonly isReadingOn: boolean
}

export class BlockReader {
  private readonly context: StorageContext
  private readonly state: PartitionState
  private readonly segments: SegmentReader
  private readonly blocks: PartitionBlocks
  /** By the offset that comes next, the longest unused first. */
  private readonly places = new Map<number, Place>()
  /** Blocks that are being read, by the offset that they are read for. */
  private readonly loading = new Map<number, Promise<ReadBlock>>()
  private isClosed = false

  constructor(context: StorageContext, state: PartitionState, segments: SegmentReader) {
    this.context = context
    this.state = state
    this.segments = segments
    this.blocks = new PartitionBlocks(context.blocks)
  }

  /** Batches from the one that holds `offset` on, as far as a block has them; undefined when none has that one. */
  inMemory(offset: number, want: PieceWanted): BatchPiece | undefined {
    const block = this.blocks.find(offset)
    if (block === undefined) return undefined
    const at = this.state.segmentOf(offset)
    if (at?.segment !== block.segment) return undefined
    this.context.metrics.blockReads.add()
    return this.give(block, offset, { ...want, limit: Math.min(want.limit, at.endOffset) })
  }

  /**
   * The same, from the files.
   * @throws DamageFound, IndexWrong
   */
  async read(offset: number, want: PieceWanted): Promise<BatchPiece> {
    const { clock, metrics } = this.context
    metrics.fileReads.add()
    const startedMs = clock.monotonicMs()
    const { segment, endOffset } = this.segmentOf(offset)
    const block = await (this.loading.get(offset) ?? this.load(segment, offset, want.maxBytes))
    this.blocks.find(offset)
    metrics.readSeconds.observe((clock.monotonicMs() - startedMs) / 1e3)
    return this.give(block, offset, { ...want, limit: Math.min(want.limit, endOffset) })
  }

  /** The same, from the files whatever is in memory, and nothing of it is kept. */
  async readThrough(offset: number, want: PieceWanted): Promise<BatchPiece> {
    this.context.metrics.fileReads.add()
    const { segment, endOffset } = this.segmentOf(offset)
    const windowBytes = Math.min(want.maxBytes, LIMITS.fetchBytesMax)
    const block = await this.segments.readBlock(segment, { offset, windowBytes })
    return block.piece(offset, { ...want, limit: Math.min(want.limit, endOffset) })
  }

  /**
   * Begins to read what follows the block in which a read ended, if its reader reads on and will soon be there.
   * @param offset where the read ended.
   * @param isAtHand whether an offset is in memory elsewhere.
   */
  readAhead(offset: number, isAtHand: (offset: number) => boolean): void {
    const place = this.places.get(offset)
    if (place?.isReadingOn !== true || this.isClosed) return
    const block = this.blocks.peek(offset - 1)
    if (block?.segment !== place.segment) return
    if (place.position < block.position + block.bytes.length / 2) return
    const next = block.endOffset
    const { state, context } = this
    if (next >= state.readableEnd || state.damageOf(next) !== undefined) return
    if (this.loading.has(next) || this.blocks.peek(next) !== undefined || isAtHand(next)) return
    const target = state.segmentOf(next)
    if (target === undefined) return
    const position = this.positionIn(target.segment, next, block)
    if (position === undefined) return
    const windowBytes = this.windowFor(2 * place.windowBytes, 0)
    if (!context.blocks.reserve(windowBytes)) return
    this.start(target.segment, next, { position, windowBytes, aheadBytes: windowBytes }).catch(
      () => undefined,
    )
  }

  /** Forgets what lies below the log start. */
  startMoved(): void {
    this.blocks.dropBelow(this.state.startOffset)
    for (const offset of this.places.keys()) {
      if (offset < this.state.startOffset) this.places.delete(offset)
    }
  }

  /** Forgets the blocks that nobody has used since the last time. */
  dropUnused(): void {
    this.blocks.dropUnused()
  }

  /** Lets go of all memory; nothing is kept any more. */
  close(): void {
    this.isClosed = true
    this.blocks.clear()
    this.places.clear()
  }

  private give(block: ReadBlock, offset: number, want: PieceWanted): BatchPiece {
    const piece = block.piece(offset, want)
    if (piece.bytes.length === 0) return piece
    const cameFrom = this.places.get(offset)
    this.places.delete(offset)
    if (!this.isClosed) {
      this.places.set(piece.nextOffset, {
        segment: block.segment,
        position: block.positionOf(piece.bytes) + piece.bytes.length,
        windowBytes: block.windowBytes,
        isBlockEnd: piece.nextOffset === block.endOffset,
        isReadingOn: cameFrom !== undefined,
      })
    }
    if (this.places.size > PLACES_MAX) {
      for (const oldest of this.places.keys()) {
        this.places.delete(oldest)
        break
      }
    }
    return piece
  }

  /** Reads a block for a reader that waits for it. */
  private load(segment: Segment, offset: number, maxBytes: number): Promise<ReadBlock> {
    const place = this.places.get(offset)
    if (place === undefined) {
      return this.start(segment, offset, {
        position: undefined,
        windowBytes: Math.min(maxBytes, LIMITS.fetchBytesMax),
        aheadBytes: 0,
      })
    }
    // A block that had to go before its reader came to its end was too large for the room there is.
    const { windowBytes } = place
    return this.start(segment, offset, {
      position: this.positionIn(segment, offset, {
        segment: place.segment,
        endPosition: place.position,
      }),
      windowBytes: this.windowFor(place.isBlockEnd ? 2 * windowBytes : windowBytes / 2, maxBytes),
      aheadBytes: 0,
    })
  }

  private start(
    segment: Segment,
    offset: number,
    how: {
      readonly position: number | undefined
      readonly windowBytes: number
      /** The room that was taken for reading ahead. */
      readonly aheadBytes: number
    },
  ): Promise<ReadBlock> {
    const { position, windowBytes, aheadBytes } = how
    const { blocks, context } = this
    const read = this.segments.readBlock(segment, {
      offset,
      windowBytes,
      ...(position === undefined ? {} : { position }),
      endPosition: blocks.nextPosition(segment, offset),
    })
    const loaded = read.then(
      (block) => {
        this.loading.delete(offset)
        if (this.isClosed || !this.state.segments.includes(segment))
          context.blocks.giveBack(aheadBytes)
        else blocks.add(block, aheadBytes)
        return block
      },
      (error: unknown) => {
        this.loading.delete(offset)
        context.blocks.giveBack(aheadBytes)
        throw error
      },
    )
    this.loading.set(offset, loaded)
    return loaded
  }

  /** Where the batch with this base offset begins, behind what is known to end before it. */
  private positionIn(
    segment: Segment,
    offset: number,
    before: { readonly segment: Segment; readonly endPosition: number },
  ): number | undefined {
    if (offset === segment.baseOffset) return 0
    return before.segment === segment ? before.endPosition : undefined
  }

  private windowFor(windowBytes: number, askedBytes: number): number {
    const { readBlockBytesMax } = this.context.limits
    const grown = Math.min(Math.max(windowBytes, BLOCK_BYTES_MIN), readBlockBytesMax)
    return Math.max(grown, Math.min(askedBytes, LIMITS.fetchBytesMax))
  }

  private segmentOf(offset: number): { readonly segment: Segment; readonly endOffset: number } {
    const at = this.state.segmentOf(offset)
    if (at === undefined) {
      throw new RangeError(`no segment and no damage is known for offset ${offset}`)
    }
    return at
  }
}
