// One partition of a replay: reads stored batches of its stretch, a few at a time, and stands on one record of them, the next that is to
// be given. It knows neither time nor its neighbours. Invariants: every offset of the stretch is given, dropped by the filter or
// skipped with a reason, once, in order; what it holds is one read.
import { isVarveError, VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { Cancel } from '../../platform/clock.ts'
import { batchLeaderEpoch, batchRecordCount, readBatchHeader } from '../../record/batch-header.ts'
import { type DecodedRecord, RecordWalk } from '../../record/decode-batch.ts'
import { RecordDigest } from '../../record/record-digest.ts'
import { eachBatch } from '../../record/stored-batch.ts'
import type { LogBounds, ReadResult } from '../../storage/engine.ts'
import type { PartitionSlot } from '../live-topic.ts'
import { goneTopic, readableLog } from '../open-log.ts'
import type { RecordFilter } from './record-filter.ts'
import type { ReplayPartitionSummary, ReplayPlace } from './replay-words.ts'

/** What was to be had: stands on a record; nothing yet; the end of the stretch; or nothing more because of trouble. */
export type PartitionState = 'unread' | 'record' | 'waiting' | 'ended'

/** Stored batches as they are. */
export interface StoredStretch {
  readonly batches: readonly Buffer[]
  readonly bytes: number
  readonly recordCount: number
  readonly offset: Offset
  readonly nextOffset: Offset
  readonly leaderEpoch: number
}

/** A record, and what it stands for. */
export interface TakenRecord {
  readonly record: DecodedRecord
  readonly bytes: number
  /** From here on, up to the record. */
  readonly offset: Offset
  /** Records in between that the filter dropped. */
  readonly dropped: number
}

export class ReplayedPartition {
  readonly topic: string
  readonly partition: number
  /** In the order of the sources and partitions. */
  readonly index: number
  readonly slot: PartitionSlot
  state: PartitionState = 'unread'
  /** The time by which it is ordered: that of its record, or of an older one before it that is later. */
  orderMs = -Infinity
  records = 0
  bytes = 0
  dropped = 0
  skipped = 0
  /** Where playing ends; Infinity: nowhere. */
  readonly endOffset: number
  private readonly filter: RecordFilter
  private readonly stretch: ReplayPlace
  private begin: Offset
  /** All before it was given or stands in what was given. */
  private givenTo: Offset
  private droppedAtGiven = 0
  /** All before it is done. */
  private position: Offset
  private digest = new RecordDigest()
  private gaveStored = false
  private batches: Buffer[] = []
  private walk: RecordWalk | undefined
  private walkEnd: Offset
  private epoch = -1
  /** What was met behind the record that was taken last. */
  private ahead: VarveError | undefined
  private stopWaiting: Cancel | undefined

  constructor(place: ReplayPlace, index: number, slot: PartitionSlot, filter: RecordFilter) {
    this.topic = place.topic
    this.partition = place.partition
    this.index = index
    this.slot = slot
    this.filter = filter
    this.stretch = place
    this.begin = place.startOffset
    this.givenTo = place.startOffset
    this.position = place.startOffset
    this.walkEnd = place.startOffset
    this.endOffset = place.endOffset ?? Infinity
    this.endIfDone()
  }

  /** The place as it is played since the last seek. */
  get place(): ReplayPlace {
    return { ...this.stretch, startOffset: this.begin }
  }

  /** Where playing begins, but for seeks. */
  get firstOffset(): Offset {
    return this.stretch.startOffset
  }

  /** The first offset that is neither given, dropped nor skipped. */
  get nextOffset(): Offset {
    return this.position
  }

  get offsetsLeft(): number {
    return this.endOffset === Infinity ? 0 : Math.max(0, this.endOffset - this.position)
  }

  get offsetsInAll(): number {
    return this.endOffset === Infinity ? 0 : Math.max(0, this.endOffset - this.begin)
  }

  get leaderEpoch(): number {
    return this.epoch
  }

  /** It stands on no record and reads none: stored batches may be given. */
  get isBetweenBatches(): boolean {
    return this.state === 'unread' && this.walk === undefined && this.batches.length === 0
  }

  get summary(): ReplayPartitionSummary {
    const { topic, partition, records, bytes, dropped, skipped } = this
    const counts = { records, bytes, dropped, skipped }
    const offsets = { startOffset: this.begin, nextOffset: this.position }
    const checksum = this.gaveStored ? undefined : this.digest.value
    return { topic, partition, ...offsets, ...counts, checksum }
  }

  /**
   * Comes to stand on the next record, with one read at most: whoever reads for long has to be asked again. Stays unread when that was not
   * enough.
   * @param maxBytes of what is read; one batch is read whole
   * @throws VarveError what stands in the way: UNKNOWN_TOPIC · OFFSET_OUT_OF_RANGE · CORRUPT_LOG · NOT_READY · STORAGE_FAILED
   */
  async load(maxBytes: number): Promise<void> {
    if (this.state !== 'unread') return
    const { ahead } = this
    if (ahead !== undefined) {
      this.ahead = undefined
      throw ahead
    }
    if (this.step() || this.hasEnded) return
    const read = await this.read(maxBytes)
    if (read === undefined) return
    for (const chunk of read.chunks) this.batches.push(...eachBatch(chunk))
    if (this.batches.length === 0) this.moveTo(read.nextOffset)
    else this.step()
  }

  /** The record that it stands on; it moves to the next. */
  take(): TakenRecord {
    const { walk } = this
    if (walk === undefined || this.state !== 'record') throw new Error('it stands on no record')
    const { cursor, timestampMs, offset } = walk
    const record = walk.record()
    const bytes = cursor.contentEnd - cursor.contentPosition
    this.digest.addStored(cursor, timestampMs)
    this.records++
    this.bytes += bytes
    const given = {
      record,
      bytes,
      offset: this.givenTo,
      dropped: this.dropped - this.droppedAtGiven,
    }
    this.position = (offset + 1) as Offset
    this.givenTo = this.position
    this.droppedAtGiven = this.dropped
    this.state = 'unread'
    try {
      if (!this.step()) this.endIfDone()
    } catch (error) {
      if (!isVarveError(error)) throw error
      this.ahead = error
    }
    return given
  }

  /** Stored batches, without a look into them, when it is between two. */
  async takeStored(maxBytes: number, recordsMax: number): Promise<StoredStretch | undefined> {
    const { position } = this
    const read = await this.read(maxBytes)
    if (read === undefined || position !== this.position || this.state !== 'unread')
      return undefined
    const batches: Buffer[] = []
    let bytes = 0
    let recordCount = 0
    let end: number = read.chunks.length === 0 ? read.nextOffset : position
    for (const chunk of read.chunks) {
      for (const batch of eachBatch(chunk)) {
        if (recordCount >= recordsMax) break
        const header = readBatchHeader(batch)
        const firstOffset = Math.max(position, header.baseOffset)
        end = Math.min(header.lastOffset + 1, this.endOffset)
        batches.push(batch)
        this.orderMs = Math.max(this.orderMs, header.maxTimestampMs)
        bytes += batch.length
        // Offsets are dense but for what was compacted elsewhere.
        recordCount += Math.min(batchRecordCount(batch, 0), end - firstOffset)
        this.epoch = batchLeaderEpoch(batch, 0)
      }
    }
    this.gaveStored = true
    this.records += recordCount
    this.bytes += bytes
    this.moveTo(end as Offset)
    this.givenTo = this.position
    const leaderEpoch = this.epoch
    return { batches, bytes, recordCount, offset: position, nextOffset: this.position, leaderEpoch }
  }

  /** Passes over what cannot be read. @returns where it goes on; undefined when there is nothing more */
  skipTo(offset: Offset | undefined): Offset | undefined {
    this.batches = []
    this.walk = undefined
    this.ahead = undefined
    this.droppedAtGiven = this.dropped
    const to = Math.min(offset ?? this.endOffset, this.endOffset)
    if (to === Infinity || offset === undefined) {
      if (to !== Infinity) {
        this.skipped += Math.max(0, to - this.position)
        this.position = Math.max(to, this.position) as Offset
      }
      this.state = 'ended'
      return undefined
    }
    this.skipped += Math.max(0, to - this.position)
    this.state = 'unread'
    this.moveTo(to as Offset)
    this.givenTo = this.position
    this.endIfDone()
    return this.hasEnded ? undefined : this.position
  }

  /** Plays from elsewhere, with counts of its own. */
  seek(offset: Offset): void {
    this.endWait()
    this.batches = []
    this.walk = undefined
    this.ahead = undefined
    this.begin = offset
    this.givenTo = offset
    this.droppedAtGiven = 0
    this.position = offset
    this.walkEnd = offset
    this.orderMs = -Infinity
    this.digest = new RecordDigest()
    this.gaveStored = false
    this.records = 0
    this.bytes = 0
    this.dropped = 0
    this.skipped = 0
    this.state = 'unread'
    this.endIfDone()
  }

  /** While it is waiting: calls `wake` when there may be more. */
  wait(wake: () => void): void {
    if (this.stopWaiting !== undefined) return
    const { log } = this.slot
    if (log === undefined) {
      this.state = 'unread'
      wake()
      return
    }
    this.stopWaiting = log.notifyReadable(this.position, () => {
      this.stopWaiting = undefined
      this.state = 'unread'
      wake()
    })
  }

  /** Lets go of its callback. */
  endWait(): void {
    this.stopWaiting?.()
    this.stopWaiting = undefined
  }

  private get hasEnded(): boolean {
    return this.state === 'ended'
  }

  /** Moves to the next record that matches, in what was read. @returns whether there is one */
  private step(): boolean {
    for (;;) {
      const walk = this.walk ?? this.open()
      if (walk === undefined) return false
      if (this.findIn(walk)) return true
      this.walk = undefined
      this.moveTo(this.walkEnd)
      if (this.hasEnded) return false
    }
  }

  private findIn(walk: RecordWalk): boolean {
    while (this.decoding(() => walk.next())) {
      const { offset } = walk
      if (offset < this.position) continue
      if (offset >= this.endOffset) {
        this.batches = []
        return false
      }
      this.orderMs = Math.max(this.orderMs, walk.timestampMs)
      if (this.filter.isEmpty || this.filter.matches(walk)) {
        this.state = 'record'
        return true
      }
      this.dropped++
      this.position = (offset + 1) as Offset
    }
    return false
  }

  private open(): RecordWalk | undefined {
    for (let batch = this.batches.shift(); batch !== undefined; batch = this.batches.shift()) {
      const header = readBatchHeader(batch)
      this.walkEnd = (header.lastOffset + 1) as Offset
      if (header.isControl || header.lastOffset < this.position) {
        this.moveTo(this.walkEnd)
        if (this.hasEnded) return undefined
        continue
      }
      this.epoch = header.leaderEpoch
      const opened = batch
      this.walk = this.decoding(() => new RecordWalk(opened))
      return this.walk
    }
    return undefined
  }

  /** @throws VarveError CORRUPT_LOG for whatever the batch in hand has that cannot be decoded */
  private decoding<Result>(action: () => Result): Result {
    try {
      return action()
    } catch (error) {
      if (!isVarveError(error)) throw error
      const message = 'the records of a stored batch cannot be decoded'
      throw new VarveError('CORRUPT_LOG', message, {
        details: { firstBad: this.position, nextGood: this.walkEnd },
        cause: error,
      })
    }
  }

  /** @returns undefined when nothing is readable: it waits then, or has ended */
  private async read(maxBytes: number): Promise<ReadResult | undefined> {
    const { topic } = this.slot
    try {
      const log = readableLog(this.slot)
      const { readableEnd, start } = log.bounds()
      if (this.position >= start && this.position >= readableEnd) {
        this.state = 'waiting'
        return undefined
      }
      return await log.read({
        offset: this.position,
        maxBytes,
        atLeastOneBatch: true,
        ...(this.endOffset === Infinity ? {} : { endOffset: this.endOffset as Offset }),
      })
    } catch (error) {
      throw goneTopic(topic, error)
    }
  }

  /** Where the log begins and ends now; undefined when it cannot be asked. */
  bounds(): LogBounds | undefined {
    try {
      return this.slot.topic.state === 'active' ? this.slot.log?.bounds() : undefined
    } catch (error) {
      if (isVarveError(error)) return undefined
      throw error
    }
  }

  private moveTo(offset: Offset): void {
    this.position = Math.max(this.position, Math.min(offset, this.endOffset)) as Offset
    this.endIfDone()
  }

  private endIfDone(): void {
    if (this.position >= this.endOffset && this.state !== 'record') this.state = 'ended'
  }
}
