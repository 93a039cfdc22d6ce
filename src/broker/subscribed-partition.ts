// One partition of a subscription: where its reader is, and reading on from there, one turn at a time. It changes nothing
// but itself and knows neither credit nor its neighbours. Invariants: while it waits it holds one callback of its log and
// nothing else; what was read for a place that was left meanwhile is dropped.
import { isVarveError, VarveError } from '../domain/error.ts'
import { FIRST_OFFSET, type Offset } from '../domain/offset.ts'
import type { Cancel } from '../platform/clock.ts'
import type { LogBounds, PartitionLog } from '../storage/engine.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import { answerOffset, type OffsetQuestion } from './list-offsets.ts'
import type { PartitionSlot } from './live-topic.ts'
import { goneTopic } from './open-log.ts'
import { type FetchTarget, openTarget } from './partition-reader.ts'
import type {
  Allowance,
  RecordForm,
  SubscriptionEvent,
  SubscriptionRequest,
  SubscriptionStart,
  SubscriptionStop,
  SubscriptionTarget,
} from './subscription-events.ts'
import type { TopicCatalog } from './topic-catalog.ts'

/** After a turn: `more` is there, `wait` for it, or `halted` until a seek. `void`: the place was left meanwhile. */
export type TurnOutcome = 'more' | 'wait' | 'halted' | 'void'

export class SubscribedPartition implements SubscriptionTarget {
  readonly topic: string
  readonly partition: number
  isPaused: boolean
  /** Rises with every seek and at the removal. */
  private era = 0
  private seekEpochNow: number
  /** Where to go; undefined once it was found. */
  private start: SubscriptionStart | undefined
  /** Where to stop, until it was found. */
  private stop: SubscriptionStop | undefined
  private stopOffset = Infinity
  private offset: Offset = FIRST_OFFSET
  /** To be compared with the log at the next turn. */
  private leaderEpoch: number | undefined
  /** Kept from the first turn on: a topic that was deleted and made again under its name is another one. */
  private slot: PartitionSlot | undefined
  private saidCaughtUp = false
  private isHalted = false
  private stopWaiting: Cancel | undefined

  constructor(request: SubscriptionRequest) {
    this.topic = request.topic
    this.partition = request.partition
    this.seekEpochNow = request.seekEpoch
    this.start = request.start
    this.stop = request.stop
    this.isPaused = request.isPaused
  }

  get seekEpoch(): number {
    return this.seekEpochNow
  }

  /** Its place must be looked up before anything else; that needs no credit. */
  get hasNewPlace(): boolean {
    return this.start !== undefined && !this.isHalted
  }

  /** It may come to something by itself, paused or not. */
  get isActive(): boolean {
    return !this.isHalted
  }

