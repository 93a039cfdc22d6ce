// Hands out records from what was fetched: one batch after the other, from exactly the position on, and keeps the position
// exact. What stands in the way (an error of a partition, a damaged batch) goes to the position rule. The batch that is
// being handed out is kept between loops, so that one which was left goes on where it stopped.
import { type Offset, offsetAfter } from '../domain/offset.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { ConsumerBatch, ConsumerRecord } from './consumer-types.ts'
import { readFetchedBatch } from './fetched-batch.ts'
import type { FetchedQueue } from './fetched-queue.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import type { PositionRule } from './position-rule.ts'

/** The batch that is being handed out. */
export interface CurrentBatch {
  readonly cursor: PartitionCursor
  readonly era: number
  readonly records: readonly ConsumerRecord[]
  readonly nextOffset: Offset
  readonly leaderEpoch: number
  /** Of the next record. */
  index: number
}

export class RecordReader {
  private readonly settings: ConsumerSettings
  private readonly queue: FetchedQueue
  private readonly rule: PositionRule
  private readonly onMoved: () => void
  private current: CurrentBatch | undefined
  private recordsHandedOut = 0

  /** @param parts.onMoved called when a partition is to be read from another place */
  constructor(parts: {
    settings: ConsumerSettings
    queue: FetchedQueue
    rule: PositionRule
    onMoved: () => void
  }) {
    this.settings = parts.settings
    this.queue = parts.queue
    this.rule = parts.rule
    this.onMoved = parts.onMoved
  }

  /** How many records were handed out in all. */
  get handedOut(): number {
    return this.recordsHandedOut
  }

  /** As many records as were asked for in all were handed out. */
  get isLimitReached(): boolean {
    return this.recordsHandedOut >= this.settings.maxRecords
  }

  /**
   * The batch to hand out from; undefined when nothing is there now.
   * @param accepts whether batches of this partition are wanted now; all are unless told
   * @throws VarveError what the position rule makes of an error
   */
  next(accepts?: (cursor: PartitionCursor) => boolean): CurrentBatch | undefined {
    for (;;) {
      const current = this.currentRest() ?? this.readNext(accepts)
      if (current !== undefined || this.queue.peek(accepts) === undefined) return current
    }
  }

  /** What was begun is void. */
  drop(): void {
    this.current = undefined
  }

  /** The next record; undefined when the batch is over, or void since a seek. */
  takeRecord(current: CurrentBatch): ConsumerRecord | undefined {
    if (this.current !== current || current.era !== current.cursor.era) return undefined
    if (this.isLimitReached) return undefined
    const record = current.records[current.index]
    if (record === undefined) return undefined
    current.index++
    this.recordsHandedOut++
    const isLast = current.index === current.records.length
    current.cursor.position = isLast ? current.nextOffset : offsetAfter(record.offset, 1)
    return record
  }

  /** All that is left of the batch; undefined when it is void since a seek. */
  takeBatch(current: CurrentBatch): ConsumerBatch | undefined {
    const { cursor } = current
    if (this.current !== current || current.era !== cursor.era) return undefined
    const end = current.index + (this.settings.maxRecords - this.recordsHandedOut)
    const isAll = current.index === 0 && end >= current.records.length
    const records = isAll ? current.records : current.records.slice(current.index, end)
    const last = records.at(-1)
    if (last === undefined) throw new Error('a batch that is handed out has records')
    current.index += records.length
    this.recordsHandedOut += records.length
    const isWhole = current.index === current.records.length
    cursor.position = isWhole ? current.nextOffset : offsetAfter(last.offset, 1)
    return {
      topic: cursor.topic,
      partition: cursor.partition,
      records,
      nextOffset: cursor.position,
    }
  }

  /** What is left of the batch that an earlier loop or the other way of reading began. */
  private currentRest(): CurrentBatch | undefined {
    const { current } = this
    if (current === undefined) return undefined
    const isOver = current.index >= current.records.length || current.era !== current.cursor.era
    if (isOver) this.current = undefined
    return isOver ? undefined : current
  }

  /** The next batch of what was fetched; undefined when the first of it brought no records. */
  private readNext(accepts?: (cursor: PartitionCursor) => boolean): CurrentBatch | undefined {
    const fetched = this.queue.peek(accepts)
    if (fetched === undefined) return undefined
    const { cursor } = fetched
    if (fetched.error !== undefined) {
      this.queue.done(fetched)
      this.rule.apply(cursor, fetched.error)
      this.onMoved()
      return undefined
    }
    if (fetched.bytes.length === 0) {
      // Offsets without records, or the end of the batches.
      cursor.position = Math.max(
        cursor.position,
        Math.min(fetched.nextOffset, cursor.endOffset),
      ) as Offset
      this.queue.done(fetched)
      return undefined
    }
    const batch = readFetchedBatch(fetched.bytes, cursor, this.settings.verifyChecksums)
    if (batch.kind === 'damaged') {
      this.rule.applyDamage(cursor, batch.reason, batch.nextGood ?? fetched.nextOffset)
      this.onMoved()
      return undefined
    }
    this.queue.consume(fetched, batch.bytes)
    if (batch.records.length === 0) {
      cursor.position = batch.nextOffset
      return undefined
    }
    const { records, nextOffset, leaderEpoch } = batch
    this.current = { cursor, era: cursor.era, records, nextOffset, leaderEpoch, index: 0 }
    return this.current
  }
}
