// Reads partitions for one fetch: which have something, in which order, within one budget of bytes. Invariants: chunks are
// whole batches, given away; only the first partition with data may exceed the budget, by one batch; every partition with
// data has the same chance to be the first, so none starves behind a busy one.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { Random } from '../platform/random.ts'
import type { LogBounds, PartitionLog } from '../storage/engine.ts'
import type { FetchPartition } from './fetch-plan.ts'
import type { PartitionSlot } from './live-topic.ts'
import { goneTopic, readableLog } from './open-log.ts'
import type { TopicCatalog } from './topic-catalog.ts'

export interface FetchOutcome {
  readonly topic: string
  readonly partition: number
  /** Whole encoded batches back to back. Given to the caller; never changed afterwards. */
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  /** -1 when the partition is not known or not open. */
  readonly startOffset: number
  /** -1 when the partition is not known or not open. */
  readonly readableEndOffset: number
  /** Where to read on. */
  readonly nextOffset: Offset
  readonly error?: VarveError
}

/** One partition of a fetch: what was asked and, unless that failed, where it is to be found. */
export interface FetchTarget {
  readonly asked: FetchPartition
  /** Kept over a wait: a topic that was deleted and made again under its name is another one. */
  readonly slot: PartitionSlot | undefined
  readonly error: VarveError | undefined
}

/** Finds what the fetch asks for. */
export function findTargets(
  catalog: TopicCatalog,
  partitions: readonly FetchPartition[],
): FetchTarget[] {
  return partitions.map((asked) => {
    try {
      return { asked, slot: catalog.slot(asked.topic, asked.partition), error: undefined }
    } catch (error) {
      if (isVarveError(error)) return { asked, slot: undefined, error }
      throw error
    }
  })
}

/**
 * The log of a target and where it begins and ends, with the offset checked against it.
 * @throws VarveError what findTargets found · OFFSET_OUT_OF_RANGE · DIVERGED_EPOCH · as readableLog
 */
export function openTarget(target: FetchTarget): { log: PartitionLog; bounds: LogBounds } {
  const { asked, slot } = target
  if (slot === undefined) throw target.error ?? new Error('a fetch target without slot and error')
  const log = readableLog(slot)
  try {
    const bounds = log.bounds()
    // Where the log was cut says more than that the offset lies outside of it.
    checkEpoch(log, asked)
    checkRange(bounds, asked)
    return { log, bounds }
  } catch (error) {
    throw goneTopic(slot.topic, error)
  }
}

/** Reads the targets within `maxBytes`; the outcomes are in their order. */
export async function readTargets(
  targets: readonly FetchTarget[],
  maxBytes: number,
  random: Random,
): Promise<FetchOutcome[]> {
  const outcomes: FetchOutcome[] = []
  const withData: number[] = []
  for (const [index, target] of targets.entries()) {
    const outcome = emptyOutcome(target)
    outcomes.push(outcome)
    if (outcome.error === undefined && outcome.readableEndOffset > target.asked.offset) {
      withData.push(index)
    }
  }
  const first = withData.length > 1 ? random.integer(withData.length) : 0
  let budget = maxBytes
  for (let turn = 0; turn < withData.length && budget > 0; turn++) {
    const index = withData[(first + turn) % withData.length] as number
    const target = targets[index] as FetchTarget
    const outcome = await readTarget(target, { budget, isFirst: budget === maxBytes })
    outcomes[index] = outcome
    budget -= outcome.bytes
  }
  return outcomes
}

/** What a target answers without any data. */
function emptyOutcome(target: FetchTarget): FetchOutcome {
  try {
    return outcomeOf(target, openTarget(target).bounds)
  } catch (error) {
    return failedOutcome(target, error)
  }
}

/** The bytes that the target may give by itself. */
export function ownBudget({ asked }: FetchTarget): number {
  return asked.maxBytes === undefined || asked.maxBytes === 0 ? Infinity : asked.maxBytes
}

async function readTarget(
  target: FetchTarget,
  options: { budget: number; isFirst: boolean },
): Promise<FetchOutcome> {
  const { asked } = target
  try {
    const { log } = openTarget(target)
    const read = await log.read({
      offset: asked.offset,
      maxBytes: Math.min(options.budget, ownBudget(target)),
      atLeastOneBatch: options.isFirst,
    })
    return { ...outcomeOf(target, log.bounds()), ...read }
  } catch (error) {
    return failedOutcome(target, error)
  }
}

function outcomeOf(target: FetchTarget, bounds: LogBounds | undefined): FetchOutcome {
  const { topic, partition, offset } = target.asked
  return {
    topic,
    partition,
    chunks: [],
    bytes: 0,
    startOffset: bounds?.start ?? -1,
    readableEndOffset: bounds?.readableEnd ?? -1,
    nextOffset: offset,
  }
}

/** @throws what is no VarveError: a bug. */
function failedOutcome(target: FetchTarget, thrown: unknown): FetchOutcome {
  const error = target.slot === undefined ? thrown : goneTopic(target.slot.topic, thrown)
  if (!isVarveError(error)) throw error
  return { ...outcomeOf(target, boundsNow(target.slot)), error }
}

function boundsNow(slot: PartitionSlot | undefined): LogBounds | undefined {
  try {
    return slot?.topic.state === 'active' ? slot.log?.bounds() : undefined
  } catch (error) {
    if (isVarveError(error)) return undefined
    throw error
  }
}

/** @throws VarveError OFFSET_OUT_OF_RANGE */
function checkRange(bounds: LogBounds, asked: FetchPartition): void {
  const { start, end } = bounds
  if (asked.offset >= start && asked.offset <= end) return
  throw new VarveError(
    'OFFSET_OUT_OF_RANGE',
    `partition ${asked.partition} of topic ${asked.topic} has offsets ${start} to ${end}, not ${asked.offset}`,
    { details: { startOffset: start, endOffset: end } },
  )
}

/**
 * Whether what the reader has read is still the history of this log (invariant D4; Kafka: KIP-595, diverging epoch).
 * @throws VarveError DIVERGED_EPOCH
 */
function checkEpoch(log: PartitionLog, asked: FetchPartition): void {
  const { leaderEpoch, offset } = asked
  if (leaderEpoch === undefined || leaderEpoch < 0) return
  const known = log.endOffsetForEpoch(leaderEpoch)
  // Nothing was written: the range check says what there is to say.
  if (known === undefined) return
  if (known.epoch === leaderEpoch && known.endOffset >= offset) return
  throw new VarveError(
    'DIVERGED_EPOCH',
    `the log was cut: epoch ${known.epoch} ended at offset ${known.endOffset}, before ${offset} of epoch ${leaderEpoch}`,
    { details: { epoch: known.epoch, endOffset: known.endOffset } },
  )
}
