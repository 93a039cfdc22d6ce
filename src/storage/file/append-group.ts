// Forms the next group of appends to be written together: gives them their offsets and puts their batches one behind the other
// in a buffer of our own, which becomes the tail in memory. Decides only; writes nothing (group commit).
import { LIMITS } from '../../domain/limits.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import {
  batchLastOffset,
  batchMaxTimestampMs,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
} from '../../record/batch-header.ts'
import { rollReason } from '../roll-rule.ts'
import type { WaitingAppend } from './append-queue.ts'
import type { IndexAccumulator, SavedAccumulator } from './index-accumulator.ts'
import type { Segment } from './segment.ts'

export interface PlacedAppend {
  readonly append: WaitingAppend
  readonly baseOffset: number
  readonly lastOffset: number
}

export interface AppendGroup {
  readonly placed: readonly PlacedAppend[]
  /** Refused: the partition does not end where they expect. */
  readonly unexpected: readonly { readonly append: WaitingAppend; readonly endOffset: number }[]
  /** Batches back to back. */
  readonly bytes: Buffer
  readonly baseOffset: number
  readonly endOffset: number
  /** How many of the queue it takes. */
  readonly taken: number
  /** The next append needs a new segment first, and this group is empty. */
  readonly mustRoll: boolean
  /** The index entries as they were before the group. */
  readonly before: SavedAccumulator
}

export interface GroupTarget {
  readonly segment: Segment
  readonly accumulator: IndexAccumulator
  readonly endOffset: number
  readonly epoch: number
  readonly settings: TopicSettings
}

/** Takes from `queue` what fits into one write to one segment. Adds the batches to the accumulator. */
export function formGroup(queue: readonly WaitingAppend[], target: GroupTarget): AppendGroup {
  const { segment, accumulator, epoch, settings } = target
  const before = accumulator.save()
  const placed: PlacedAppend[] = []
  const unexpected: AppendGroup['unexpected'][number][] = []
  let endOffset = target.endOffset
  let bytes = 0
  let taken = 0
  let mustRoll = false
  for (const append of queue) {
    const { batch, expectedOffset } = append.request
    if (expectedOffset !== undefined && expectedOffset !== endOffset) {
      unexpected.push({ append, endOffset })
      taken++
      continue
    }
    if (bytes > 0 && bytes + batch.length > LIMITS.appendGroupBytesMax) break
    setBatchBaseOffset(batch, 0, endOffset)
    const lastOffset = batchLastOffset(batch, 0)
    const maxTimestampMs = batchMaxTimestampMs(batch, 0)
    const { progress } = accumulator
    const reason = rollReason(
      {
        baseOffset: segment.baseOffset,
        bytes: segment.bytes + bytes,
        firstTimestampMs: progress.firstTimestampMs,
        offsetIndexEntries: progress.offsetEntryCount,
        timeIndexEntries: progress.timeEntryCount,
      },
      { bytes: batch.length, lastOffset, maxTimestampMs },
      settings,
    )
    if (reason !== undefined) {
      mustRoll = placed.length === 0
      break
    }
    setBatchLeaderEpoch(batch, 0, epoch)
    const position = segment.bytes + bytes
    accumulator.add(
      { lastOffset, maxTimestampMs, position, bytes: batch.length },
      settings.indexIntervalBytes,
    )
    placed.push({ append, baseOffset: endOffset, lastOffset })
    endOffset = lastOffset + 1
    bytes += batch.length
    taken++
  }
  const buffer = Buffer.allocUnsafeSlow(bytes)
  let at = 0
  for (const { append } of placed) at += append.request.batch.copy(buffer, at)
  return {
    placed,
    unexpected,
    bytes: buffer,
    baseOffset: target.endOffset,
    endOffset,
    taken,
    mustRoll,
    before,
  }
}
