// A replay: stored records once more, in their order and at the pace that is asked for, without touching any group. Invariants: per
// partition every readable record from where it begins to where it ends is handed out once, but for those that filters leave out;
// `positions` is exact after every record; what was passed over or stands in the way has an event or an error that says so.
// Memory is bounded by `prefetchBytes` and one message.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { ClientContext } from './client-context.ts'
import { type CloseOptions, checkClose } from './close-options.ts'
import { requireInteger } from './option-check.ts'
import { ReplayFeed } from './replay-feed.ts'
import { ReplayLedger } from './replay-ledger.ts'
import { ReplayLine } from './replay-line.ts'
import { ReplayListeners } from './replay-listeners.ts'
import {
  checkPace,
  checkReplayOptions,
  checkSeekTarget,
  type ReplaySettings,
} from './replay-settings.ts'
import type {
  ReplayEventMap,
  ReplayedBatch,
  ReplayedRecord,
  ReplayListener,
  ReplayOptions,
  ReplayPaceOptions,
  ReplayPositions,
  ReplayProgress,
  ReplaySummary,
} from './replay-types.ts'
import { statusOf } from './replay-wire.ts'

/** A summary that somebody waits for. */
interface AwaitedSummary {
  readonly promise: Promise<ReplaySummary>
  readonly resolve: (summary: ReplaySummary) => void
  readonly reject: (error: VarveError) => void
}

export class Replay implements AsyncIterable<ReplayedRecord> {
  private readonly settings: ReplaySettings
  private readonly listeners = new ReplayListeners()
  private readonly ledger: ReplayLedger
  private readonly feed: ReplayFeed
  private readonly line: ReplayLine
  private readonly onClosed: () => void
  private readonly waiting = new Set<() => void>()
  private isReading = false
  private isClosed = false
  private finished: ReplaySummary | undefined
  private awaited: AwaitedSummary | undefined

  /** Made by `Varve.replay`. @throws VarveError INVALID_ARGUMENT · INVALID_OFFSET · INVALID_TIMESTAMP */
  constructor(context: ClientContext, options: ReplayOptions, onClosed: () => void) {
    const settings = checkReplayOptions(options)
    const { listeners, notify } = this
    const { warnings } = listeners
    this.settings = settings
    this.onClosed = onClosed
    this.ledger = new ReplayLedger(context.clock, settings.sessionId, settings.resume)
    const { ledger } = this
    const feed = new ReplayFeed({
      ledger,
      skipsTrouble: settings.trouble === 'skip',
      onRoom: () => {
        this.line.pump()
      },
      onTrouble: (trouble) => {
        listeners.tell('trouble', trouble)
      },
      onRefetch: (error) => {
        warnings.tell({ kind: 'damage-refetched', message: error.message, error })
        this.line.refetch()
      },
      onDamage: (error) => {
        feed.drop()
        this.line.fail(error)
      },
    })
    this.feed = feed
    if (settings.isPaused) feed.allowance = 0
    this.line = new ReplayLine({
      context,
      settings,
      ledger,
      feed,
      warnings,
      onChange: notify,
      onProgress: () => {
        listeners.tell('progress', this.progress())
      },
      onLate: (lateness) => {
        listeners.tell('late', lateness)
      },
    })
  }

  /** Of the session; empty before it is `ready`, unless it was given. Records carry it. */
  get sessionId(): string {
    return this.ledger.sessionId
  }

  /**
   * Record by record, until all was played or `close`. Leaving the loop keeps the place, and the next loop goes on from there; a loop that
   * failed may be begun again too.
   * @throws VarveError what stops it, with `topic`, `partition` and `offset` in the details where it is of one partition; BROKER_UNAVAILABLE
   *   when the broker was away for too long · CANCELLED · CORRUPT_LOG when records came damaged, or others than the broker gave
   */
  [Symbol.asyncIterator](): AsyncGenerator<ReplayedRecord, void, undefined> {
    return this.read(() => this.feed.next())
  }

  /** The same, all records of a partition that came together at a time: less work a record. */
  batches(): AsyncGenerator<ReplayedBatch, void, undefined> {
    return this.read(() => this.feed.nextBatch())
  }

