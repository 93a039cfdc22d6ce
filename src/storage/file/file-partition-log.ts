// A partition over files: takes appends into a bounded queue, writes and syncs them in groups, answers reads beside that. What is
// acknowledged is as durable as it says; what fails on the disk fences the partition, what has no room is refused and the log
// stays as it was (invariants D1 to D8).
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type { Offset } from '../../domain/offset.ts'
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel } from '../../platform/clock.ts'
import { isSystemError } from '../../platform/system-error.ts'
import type {
  AppendRequest,
  AppendResult,
  LogBounds,
  PartitionCondition,
  PartitionLog,
  PartitionReport,
  PartitionStatistics,
  ReadRequest,
  ReadResult,
  TimestampPosition,
} from '../engine.ts'
import { ReadableWaiters } from '../readable-waiters.ts'
import { type AppendGroup, formGroup, type PlacedAppend } from './append-group.ts'
import { AppendQueue } from './append-queue.ts'
import { DiskLoop } from './disk-loop.ts'
import { isNoSpace, isOutOfDescriptors, writeNewFile } from './file-access.ts'
import { LogReader } from './log-reader.ts'
import { DamageFound, IndexWrong } from './log-trouble.ts'
import { LogWriter } from './log-writer.ts'
import { noteDamage } from './note-damage.ts'
import type { OpenedPartition } from './open-partition.ts'
import { FENCED_FILE, SYNCED_END_FILE } from './partition-directory.ts'
import type { PartitionState } from './partition-state.ts'
import { SEGMENT_FILE_KINDS } from './segment-file-name.ts'
import { SegmentReader } from './segment-reader.ts'
import { SegmentRemover } from './segment-remover.ts'
import type { StorageContext } from './storage-context.ts'
import { TailCache } from './tail-cache.ts'

/** Each attempt learns of one damaged stretch or mends one index. */
const READ_ATTEMPTS_MAX = 32
const REPORTED_ANOMALIES_MAX = 100

export class FilePartitionLog implements PartitionLog {
  readonly identity: PartitionIdentity
  private readonly context: StorageContext
  private readonly state: PartitionState
  private readonly epoch: number
  private readonly onClosed: () => void
  private readonly writer: LogWriter
  private readonly segments: SegmentReader
  private readonly reader: LogReader
  private readonly remover: SegmentRemover
  private readonly queue: AppendQueue
  private readonly loop: DiskLoop
  private readonly waiters = new ReadableWaiters()
  private settings: TopicSettings
  private report: PartitionReport
  private tail: TailCache | undefined
  private fenceReason: string | undefined
  private fencing: Promise<void> | undefined
  private isClosed = false
  private closing: Promise<void> | undefined
  private unsyncedRecords = 0
  private stopFlushTimer: Cancel | undefined
  /** Nothing was appended since the last call of maintain. */
  private isIdle = true

  constructor(
    context: StorageContext,
    identity: PartitionIdentity,
    settings: TopicSettings,
    opened: OpenedPartition,
    epoch: number,
    onClosed: () => void,
  ) {
    const { state, report } = opened
    this.context = context
    this.identity = identity
    this.settings = settings
    this.onClosed = onClosed
    this.state = state
    this.report = report
    this.epoch = epoch
    this.writer = new LogWriter(context, state, opened.recoveryPoint, opened.isRecordedClean)
    this.segments = new SegmentReader(context, state)
    this.reader = new LogReader(state, this.segments)
    this.remover = new SegmentRemover(context, state)
    this.queue = new AppendQueue(context.appendQueue)
    this.loop = new DiskLoop(() => this.appendRound())
  }

