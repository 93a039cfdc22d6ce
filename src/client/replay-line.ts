// The stream of a replay: opened while somebody reads, and replaced by another one that goes on where the loop stands when it breaks or
// falls silent. Invariants: what the program wants (pace, pause, steps, seek) holds over all streams, whenever it was said; what came of
// a stream that is gone, or of a place that was left by a seek, is never handed out.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type {
  ReplayPace as PaceMessage,
  ReplayProgressOutput,
  ReplayReadyOutput,
  ReplayRecordsOutput,
  ReplayResponseOutput,
  ReplayStateOutput,
  ReplaySummaryOutput,
} from '../protocol/grpc/messages.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { Outage } from './outage.ts'
import { ReplayAttempt } from './replay-attempt.ts'
import { ReplayCredit } from './replay-credit.ts'
import type { ReplayFeed } from './replay-feed.ts'
import type { ReplayLedger } from './replay-ledger.ts'
import type { ReplaySettings } from './replay-settings.ts'
import { ReplaySilence } from './replay-silence.ts'
import type { ReplayLateness } from './replay-types.ts'
import { initOf } from './replay-wire.ts'

export interface ReplayLineParts {
  readonly context: ClientContext
  readonly settings: ReplaySettings
  readonly ledger: ReplayLedger
  readonly feed: ReplayFeed
  readonly warnings: WarningListeners
  /** Something came, or ended. */
  readonly onChange: () => void
  readonly onProgress: () => void
  readonly onLate: (lateness: ReplayLateness) => void
}

export class ReplayLine {
  private readonly parts: ReplayLineParts
  private outage: Outage
  private attempt: ReplayAttempt | undefined
  private pace: PaceMessage
  private isPaused: boolean
  private isRunning = false
  /** How many streams were opened. */
  private streams = 0
  private hasSought = false
  private readonly credit: ReplayCredit
  private lastProgress: ReplayProgressOutput | undefined
  /** By how much the client delayed the schedule, on streams before this one, and on this one. */
  private delayedBeforeMs = 0
  private delayedOfStreamMs = 0
  private readonly silence: ReplaySilence
  private stopWake: Cancel | undefined

  constructor(parts: ReplayLineParts) {
    const { context, settings, warnings, feed } = parts
    this.parts = parts
    this.credit = new ReplayCredit(settings.prefetchBytes, feed)
    this.pace = settings.pace
    this.isPaused = settings.isPaused
    this.silence = new ReplaySilence(context.clock, () => {
      this.lost(new VarveError('BROKER_UNAVAILABLE', 'nothing came of the replay'))
    })
    // Who asks for the first time wants to know that nobody is there.
    this.outage = new Outage({ context, warnings, longestMs: context.requestTimeoutMs })
  }

  /** What the broker last told of this stream. */
  get progress(): ReplayProgressOutput | undefined {
    return this.lastProgress
  }

  /** By how much the client delayed the schedule, over all streams. */
  get delayedMs(): number {
    return this.delayedBeforeMs + this.delayedOfStreamMs
  }

  get isConnected(): boolean {
    return this.attempt?.isOpen === true
  }

  get isHeld(): boolean {
    return this.isPaused
  }

  /** Somebody reads. */
  start(): void {
    this.isRunning = true
    this.open()
  }

  /** Nobody reads any more: what was not handed out is asked for again by the next one who does. */
  stop(): void {
    this.isRunning = false
    this.hangUp()
    this.parts.feed.dropAhead()
  }

  pause(): void {
    // Steps that were not done are taken back.
    this.parts.feed.allowance = 0
    this.isPaused = true
    this.attempt?.send({ pause: {} })
  }

  resume(): void {
    this.parts.feed.allowance = Infinity
    this.isPaused = false
    this.attempt?.send({ resume: {} })
  }

  step(records: number): void {
    const { feed } = this.parts
    this.isPaused = true
    feed.allowance = records + (feed.allowance === Infinity ? 0 : feed.allowance)
    this.attempt?.send({ step: { records } })
  }

