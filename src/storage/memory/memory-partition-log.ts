// A partition in memory. An append takes effect within its call, so appends are in the order of the calls and readers see
// everything at once. Records go in the same steps as with files: whole segments, by the shared rules.
import { VarveError } from '../../domain/error.ts'
import { FIRST_OFFSET, type Offset, offsetAfter } from '../../domain/offset.ts'
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import { batchBaseOffset, batchLastOffset, batchMaxTimestampMs } from '../../record/batch-header.ts'
import type {
  AppendRequest,
  AppendResult,
  LogBounds,
  PartitionLog,
  PartitionReport,
  PartitionStatistics,
  ReadRequest,
  ReadResult,
  TimestampPosition,
} from '../engine.ts'
import { appendTimeOf, duplicateResult, producerBatchOf } from '../producer-states.ts'
import { ReadableWaiters } from '../readable-waiters.ts'
import { recordTimestamps } from '../record-timestamps.ts'
import { tracedAppend, tracedRead } from '../traced-log.ts'
import { MEMORY_EPOCH, type MemoryPartition } from './memory-partition.ts'

export class MemoryPartitionLog implements PartitionLog {
  readonly identity: PartitionIdentity
  private readonly partition: MemoryPartition
  private readonly clock: Clock
  private readonly waiters = new ReadableWaiters()
  private settings: TopicSettings
  private isClosed = false

  constructor(
    identity: PartitionIdentity,
    settings: TopicSettings,
    surroundings: { readonly partition: MemoryPartition; readonly clock: Clock },
  ) {
    this.identity = identity
    this.settings = settings
    this.partition = surroundings.partition
    this.clock = surroundings.clock
  }

  get isOpen(): boolean {
    return !this.isClosed
  }

  bounds(): LogBounds {
    this.checkOpen()
    return this.currentBounds()
  }

  append(request: AppendRequest): Promise<AppendResult> {
    return tracedAppend(this.identity, request, () => this.store(request))
  }

  read(request: ReadRequest): Promise<ReadResult> {
    return tracedRead(this.identity, request, () => this.collect(request))
  }

  private async store(request: AppendRequest): Promise<AppendResult> {
    this.checkOpen()
    const { batch, expectedOffset } = request
    const { producers, end: baseOffset } = this.partition
    const produced = producerBatchOf(batch, 0)
    const kept = produced && producers.duplicateOf(produced)
    if (kept !== undefined) return duplicateResult(kept, 'written')
    if (expectedOffset !== undefined && expectedOffset !== baseOffset) {
      throw new VarveError(
        'UNEXPECTED_OFFSET',
        `the next offset of the partition is ${baseOffset}, not ${expectedOffset}`,
        { details: { endOffset: baseOffset } },
      )
    }
    const nowMs = this.clock.wallMs()
    if (!this.partition.append(batch, this.settings, nowMs)) {
      throw new VarveError('DISK_FULL', 'the memory engine holds as many bytes as it may')
    }
    const { end } = this.partition
    if (produced !== undefined) {
      producers.add(produced, end - 1, appendTimeOf(batch, 0, nowMs))
      producers.keep()
    }
    this.waiters.wakeBelow(end)
    return {
      baseOffset,
      lastOffset: offsetAfter(end, -1),
      durability: 'written',
      duplicate: false,
    }
  }

  private async collect(request: ReadRequest): Promise<ReadResult> {
    this.checkOpen()
    const { offset, maxBytes, atLeastOneBatch } = request
    if (offset < this.partition.start || offset > this.partition.end) {
      throw this.outOfRange(offset)
    }
    const endOffset = Math.min(request.endOffset ?? Infinity, this.partition.end)
    const batches: Buffer[] = []
    let bytes = 0
    let nextOffset = offset
    for (const batch of this.partition.batchesFrom(offset)) {
      if (Math.max(offset, batchBaseOffset(batch, 0)) >= endOffset) break
      const isForced = atLeastOneBatch && batches.length === 0
      if (bytes + batch.length > maxBytes && !isForced) break
      batches.push(batch)
      bytes += batch.length
      nextOffset = (batchLastOffset(batch, 0) + 1) as Offset
    }
    // A copy: what is given away may be changed by its new owner.
    const chunks = batches.length === 0 ? [] : [Buffer.concat(batches)]
    return { chunks, bytes, nextOffset, isFromTail: true }
  }

