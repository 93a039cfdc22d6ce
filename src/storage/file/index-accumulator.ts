// Decides which batches of a segment get index entries, batch by batch: Kafka's rule (LogSegment.append). Pure: entries gather
// in `offsetEntries` and `timeEntries` until whoever owns the index files has written them.
import type { OffsetIndexEntry, TimeIndexEntry } from './index-entries.ts'
import type { LargestTimestamp } from './segment.ts'

export interface IndexedBatch {
  readonly lastOffset: number
  readonly maxTimestampMs: number
  /** Where the batch begins in its segment, and its size. */
  readonly position: number
  readonly bytes: number
}

/** What has to be known about the batches before, to go on behind them. */
export interface IndexProgress {
  bytesSinceEntry: number
  largest: LargestTimestamp | undefined
  /** The timestamp of the last entry of the time index; -1 (no timestamp) when there is none, as that gets no entry. */
  lastEntryTimestampMs: number
  /** The largest timestamp of the first batch of the segment. */
  firstTimestampMs: number | undefined
  /** Entries in all, written or not. */
  offsetEntryCount: number
  timeEntryCount: number
}

export class IndexAccumulator {
  progress: IndexProgress
  /** Entries that are not in the files yet. */
  offsetEntries: OffsetIndexEntry[] = []
  timeEntries: TimeIndexEntry[] = []
  /** The file has changed since it was last synced. For whoever owns the files. */
  isOffsetFileUnsynced = false
  isTimeFileUnsynced = false

  constructor(progress: IndexProgress = emptyProgress()) {
    this.progress = progress
  }

  add(batch: IndexedBatch, indexIntervalBytes: number): void {
    const { progress } = this
    progress.firstTimestampMs ??= batch.maxTimestampMs
    if (progress.largest === undefined || batch.maxTimestampMs > progress.largest.timestampMs) {
      progress.largest = { timestampMs: batch.maxTimestampMs, offset: batch.lastOffset }
    }
    if (progress.bytesSinceEntry > indexIntervalBytes) {
      this.offsetEntries.push({ offset: batch.lastOffset, position: batch.position })
      progress.offsetEntryCount++
      this.addTimeEntry()
      progress.bytesSinceEntry = 0
    }
    progress.bytesSinceEntry += batch.bytes
  }

  /** The final entry of the time index, when the segment is left or closed. */
  finish(): void {
    this.addTimeEntry()
  }

  get pendingEntries(): number {
    return this.offsetEntries.length + this.timeEntries.length
  }

  /** The state to come back to with {@link restore} when the batches of a group were not written. */
  save(): SavedAccumulator {
    return {
      progress: { ...this.progress },
      offsetEntries: this.offsetEntries.length,
      timeEntries: this.timeEntries.length,
    }
  }

  restore(saved: SavedAccumulator): void {
    this.progress = { ...saved.progress }
    this.offsetEntries.length = saved.offsetEntries
    this.timeEntries.length = saved.timeEntries
  }

  private addTimeEntry(): void {
    const { progress } = this
    const { largest } = progress
    if (largest === undefined || largest.timestampMs <= progress.lastEntryTimestampMs) return
    this.timeEntries.push(largest)
    progress.timeEntryCount++
    progress.lastEntryTimestampMs = largest.timestampMs
  }
}

export interface SavedAccumulator {
  readonly progress: Readonly<IndexProgress>
  readonly offsetEntries: number
  readonly timeEntries: number
}

function emptyProgress(): IndexProgress {
  return {
    bytesSinceEntry: 0,
    largest: undefined,
    lastEntryTimestampMs: -1,
    firstTimestampMs: undefined,
    offsetEntryCount: 0,
    timeEntryCount: 0,
  }
}
