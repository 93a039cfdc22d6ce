// A file to be read, made of some bytes.
import type { FileHandle } from '../../../src/platform/file-system.ts'

/** A file in memory that gives at most a hundred bytes at a time. */
export class BytesFile implements FileHandle {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  async read(target: Uint8Array, start: number, length: number, position: number): Promise<number> {
    return this.#bytes.copy(target, start, position, position + Math.min(length, 100))
  }

  async size(): Promise<number> {
    return this.#bytes.length
  }

  async write(): Promise<number> {
    throw new Error('nobody writes here')
  }

  async syncData(): Promise<void> {
    throw new Error('nobody writes here')
  }

  async truncate(): Promise<void> {
    throw new Error('nobody writes here')
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}