  notifyReadable(offset: Offset, wake: () => void): Cancel {
    const cancel = this.waiters.add(offset, wake)
    if (this.isClosed) this.waiters.wakeBelow(Infinity)
    else this.waiters.wakeBelow(Math.max(this.partition.end, this.partition.start))
    return cancel
  }

  async offsetForTimestamp(timestampMs: number): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    for (const segment of this.partition.segments) {
      if (segment.maxTimestampMs < timestampMs) continue
      for (let at = segment.indexOf(this.partition.start); at < segment.batches.length; at++) {
        const batch = segment.batches[at]
        if (batch === undefined || batchMaxTimestampMs(batch, 0) < timestampMs) continue
        for (const record of recordTimestamps(batch)) {
          if (record.offset < this.partition.start || record.timestampMs < timestampMs) continue
          return { offset: record.offset as Offset, timestampMs: record.timestampMs }
        }
      }
    }
    return undefined
  }

  async maxTimestamp(): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    let largest: TimestampPosition | undefined
    for (const batch of this.partition.batchesFrom(this.partition.start)) {
      const largestMs = largest?.timestampMs ?? -Infinity
      if (batchMaxTimestampMs(batch, 0) <= largestMs) continue
      for (const record of recordTimestamps(batch)) {
        if (record.offset < this.partition.start) continue
        if (record.timestampMs <= (largest?.timestampMs ?? -Infinity)) continue
        largest = { offset: record.offset as Offset, timestampMs: record.timestampMs }
      }
    }
    return largest
  }

  async bytesFrom(offset: Offset): Promise<number> {
    this.checkOpen()
    if (offset < this.partition.start || offset > this.partition.end) {
      throw this.outOfRange(offset)
    }
    return this.partition.bytesFrom(offset)
  }

  endOffsetForEpoch(
    epoch: number,
  ): { readonly epoch: number; readonly endOffset: Offset } | undefined {
    this.checkOpen()
    const { start, end } = this.partition
    if (end === FIRST_OFFSET) return undefined
    if (epoch < MEMORY_EPOCH) return { epoch, endOffset: start }
    return { epoch: MEMORY_EPOCH, endOffset: end }
  }

  async deleteBefore(offset: Offset): Promise<Offset> {
    this.checkOpen()
    const { start, end } = this.partition
    if (offset > end) {
      throw new VarveError(
        'OFFSET_OUT_OF_RANGE',
        `records can be deleted before ${end} at most, not ${offset}`,
        { details: { startOffset: start, endOffset: end } },
      )
    }
    this.partition.moveStart(offset)
    this.removeExpired({ retentionMs: Infinity, retentionBytes: Infinity })
    return this.partition.start
  }

  updateSettings(settings: TopicSettings): void {
    this.settings = settings
  }

  async maintain(): Promise<void> {
    this.checkOpen()
    this.removeExpired(this.settings)
    this.partition.producers.expire(this.clock.wallMs())
  }

  statistics(): PartitionStatistics {
    return {
      condition: !this.isClosed ? 'healthy' : 'closed',
      reason: undefined,
      bounds: this.currentBounds(),
      bytes: this.partition.bytes,
      report: this.report(),
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.waiters.wakeBelow(Infinity)
  }

  private removeExpired(settings: Pick<TopicSettings, 'retentionMs' | 'retentionBytes'>): void {
    this.partition.removeExpired(settings, this.clock.wallMs())
    this.waiters.wakeBelow(this.partition.start)
  }

  private currentBounds(): LogBounds {
    const { start, end } = this.partition
    return { start, readableEnd: end, end, epoch: MEMORY_EPOCH }
  }

  private report(): PartitionReport {
    return {
      topicId: this.identity.topicId,
      topicName: this.identity.topicName,
      partition: this.identity.partition,
      outcome: 'created',
      segmentsScanned: 0,
      bytesScanned: 0,
      tornBytes: 0,
      indexesRebuilt: 0,
      startOffset: FIRST_OFFSET,
      endOffset: FIRST_OFFSET,
      epoch: MEMORY_EPOCH,
      durationMs: 0,
      damaged: [],
      anomalies: [],
    }
  }

  private outOfRange(offset: number): VarveError {
    return new VarveError(
      'OFFSET_OUT_OF_RANGE',
      `offset ${offset} is outside of ${this.partition.start} to ${this.partition.end}`,
      { details: { startOffset: this.partition.start, endOffset: this.partition.end } },
    )
  }

  private checkOpen(): void {
    if (this.isClosed) throw new VarveError('NOT_READY', 'the partition is closed')
  }
}