  /**
   * Opens the session and fixes where playing begins and ends, if that is not done yet: the loop does it by itself. Records come ahead of
   * the loop from now on, as far as the budget allows.
   * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · OFFSET_OUT_OF_RANGE · BROKER_UNAVAILABLE · UNSUPPORTED ...
   */
  async ready(): Promise<void> {
    this.refuseIfClosed()
    if (this.finished !== undefined) return
    const { signal } = this.settings
    const wake = (): void => {
      this.notify()
    }
    signal?.addEventListener('abort', wake)
    try {
      this.line.start()
      await this.connected()
    } catch (error) {
      // Told here; a loop that runs has its own way to it.
      if (!this.isReading) this.line.stop()
      throw error
    } finally {
      signal?.removeEventListener('abort', wake)
    }
  }

  /** Hands out nothing more, what came already included, and stops the playhead. */
  pause(): void {
    this.refuseIfClosed()
    this.line.pause()
  }

  /** Goes on from where it was paused. */
  resume(): void {
    this.refuseIfClosed()
    this.line.resume()
    this.notify()
  }

  /** Hands out so many records without waiting for their time, beside those of steps before, and stays paused. @throws VarveError INVALID_ARGUMENT */
  step(records = 1): void {
    requireInteger('records', records, { min: 1 })
    this.refuseIfClosed()
    this.line.step(records)
    this.notify()
  }

  /**
   * Goes to the first records at or after a moment, or back to the starts, within what is played. The next record comes from there;
   * counts and checksums of partitions begin anew. Also while the loop has the last record; not when it has ended.
   * @throws VarveError INVALID_ARGUMENT · INVALID_TIMESTAMP · CLOSED
   */
  seek(to: 'start' | { readonly timestampMs: number }): void {
    checkSeekTarget(to)
    this.refuseIfClosed()
    if (this.finished !== undefined) throw new VarveError('CLOSED', 'all was replayed')
    this.line.seek(to)
    this.notify()
  }

  /** Plays at this pace from now on; `max` when neither is given. @throws VarveError INVALID_ARGUMENT */
  setPace(pace: ReplayPaceOptions): void {
    const message = checkPace(pace)
    this.refuseIfClosed()
    this.line.setPace(message)
  }

  /** How far it is. */
  progress(): ReplayProgress {
    const { ledger, line } = this
    const told = line.progress
    const offsets = ledger.isKnown ? ledger.offsets : undefined
    return {
      status: this.status(),
      // The broker tells it now and then; what was handed out since is known here.
      playheadMs: laterOf(told?.playheadMs, ledger.playheadMs),
      records: ledger.records,
      bytes: ledger.bytes,
      dropped: ledger.dropped,
      lagMs: told?.lagMs ?? 0,
      delayedMs: line.delayedMs,
      share: offsets?.share,
      remainingMs: this.finished !== undefined || offsets?.left === 0 ? 0 : told?.remainingMs,
      offsetsLeft: offsets?.left ?? told?.offsetsLeft ?? 0,
    }
  }

  /**
   * Where it stands: for `resume`, also of another program. Exact: all records that the loop was handed are done, and no others.
   * @throws VarveError INVALID_ARGUMENT before it is `ready`
   */
  positions(): ReplayPositions {
    if (this.ledger.isKnown) return this.ledger.token()
    const message = 'the replay has no places yet: await replay.ready() first'
    throw new VarveError('INVALID_ARGUMENT', message)
  }

  /**
   * What was played, as soon as all was: the loop must come to its end.
   * @throws VarveError what ended the loop · CLOSED
   */
  summary(): Promise<ReplaySummary> {
    if (this.finished !== undefined) return Promise.resolve(this.finished)
    if (this.isClosed) return Promise.reject(closedError())
    this.awaited ??= awaitedSummary()
    return this.awaited.promise
  }