  /** @throws VarveError INVALID_ARGUMENT when the epoch does not rise */
  seek(start: SubscriptionStart, seekEpoch: number): void {
    if (seekEpoch <= this.seekEpochNow) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        `seek_epoch ${seekEpoch} must be larger than ${this.seekEpochNow}`,
        { details: { field: 'seek.seek_epoch' } },
      )
    }
    this.era++
    this.endWait()
    this.seekEpochNow = seekEpoch
    this.start = start
    this.isHalted = false
    this.saidCaughtUp = false
  }

  /** Calls `wake` when there may be more; who waits already goes on. To be called when a turn says `wait`. */
  wait(wake: () => void): void {
    if (this.stopWaiting !== undefined) return
    if (this.slot?.log === undefined) {
      wake()
      return
    }
    this.stopWaiting = this.slot.log.notifyReadable(this.offset, () => {
      this.stopWaiting = undefined
      wake()
    })
  }

  get isWaiting(): boolean {
    return this.stopWaiting !== undefined
  }

  endWait(): void {
    this.stopWaiting?.()
    this.stopWaiting = undefined
  }

  /** Lets go of everything; a turn under way comes to nothing. */
  release(): void {
    this.era++
    this.endWait()
  }

  /** Finds the place that was asked for. Tells it, and what is to be said of it. */
  async takePlace<Records>(
    catalog: TopicCatalog,
    tell: (event: SubscriptionEvent<Records>) => void,
  ): Promise<TurnOutcome> {
    const { era } = this
    return await this.guarded(era, tell, async () => {
      const { start } = this
      if (start === undefined) return 'more'
      this.slot ??= catalog.slot(this.topic, this.partition)
      // The stop first: what is appended while a start is searched for lies behind the end as it was.
      const stopOffset = await this.stopFor(catalog, this.stop)
      if (era !== this.era) return 'void'
      this.stop = undefined
      this.stopOffset = stopOffset ?? this.stopOffset
      const offset = await this.offsetFor(catalog, start)
      if (era !== this.era) return 'void'
      this.offset = offset
      this.leaderEpoch =
        typeof start === 'object' && 'offset' in start ? start.leaderEpoch : undefined
      const { bounds } = this.openLog()
      this.start = undefined
      tell({
        kind: 'position',
        ...this.place,
        offset,
        stopOffset: this.stopOffset === Infinity ? undefined : this.stopOffset,
        bounds,
      })
      return this.after(bounds, tell)
    })
  }

  /** Reads on, and tells what came of it. */
  async read<Records>(
    allowance: Allowance,
    form: RecordForm<Records>,
    metrics: BrokerMetrics,
    tell: (event: SubscriptionEvent<Records>) => void,
  ): Promise<TurnOutcome> {
    const { era } = this
    return await this.guarded(era, tell, async () => {
      const { log, bounds } = this.openLog()
      if (bounds.readableEnd <= this.offset) return this.after(bounds, tell)
      const { offset } = this
      const read = await log.read({
        offset,
        maxBytes: allowance.bytes,
        atLeastOneBatch: true,
        ...(this.stopOffset === Infinity ? {} : { endOffset: this.stopOffset as Offset }),
      })
      if (era !== this.era) return 'void'
      if (read.nextOffset === offset) {
        // Readable, but the log gives nothing: waiting for it would end at once, again and again.
        throw new VarveError('NOT_READY', `nothing could be read at offset ${offset}; retry`)
      }
      const { chunks, nextOffset } = read
      const run = form({ chunks, offset, nextOffset, stopOffset: this.stopOffset }, allowance)
      const now = log.bounds()
      if (this.saidCaughtUp && !read.isFromTail) {
        this.saidCaughtUp = false
        tell({ kind: 'fell-behind', reason: 'tail', ...this.place, offset, bounds: now })
      }
      this.offset = run.nextOffset
      if (this.slot !== undefined) metrics.handedOut(this.slot.topic, offset, run)
      this.leaderEpoch = undefined
      tell({ kind: 'records', ...this.place, ...run, bounds: now })
      return this.after(now, tell)
    })
  }

  private get place(): SubscriptionTarget & { readonly seekEpoch: number } {
    return { topic: this.topic, partition: this.partition, seekEpoch: this.seekEpoch }
  }

  private after<Records>(
    bounds: LogBounds,
    tell: (event: SubscriptionEvent<Records>) => void,
  ): TurnOutcome {
    if (this.offset >= this.stopOffset) {
      this.isHalted = true
      tell({ kind: 'reached-end', ...this.place, offset: this.stopOffset as Offset })
      return 'halted'
    }
    if (bounds.readableEnd > this.offset) return 'more'
    if (!this.saidCaughtUp) {
      this.saidCaughtUp = true
      tell({ kind: 'caught-up', ...this.place, offset: this.offset })
    }
    return 'wait'
  }

  /** Runs a turn; an expected error halts the partition and is told. */
  private async guarded<Records>(
    era: number,
    tell: (event: SubscriptionEvent<Records>) => void,
    turn: () => Promise<TurnOutcome>,
  ): Promise<TurnOutcome> {
    try {
      return await turn()
    } catch (thrown) {
      const error = this.slot === undefined ? thrown : goneTopic(this.slot.topic, thrown)
      if (!isVarveError(error)) throw error
      if (era !== this.era) return 'void'
      this.isHalted = true
      const bounds = this.boundsNow()
      const isOvertaken = bounds !== undefined && this.offset < bounds.start
      if (this.saidCaughtUp && isOvertaken && error.code === 'OFFSET_OUT_OF_RANGE') {
        const { offset } = this
        tell({ kind: 'fell-behind', reason: 'retention', ...this.place, offset, bounds })
      }
      tell({ kind: 'error', ...this.place, error, bounds })
      return 'halted'
    }
  }

  private openLog(): { log: PartitionLog; bounds: LogBounds } {
    const { topic, partition, offset, leaderEpoch, slot } = this
    const target: FetchTarget = {
      asked: { topic, partition, offset, ...(leaderEpoch === undefined ? {} : { leaderEpoch }) },
      slot,
      error: undefined,
    }
    return openTarget(target)
  }

  private boundsNow(): LogBounds | undefined {
    try {
      return this.slot?.topic.state === 'active' ? this.slot.log?.bounds() : undefined
    } catch (error) {
      if (isVarveError(error)) return undefined
      throw error
    }
  }

  private async offsetFor(catalog: TopicCatalog, start: SubscriptionStart): Promise<Offset> {
    if (typeof start === 'object' && 'offset' in start) return start.offset
    return await this.ask(catalog, start)
  }

  private async stopFor(
    catalog: TopicCatalog,
    stop: SubscriptionStop | undefined,
  ): Promise<Offset | undefined> {
    if (stop === undefined) return undefined
    if (stop === 'end') return await this.ask(catalog, 'latest')
    return 'offset' in stop ? stop.offset : await this.ask(catalog, stop)
  }

  private async ask(catalog: TopicCatalog, at: OffsetQuestion['at']): Promise<Offset> {
    const { topic, partition } = this
    const { offset, error } = await answerOffset(catalog, { topic, partition, at })
    if (error !== undefined) throw error
    if (offset === undefined) throw new Error('an answer about an offset has one or an error')
    return offset
  }
}
