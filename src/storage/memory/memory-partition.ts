// What a memory engine holds of one partition: its batches in segments, where it begins and where it ends. It stays when
// the partition is closed, until the partition is deleted or the engine ends.
import { FIRST_OFFSET, type Offset, offsetAfter } from '../../domain/offset.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import {
  batchBaseOffset,
  batchLastOffset,
  batchMaxTimestampMs,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
} from '../../record/batch-header.ts'
import type { ProducerAllowance } from '../producer-allowance.ts'
import { ProducerStates } from '../producer-states.ts'
import { expiredSegments } from '../retention-rule.ts'
import { rollReason } from '../roll-rule.ts'
import { MemorySegment } from './memory-segment.ts'

/** Nothing outlives the process, so there is one epoch only. */
export const MEMORY_EPOCH = 1

/** The space that the partitions of an engine share. */
export interface MemorySpace {
  /** @returns whether there was room for so many bytes; then they are taken. */
  take(bytes: number): boolean
  free(bytes: number): void
}

export class MemoryPartition {
  /** Oldest first; the last one is written to. Empty until the first append. */
  readonly segments: MemorySegment[] = []
  start: Offset = FIRST_OFFSET
  end: Offset = FIRST_OFFSET
  readonly producers: ProducerStates
  private readonly space: MemorySpace

  constructor(space: MemorySpace, producers: ProducerAllowance) {
    this.space = space
    this.producers = new ProducerStates(producers)
  }

  /** Stores a copy of `batch` at the end. @returns whether there was room. */
  append(batch: Buffer, settings: TopicSettings, nowMs: number): boolean {
    if (!this.space.take(batch.length)) return false
    const stored = Buffer.from(batch)
    setBatchBaseOffset(stored, 0, this.end)
    setBatchLeaderEpoch(stored, 0, MEMORY_EPOCH)
    const end = offsetAfter(this.end, batchLastOffset(stored, 0) - this.end + 1)
    const segment = this.segmentFor(stored, settings, nowMs)
    segment.append(stored, nowMs, settings.indexIntervalBytes)
    this.end = end
    return true
  }

  /** The batches from the one with `offset` on. */
  *batchesFrom(offset: number): Generator<Buffer, void, undefined> {
    let low = 0
    let high = this.segments.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.segments[middle]?.baseOffset ?? Infinity) <= offset) low = middle + 1
      else high = middle
    }
    for (let index = Math.max(0, low - 1); index < this.segments.length; index++) {
      const segment = this.segments[index]
      if (segment === undefined) return
      for (let at = segment.indexOf(offset); at < segment.batches.length; at++) {
        const batch = segment.batches[at]
        if (batch !== undefined) yield batch
      }
    }
  }

  /** Bytes of the batches from the one with `offset` on. */
  bytesFrom(offset: number): number {
    let bytes = 0
    for (let at = this.segments.length - 1; at >= 0; at--) {
      const segment = this.segments[at]
      if (segment === undefined) break
      if (segment.baseOffset > offset) bytes += segment.bytes
      else return bytes + segment.bytesFrom(offset)
    }
    return bytes
  }

  /** Removes the segments that the rule no longer keeps, and moves the start to the first one that stays. */
  removeExpired(
    settings: Pick<TopicSettings, 'retentionMs' | 'retentionBytes'>,
    nowMs: number,
  ): void {
    this.remove(expiredSegments(this.segments, { settings, nowMs, startOffset: this.start }))
    const [first] = this.segments
    if (first !== undefined) this.moveStart(first.baseOffset as Offset)
  }

  moveStart(offset: Offset): void {
    if (offset > this.start) this.start = offset
  }

  /** Gives all space back. */
  discard(): void {
    this.producers.clear()
    this.remove(this.segments.length)
  }

  get bytes(): number {
    let bytes = 0
    for (const segment of this.segments) bytes += segment.bytes
    return bytes
  }

  private remove(count: number): void {
    for (const segment of this.segments.splice(0, count)) this.space.free(segment.bytes)
  }

  /** The segment that takes `batch`: the last one or a new one. */
  private segmentFor(batch: Buffer, settings: TopicSettings, nowMs: number): MemorySegment {
    const active = this.segments.at(-1)
    const incoming = {
      bytes: batch.length,
      lastOffset: batchLastOffset(batch, 0),
      maxTimestampMs: batchMaxTimestampMs(batch, 0),
    }
    if (active !== undefined && rollReason(active, incoming, settings) === undefined) {
      return active
    }
    const segment = new MemorySegment(batchBaseOffset(batch, 0), nowMs)
    this.segments.push(segment)
    return segment
  }
}
