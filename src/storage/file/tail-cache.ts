// The newest batches of each partition in memory, so that readers at the end do without the disk. Chunks are the groups as they
// were written, in order and without gaps; they are never changed, so readers get views of them. Bounded per partition and
// over all partitions, the oldest chunk of the longest untouched partition going first.
import { type BatchPiece, takeBatches } from './batch-run.ts'

interface TailChunk {
  readonly baseOffset: number
  /** The offset after its last batch. */
  readonly endOffset: number
  readonly bytes: Buffer
}

/** What one chunk costs besides its bytes, roughly. */
const CHUNK_OVERHEAD_BYTES = 256

export class TailPool {
  private readonly bytesMax: number
  private kept = 0
  /** In order of the last append. */
  private readonly tails = new Set<TailCache>()

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  /** Bytes of all tails, with what keeping them costs. */
  get bytes(): number {
    return this.kept
  }

  /** @internal A tail grew. */
  grew(tail: TailCache, bytes: number): void {
    this.kept += bytes
    this.tails.delete(tail)
    this.tails.add(tail)
    for (const oldest of this.tails) {
      while (this.kept > this.bytesMax && oldest.dropOldest());
      if (this.kept <= this.bytesMax) break
    }
  }

  /** @internal A tail lost bytes; with none left it is forgotten. */
  shrank(tail: TailCache, bytes: number, isEmpty: boolean): void {
    this.kept -= bytes
    if (isEmpty) this.tails.delete(tail)
  }
}

export class TailCache {
  private readonly pool: TailPool
  private readonly bytesMax: number
  private chunks: TailChunk[] = []
  private bytes = 0

  constructor(pool: TailPool, bytesMax: number) {
    this.pool = pool
    this.bytesMax = bytesMax
  }

  /** Keeps the group that was just written; the cache owns `bytes` from now on. */
  append(baseOffset: number, endOffset: number, bytes: Buffer): void {
    const last = this.chunks.at(-1)
    if (last !== undefined && last.endOffset !== baseOffset) this.clear()
    const cost = bytes.length + CHUNK_OVERHEAD_BYTES
    if (cost > this.bytesMax) {
      this.clear()
      return
    }
    this.chunks.push({ baseOffset, endOffset, bytes })
    this.bytes += cost
    while (this.bytes > this.bytesMax && this.dropOldest());
    this.pool.grew(this, cost)
  }

  holds(offset: number): boolean {
    return this.chunkOf(offset) !== undefined
  }

  /**
   * Whole batches from the one that holds `offset` on, all with a base offset below `limit`, within `maxBytes`, from one chunk.
   * @param atLeastOne gives the first batch even when it is larger.
   * @returns undefined when `offset` is not in memory; a piece of no bytes when nothing fits.
   */
  read(
    offset: number,
    limit: number,
    maxBytes: number,
    atLeastOne: boolean,
  ): BatchPiece | undefined {
    const chunk = this.chunkOf(offset)
    return chunk && takeBatches(chunk.bytes, 0, offset, { limit, maxBytes, atLeastOne })
  }

  /** Forgets everything. */
  clear(): void {
    const { bytes } = this
    this.chunks = []
    this.bytes = 0
    this.pool.shrank(this, bytes, true)
  }

  /** @internal Forgets the oldest chunk. @returns whether there was one. */
  dropOldest(): boolean {
    const chunk = this.chunks.shift()
    if (chunk === undefined) return false
    const cost = chunk.bytes.length + CHUNK_OVERHEAD_BYTES
    this.bytes -= cost
    this.pool.shrank(this, cost, this.chunks.length === 0)
    return true
  }

  private chunkOf(offset: number): TailChunk | undefined {
    let low = 0
    let high = this.chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.chunks[middle]?.endOffset ?? Infinity) <= offset) low = middle + 1
      else high = middle
    }
    const chunk = this.chunks[low]
    return chunk !== undefined && chunk.baseOffset <= offset ? chunk : undefined
  }
}