  setPace(pace: PaceMessage): void {
    const { settings, feed } = this.parts
    this.pace = pace
    const { attempt } = this
    const isOrdered = settings.order === 'merged' || attempt?.begun.pace.speed !== undefined
    if (attempt === undefined || pace.speed === undefined || isOrdered) {
      attempt?.send({ pace })
      return
    }
    // Who follows the recorded time needs all partitions in its order, and a session has its order from its beginning.
    feed.dropAhead()
    this.reopen()
  }

  seek(to: 'start' | { readonly timestampMs: number }): void {
    const { feed, ledger } = this.parts
    feed.drop()
    if (this.isPaused) feed.allowance = 0
    ledger.seek(to)
    this.hasSought = true
    const { attempt } = this
    if (attempt === undefined) this.open()
    else if (!attempt.begun.isFromStarts) this.reopen()
    // While it is being opened, what is to be done afterwards is looked for afterwards.
    else if (attempt.isOpen) this.sendSeek(attempt)
  }

  /** What came is not good: it is asked for again. */
  refetch(): void {
    this.parts.feed.drop()
    this.reopen()
  }

  /** Ends the reading with an error, behind all that came. */
  fail(error: VarveError): void {
    this.hangUp()
    this.parts.feed.push({ kind: 'failed', error })
    this.parts.onChange()
  }

  /** Gives credit for what there is room for, in few messages. */
  readonly pump = (): void => {
    if (!this.isConnected) return
    const bytes = this.credit.grant()
    if (bytes !== undefined) this.attempt?.send({ credit: { bytes } })
  }

  private open(): void {
    const { context, ledger, feed, onChange } = this.parts
    if (!this.isRunning || this.attempt !== undefined || feed.isEnded) return
    const waitMs = this.outage.notBeforeMs - context.clock.monotonicMs()
    if (waitMs > 0) {
      this.stopWake?.()
      this.stopWake = context.clock.after(waitMs, () => {
        this.open()
      })
    } else if (ledger.isAllAsked) {
      feed.push({ kind: 'finished', summary: undefined, isWhole: false })
      onChange()
    } else this.connect()
  }

  private reopen(): void {
    this.hangUp()
    this.open()
  }

  private connect(): void {
    const { context, settings, ledger } = this.parts
    const { pace, isPaused } = this
    const isSought = ledger.seekToMs !== undefined
    const begun = { isFromStarts: ledger.isAtStarts, pace, isPaused }
    const attempt = new ReplayAttempt(begun, {
      onOpen: ({ ready }) => {
        this.guard(() => {
          this.begin(attempt, ready)
        })
      },
      onMessage: (message) => {
        this.receive(attempt, message)
      },
      onEnd: (error) => {
        const ended = new VarveError('BROKER_UNAVAILABLE', 'the broker ended the replay')
        this.lost(error ?? ended)
      },
    })
    this.attempt = attempt
    const init = initOf(settings, {
      sessionId: ledger.sessionId,
      sources: ledger.isKnown ? ledger.sources() : settings.sources,
      pace,
      isPaused,
      // Before a seek nothing is wanted.
      creditBytes: this.credit.begin(!isSought),
      playheadMs: isSought ? undefined : ledger.playheadMs,
    })
    void attempt.open(context, init)
  }

  /** Says what was wanted since the init was sent. */
  private begin(attempt: ReplayAttempt, ready: ReplayReadyOutput): void {
    const { context, settings, warnings, ledger, feed, onChange } = this.parts
    const { begun } = attempt
    if (this.streams === 0) {
      const longestMs = settings.outageMaxMs
      this.outage = new Outage({ context, warnings, longestMs })
    }
    this.streams++
    this.outage.over()
    ledger.learn(ready.sessionId, ready.places)
    this.silence.start(ready.progressIntervalMs)
    if (begun.pace !== this.pace) attempt.send({ pace: this.pace })
    if (begun.isPaused !== this.isPaused) {
      attempt.send(this.isPaused ? { pause: {} } : { resume: {} })
    }
    if (ledger.seekToMs !== undefined) attempt.sendSeek(ledger.seekToMs)
    if (feed.allowance !== Infinity && feed.allowance > 0) {
      attempt.send({ step: { records: feed.allowance } })
    }
    this.pump()
    onChange()
  }

