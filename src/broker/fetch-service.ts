// Reads from any number of partitions, and waits where there is not enough yet (long poll). Invariants: every fetch ends,
// served, refused or cancelled, and leaves nothing behind; a fetch that waits holds no bytes, so that ten thousand of
// them cost little; how many wait, and for how many partitions, is bounded.
import { isVarveError, VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import { TRACE_POINTS } from '../platform/trace-table.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import { type FetchPlan, type FetchRequest, planFetch } from './fetch-plan.ts'
import { forEachBounded } from './for-each-bounded.ts'
import { answerOffset, type OffsetAnswer, type OffsetQuestion } from './list-offsets.ts'
import { LongPoll } from './long-poll.ts'
import {
  type FetchOutcome,
  type FetchTarget,
  findTargets,
  openTarget,
  ownBudget,
  readTargets,
} from './partition-reader.ts'
import type { RequestGate } from './request-gate.ts'
import type { TopicCatalog } from './topic-catalog.ts'

export type { FetchPartition, FetchRequest } from './fetch-plan.ts'
export type { OffsetAnswer, OffsetQuestion } from './list-offsets.ts'
export type { FetchOutcome } from './partition-reader.ts'

/** Questions of one ListOffsets that are answered at a time: a search by timestamp reads from disk. */
const QUESTION_CONCURRENCY = 8

/** What the service works with. */
export interface FetchServiceParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly clock: Clock
  readonly random: Random
  readonly metrics: BrokerMetrics
  readonly limits: Limits
}

/** How much of a target is known to be there, without keeping it. */
interface Counted {
  /** What lies below it is counted. */
  upTo: Offset
  /** At most the target's own budget. */
  bytes: number
}

export class FetchService {
  readonly #parts: FetchServiceParts
  readonly #polls = new Set<LongPoll>()
  #watched = 0

  constructor(parts: FetchServiceParts) {
    this.#parts = parts
  }

  /** Fetches that wait now. At most LIMITS.waitingFetchesMax. */
  get waiting(): number {
    return this.#polls.size
  }

  /** Partitions that the waiting fetches wait for. At most LIMITS.waitingFetchPartitionsMax. */
  get watchedPartitions(): number {
    return this.#watched
  }

  /**
   * Reads what is there when it is at least `minBytes`, else waits for that. Ends at once when a partition has an error,
   * and when the broker closes. Budgets: FetchRequest.
   * @returns one outcome a partition, in request order; an error of one is part of its outcome: UNKNOWN_TOPIC,
   *   UNKNOWN_PARTITION, OFFSET_OUT_OF_RANGE, DIVERGED_EPOCH, CORRUPT_LOG, NOT_READY ...
   * @throws VarveError TOO_MANY_ITEMS · INVALID_FETCH_SIZE · INVALID_ARGUMENT · QUEUE_FULL · CANCELLED · NOT_READY
   */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<readonly FetchOutcome[]> {
    const { partitions, maxWaitMs, minBytes } = request
    return TRACE_POINTS.brokerFetch.run(
      () => ({ partitions, maxWaitMs, minBytes }),
      () => this.#fetch(request, signal),
      (outcomes) => ({
        bytes: outcomes.reduce((sum, { bytes }) => sum + bytes, 0),
        errorCount: outcomes.filter(({ error }) => error !== undefined).length,
      }),
    )
  }

