// A replay session: plays stretches of partitions again, in an order and at a pace, as credit allows. It is pulled: nothing is read
// before `next` is called, and it holds one read of each partition. It belongs to no group and writes nothing. Invariants: within a
// partition every record of its stretch is given once, in order, unless a filter dropped it or trouble was told of it; no more than
// one record or batch is given beyond the credit; nothing is given before it is due; after `end` nothing of it is left anywhere.
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import { nextTurn } from '../../platform/next-turn.ts'
import type { BrokerMetrics } from '../broker-metrics.ts'
import type { RequestGate } from '../request-gate.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import { ReplayGauge } from './replay-gauge.ts'
import { ReplayLateness } from './replay-lateness.ts'
import { ReplayReading } from './replay-reading.ts'
import type {
  ReplayEvent,
  ReplayOptions,
  ReplayPace,
  ReplayPlace,
  ReplayRun,
  ReplaySeekTarget,
  ReplayStatus,
} from './replay-words.ts'
import type { ReplayedPartition, StoredStretch } from './replayed-partition.ts'
import { RunCollector } from './run-collector.ts'
import { Schedule } from './schedule.ts'

/** Long work gives everything else its turn. */
const TURN_MS_MAX = 10

export interface ReplayParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly clock: Clock
  readonly metrics: BrokerMetrics
  readonly options: ReplayOptions
  readonly sessionId: string
  readonly partitions: readonly ReplayedPartition[]
  /** How late records may be before the schedule is delayed, or the client is told, in ms. */
  readonly lateMs: number
  /** The latest time of all that is to be played, if it is known. */
  readonly endMs: number | undefined
  /** Called once, at the end. */
  readonly onEnd: () => void
}

export class Replay {
  readonly sessionId: string
  readonly #parts: ReplayParts
  readonly #reading: ReplayReading
  readonly #lateness: ReplayLateness
  readonly #schedule: Schedule
  readonly #gauge: ReplayGauge
  readonly #events: ReplayEvent[] = []
  #creditBytes: number
  #creditRecords: number
  #steps = 0
  #seekEpoch = 0
  #seeking: ReplaySeekTarget | undefined
  #isFinishing = false
  /** There was nothing to give since: what comes next is not late. */
  #isDry = false
  #isSummed = false
  #ended: VarveError | undefined
  #progressDueMs: number
  #turnStartMs = 0
  #onChange: (() => void) | undefined