  private sendSeek(attempt: ReplayAttempt): void {
    attempt.sendSeek(this.parts.ledger.seekToMs)
    this.pump()
  }

  private receive(attempt: ReplayAttempt, message: ReplayResponseOutput): void {
    this.silence.heard()
    this.outage.over()
    this.guard(() => {
      this.take(attempt, message)
    })
    this.parts.onChange()
  }

  /** What makes no sense ends the reading. */
  private guard(action: () => void): void {
    try {
      action()
    } catch (error) {
      if (!isVarveError(error)) throw error
      this.fail(error)
    }
  }

  /** @throws VarveError INTERNAL when the message makes no sense */
  private take(attempt: ReplayAttempt, message: ReplayResponseOutput): void {
    const { records, progress, state, lateness, trouble, summary } = message
    if (records) this.takeRecords(attempt, records)
    else if (state) this.takeState(attempt, state)
    // Before the answer to a seek the others are of the place that was left.
    else if (attempt.answeredEpoch !== attempt.seekEpoch) return
    else if (progress) this.takeProgress(progress)
    else if (lateness) {
      this.parts.onLate({ isBehind: lateness.behind, lateMs: lateness.lateMs })
    } else if (trouble) this.parts.feed.push({ kind: 'trouble', trouble })
    else if (summary) this.takeSummary(attempt, summary)
    // What remains is a kind of message that only newer brokers know.
  }

  private takeRecords(
    attempt: ReplayAttempt,
    { seekEpoch, runs, creditBytes }: ReplayRecordsOutput,
  ): void {
    this.credit.took(creditBytes)
    this.silence.heardRecords()
    if (seekEpoch !== attempt.seekEpoch) {
      // What is void takes no room.
      this.pump()
      return
    }
    this.parts.feed.push({ kind: 'records', runs, creditBytes })
  }

  private takeState(attempt: ReplayAttempt, { seekEpoch, places }: ReplayStateOutput): void {
    // Without places it answers another command.
    if (seekEpoch !== attempt.seekEpoch || places.length === 0) return
    attempt.answeredEpoch = seekEpoch
    this.parts.ledger.sought(places)
  }

  private takeProgress(progress: ReplayProgressOutput): void {
    this.lastProgress = progress
    this.delayedOfStreamMs = progress.delayedMs
    this.parts.onProgress()
  }

  private takeSummary(attempt: ReplayAttempt, summary: ReplaySummaryOutput): void {
    this.delayedOfStreamMs = summary.delayedMs
    // The stream stays until the loop has come to the end: a seek may lead back.
    attempt.isSummed = true
    const isWhole = this.streams === 1 && !this.hasSought
    this.parts.feed.push({ kind: 'finished', summary, isWhole })
  }

  /** The stream is gone: no harm is done where all had come. */
  private lost(error: VarveError): void {
    const isSummed = this.attempt?.isSummed === true
    this.hangUp()
    if (!isSummed) this.failed(error)
  }

  /** The stream broke or could not be opened: another one follows after a while, or the reading ends. */
  private failed(error: VarveError): void {
    const { feed } = this.parts
    this.outage.failed(error)
    const final = this.outage.take()
    if (final !== undefined) {
      this.fail(final)
      return
    }
    feed.dropAhead()
    this.parts.onChange()
    this.open()
  }

  /** The stream is over, or is to be. */
  private hangUp(): void {
    const { attempt } = this
    this.attempt = undefined
    this.credit.end()
    this.delayedBeforeMs = this.delayedMs
    this.delayedOfStreamMs = 0
    this.lastProgress = undefined
    this.silence.stop()
    this.stopWake?.()
    attempt?.hangUp()
  }
}
