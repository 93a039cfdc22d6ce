// What every consumer hands out from, whoever decides which partitions it reads: the supply, the reader and the rule for
// positions, one loop at a time, and the waiting of that loop. Invariant: what went wrong with the reading is thrown to the
// loop, once.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { PartitionOffset } from './admin-types.ts'
import type { ClientContext } from './client-context.ts'
import { HandOutTrace } from './client-traces.ts'
import type { WarningListeners } from './client-warning.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { PartitionPosition, StartPosition, TopicPartition } from './consumer-types.ts'
import { listOffsets } from './list-offsets.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { PositionRule } from './position-rule.ts'
import { type CurrentBatch, RecordReader } from './record-reader.ts'
import { RecordSupply } from './record-supply.ts'
import { mayPass, retryRead } from './retry.ts'
import { type CursorRequest, openCursors } from './start-positions.ts'

export class RecordFeed {
  readonly reader: RecordReader
  readonly supply: RecordSupply
  private readonly context: ClientContext
  private readonly settings: ConsumerSettings
  private readonly warnings: WarningListeners
  private readonly stopping: AbortSignal
  private readonly rule: PositionRule
  private readonly handOut = new HandOutTrace()
  private isReading = false
  private wake: (() => void) | undefined

  /**
   * @param options.stopping aborts when the consumer is closed
   * @param options.mayPass which errors of a partition are waited out; those that pass by themselves unless told
   * @param options.onMoved called when a partition was moved by the rule for positions
   */
  constructor(options: {
    context: ClientContext
    settings: ConsumerSettings
    warnings: WarningListeners
    stopping: AbortSignal
    mayPass?: (error: VarveError) => boolean
    onMoved?: () => void
  }) {
    const { context, settings, warnings } = options
    this.context = context
    this.settings = settings
    this.warnings = warnings
    this.stopping = options.stopping
    this.supply = new RecordSupply({
      context,
      settings,
      warnings,
      mayPass: options.mayPass ?? mayPass,
      onChange: this.notify,
    })
    this.rule = new PositionRule(settings, warnings)
    this.reader = new RecordReader({
      settings,
      queue: this.supply.queue,
      rule: this.rule,
      onMoved: () => {
        options.onMoved?.()
        this.supply.restart()
      },
    })
  }

  /** A loop reads now. */
  get isBeingRead(): boolean {
    return this.isReading
  }

  /** A loop begins. @throws VarveError INVALID_ARGUMENT while another one runs */
  begin(): void {
    if (this.isReading) {
      throw new VarveError(
        'INVALID_ARGUMENT',
        'the consumer is being read already: one loop at a time',
      )
    }
    this.isReading = true
    this.settings.signal?.addEventListener('abort', this.notify)
    this.supply.start()
  }

  /** The loop was left. */
  end(): void {
    this.handOut.end()
    this.isReading = false
    this.settings.signal?.removeEventListener('abort', this.notify)
    this.supply.stop()
  }

  /** The loop came back from what it was handed. */
  cameBack(): void {
    this.handOut.end()
  }

  /** @throws VarveError CANCELLED when the consumer's signal has aborted */
  refuseIfAborted(): void {
    const { signal } = this.settings
    if (signal?.aborted !== true) return
    throw new VarveError('CANCELLED', 'reading was cancelled', { cause: signal.reason })
  }

  /**
   * The batch to hand out from; undefined when nothing is there now.
   * @param accepts whether there is room for batches of this partition with whoever works on them; there is for all unless told
   * @throws VarveError what ended the reading
   */
  next(accepts?: (cursor: PartitionCursor) => boolean): CurrentBatch | undefined {
    if (accepts !== undefined) this.readOn(accepts)
    const current = this.reader.next(accepts)
    if (current !== undefined) {
      this.handOut.begin(current.cursor, () => current.records.slice(current.index))
      return current
    }
    const failure = this.supply.takeFailure()
    if (failure !== undefined) throw failure
    if (accepts !== undefined) this.holdBack(accepts)
    return undefined
  }

  /** Asks for more, and resolves at the next change, or after so long. */
  async waitForMore(timeoutMs: number): Promise<void> {
    this.supply.pump()
    const stopTimer = this.context.clock.after(timeoutMs, this.notify)
    await this.change()
    stopTimer()
  }