  /** Ends the loop, if one is running, after its current record, and lets go of everything but the positions. Safe to call twice. */
  close(options: CloseOptions = {}): Promise<void> {
    checkClose(options)
    if (!this.isClosed) {
      this.isClosed = true
      this.line.stop()
      this.feed.drop()
      this.awaited?.reject(closedError())
      this.onClosed()
      this.notify()
    }
    return Promise.resolve()
  }

  /**
   * Calls the listener: `progress` as often as asked for, `late` when the loop falls behind the schedule or has caught up, `trouble` when
   * something was passed over, `warning` when something went wrong and the replay goes on.
   */
  on<Name extends keyof ReplayEventMap>(event: Name, listener: ReplayListener<Name>): this {
    this.listeners.add(event, listener)
    return this
  }

  off<Name extends keyof ReplayEventMap>(event: Name, listener: ReplayListener<Name>): this {
    this.listeners.remove(event, listener)
    return this
  }

  private async *read<Part>(next: () => Part | undefined): AsyncGenerator<Part, void, undefined> {
    this.begin()
    try {
      for (;;) {
        this.refuseIfAborted()
        const part = next()
        if (part !== undefined) yield part
        else if (await this.isOver()) return
      }
    } catch (error) {
      if (isVarveError(error)) this.awaited?.reject(error)
      this.awaited = undefined
      throw error
    } finally {
      this.isReading = false
      this.settings.signal?.removeEventListener('abort', this.notify)
      this.line.stop()
    }
  }

  /** @throws VarveError why there is no session */
  private async connected(): Promise<void> {
    for (;;) {
      this.refuseIfClosed()
      this.refuseIfAborted()
      const { end } = this.feed
      if (end?.kind === 'failed') throw end.error
      if (this.line.isConnected || this.feed.isEnded || this.finished !== undefined) return
      await this.change()
    }
  }

  private begin(): void {
    this.refuseIfClosed()
    if (this.isReading) {
      const message = 'the replay is being read already: one loop at a time'
      throw new VarveError('INVALID_ARGUMENT', message)
    }
    this.isReading = true
    this.settings.signal?.addEventListener('abort', this.notify)
    if (this.finished === undefined) this.line.start()
  }

  /** There is no record now: waits for a change, unless none comes. @throws VarveError what ended the reading */
  private async isOver(): Promise<boolean> {
    if (this.isClosed || this.finished !== undefined) return true
    const { end } = this.feed
    if (end === undefined) {
      await this.change()
      return this.isClosed
    }
    if (end.kind === 'failed') throw end.error
    const { summary, isWhole } = end
    if (summary !== undefined) {
      if (isWhole) this.ledger.compare(summary)
      this.ledger.finished(summary)
    }
    this.finished = this.ledger.summary(this.line.delayedMs)
    this.awaited?.resolve(this.finished)
    return true
  }

  private status(): ReplayProgress['status'] {
    const { line } = this
    if (this.finished !== undefined) return 'finished'
    if (line.isHeld) return 'paused'
    if (!line.isConnected) return this.feed.isEnded ? 'waiting-for-client' : 'connecting'
    return line.progress === undefined ? 'playing' : statusOf(line.progress.status)
  }

  /** Wakes whoever waits, to look what has changed. */
  private readonly notify = (): void => {
    const woken = [...this.waiting]
    this.waiting.clear()
    for (const wake of woken) wake()
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.add(resolve)
    })
  }

  private refuseIfAborted(): void {
    const { signal } = this.settings
    if (signal?.aborted !== true) return
    throw new VarveError('CANCELLED', 'the replay was cancelled', { cause: signal.reason })
  }

  private refuseIfClosed(): void {
    if (this.isClosed) throw closedError()
  }
}

function laterOf(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.max(one, other)
}

function closedError(): VarveError {
  return new VarveError('CLOSED', 'the replay was closed')
}

function awaitedSummary(): AwaitedSummary {
  const awaited: Partial<AwaitedSummary> = {}
  const promise = new Promise<ReplaySummary>((resolve, reject) => {
    Object.assign(awaited, { resolve, reject })
  })
  // The loop has the error too: who looks there needs not look here.
  promise.catch(() => undefined)
  return { ...(awaited as AwaitedSummary), promise }
}
