// Blocks of segments that were read, kept for whoever reads the same place next: of each partition by their offsets, over all partitions
// up to a bound, the longest unused going first. What is read ahead of its reader is bounded apart, so that it takes no more than its
// share however many read.
import type { ReadBlock } from './read-block.ts'
import type { Segment } from './segment.ts'

interface KeptBlock {
  readonly block: ReadBlock
  readonly owner: PartitionBlocks
  /** Read ahead, and nobody came for it yet: what it takes of the bound on that. */
  aheadBytes: number
  /** Used since the last time that unused ones were dropped. */
  isFresh: boolean
}

export class BlockPool {
  private readonly bytesMax: number
  private readonly aheadBytesMax: number
  private kept = 0
  private ahead = 0
  /** In order of their last use. */
  private readonly blocks = new Set<KeptBlock>()

  /**
   * @param bytesMax of all blocks together.
   * @param aheadBytesMax of those that are read, or being read, before somebody asked for them.
   */
  constructor(bytesMax: number, aheadBytesMax: number) {
    this.bytesMax = bytesMax
    this.aheadBytesMax = Math.min(aheadBytesMax, bytesMax / 2)
  }

  /** Bytes of all blocks, with what keeping them costs. */
  get bytes(): number {
    return this.kept
  }

  /** Bytes that are read, or being read, ahead of their readers. */
  get aheadBytes(): number {
    return this.ahead
  }

  /** Takes room for reading ahead. @returns false when there is none; else `giveBack` must follow, or `add` with it. */
  reserve(bytes: number): boolean {
    if (this.ahead + bytes > this.aheadBytesMax) return false
    this.ahead += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.ahead -= bytes
  }

  /** @internal */
  add(entry: KeptBlock): void {
    this.blocks.add(entry)
    this.kept += entry.block.cost
    for (const oldest of this.blocks) {
      if (this.kept <= this.bytesMax) break
      oldest.owner.drop(oldest)
    }
  }

  /** @internal */
  touch(entry: KeptBlock): void {
    this.giveBack(entry.aheadBytes)
    entry.aheadBytes = 0
    entry.isFresh = true
    this.blocks.delete(entry)
    this.blocks.add(entry)
  }

  /** @internal */
  remove(entry: KeptBlock): void {
    if (!this.blocks.delete(entry)) return
    this.giveBack(entry.aheadBytes)
    this.kept -= entry.block.cost
  }
}

/** The blocks of one partition. */
export class PartitionBlocks {
  private readonly pool: BlockPool
  /** By their base offsets. */
  private entries: KeptBlock[] = []

  constructor(pool: BlockPool) {
    this.pool = pool
  }

  /** The block that holds `offset`, which counts as used now. */
  find(offset: number): ReadBlock | undefined {
    const entry = this.entries[this.indexAfter(offset) - 1]
    if (entry?.block.holds(offset) !== true) return undefined
    this.pool.touch(entry)
    return entry.block
  }

  /** The same, and it does not count as used. */
  peek(offset: number): ReadBlock | undefined {
    const block = this.entries[this.indexAfter(offset) - 1]?.block
    return block?.holds(offset) === true ? block : undefined
  }

  /** Where in the segment the first block with batches behind `offset` begins; Infinity when there is none. */
  nextPosition(segment: Segment, offset: number): number {
    const next = this.entries[this.indexAfter(offset)]?.block
    return next?.segment === segment ? next.position : Infinity
  }

  /** @param aheadBytes the room that was taken for it when nobody has asked for it yet. */
  add(block: ReadBlock, aheadBytes: number): void {
    const entry: KeptBlock = { block, owner: this, aheadBytes, isFresh: true }
    this.entries.splice(this.indexAfter(block.baseOffset), 0, entry)
    this.pool.add(entry)
  }

  /** Forgets those that end at or below `offset`. */
  dropBelow(offset: number): void {
    this.dropWhere(({ block }) => block.endOffset <= offset)
  }

  /** Forgets those that nobody has used since the last time. */
  dropUnused(): void {
    this.dropWhere((entry) => !entry.isFresh)
    for (const entry of this.entries) entry.isFresh = false
  }

  clear(): void {
    this.dropWhere(() => true)
  }

  /** @internal */
  drop(entry: KeptBlock): void {
    const index = this.entries.indexOf(entry)
    if (index >= 0) this.entries.splice(index, 1)
    this.pool.remove(entry)
  }

  private dropWhere(isToGo: (entry: KeptBlock) => boolean): void {
    for (const entry of this.entries.filter(isToGo)) this.drop(entry)
  }

  /** The index of the first block with a base offset above `offset`. */
  private indexAfter(offset: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.entries[middle]?.block.baseOffset ?? Infinity) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}