  /** The promise, or nothing at the next change: the caller looks why. */
  async orChange(promise: Promise<unknown>): Promise<void> {
    await Promise.race([promise, this.change()])
    // The other one may fail later, when nobody listens any more.
    promise.catch(() => undefined)
  }

  /** Wakes the loop, which looks what has changed. */
  readonly notify = (): void => {
    const { wake } = this
    this.wake = undefined
    wake?.()
  }

  /** The partitions that are read, or where they are read from, are others now. */
  changed(): void {
    this.supply.restart()
    this.notify()
  }

  /** Reads exactly these from now on; what came for the others is void. */
  replace(cursors: readonly PartitionCursor[]): void {
    for (const cursor of this.supply.cursors) cursor.era++
    this.reader.drop()
    this.supply.clear()
    this.supply.cursors = cursors
    this.changed()
  }

  /** Reads nothing any more, and lets go of everything. */
  close(): void {
    this.supply.stop()
    this.supply.clear()
    this.reader.drop()
    this.notify()
  }

  /** Hands out nothing more of them, or goes on where they were. */
  setPaused(cursors: readonly PartitionCursor[], isPaused: boolean): void {
    for (const cursor of cursors) {
      if (isPaused) {
        // What was fetched ahead of it must not fill the budget of the others.
        cursor.dropFetched()
      }
      cursor.isPaused = isPaused
    }
    this.changed()
  }

  /** Cursors where reading begins and ends. @throws VarveError as `openCursors`, when it does not pass within a request's time */
  openCursors(requests: readonly CursorRequest[]): Promise<PartitionCursor[]> {
    const outside = (answer: PartitionOffset, start: number): Offset =>
      this.rule.placeFor(answer, start)
    return this.retrying(() => openCursors(this.context, requests, outside, this.stopping))
  }

  /** The offset of a place in a partition. @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · BROKER_UNAVAILABLE ... */
  async offsetOf({ topic, partition }: TopicPartition, to: StartPosition): Promise<Offset> {
    if (typeof to === 'number') return admitOffset(to)
    const [answer] = await this.retrying(() =>
      listOffsets(this.context, [{ topic, partition, at: to }], this.stopping),
    )
    if (answer === undefined) throw new VarveError('INTERNAL', 'the broker answered nothing')
    if (answer instanceof VarveError) throw answer
    return admitOffset(answer.offset)
  }

  /** Those that were held back and have room again are read on. */
  private readOn(accepts: (cursor: PartitionCursor) => boolean): void {
    const ready = this.supply.cursors.filter((cursor) => cursor.isHeldBack && accepts(cursor))
    if (ready.length === 0) return
    for (const cursor of ready) cursor.isHeldBack = false
    this.supply.restart()
  }

  /** What waits for partitions without room must not take the room of the others: it is dropped, and read again when there is room. */
  private holdBack(accepts: (cursor: PartitionCursor) => boolean): void {
    const { queue } = this.supply
    if (queue.aheadBytes < this.settings.prefetchBytes / 2) return
    const full = [...queue.cursors()].filter((cursor) => !accepts(cursor))
    for (const cursor of full) {
      cursor.isHeldBack = true
      cursor.dropFetched()
    }
    if (full.length > 0) this.supply.restart()
  }

  private retrying<Result>(read: () => Promise<Result>): Promise<Result> {
    const onRetry = (error: VarveError): void => {
      this.warnings.tell({ kind: 'retrying', message: error.message, error })
    }
    const timeoutMs = this.context.requestTimeoutMs
    return retryRead(this.context, { timeoutMs, signal: this.stopping, onRetry }, read)
  }

  /** Resolves at the next change. */
  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
}

/** As programs see it. */
export function positionOf(cursor: PartitionCursor): PartitionPosition {
  return {
    topic: cursor.topic,
    partition: cursor.partition,
    position: cursor.position,
    endOffset: cursor.endOffset === Infinity ? undefined : cursor.endOffset,
    readableEndOffset: cursor.readableEndOffset,
    isCaughtUp: cursor.isCaughtUp,
    isPaused: cursor.isPaused,
    isFinished: cursor.isFinished,
  }
}