  bounds(): LogBounds {
    this.checkOpen()
    return this.currentBounds()
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

  append(request: AppendRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.checkOpen()
      this.checkWritable()
      this.queue.push({ request, resolve, reject })
      this.loop.kick()
    })
  }

  async read(request: ReadRequest): Promise<ReadResult> {
    this.checkOpen()
    return await this.attempt(() => this.reader.read(request, this.tail))
  }

  notifyReadable(offset: Offset, wake: () => void): Cancel {
    const cancel = this.waiters.add(offset, wake)
    if (this.isClosed) this.waiters.wakeBelow(Infinity)
    else this.wakeReaders()
    return cancel
  }

  async offsetForTimestamp(timestampMs: number): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    return await this.attempt(() => this.reader.offsetForTimestamp(timestampMs))
  }

  async maxTimestamp(): Promise<TimestampPosition | undefined> {
    this.checkOpen()
    return await this.attempt(() => this.reader.maxTimestamp())
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
      await this.syncOrFence()
      this.state.isSynced =
        this.settings.durability === 'synced' && this.state.durableEnd === this.state.endOffset
    })
  }

  async maintain(): Promise<void> {
    this.checkOpen()
    if (this.condition === 'healthy') {
      const start = await this.attempt(() =>
        this.remover.startByRetention(this.settings, this.segments),
      )
      await this.loop.do(async () => {
        if (this.condition !== 'healthy') return
        await this.moveStart(start)
        await this.tidy()
      })
    }
    await this.loop.do(() => this.remover.removeDue())
  }

  statistics(): PartitionStatistics {
    const { condition } = this
    return {
      condition,
      reason: condition === 'read-only' ? this.readOnlyReason : undefined,
      bounds: this.currentBounds(),
      bytes: this.state.bytes,
      report: this.report,
    }
  }

  close(): Promise<void> {
    this.closing ??= this.finish()
    return this.closing
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
    this.fence('a file could not be closed', error)
  }

  private get condition(): PartitionCondition {
    if (this.isClosed) return 'closed'
    return this.readOnlyReason === undefined ? 'healthy' : 'read-only'
  }

  private get readOnlyReason(): string | undefined {
    if (this.fenceReason !== undefined) return this.fenceReason
    return this.state.damaged.length > 0 ? 'stored bytes are damaged' : undefined
  }

  private checkOpen(): void {
    if (this.isClosed) throw new VarveError('NOT_READY', 'the partition is closed')
  }

  private checkWritable(): void {
    const reason = this.readOnlyReason
    if (reason !== undefined) throw readOnly(reason)
  }

  /** Writes one group. @returns whether there is more to do. */
  private async appendRound(): Promise<boolean> {
    const { queue, settings } = this
    if (queue.isEmpty) return false
    const reason = this.readOnlyReason
    if (reason !== undefined) {
      queue.rejectAll(readOnly(reason))
      return false
    }
    this.isIdle = false
    let group: AppendGroup
    try {
      const { segment, accumulator, rebuilt } = await this.writer.prepare(this.epoch, settings)
      if (rebuilt !== undefined) this.reportRebuilt(segment.baseOffset, rebuilt)
      const { endOffset } = this.state
      const target = { segment, accumulator, endOffset, epoch: this.epoch, settings }
      group = formGroup(queue.entries, target)
      if (group.mustRoll && group.taken === 0) {
        await this.writer.roll()
        await this.tryCheckpoint()
        return true
      }
    } catch (error) {
      // Nothing of what waits was written.
      queue.rejectAll(this.refusal(error))
      return false
    }
    queue.take(group.taken)
    for (const { append, endOffset } of group.unexpected) {
      append.reject(
        new VarveError('UNEXPECTED_OFFSET', `the partition ends at ${endOffset}`, {
          details: { endOffset },
        }),
      )
    }
    if (group.placed.length > 0) await this.writeGroup(group)
    queue.release([
      ...group.placed.map(({ append }) => append),
      ...group.unexpected.map(({ append }) => append),
    ])
    return !queue.isEmpty
  }

  private async writeGroup(group: AppendGroup): Promise<void> {
    const { state, settings } = this
    const records = group.endOffset - group.baseOffset
    const sync =
      settings.durability === 'synced' ||
      settings.flushMs === 0 ||
      this.unsyncedRecords + records >= settings.flushMessages ||
      group.placed.some(({ append }) => append.request.durability === 'synced')
    let isWritten = false
    try {
      await this.writer.append(group, sync, () => {
        isWritten = true
        state.endOffset = group.endOffset
        this.unsyncedRecords += records
        this.tail ??= new TailCache(this.context.tails, LIMITS.tailBytesPerPartitionMax)
        this.tail.append(group.baseOffset, group.endOffset, group.bytes)
        this.answer(group, 'written')
        this.wakeReaders()
      })
    } catch (error) {
      await this.groupFailed(group, isWritten, error)
      return
    }
    if (sync) {
      this.wasSynced()
      this.answer(group, 'synced')
    } else {
      this.startFlushTimer()
    }
    await this.afterGroup()
  }

  /** Checkpoint, index entries and the hint how far the log is synced: nobody waits for them any more. */
  private async afterGroup(): Promise<void> {
    try {
      if (
        this.state.durableEnd === this.state.endOffset &&
        this.writer.bytesSinceCheckpoint >= LIMITS.checkpointIntervalBytes
      ) {
        await this.tryCheckpoint()
      }
      await this.writer.flushPending()
      if (this.queue.isEmpty) await this.writer.renewSyncedEnd()
    } catch (error) {
      this.backgroundFailed(error)
    }
  }

  private async groupFailed(group: AppendGroup, isWritten: boolean, error: unknown): Promise<void> {
    if (isWritten) {
      this.fence('written records could not be synced', error)
      this.refuse(group.placed, this.failed(error))
      return
    }
    this.state.accumulator?.restore(group.before)
    if (isNoSpace(error)) {
      try {
        // What could not be written whole must not come back, not even after a power loss.
        await this.writer.removeRemains()
        this.refuse(group.placed, diskFull(error))
        return
      } catch (second) {
        this.fence('the remains of a write could not be removed', second)
      }
    } else if (isOutOfDescriptors(error)) {
      this.refuse(group.placed, outOfDescriptors(error))
      return
    } else {
      this.fence('records could not be written', error)
    }
    this.refuse(group.placed, this.failed(error))
  }

  private answer(group: AppendGroup, durability: AppendResult['durability']): void {
    for (const { append, baseOffset, lastOffset } of group.placed) {
      if (append.request.durability !== durability && durability === 'written') continue
      append.resolve({
        baseOffset: baseOffset as Offset,
        lastOffset: lastOffset as Offset,
        durability,
        duplicate: false,
      })
    }
  }

  private refuse(placed: readonly PlacedAppend[], error: VarveError): void {
    for (const { append } of placed) append.reject(error)
  }

  private failed(error: unknown): VarveError {
    return new VarveError('STORAGE_FAILED', 'a disk operation failed', { cause: error })
  }

  /** What a failure before the first byte means to those who wait. */
  private refusal(error: unknown): VarveError {
    if (isNoSpace(error)) return diskFull(error)
    if (isOutOfDescriptors(error)) return outOfDescriptors(error)
    this.fence('the log could not be made ready for writing', error)
    return readOnly(this.fenceReason ?? '', error)
  }

  private wasSynced(): void {
    this.unsyncedRecords = 0
    this.stopFlushTimer?.()
    this.stopFlushTimer = undefined
    this.wakeReaders()
  }

  private wakeReaders(): void {
    this.waiters.wakeBelow(Math.max(this.state.readableEnd, this.state.startOffset))
  }

  private startFlushTimer(): void {
    const { flushMs } = this.settings
    if (flushMs === Infinity || this.stopFlushTimer !== undefined) return
    this.stopFlushTimer = this.context.clock.after(flushMs, () => {
      this.stopFlushTimer = undefined
      if (!this.isClosed) void this.loop.do(() => this.syncOrFence())
    })
  }

  private async syncOrFence(): Promise<void> {
    if (this.fenceReason !== undefined) return
    try {
      await this.writer.sync()
      this.wasSynced()
      if (this.queue.isEmpty) await this.writer.renewSyncedEnd()
    } catch (error) {
      this.fence('written records could not be synced', error)
    }
  }

  /** A checkpoint that has no room is made later. */
  private async tryCheckpoint(): Promise<void> {
    try {
      await this.writer.checkpoint()
    } catch (error) {
      this.backgroundFailed(error)
    }
  }

  private backgroundFailed(error: unknown): void {
    if (isNoSpace(error) || isOutOfDescriptors(error)) {
      this.context.log.warn('checkpoint_postponed', { ...this.logFields, reason: String(error) })
    } else {
      this.fence('the state of the log could not be recorded', error)
    }
  }

  private async moveStart(offset: number): Promise<void> {
    const { state } = this
    if (offset <= state.startOffset) return
    try {
      await this.writer.recordStart(offset)
    } catch (error) {
      throw isNoSpace(error) ? diskFull(error) : this.failed(error)
    }
    state.startOffset = offset
    state.epochs.truncateStart(offset)
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
    this.report = { ...this.report, damaged: this.state.damagedRanges }
    try {
      await this.writer.recordDamage()
    } catch (error) {
      this.backgroundFailed(error)
    }
  }

  /** Brings a partition that has come to rest into the state in which it costs least, now and at the next start. */
  private async tidy(): Promise<void> {
    if (!this.isIdle) {
      this.isIdle = true
      return
    }
    this.tail?.clear()
    this.tail = undefined
    try {
      await this.writer.flushPending(0)
      const isDurable = this.state.durableEnd === this.state.endOffset
      if (isDurable && this.writer.bytesSinceCheckpoint > 0) await this.writer.checkpoint()
    } catch (error) {
      this.backgroundFailed(error)
    }
  }

  private fence(reason: string, error: unknown): void {
    if (this.fenceReason !== undefined) return
    this.fenceReason = reason
    this.context.log.error('partition_fenced', {
      ...this.logFields,
      reason,
      error: String(error),
    })
    const { fileSystem, files } = this.context
    this.fencing = writeNewFile(
      fileSystem,
      files,
      this.state.directory.file(FENCED_FILE),
      Buffer.alloc(0),
    )
      .then(() => fileSystem.syncDirectory(this.state.directory.path))
      .catch((second: unknown) => {
        this.context.log.error('fence_not_recorded', { ...this.logFields, error: String(second) })
      })
  }

  /** Runs a read, and looks into what it stumbles over until it gets through or knows why not. */
  private async attempt<T>(action: () => Promise<T>): Promise<T> {
    for (let attempts = 0; ; attempts++) {
      try {
        return await action()
      } catch (error) {
        if (error instanceof VarveError) throw error
        this.checkOpen()
        if (attempts >= READ_ATTEMPTS_MAX) throw this.failed(error)
        if (error instanceof DamageFound) await this.loop.do(() => this.lookInto(error))
        else if (error instanceof IndexWrong) await this.loop.do(() => this.mendIndex(error))
        else if (isSystemError(error, 'ENOENT')) await this.loop.do(() => this.findMissing())
        else if (error instanceof RangeError || error instanceof TypeError) throw error
        else throw this.failed(error)
      }
    }
  }

  private async lookInto(found: DamageFound): Promise<void> {
    const sentence = await noteDamage(this.context, this.state, found)
    if (sentence === undefined) return
    this.addAnomaly(sentence)
    this.report = { ...this.report, outcome: 'degraded', damaged: this.state.damagedRanges }
    this.context.log.error('damage_found', { ...this.logFields, what: sentence })
    await this.writer.recordDamage().catch((error: unknown) => {
      this.backgroundFailed(error)
    })
  }

  /** A file is gone: its segment was removed in the meantime, or it was taken away. */
  private async findMissing(): Promise<void> {
    for (const segment of [...this.state.segments]) {
      const path = this.state.directory.segmentFile(segment.baseOffset, 'log')
      if ((await this.context.fileSystem.status(path)) !== undefined) continue
      await this.lookInto(new DamageFound(segment, 0, segment.baseOffset, 'its file is gone'))
    }
  }

  private async mendIndex({ segment, message }: IndexWrong): Promise<void> {
    if (!this.state.segments.includes(segment)) return
    try {
      await this.writer.rebuildIndexes(segment, this.settings)
      this.reportRebuilt(segment.baseOffset, message)
    } catch (error) {
      segment.isIndexLost = true
      this.context.log.error('index_lost', { ...this.logFields, reason: String(error) })
    }
  }

  private reportRebuilt(baseOffset: number, reason: string): void {
    this.report = { ...this.report, indexesRebuilt: this.report.indexesRebuilt + 1 }
    this.addAnomaly(`the indexes of segment ${baseOffset} were made anew: ${reason}`)
    this.context.log.warn('index_rebuilt', { ...this.logFields, segment: baseOffset, reason })
  }

  private addAnomaly(sentence: string): void {
    const { anomalies } = this.report
    if (anomalies.length >= REPORTED_ANOMALIES_MAX) return
    this.report = { ...this.report, anomalies: [...anomalies, sentence] }
  }

  private async finish(): Promise<void> {
    this.isClosed = true
    await this.loop.idle()
    this.stopFlushTimer?.()
    let failure: unknown
    try {
      if (this.fenceReason === undefined) {
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
    this.onClosed()
    if (failure !== undefined) {
      this.fence('the partition could not be closed in order', failure)
      throw this.failed(failure)
    }
    if (this.fenceReason !== undefined) throw this.failed(this.fenceReason)
  }

  private async letGo(): Promise<void> {
    this.stopFlushTimer?.()
    this.waiters.wakeBelow(Infinity)
    this.tail?.clear()
    this.tail = undefined
    const { directory, segments } = this.state
    for (const segment of segments) {
      for (const kind of SEGMENT_FILE_KINDS) {
        await this.context.files.close(directory.segmentFile(segment.baseOffset, kind))
      }
    }
    await this.context.files.close(directory.file(SYNCED_END_FILE))
    await this.fencing
  }

  private get logFields(): { topic: string; topicId: string; partition: number } {
    const { topicName, topicId, partition } = this.identity
    return { topic: topicName, topicId, partition }
  }
}

function readOnly(reason: string, cause?: unknown): VarveError {
  return new VarveError(
    'PARTITION_READ_ONLY',
    `the partition takes no more records: ${reason}`,
    cause === undefined ? {} : { cause },
  )
}

function diskFull(cause: unknown): VarveError {
  return new VarveError('DISK_FULL', 'there is no space left for the log', { cause })
}

function outOfDescriptors(cause: unknown): VarveError {
  return new VarveError('NOT_READY', 'the system has no descriptor for one more open file', {
    cause,
  })
}
