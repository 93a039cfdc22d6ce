// Forms the next group of appends to be written together: gives them their offsets and puts their batches one behind the other
// in a buffer of our own, which becomes the tail in memory. Asks of each batch of an idempotent producer whether it is the next one, is
// stored already or placed before it in the same group. Decides only; writes nothing (group commit).
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import {
  batchLastOffset,
  batchMaxTimestampMs,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
} from '../../record/batch-header.ts'
import {
  appendTimeOf,
  type KeptBatch,
  type ProducerBatch,
  type ProducerStates,
  producerBatchOf,
} from '../producer-states.ts'
import { rollReason } from '../roll-rule.ts'
import type { WaitingAppend } from './append-queue.ts'
import type { IndexAccumulator, SavedAccumulator } from './index-accumulator.ts'
import type { Segment } from './segment.ts'

export interface PlacedAppend {
  readonly append: WaitingAppend
  readonly baseOffset: number
  readonly lastOffset: number
}

/** An append of a batch that is stored already, or is placed in the same group. */
interface RepeatedAppend {
  readonly append: WaitingAppend
  readonly kept: KeptBatch
}

export interface AppendGroup {
  readonly placed: readonly PlacedAppend[]
  readonly repeated: readonly RepeatedAppend[]
  /** The partition does not end where they expect, or their producer may not append them. */
  readonly refused: readonly { readonly append: WaitingAppend; readonly error: VarveError }[]
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
  readonly producers: ProducerStates
  readonly nowMs: number
  /** Bytes before the group that must count as part of it: a power cut may leave any of them torn. */
  readonly unsyncedBytes: number
}

/**
 * Takes from `queue` what fits into one write to one segment. Adds the batches to the accumulator, and to what is known of their
 * producers, where they are pending.
 */
export function formGroup(queue: readonly WaitingAppend[], target: GroupTarget): AppendGroup {
  const { segment, accumulator, epoch, settings, producers, nowMs } = target
  const before = accumulator.save()
  const placed: PlacedAppend[] = []
  const repeated: RepeatedAppend[] = []
  const refused: AppendGroup['refused'][number][] = []
  let endOffset = target.endOffset
  let bytes = 0
  let taken = 0
  let mustRoll = false
  for (const append of queue) {
    const { batch, expectedOffset } = append.request
    const produced = producerBatchOf(batch, 0)
    const judged = produced && judge(producers, produced)
    if (judged instanceof VarveError) {
      refused.push({ append, error: judged })
      taken++
      continue
    }
    if (judged !== undefined) {
      repeated.push({ append, kept: judged })
      taken++
      continue
    }
    if (expectedOffset !== undefined && expectedOffset !== endOffset) {
      refused.push({ append, error: unexpectedOffset(endOffset, expectedOffset) })
      taken++
      continue
    }
    const bytesAtRisk = target.unsyncedBytes + bytes
    if (bytesAtRisk > 0 && bytesAtRisk + batch.length > LIMITS.appendGroupBytesMax) break
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
    if (produced !== undefined) producers.add(produced, lastOffset, appendTimeOf(batch, 0, nowMs))
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
    repeated,
    refused,
    bytes: buffer,
    baseOffset: target.endOffset,
    endOffset,
    taken,
    mustRoll,
    before,
  }
}

/** The stored batch that this one repeats, why it is refused, or undefined when it may be appended. */
function judge(
  producers: ProducerStates,
  batch: ProducerBatch,
): KeptBatch | VarveError | undefined {
  try {
    return producers.duplicateOf(batch)
  } catch (error) {
    if (error instanceof VarveError) return error
    throw error
  }
}

function unexpectedOffset(endOffset: number, expectedOffset: number): VarveError {
  return new VarveError(
    'UNEXPECTED_OFFSET',
    `the next offset of the partition is ${endOffset}, not ${expectedOffset}`,
    { details: { endOffset } },
  )
}
