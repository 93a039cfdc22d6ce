// A run of batches in memory that is begun and removed as a segment file would be. Batches are copies of our own and never
// change; their offsets rise.
import { batchLastOffset, batchMaxTimestampMs } from '../../record/batch-header.ts'
import type { RetainedSegment } from '../retention-rule.ts'
import type { RollingSegment } from '../roll-rule.ts'

export class MemorySegment implements RetainedSegment, RollingSegment {
  readonly baseOffset: number
  readonly batches: Buffer[] = []
  bytes = 0
  firstTimestampMs: number | undefined
  /** Counted as if there were index files, since a full index begins a new segment too. */
  offsetIndexEntries = 0
  timeIndexEntries = 0
  /** The largest timestamp of its records; -1 when none has one. */
  maxTimestampMs = -1
  private bytesSinceIndexEntry = 0
  private lastTimeEntryMs = -Infinity
  private lastWriteMs: number

  constructor(baseOffset: number, nowMs: number) {
    this.baseOffset = baseOffset
    this.lastWriteMs = nowMs
  }

  get largestTimestampMs(): number {
    return this.maxTimestampMs >= 0 ? this.maxTimestampMs : this.lastWriteMs
  }

  /** @param batch belongs to the segment from now on. */
  append(batch: Buffer, nowMs: number, indexIntervalBytes: number): void {
    const timestampMs = batchMaxTimestampMs(batch, 0)
    this.firstTimestampMs ??= timestampMs
    this.maxTimestampMs = Math.max(this.maxTimestampMs, timestampMs)
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      this.offsetIndexEntries++
      if (this.maxTimestampMs > this.lastTimeEntryMs) {
        this.timeIndexEntries++
        this.lastTimeEntryMs = this.maxTimestampMs
      }
      this.bytesSinceIndexEntry = 0
    }
    this.bytesSinceIndexEntry += batch.length
    this.batches.push(batch)
    this.bytes += batch.length
    this.lastWriteMs = nowMs
  }

  /** The index of the first batch whose last offset is at or above `offset`; the number of batches when there is none. */
  indexOf(offset: number): number {
    let low = 0
    let high = this.batches.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const batch = this.batches[middle]
      if (batch !== undefined && batchLastOffset(batch, 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Bytes of the batches from the one with `offset` on. */
  bytesFrom(offset: number): number {
    let bytes = 0
    for (const batch of this.batches.slice(this.indexOf(offset))) bytes += batch.length
    return bytes
  }
}
