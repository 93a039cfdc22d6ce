// Walks the batches of a segment file from one position to another: by their headers alone, reading little, or whole with
// their checksums. The judgement of what follows what is the caller's; the cursor only says what lies at a position.

import { LIMITS } from '../../domain/limits.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  type BatchHeader,
  batchTotalBytes,
  CODEC_MASK,
  MAGIC,
  MAGIC_POSITION,
  readBatchHeader,
} from '../../record/batch-header.ts'
import { CODEC_NAMES } from '../../record/codec.ts'
import { inspectStoredBatch } from '../../record/stored-batch.ts'
import { readFully } from './file-access.ts'

const HEADER_WINDOW_BYTES = 16 * 1024
const WHOLE_WINDOW_BYTES = 256 * 1024

export type FoundBatch =
  | { readonly kind: 'batch'; readonly header: BatchHeader }
  /** No good batch begins here. */
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'end' }

const END: FoundBatch = { kind: 'end' }

export class BatchCursor {
  private readonly file: FileHandle
  /** Nothing at or after this position is looked at. */
  private readonly end: number
  private readonly windowBytes: number
  private readonly isWhole: boolean
  private window: Buffer = Buffer.alloc(0)
  private windowStart = 0

  /** @param check `whole` reads every byte and checks the CRC; `header` reads headers and looks at their plausibility. */
  constructor(file: FileHandle, end: number, check: 'header' | 'whole') {
    this.file = file
    this.end = end
    this.isWhole = check === 'whole'
    this.windowBytes = this.isWhole ? WHOLE_WINDOW_BYTES : HEADER_WINDOW_BYTES
  }

  /** Bytes of the file in memory from `position` on: at least `length` of them unless the end is nearer. */
  async bytesAt(position: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, this.end - position)
    const start = position - this.windowStart
    if (start >= 0 && start + wanted <= this.window.length) return this.window.subarray(start)
    const size = Math.min(Math.max(length, this.windowBytes), this.end - position)
    const buffer = Buffer.allocUnsafe(size)
    const count = await readFully(this.file, buffer, 0, size, position)
    this.window = buffer.subarray(0, count)
    this.windowStart = position
    return this.window
  }

  async at(position: number): Promise<FoundBatch> {
    if (position >= this.end) return END
    const available = this.end - position
    let bytes = await this.bytesAt(position, BATCH_HEADER_BYTES)
    if (bytes.length < BATCH_HEADER_BYTES) return bad(`only ${bytes.length} bytes of a header`)
    const totalBytes = batchTotalBytes(bytes, 0)
    if (totalBytes < BATCH_HEADER_BYTES || totalBytes > LIMITS.batchBytesMax) {
      return bad(`a batch cannot have ${totalBytes} bytes`)
    }
    if (totalBytes > available) return bad('the batch reaches beyond the end')
    if (!this.isWhole) {
      if (bytes.readInt8(MAGIC_POSITION) !== MAGIC) return bad('its magic is not 2')
      const codec = bytes.readUInt16BE(ATTRIBUTES_POSITION) & CODEC_MASK
      if (codec >= CODEC_NAMES.length) return bad(`there is no codec ${codec}`)
      return { kind: 'batch', header: readBatchHeader(bytes, 0) }
    }
    bytes = await this.bytesAt(position, totalBytes)
    const found = inspectStoredBatch(bytes, 0, totalBytes)
    if (found.kind === 'valid') return { kind: 'batch', header: found.header }
    return bad(found.kind === 'incomplete' ? 'the file ends within the batch' : found.reason)
  }
}

function bad(reason: string): FoundBatch {
  return { kind: 'bad', reason }
}
