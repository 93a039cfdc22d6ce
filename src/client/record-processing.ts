// Works on what a group consumer reads with the program's handlers, several at a time where the program allows it. Invariants:
// what is told as finished is a prefix of what was handed out of a partition; nothing of a partition begins after it left or a
// handler of it failed for good; a handler that fails is never passed over in silence: the whole run stops with it, or a
// warning tells it.
import { setMaxListeners } from 'node:events'
import { isVarveError, type VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import { nextTurn } from '../platform/next-turn.ts'
import type { Random } from '../platform/random.ts'
import { tracedHandler } from './client-traces.ts'
import type { WarningListeners } from './client-warning.ts'
import type { ConsumerBatch, ConsumerRecord, TopicPartition } from './consumer-types.ts'
import { decideFailure, handlerFailed } from './failure-rule.ts'
import type { PieceTicket } from './finished-prefix.ts'
import { type CallOutcome, callHandler } from './handler-call.ts'
import { Lanes } from './lanes.ts'
import { type Cut, PartitionWork, type Piece } from './partition-work.ts'
import type { ProcessingSettings } from './processing-settings.ts'
import type { FailureDecision, HandlerFailure } from './processing-types.ts'
import type { ProgressWatch } from './progress-watch.ts'
import type { PartitionWorkers, WorkPlace, WorkSource, WorkState } from './work-source.ts'

/** What was done so far. */
export interface ProcessingCounts {
  /** Records that handlers finished. */
  readonly records: number
  /** Calls that failed, repeated ones included. */
  readonly failures: number
  /** Records that were passed over after a failure. */
  readonly skipped: number
  /** Calls that are under way. */
  readonly running: number
}

export interface ProcessingParts {
  readonly settings: ProcessingSettings
  readonly source: WorkSource
  readonly clock: Clock
  readonly random: Random
  readonly watch: ProgressWatch
  readonly warnings: WarningListeners
  /** How many bytes of records may be in hand before only partitions without any are given more. */
  readonly budgetBytes: number
}

/** With one handler a partition one piece waits behind the one that runs: more would only be dropped when it leaves. */
const OPEN_IN_ORDER_MAX = 2
/** Handlers that end at once must not keep everything else from its turn. */
const TURN_MS_MAX = 15
/** How often it is looked whether the session goes on. */
const CERTAINTY_LOOK_MS = 100

export class RecordProcessing implements PartitionWorkers {
  private readonly parts: ProcessingParts
  private readonly lanes: Lanes<PartitionWork>
  private readonly works = new Map<string, PartitionWork>()
  private readonly cut: Cut
  private readonly openMax: number
  private bytesInHand = 0
  private turnStartMs = 0
  private failure: VarveError | undefined
  private onDrained: (() => void) | undefined
  private hasEnded = false
  private recordCount = 0
  private failureCount = 0
  private skippedCount = 0
  /** Pieces that came to their end, whichever. */
  private settledCount = 0

  constructor(parts: ProcessingParts) {
    this.parts = parts
    const { runningMax, partitionRunningMax, aheadMax, batchHandler } = parts.settings
    const isInOrder = partitionRunningMax === 1
    this.cut = batchHandler !== undefined ? 'batches' : isInOrder ? 'in-order' : 'by-key'
    this.openMax = isInOrder ? Math.min(OPEN_IN_ORDER_MAX, aheadMax) : aheadMax
    // How much may wait is bounded a partition (`openMax`), so that one which does not go on takes no room from the others.
    this.lanes = new Lanes({ runningMax, partitionRunningMax, queuedMax: Infinity }, () => {
      this.tellDrained()
    })
  }

  get counts(): ProcessingCounts {
    return {
      records: this.recordCount,
      failures: this.failureCount,
      skipped: this.skippedCount,
      running: this.lanes.running,
    }
  }

  get isStopping(): boolean {
    return this.hasEnded || this.failure !== undefined
  }

  /**
   * Works until the source has nothing more.
   * @throws VarveError HANDLER_FAILED when a handler failed for good, once what was under way has ended, for which it waits `boundMs`
   *   · what ended the reading, once all that had come before it was worked on, or nothing of it has come to its end for `boundMs`
   */
  async run(boundMs: number): Promise<void> {
    try {
      for (;;) {
        const next = await this.parts.source.next(this)
        if (next === undefined) break
        this.take(next.place, next.batch)
      }
      await this.drained()
    } catch (error) {
      // What came before it is worked on first, unless the program wants no more.
      if (!isVarveError(error, 'CANCELLED')) await this.drainedWhileItGoesOn(boundMs)
      throw error
    } finally {
      this.hasEnded = true
      await Promise.all([...this.works.values()].map((work) => this.releaseWork(work, boundMs)))
    }
    if (this.failure !== undefined) throw this.failure
  }

  accepts(place: TopicPartition): boolean {
    const work = this.works.get(nameOf(place))
    // What is left of another stay or place makes way for what comes.
    if (work?.place.isCurrent !== true) return true
    const isAccepted = this.mayTake(work)
    work.isWaitedFor = !isAccepted
    return isAccepted
  }

  async release(place: WorkPlace, boundMs: number): Promise<void> {
    const work = this.workOf(place)
    if (work !== undefined) await this.releaseWork(work, boundMs)
  }

  lost(place: WorkPlace): void {
    const work = this.workOf(place)
    if (work === undefined) return
    this.end(work, false)
    this.forget(work)
  }

  stateOf(place: TopicPartition): WorkState | undefined {
    return this.works.get(nameOf(place))?.stateAt(this.parts.clock.monotonicMs())
  }

  /** Undefined when there is none, or one of another stay. */
  private workOf(place: WorkPlace): PartitionWork | undefined {
    const work = this.works.get(nameOf(place))
    return work?.place === place ? work : undefined
  }

  private async releaseWork(work: PartitionWork, boundMs: number): Promise<void> {
    this.end(work, true)
    const { clock } = this.parts
    const waiting = new AbortController()
    const stopTimer = clock.after(boundMs / 2, () => {
      this.end(work, false)
      work.abort.abort(new Error(`${nameOf(work)} leaves this consumer`))
    })
    const bound = clock.sleep(boundMs, waiting.signal).catch(() => undefined)
    await Promise.race([this.lanes.idle(work), bound])
    stopTimer()
    waiting.abort()
    this.forget(work)
  }

  private mayTake(work: PartitionWork): boolean {
    if (work.leaving.signal.aborted || work.hasPending || !work.prefix.hasRoom) return false
    return work.prefix.open === 0 || this.bytesInHand < this.parts.budgetBytes
  }

  private take(place: WorkPlace, batch: ConsumerBatch): void {
    const [first] = batch.records
    if (first === undefined || !place.isCurrent) return
    let work = this.works.get(nameOf(place))
    if (work !== undefined && work.place !== place) {
      this.lost(work.place)
      work = undefined
    }
    if (work === undefined) {
      const watched = this.parts.watch.add('handler', {
        topic: place.topic,
        partition: place.partition,
      })
      work = new PartitionWork(place, first.offset, this.parts.settings.aheadMax, watched)
      // Every handler that is under way may listen to it.
      setMaxListeners(0, work.abort.signal, work.leaving.signal)
      this.works.set(nameOf(place), work)
    }
    this.bytesInHand += work.take(batch, this.cut, this.parts.clock.monotonicMs())
    this.feed(work)
  }

  /** Begins what may begin of a partition, and asks for more when it may have more. */
  private feed(work: PartitionWork): void {
    while (work.prefix.open < this.openMax && !this.isStopping) {
      const begun = work.begin()
      if (begun === undefined) break
      const { piece, ticket } = begun
      this.lanes.add({
        place: work,
        lane: piece.lane,
        order: ticket,
        run: () => this.process(work, piece, ticket),
      })
    }
    if (!work.isWaitedFor || !this.mayTake(work)) return
    work.isWaitedFor = false
    this.parts.source.look()
  }

  /** Never rejects. */
  private async process(work: PartitionWork, piece: Piece, ticket: number): Promise<void> {
    await this.giveTurn()
    let isFinished = false
    for (let attempt = 1; await this.mayBegin(work, ticket, attempt); attempt++) {
      work.begun(ticket)
      const token = work.watched.begin(piece.offset)
      const outcome = await this.call(work, piece, attempt)
      // What exceeded its time was not seen to end.
      const isGivenUp =
        outcome === 'abandoned' || (outcome !== undefined && outcome.kind === 'timeout')
      work.watched.end(token, isGivenUp)
      if (outcome === undefined) {
        this.recordCount += recordsOf(piece).length
        isFinished = true
        break
      }
      // Nobody waits for it any more: it comes again, to this member or another.
      if (outcome === 'abandoned' || work.abort.signal.aborted) break
      const next = await this.failed(work, piece, outcome, attempt)
      isFinished = next === 'skip'
      if (next !== 'retry') break
    }
    if (isFinished) this.finish(work, ticket)
    else this.endBehind(work, ticket)
    this.settledCount++
    this.bytesInHand -= work.settled(piece, this.parts.clock.monotonicMs())
    this.feed(work)
  }

  private call(work: PartitionWork, piece: Piece, attempt: number): Promise<CallOutcome> {
    const { settings, clock } = this.parts
    const { abandon, topic, partition } = work
    const { signal } = work.abort
    const { content, offset } = piece
    return tracedHandler(
      () => ({ topic, partition, offset, records: recordsOf(piece), attempt }),
      () => callHandler(settings, clock, content, { signal, attempt, abandon }),
      (outcome) => (outcome === 'abandoned' ? undefined : outcome),
    )
  }

  private finish(work: PartitionWork, ticket: number): void {
    if (!work.prefix.finish(ticket) || !work.place.isCurrent) return
    this.parts.source.finished(work.place, work.prefix.committable)
  }

  /** Does what the program's rule says, the wait before another attempt included. */
  private async failed(
    work: PartitionWork,
    piece: Piece,
    outcome: Exclude<CallOutcome, 'abandoned' | undefined>,
    attempt: number,
  ): Promise<'skip' | 'retry' | 'leave'> {
    this.failureCount++
    const { settings, random, clock } = this.parts
    const failure: HandlerFailure = {
      topic: work.topic,
      partition: work.partition,
      offset: piece.offset,
      records: recordsOf(piece),
      attempt,
      ...outcome,
    }
    const error = handlerFailed(failure)
    work.failed(piece, clock.monotonicMs(), error.message)
    let decision: FailureDecision
    const token = work.watched.begin(piece.offset)
    try {
      decision = await decideFailure(settings.onFailure, failure, random)
    } catch (cause) {
      this.fail(handlerFailed(failure, cause))
      return 'leave'
    } finally {
      work.watched.end(token)
    }
    if (work.leaving.signal.aborted && decision !== 'skip') {
      this.warn('handler-failed', error, 'it comes again to whoever gets the partition')
      return 'leave'
    }
    if (decision === 'stop') {
      this.fail(error)
      return 'leave'
    }
    if (decision === 'skip') {
      this.skippedCount += failure.records.length
      this.warn('record-skipped', error, 'it was passed over')
      return 'skip'
    }
    this.warn(
      'handler-failed',
      error,
      `it is tried again in ${Math.round(decision.retryAfterMs)} ms`,
    )
    await clock.sleep(decision.retryAfterMs, work.leaving.signal).catch(() => undefined)
    return 'retry'
  }

  /** The first failure for good ends everything. */
  private fail(error: VarveError): void {
    this.failure ??= error
    for (const work of this.works.values()) this.end(work, false)
    this.parts.source.look()
  }

  /** Nothing of it begins any more; `inOrder`: but what waits before a piece that has begun. */
  private end(work: PartitionWork, inOrder: boolean): void {
    work.leave(inOrder)
    this.endBehind(work, work.lastTicket)
  }

  /** What is behind a piece that came to nothing comes again with it. */
  private endBehind(work: PartitionWork, ticket: PieceTicket): void {
    work.endBehind(ticket)
    this.lanes.cancelBehind(work, work.lastTicket)
    this.tellDrained()
  }

  /** Resolves when all that came was worked on, or nothing of it will be any more. */
  private drained(): Promise<void> {
    return new Promise((resolve) => {
      this.onDrained = resolve
      this.tellDrained()
    })
  }

  /** The same, or when nothing has come to its end for so long. */
  private async drainedWhileItGoesOn(boundMs: number): Promise<void> {
    const drained = this.drained().then(() => true)
    for (;;) {
      const settledBefore = this.settledCount
      const waiting = new AbortController()
      const { clock } = this.parts
      const bound = clock.sleep(boundMs, waiting.signal).then(
        () => false,
        () => false,
      )
      const isDrained = await Promise.race([drained, bound])
      waiting.abort()
      if (isDrained || this.settledCount === settledBefore) return
    }
  }

  private tellDrained(): void {
    if (this.onDrained === undefined) return
    const isWaiting = ({ hasPending, place }: PartitionWork): boolean =>
      hasPending && place.isCurrent
    const isIdle = this.lanes.running === 0 && this.lanes.queued === 0
    if (this.failure !== undefined || (isIdle && ![...this.works.values()].some(isWaiting))) {
      this.onDrained()
    }
  }

  /** What is still under way concerns nobody. */
  private forget(work: PartitionWork): void {
    work.abort.abort(new Error(`${nameOf(work)} left this consumer`))
    this.parts.watch.remove(work.watched)
    this.bytesInHand -= work.forget()
    if (this.works.get(nameOf(work)) === work) this.works.delete(nameOf(work))
  }

  /** Waits while it is not certain that the partition is still held. */
  private async mayBegin(
    work: PartitionWork,
    ticket: PieceTicket,
    attempt: number,
  ): Promise<boolean> {
    const { source, clock } = this.parts
    const { leaving, abort, place } = work
    const { signal } = leaving
    while (!source.isCertain && !signal.aborted && place.isCurrent) {
      await clock.sleep(CERTAINTY_LOOK_MS, signal).catch(() => undefined)
    }
    if (!source.isCertain || !place.isCurrent || abort.signal.aborted) return false
    return attempt === 1 ? ticket <= work.lastTicket : !signal.aborted
  }

  private async giveTurn(): Promise<void> {
    const { clock } = this.parts
    if (clock.monotonicMs() - this.turnStartMs < TURN_MS_MAX) return
    await nextTurn()
    this.turnStartMs = clock.monotonicMs()
  }

  private warn(kind: 'record-skipped' | 'handler-failed', error: VarveError, what: string): void {
    const { topic, partition } = error.details
    this.parts.warnings.tell({
      kind,
      message: `${error.message}; ${what}`,
      topic: String(topic),
      partition: Number(partition),
      error,
    })
  }
}

function recordsOf({ content }: Piece): readonly ConsumerRecord[] {
  return 'records' in content ? content.records : [content]
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