  async #fetch(
    request: FetchRequest,
    signal: AbortSignal | undefined,
  ): Promise<readonly FetchOutcome[]> {
    const plan = planFetch(request)
    const { gate, catalog, clock, random, metrics } = this.#parts
    return gate.run(async () => {
      throwIfAborted(signal)
      const targets = findTargets(catalog, request.partitions)
      const startedMs = clock.monotonicMs()
      const outcomes = await readTargets(targets, plan.maxBytes, random)
      throwIfAborted(signal)
      if (isEnough(outcomes, plan) || gate.isClosing) {
        return this.#handOut(targets, outcomes, clock.monotonicMs() - startedMs)
      }
      // From here on only counts are kept: the bytes are read again when there are enough.
      const waitsFromMs = clock.monotonicMs()
      await this.#wait(targets, countedOf(outcomes), plan, signal)
      const waitsToMs = clock.monotonicMs()
      metrics.fetchWaitSeconds.observe((waitsToMs - waitsFromMs) / 1e3)
      throwIfAborted(signal)
      const final = await readTargets(targets, plan.maxBytes, random)
      throwIfAborted(signal)
      return this.#handOut(
        targets,
        final,
        clock.monotonicMs() - waitsToMs + waitsFromMs - startedMs,
      )
    })
  }

  /**
   * Answers where partitions begin and end and which offset a moment has, in the order of the questions.
   * @param signal ends it between two questions
   * @throws VarveError TOO_MANY_ITEMS · CANCELLED · NOT_READY, also when the broker closes meanwhile
   */
  async listOffsets(
    questions: readonly OffsetQuestion[],
    signal?: AbortSignal,
  ): Promise<readonly OffsetAnswer[]> {
    if (questions.length > LIMITS.itemsPerRequestMax) {
      throw new VarveError(
        'TOO_MANY_ITEMS',
        `at most ${LIMITS.itemsPerRequestMax} questions at a time, not ${questions.length}`,
      )
    }
    const { gate, catalog } = this.#parts
    return gate.run(async () => {
      const answers: OffsetAnswer[] = []
      await forEachBounded(questions.entries(), QUESTION_CONCURRENCY, async ([index, question]) => {
        throwIfAborted(signal)
        gate.check()
        answers[index] = await answerOffset(catalog, question)
      })
      return answers
    })
  }

  /** Ends every wait; the fetches answer with what is there. */
  endWaits(): void {
    for (const poll of this.#polls) poll.end()
  }

  /** Resolves when there may be enough or something to say, at the deadline, on abort and when the broker closes. */
  async #wait(
    targets: readonly FetchTarget[],
    counted: Counted[],
    plan: FetchPlan,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    this.#checkRoom(targets.length)
    const poll = new LongPoll(this.#parts.clock, plan.maxWaitMs, signal)
    this.#polls.add(poll)
    this.#watched += targets.length
    try {
      await waitForBytes(poll, targets, counted, plan.minBytes)
    } finally {
      poll.end()
      this.#polls.delete(poll)
      this.#watched -= targets.length
    }
  }

  /** Counts what goes to the reader. */
  #handOut(
    targets: readonly FetchTarget[],
    outcomes: readonly FetchOutcome[],
    readMs: number,
  ): readonly FetchOutcome[] {
    const { metrics } = this.#parts
    metrics.fetchSeconds.observe(readMs / 1e3)
    for (const [index, outcome] of outcomes.entries()) {
      const { slot, asked } = targets[index] as FetchTarget
      if (slot !== undefined) metrics.handedOut(slot.topic, asked.offset, outcome)
    }
    return outcomes
  }

  /** @throws VarveError QUEUE_FULL */
  #checkRoom(partitions: number): void {
    const { waitingFetchesMax, waitingFetchPartitionsMax } = this.#parts.limits
    if (
      this.#polls.size < waitingFetchesMax &&
      this.#watched + partitions <= waitingFetchPartitionsMax
    ) {
      return
    }
    throw new VarveError('QUEUE_FULL', 'too many fetches are waiting for records', {
      details: {
        waitingFetchesMax,
        waitingFetchPartitionsMax,
      },
    })
  }
}

function isEnough(outcomes: readonly FetchOutcome[], plan: FetchPlan): boolean {
  if (plan.maxWaitMs === 0 || outcomes.length === 0) return true
  let bytes = 0
  for (const outcome of outcomes) {
    if (outcome.error !== undefined) return true
    bytes += outcome.bytes
  }
  return bytes >= plan.minBytes
}

function countedOf(outcomes: readonly FetchOutcome[]): Counted[] {
  return outcomes.map(({ nextOffset, bytes }) => ({ upTo: nextOffset, bytes }))
}

/** Counts what arrives until `minBytes` are there, a target has an error or the poll is over. */
async function waitForBytes(
  poll: LongPoll,
  targets: readonly FetchTarget[],
  counted: readonly Counted[],
  minBytes: number,
): Promise<void> {
  let missing = minBytes
  for (const { bytes } of counted) missing -= bytes
  const watch = (index: number): boolean => watchTarget(poll, index, targets, counted)
  for (const index of targets.keys()) if (!watch(index)) return
  while (missing > 0) {
    const woken = await poll.next()
    if (woken.length === 0) return
    for (const index of woken) {
      const more = await countMore(
        targets[index] as FetchTarget,
        counted[index] as Counted,
        missing,
      )
      if (more === undefined) return
      missing -= more
      if (missing > 0 && !watch(index)) return
    }
  }
}

/** Subscribes to a target that can still give more. @returns false when it has an error by now. */
function watchTarget(
  poll: LongPoll,
  index: number,
  targets: readonly FetchTarget[],
  counted: readonly Counted[],
): boolean {
  const target = targets[index] as FetchTarget
  const { upTo, bytes } = counted[index] as Counted
  if (bytes >= ownBudget(target)) return true
  return (
    orUndefined(() => {
      const { log } = openTarget(target)
      poll.watch(index, (wake) => log.notifyReadable(upTo, wake))
      return true
    }) ?? false
  )
}

/** Counts what a target has beyond what was counted. @returns how many bytes; undefined when it has an error. */
async function countMore(
  target: FetchTarget,
  counted: Counted,
  bytesMax: number,
): Promise<number | undefined> {
  const opened = orUndefined(() => openTarget(target))
  if (opened === undefined) return undefined
  if (opened.bounds.readableEnd <= counted.upTo) return 0
  try {
    const { bytes, nextOffset } = await opened.log.read({
      offset: counted.upTo,
      maxBytes: bytesMax,
      atLeastOneBatch: true,
    })
    // Readable, but the log gives nothing: waiting again would end at once, again and again.
    if (bytes === 0) return undefined
    const before = counted.bytes
    counted.upTo = nextOffset
    counted.bytes = Math.min(before + bytes, ownBudget(target))
    return counted.bytes - before
  } catch (error) {
    // The read of the answer meets it again and says so.
    if (isVarveError(error)) return undefined
    throw error
  }
}

/** What `action` returns; undefined when it refuses: the read of the answer meets the refusal again and says so. */
function orUndefined<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (isVarveError(error)) return undefined
    throw error
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new VarveError('CANCELLED', 'the call was cancelled')
}
