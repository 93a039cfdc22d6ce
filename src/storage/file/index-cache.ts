// Blocks of index files, kept up to a bound over all partitions; the least recently used go first. Only blocks that cannot
// change any more are kept: whole ones, below the written end of their file.
import type { FileHandle } from '../../platform/file-system.ts'
import { readFully } from './file-access.ts'

/** Entries in a block. */
export const INDEX_BLOCK_ENTRIES = 512

/** What one kept block costs besides its bytes, roughly. */
const BLOCK_OVERHEAD_BYTES = 256

export class IndexCache {
  private readonly bytesMax: number
  private kept = 0
  /** In order of last use. */
  private readonly blocks = new Map<string, Buffer>()

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  /** Bytes of all kept blocks, with what keeping them costs. */
  get bytes(): number {
    return this.kept
  }

  /**
   * Block `number` of an index file whose first `fileBytes` bytes are written; the last block may be short.
   * @param entryBytes size of an entry.
   */
  async block(
    file: FileHandle,
    path: string,
    number: number,
    entryBytes: number,
    fileBytes: number,
  ): Promise<Buffer> {
    const key = `${path}#${number}`
    const known = this.blocks.get(key)
    if (known !== undefined) {
      this.blocks.delete(key)
      this.blocks.set(key, known)
      return known
    }
    const blockBytes = INDEX_BLOCK_ENTRIES * entryBytes
    const start = number * blockBytes
    const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(blockBytes, fileBytes - start)))
    const count = await readFully(file, bytes, 0, bytes.length, start)
    if (count === blockBytes) this.keep(key, bytes)
    return bytes.subarray(0, count)
  }

  /** Forgets what is kept of a file. */
  drop(path: string, entryBytes: number, fileBytes: number): void {
    const count = Math.ceil(fileBytes / (INDEX_BLOCK_ENTRIES * entryBytes))
    for (let number = 0; number < count; number++) {
      const key = `${path}#${number}`
      const known = this.blocks.get(key)
      if (known === undefined) continue
      this.blocks.delete(key)
      this.kept -= known.length + BLOCK_OVERHEAD_BYTES
    }
  }

  private keep(key: string, bytes: Buffer): void {
    if (this.blocks.has(key)) return
    this.blocks.set(key, bytes)
    this.kept += bytes.length + BLOCK_OVERHEAD_BYTES
    for (const [oldest, buffer] of this.blocks) {
      if (this.kept <= this.bytesMax) break
      this.blocks.delete(oldest)
      this.kept -= buffer.length + BLOCK_OVERHEAD_BYTES
    }
  }
}
