// Blocks of index files, kept up to a bound over all partitions; the least recently used go first. Only blocks that cannot
// change any more are kept: whole ones, below the written end of their file.
import type { FileHandle } from '../../platform/file-system.ts'
import { readFully } from './file-access.ts'

/** Entries in a block. */
export const INDEX_BLOCK_ENTRIES = 512

/** What one kept block costs besides its bytes, roughly. */
const BLOCK_OVERHEAD_BYTES = 256

interface KeptBlock {
  readonly path: string
  readonly number: number
  readonly bytes: Buffer
}

export class IndexCache {
  private readonly bytesMax: number
  private kept = 0
  /** By path and number. */
  private readonly files = new Map<string, Map<number, KeptBlock>>()
  /** In order of last use. */
  private readonly order = new Set<KeptBlock>()

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  /** Bytes of all kept blocks, with what keeping them costs. */
  get bytes(): number {
    return this.kept
  }

  /** Block `number` of an index file, if it is kept. */
  peek(path: string, number: number): Buffer | undefined {
    const block = this.files.get(path)?.get(number)
    if (block === undefined) return undefined
    this.order.delete(block)
    this.order.add(block)
    return block.bytes
  }

  /**
   * Block `number` of an index file whose first `fileBytes` bytes are written; the last block may be short.
   * @param entryBytes size of an entry.
   */
  async block(
    file: Pick<FileHandle, 'read'>,
    path: string,
    number: number,
    entryBytes: number,
    fileBytes: number,
  ): Promise<Buffer> {
    const known = this.peek(path, number)
    if (known !== undefined) return known
    const blockBytes = INDEX_BLOCK_ENTRIES * entryBytes
    const start = number * blockBytes
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(blockBytes, fileBytes - start)))
    const count = await readFully(file, bytes, 0, bytes.length, start)
    if (count === blockBytes) this.keep({ path, number, bytes })
    return bytes.subarray(0, count)
  }

  /** Forgets what is kept of a file. */
  drop(path: string): void {
    for (const block of this.files.get(path)?.values() ?? []) this.forget(block)
  }

  private keep(block: KeptBlock): void {
    let blocks = this.files.get(block.path)
    if (blocks?.has(block.number)) return
    if (blocks === undefined) {
      blocks = new Map()
      this.files.set(block.path, blocks)
    }
    blocks.set(block.number, block)
    this.order.add(block)
    this.kept += block.bytes.length + BLOCK_OVERHEAD_BYTES
    for (const oldest of this.order) {
      if (this.kept <= this.bytesMax) break
      this.forget(oldest)
    }
  }

  private forget(block: KeptBlock): void {
    const { path, number, bytes } = block
    const blocks = this.files.get(path)
    blocks?.delete(number)
    if (blocks?.size === 0) this.files.delete(path)
    this.order.delete(block)
    this.kept -= bytes.length + BLOCK_OVERHEAD_BYTES
  }
}
