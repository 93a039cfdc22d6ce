// A partition over files: takes appends into a bounded queue, which the disk loop writes in groups, and answers reads beside that.
// What changes the log happens in the disk loop, one thing after the other.
import { VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import { isInternalTopic, type PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel } from '../../platform/clock.ts'
import type {
  AppendRequest,
  AppendResult,
  LogBounds,
  PartitionCondition,
  PartitionLog,
  PartitionStatistics,
  ReadRequest,
  ReadResult,
  TimestampPosition,
} from '../engine.ts'
import { ReadableWaiters } from '../readable-waiters.ts'
import { tracedAppend, tracedRead } from '../traced-log.ts'
import { AppendQueue } from './append-queue.ts'
import { AppendRounds } from './append-rounds.ts'
import { BlockReader } from './block-reader.ts'
import { DiskLoop } from './disk-loop.ts'
import { isNoSpace } from './file-access.ts'
import { LogReader } from './log-reader.ts'
import { LogWriter } from './log-writer.ts'
import type { OpenedPartition } from './open-partition.ts'
import { diskFull, readOnly, storageFailed } from './partition-errors.ts'
import { PartitionHealth } from './partition-health.ts'
import type { PartitionState } from './partition-state.ts'
import { ReadCare } from './read-care.ts'
import { SegmentReader } from './segment-reader.ts'
import { SegmentRemover } from './segment-remover.ts'
import type { StorageContext } from './storage-context.ts'

export class FilePartitionLog implements PartitionLog {
  readonly identity: PartitionIdentity
  private readonly context: StorageContext
  private readonly state: PartitionState
  private readonly epoch: number
  private readonly onClosed: () => void
  private readonly health: PartitionHealth
  private readonly writer: LogWriter
  private readonly segments: SegmentReader
  private readonly blocks: BlockReader
  private readonly reader: LogReader
  private readonly care: ReadCare
  private readonly remover: SegmentRemover
  private readonly queue: AppendQueue
  private readonly rounds: AppendRounds
  private readonly loop: DiskLoop
  private readonly waiters = new ReadableWaiters()
  private settings: TopicSettings
  private isClosed = false
  private closing: Promise<void> | undefined

  /**
   * @param epoch under which records are appended: above all that the partition has seen.
   * @param onClosed called when it was closed, by whomever.
   */
  constructor(
    context: StorageContext,
    identity: PartitionIdentity,
    settings: TopicSettings,
    opened: OpenedPartition,
    epoch: number,
    onClosed: () => void,
  ) {
    const { state } = opened
    this.context = context
    this.identity = identity
    this.settings = settings
    this.onClosed = onClosed
    this.state = state
    this.epoch = epoch
    this.health = new PartitionHealth(context, identity, state, opened.report)
    this.writer = new LogWriter(context, opened)
    this.segments = new SegmentReader(context, state)
    this.blocks = new BlockReader(context, state, this.segments)
    this.reader = new LogReader(context, state, { segments: this.segments, blocks: this.blocks })
    this.remover = new SegmentRemover(context, state)
    this.queue = new AppendQueue(
      context.limits.appendQueueBytesPerPartitionMax,
      context.appendQueue,
    )
    this.loop = new DiskLoop(
      () => this.rounds.round(),
      () => this.rounds.settled(),
    )
    const { health, writer, queue, loop } = this
    const currentSettings = (): TopicSettings => this.settings
    this.rounds = new AppendRounds({
      context,
      state,
      queue,
      writer,
      health,
      epoch,
      settings: currentSettings,
      isInternal: isInternalTopic(identity.topicName),
      onMoved: () => {
        this.wakeReaders()
      },
      onFlushDue: () => {
        if (!this.isClosed) void loop.do(() => this.rounds.sync())
      },
    })
    this.care = new ReadCare({
      context,
      state,
      loop,
      writer,
      health,
      settings: currentSettings,
      checkOpen: () => {
        this.checkOpen()
      },
    })
  }

  bounds(): LogBounds {
    this.checkOpen()
    return this.currentBounds()
  }

  append(request: AppendRequest): Promise<AppendResult> {
    return tracedAppend(
      this.identity,
      request,
      () =>
        new Promise((resolve, reject) => {
          this.checkOpen()
          this.checkWritable()
          this.queue.push({ request, resolve, reject })
          this.loop.kick()
        }),
    )
  }

  read(request: ReadRequest): Promise<ReadResult> {
    return tracedRead(this.identity, request, async () => {
      this.checkOpen()
      return await this.care.attempt(() => this.reader.read(request, this.rounds.tail))
    })
  }

  notifyReadable(offset: Offset, wake: () => void): Cancel {
    const cancel = this.waiters.add(offset, wake)
    if (this.isClosed) this.waiters.wakeBelow(Infinity)
    else this.wakeReaders()
    return cancel
  }

  async offsetForTimestamp(timestampMs: number): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    return await this.care.attempt(() => this.reader.offsetForTimestamp(timestampMs))
  }

  async maxTimestamp(): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    return await this.care.attempt(() => this.reader.maxTimestamp())
  }

  async bytesFrom(offset: Offset): Promise<number> {
    this.checkOpen()
    return await this.care.attempt(() => this.reader.bytesFrom(offset))
  }

  endOffsetForEpoch(
    epoch: number,
  ): { readonly epoch: number; readonly endOffset: Offset } | undefined {
    this.checkOpen()
    const { epochs, endOffset } = this.state
    const found = epochs.endOffsetFor(epoch, endOffset)
    return found && { epoch: found.epoch, endOffset: found.endOffset as Offset }
  }

  async deleteBefore(offset: Offset): Promise<Offset> {
    this.checkOpen()
    return await this.loop.do(async () => {
      this.checkOpen()
      const { state } = this
      if (offset > state.readableEnd) {
        throw new VarveError(
          'OFFSET_OUT_OF_RANGE',
          `records can be deleted before ${state.readableEnd} at most, not ${offset}`,
          { details: { startOffset: state.startOffset, endOffset: state.readableEnd } },
        )
      }
      await this.moveStart(offset)
      return state.startOffset as Offset
    })
  }

  updateSettings(settings: TopicSettings): void {
    this.settings = settings
    const isSynced = settings.durability === 'synced'
    if (isSynced === this.state.isSynced) return
    if (!isSynced) {
      this.state.isSynced = false
      this.wakeReaders()
      return
    }
    // What readers may see never shrinks: the stricter rule holds from where all is synced.
    void this.loop.do(async () => {
      await this.rounds.sync()
      this.state.isSynced =
        this.settings.durability === 'synced' && this.state.durableEnd === this.state.endOffset
    })
  }

  async maintain(): Promise<void> {
    this.checkOpen()
    if (this.condition === 'healthy') {
      const start = await this.care.attempt(() =>
        this.remover.startByRetention(this.settings, this.segments),
      )
      await this.loop.do(async () => {
        if (this.condition !== 'healthy') return
        await this.moveStart(start)
        this.state.producers.expire(this.context.clock.wallMs())
        await this.rounds.tidy()
      })
    }
    await this.loop.do(() => this.remover.removeDue())
    this.blocks.dropUnused()
  }

  statistics(): PartitionStatistics {
    const { condition } = this
    return {
      condition,
      reason: condition === 'read-only' ? this.health.readOnlyReason : undefined,
      bounds: this.currentBounds(),
      bytes: this.state.bytes,
      report: this.health.report,
    }
  }

  close(): Promise<void> {
    this.closing ??= this.finish()
    return this.closing
  }

  /** @internal */
  get segmentCount(): number {
    return this.state.segments.length
  }

  /** @internal Lets go of everything without making anything durable: the partition is about to be removed. */
  async abandon(): Promise<void> {
    this.isClosed = true
    this.queue.rejectAll(new VarveError('NOT_READY', 'the partition is being deleted'))
    this.closing ??= Promise.resolve()
    await this.loop.idle()
    await this.letGo().catch((error: unknown) => {
      this.context.log.warn('close_failed', { reason: String(error) })
    })
  }

  /** @internal Closing a file of this partition failed: what was written to it may be lost (invariant D7). */
  closeFailed(error: unknown): void {
    this.health.fence('a file could not be closed', error)
  }

  private get condition(): PartitionCondition {
    if (this.isClosed) return 'closed'
    return this.health.readOnlyReason === undefined ? 'healthy' : 'read-only'
  }

  private currentBounds(): LogBounds {
    const { startOffset, readableEnd, endOffset } = this.state
    return {
      start: startOffset as Offset,
      readableEnd: readableEnd as Offset,
      end: endOffset as Offset,
      epoch: this.epoch,
    }
  }

  private checkOpen(): void {
    if (this.isClosed) throw new VarveError('NOT_READY', 'the partition is closed')
  }

  private checkWritable(): void {
    const reason = this.health.readOnlyReason
    if (reason !== undefined) throw readOnly(reason)
  }

  private wakeReaders(): void {
    this.waiters.wakeBelow(Math.max(this.state.readableEnd, this.state.startOffset))
  }

  private async moveStart(offset: number): Promise<void> {
    const { state } = this
    if (offset <= state.startOffset) return
    if (this.health.isFenced) throw readOnly(this.health.readOnlyReason ?? '')
    try {
      await this.writer.recordStart(offset)
    } catch (error) {
      if (isNoSpace(error)) throw diskFull(error)
      this.health.fence('the log start could not be recorded', error)
      throw storageFailed(error)
    }
    state.startOffset = offset
    state.epochs.truncateStart(offset)
    this.blocks.startMoved()
    await this.remover.removeBelowStart(this.settings.fileDeleteDelayMs)
    await this.forgetRemovedDamage()
    this.wakeReaders()
  }

  /** Damage that was deleted with its segment is none any more. */
  private async forgetRemovedDamage(): Promise<void> {
    const { damaged, segments, startOffset } = this.state
    const left = damaged.filter(
      ({ segment, nextGood }) =>
        nextGood === undefined ||
        nextGood > startOffset ||
        segments.some(({ baseOffset }) => baseOffset === segment),
    )
    if (left.length === damaged.length) return
    this.state.damaged = left
    this.health.damageChanged()
    try {
      await this.writer.recordDamage()
    } catch (error) {
      this.health.backgroundFailed(error)
    }
  }

  private async finish(): Promise<void> {
    this.isClosed = true
    await this.loop.idle()
    let failure: unknown
    try {
      if (!this.health.isFenced) {
        await this.loop.do(() => this.writer.checkpoint(true))
      }
    } catch (error) {
      failure = error
    }
    try {
      await this.letGo()
    } catch (error) {
      failure ??= error
    }
    if (failure !== undefined) {
      this.health.fence('the partition could not be closed in order', failure)
      await this.health.fenceNoted()
    }
    this.onClosed()
    if (failure !== undefined) throw storageFailed(failure)
    if (this.health.isFenced) throw storageFailed(this.health.readOnlyReason)
  }

  private async letGo(): Promise<void> {
    this.rounds.close()
    this.blocks.close()
    this.state.producers.clear()
    this.waiters.wakeBelow(Infinity)
    // Also those of a segment that could not be begun: a later partition of this path must not meet the handles of removed files.
    await this.context.files.closeWithin(this.state.directory.path)
    await this.health.fenceNoted()
  }
}
