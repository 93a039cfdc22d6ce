// What is still to be done for segments that the log has left, beside the appends to the one that came after them: their last index
// entries go to stable storage, then the checkpoint moves up behind them (docs/adr/0003-what-a-start-trusts.md). Until then a start
// reads their logs from the recovery point on, and makes their indexes anew: both are durable, or hints.
import type { RecoveryPoint } from './checkpoint.ts'
import { flushIndexes } from './index-files.ts'
import type { PartitionState } from './partition-state.ts'
import type { EncodedSnapshot } from './producer-snapshot.ts'
import { encodeProducers } from './producer-snapshot-files.ts'
import { SEGMENT_FILE_KINDS } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'

/** Segments that may be behind; a log that leaves more waits for them. */
const LEFT_MAX = 16

/** Where the log was when a segment had been left: the checkpoint says this, however far the log is by then. */
export interface LeftRecord {
  readonly point: RecoveryPoint
  /** What was known of producers there. */
  readonly snapshot: EncodedSnapshot | undefined
}

export class LeftSegments {
  private readonly context: StorageContext
  private readonly state: PartitionState
  private records: LeftRecord[] = []

  constructor(context: StorageContext, state: PartitionState) {
    this.context = context
    this.state = state
  }

  /** Too much is behind. */
  get isFull(): boolean {
    return Math.max(this.state.leaving.size, this.records.length) >= LEFT_MAX
  }

  /**
   * A segment was left and the next one has begun, empty. A record that nothing was done for yet makes way for this one, but for
   * one with producers: from their snapshot at the beginning of a segment a lost one is made again.
   */
  add(): void {
    const { state } = this
    const point = state.endPoint
    const snapshot = encodeProducers(state)
    if (this.records.at(-1)?.snapshot === undefined) this.records.pop()
    this.records.push({ point, snapshot })
  }

  /** The next state to record, if any: indexes before its recovery point must be flushed before. It stays until {@link recorded}. */
  get next(): LeftRecord | undefined {
    return this.records[0]
  }

  /** The state is recorded; one that came since may have taken its place. */
  recorded(record: LeftRecord): void {
    if (this.records[0] === record) this.records.shift()
  }

  /** A checkpoint further on makes the records needless. */
  forgetRecords(): void {
    this.records = []
  }

  /** Makes the indexes of the segments durable and lets go of their files. What fails stays for the next time. */
  async flush(): Promise<void> {
    const { context, state } = this
    const { leaving, directory } = state
    for (const [segment, accumulator] of [...leaving]) {
      await flushIndexes(context, directory, segment, accumulator, true)
      for (const kind of SEGMENT_FILE_KINDS) {
        await context.files.close(directory.segmentFile(segment.baseOffset, kind))
      }
      leaving.delete(segment)
    }
  }
}