  constructor(parts: ReplayParts) {
    const { options, clock } = parts
    this.#parts = parts
    this.sessionId = parts.sessionId
    this.#schedule = new Schedule(options.pace, options.playheadMs)
    this.#gauge = new ReplayGauge(parts, this.#schedule)
    const tell = (event: ReplayEvent): void => {
      this.#events.push(event)
    }
    this.#lateness = new ReplayLateness(parts, this.#schedule, tell)
    this.#reading = new ReplayReading({
      ...{ ...parts, tell },
      changed: () => {
        this.#changed()
      },
      giveTurn: () => this.#giveTurn(),
      isOver: () => this.#isOver(),
    })
    this.#creditBytes = options.creditBytes
    this.#creditRecords = options.creditRecords
    if (options.isPaused) this.#schedule.pause(clock.monotonicMs())
    this.#progressDueMs = clock.monotonicMs() + options.progressIntervalMs
  }

  /** What is played, with starts and ends as they were found. */
  get places(): readonly ReplayPlace[] {
    return this.#parts.partitions.map(({ place }) => place)
  }

  /** Allows more to be given. Both at least 0. */
  addCredit(bytes: number, records: number): void {
    this.#creditBytes = Math.min(this.#creditBytes + bytes, Number.MAX_SAFE_INTEGER)
    if (this.#creditRecords !== Infinity) {
      this.#creditRecords = Math.min(this.#creditRecords + records, Number.MAX_SAFE_INTEGER)
    }
    this.#changed()
  }

  pause(): void {
    this.#schedule.pause(this.#nowMs)
    this.#steps = 0
    this.#tellState()
  }

  resume(): void {
    this.#schedule.resume(this.#nowMs)
    this.#steps = 0
    this.#tellState()
  }

  /** Gives so many records at once, and is paused behind them. @throws VarveError INVALID_ARGUMENT */
  step(records: number): void {
    if (!Number.isSafeInteger(records) || records < 1) {
      throw new VarveError('INVALID_ARGUMENT', `a step is of at least 1 record, not ${records}`, {
        details: { field: 'step.records' },
      })
    }
    this.#schedule.pause(this.#nowMs)
    this.#steps += records
    this.#tellState()
  }

  /** @throws VarveError INVALID_ARGUMENT for one that follows recorded time, in a session whose partitions have no order */
  setPace(pace: ReplayPace): void {
    if (pace.kind === 'speed' && !this.#reading.isMerged && this.#parts.partitions.length > 1) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        'a session that began without an order between its partitions cannot follow recorded time: begin it with order MERGED',
        { details: { field: 'pace.speed' } },
      )
    }
    this.#schedule.setPace(pace, this.#nowMs, this.#reading.order.head?.orderMs)
    this.#lateness.over()
    this.#gauge.begin(this.#nowMs)
    this.#tellState()
  }

  /** Goes to another place. @throws VarveError INVALID_ARGUMENT when the epoch does not rise */
  seek(target: ReplaySeekTarget, seekEpoch: number): void {
    if (seekEpoch <= this.#seekEpoch) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        `seek_epoch ${seekEpoch} must be larger than ${this.#seekEpoch}`,
        { details: { field: 'seek.seek_epoch' } },
      )
    }
    this.#seekEpoch = seekEpoch
    this.#seeking = target
    this.#steps = 0
    this.#isSummed = false
    this.#changed()
  }

  /** Nothing more will be asked for: `next` ends when nothing more can come. */
  finish(): void {
    this.#isFinishing = true
    this.#changed()
  }

  /** Lets go of everything; `next` fails with the error from now on. Safe to call twice. */
  end(error: VarveError): void {
    if (this.#ended !== undefined) return
    this.#ended = error
    this.#reading.clear()
    this.#events.length = 0
    this.#parts.onEnd()
    this.#changed()
  }

  /**
   * What is to be told next, waiting for it; undefined behind the summary, or when it was finished and nothing more can come. Not to be
   * called again before it has settled.
   * @throws VarveError what `end` was given · what stands in the way of a partition, with its place, where trouble stops the session
   */
  async next(): Promise<ReplayEvent | undefined> {
    for (;;) {
      if (this.#ended !== undefined) throw this.#ended
      if (this.#seeking !== undefined) {
        await this.#seek(this.#seeking)
        continue
      }
      const event = this.#events.shift()
      if (event !== undefined) return event
      const nowMs = this.#nowMs
      if (nowMs >= this.#progressDueMs) {
        this.#progressDueMs = nowMs + this.#parts.options.progressIntervalMs
        return { kind: 'progress', progress: this.#progress(nowMs) }
      }
      await this.#giveTurn()
      if (this.#isOver()) continue
      if (this.#isFinishing && this.#cannotGoOn) return undefined
      await this.#proceed()
    }
  }

  #isOver(): boolean {
    return this.#ended !== undefined
  }

  get #nowMs(): number {
    return this.#parts.clock.monotonicMs()
  }

  get #hasCredit(): boolean {
    return this.#creditBytes > 0 && this.#creditRecords > 0
  }

  /** Nothing more comes without another word of the client. */
  get #cannotGoOn(): boolean {
    if (this.#events.length > 0) return false
    return this.#isSummed || !this.#hasCredit || (this.#schedule.isPaused && this.#steps === 0)
  }

  /** Stored batches may be given as they are. */
  get #givesStored(): boolean {
    const { mayGiveBatches, filter, order } = this.#parts.options
    return (
      mayGiveBatches &&
      filter.isEmpty &&
      order === 'partition' &&
      this.#schedule.pace.kind === 'max' &&
      !this.#schedule.isPaused
    )
  }

  /** Does one thing, or waits until there is one. */
  async #proceed(): Promise<void> {
    if (this.#givesStored && this.#reading.order.size === 0) {
      if (await this.#giveStored()) return
    } else if (this.#reading.unread.size > 0) {
      await this.#reading.load([...this.#reading.unread])
      return
    }
    const { head } = this.#reading.order
    if (head !== undefined) {
      await this.#giveDue(head)
      return
    }
    if (this.#reading.unread.size > 0) {
      await this.#wait(Infinity)
      return
    }
    if (!this.#isSummed && this.#parts.partitions.every(({ state }) => state === 'ended')) {
      this.#isSummed = true
      this.#events.push({ kind: 'summary', summary: this.#gauge.summary() })
      return
    }
    this.#isDry = true
    await this.#wait(Infinity)
  }

  /** Gives what is due, or waits for it. */
  async #giveDue(head: ReplayedPartition): Promise<void> {
    const nowMs = this.#nowMs
    let dueMs = this.#dueMs(head, nowMs)
    if (this.#isDry && dueMs !== -Infinity && dueMs < nowMs) {
      this.#schedule.idle(nowMs - dueMs)
      dueMs = nowMs
    }
    this.#isDry = false
    if (dueMs > nowMs || !this.#hasCredit) {
      if (dueMs <= nowMs) this.#lateness.look(dueMs, nowMs, this.#hasCredit)
      await this.#wait(dueMs > nowMs ? dueMs : this.#lateness.toldAtMs(dueMs))
      return
    }
    this.#lateness.look(dueMs, nowMs, this.#hasCredit)
    await this.#collect(nowMs)
  }

  /** Gives all that is due now, as far as a message and the credit go. */
  async #collect(nowMs: number): Promise<void> {
    const { messageBytes } = this.#parts.options
    const collector = new RunCollector()
    let lateMs = 0
    for (;;) {
      const { head } = this.#reading.order
      if (head === undefined || collector.bytes >= this.#creditBytes) break
      if (collector.messageBytes >= messageBytes) break
      if (collector.recordCount >= this.#creditRecords) break
      const dueMs = this.#dueMs(head, nowMs)
      if (dueMs > nowMs) break
      lateMs = dueMs === -Infinity ? 0 : nowMs - dueMs
      this.#giveRecord(head, collector, nowMs)
      this.#reading.order.headMoved()
      if (head.state === 'record') continue
      if (head.state === 'unread') this.#reading.unread.add(head)
      // What is due is not held up by a read; where there is no time, a message is filled.
      if (this.#schedule.pace.kind !== 'max' || this.#reading.unread.size === 0) {
        if (this.#reading.unread.size > 0) break
        continue
      }
      if (this.#seeking !== undefined || this.#schedule.isPaused || this.#givesStored) break
      await this.#reading.load([...this.#reading.unread])
      if (this.#isOver() || this.#events.length > 0 || this.#reading.unread.size > 0) break
    }
    if (this.#isOver()) return
    collector.count(this.#parts.metrics)
    this.#tellRecords(collector.runs(), collector.bytes, collector.recordCount, lateMs)
  }

  #giveRecord(head: ReplayedPartition, collector: RunCollector, nowMs: number): void {
    const { orderMs } = head
    const taken = head.take()
    const { bytes } = taken
    collector.add(head, taken)
    this.#schedule.gave(orderMs, bytes, nowMs)
    this.#gauge.gave(1, bytes, nowMs)
    if (this.#steps > 0) this.#steps--
  }

  /** @returns whether something was told, or is to be looked at anew */
  async #giveStored(): Promise<boolean> {
    const [partition] = this.#reading.unread
    if (partition === undefined) return false
    if (!partition.isBetweenBatches) {
      await this.#reading.load([partition])
      return true
    }
    if (!this.#hasCredit) return false
    this.#reading.unread.delete(partition)
    const bytesMax = Math.min(this.#parts.options.messageBytes, this.#creditBytes)
    const stretch = await this.#reading.guarded(partition, () =>
      this.#parts.gate.run(() => partition.takeStored(bytesMax, this.#creditRecords)),
    )
    if (this.#ended !== undefined) return true
    if (stretch !== undefined) this.#tellStored(partition, stretch)
    this.#reading.settle(partition)
    return true
  }

  #tellStored(partition: ReplayedPartition, stretch: StoredStretch): void {
    const { batches, bytes, recordCount, offset, nextOffset, leaderEpoch } = stretch
    this.#gauge.gave(recordCount, bytes, this.#nowMs)
    this.#schedule.gave(partition.orderMs, bytes, this.#nowMs)
    const { topic } = partition.slot
    this.#parts.metrics.handedOut(topic, offset, { bytes, nextOffset })
    const content = { batches }
    const place = { topic: partition.topic, partition: partition.partition }
    const run = { ...place, content, offset, nextOffset, dropped: 0, leaderEpoch }
    this.#tellRecords([run], bytes, recordCount, 0)
  }

  #tellRecords(
    runs: readonly ReplayRun[],
    bytes: number,
    recordCount: number,
    lateMs: number,
  ): void {
    if (runs.length === 0) return
    this.#creditBytes -= bytes
    this.#creditRecords -= recordCount
    const seekEpoch = this.#seekEpoch
    // What came while they were read comes behind them.
    this.#events.unshift({ kind: 'records', seekEpoch, runs, bytes, recordCount, lateMs })
  }

  async #seek(target: ReplaySeekTarget): Promise<void> {
    this.#dropEvents()
    this.#gauge.leave()
    await this.#reading.seek(target)
    if (this.#ended !== undefined) throw this.#ended
    // Another one came meanwhile.
    if (this.#seeking !== target) return
    this.#seeking = undefined
    this.#reading.settleAll()
    this.#schedule.seek(target === 'start' ? undefined : target.timestampMs)
    this.#lateness.over()
    this.#gauge.begin(this.#nowMs)
    this.#tellState(this.places)
  }

  /** What was not told yet is of the old place, but for answers: its credit comes back. */
  #dropEvents(): void {
    const kept: ReplayEvent[] = []
    for (const event of this.#events) {
      if (event.kind === 'state' || event.kind === 'lateness') kept.push(event)
      if (event.kind !== 'records') continue
      this.#creditBytes += event.bytes
      this.#creditRecords += event.recordCount
      this.#gauge.took(event.recordCount, event.bytes)
    }
    this.#events.length = 0
    this.#events.push(...kept)
    this.#isSummed = false
  }

  #dueMs(head: ReplayedPartition, nowMs: number): number {
    return this.#steps > 0 ? -Infinity : this.#schedule.dueMs(head.orderMs, nowMs)
  }

  #tellState(places: readonly ReplayPlace[] = []): void {
    const waiting = this.#events.filter(({ kind }) => kind === 'state').length
    if (waiting >= LIMITS.replayCommandsWaitingMax) {
      const message = `${waiting} answers to commands wait to be read: read them first`
      throw new VarveError('QUEUE_FULL', message)
    }
    const { pace } = this.#schedule
    const status = this.#schedule.isPaused ? 'paused' : 'playing'
    this.#events.push({ kind: 'state', status, pace, seekEpoch: this.#seekEpoch, places })
    this.#changed()
  }

  #progress(nowMs: number): ReturnType<ReplayGauge['progress']> {
    const { head } = this.#reading.order
    const dueMs = head === undefined ? Infinity : this.#dueMs(head, nowMs)
    return this.#gauge.progress(this.#status(dueMs, nowMs), head?.orderMs, dueMs, nowMs)
  }

  #status(dueMs: number, nowMs: number): ReplayStatus {
    if (this.#schedule.isPaused && this.#steps === 0) return 'paused'
    if (!this.#hasCredit && (dueMs <= nowMs || this.#reading.unread.size > 0))
      return 'waiting-for-client'
    return this.#reading.order.size === 0 && this.#reading.unread.size === 0
      ? 'waiting-for-records'
      : 'playing'
  }

  /** Until something changes, it is time for progress, or `untilMs`. */
  async #wait(untilMs: number): Promise<void> {
    const { clock } = this.#parts
    const wakeMs = Math.min(untilMs, this.#progressDueMs)
    // Something may have come while nobody waited.
    if (this.#isOver() || this.#seeking !== undefined || this.#events.length > 0) return
    if (this.#isFinishing && this.#cannotGoOn) return
    await new Promise<void>((resolve) => {
      const stopTimer = clock.after(Math.max(0, wakeMs - clock.monotonicMs()), () => {
        this.#changed()
      })
      this.#onChange = () => {
        stopTimer()
        resolve()
      }
    })
    // Everything else had its turn.
    this.#turnStartMs = this.#nowMs
  }

  #changed(): void {
    const onChange = this.#onChange
    this.#onChange = undefined
    onChange?.()
  }

  async #giveTurn(): Promise<void> {
    if (this.#nowMs - this.#turnStartMs < TURN_MS_MAX) return
    await nextTurn()
    this.#turnStartMs = this.#nowMs
  }
}
