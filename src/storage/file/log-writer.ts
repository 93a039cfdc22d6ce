// Everything that changes the files of an open partition. Only the disk loop calls it, one call at a time, but for `sync`, which may
// run beside `append`, and `finishLeft`, which may run beside all that belongs to appending. It throws what the file system throws and keeps the state as it was before the failed step; the caller decides
// what a failure means.

import { VarveError } from '../../domain/error.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import { TRACE_POINTS } from '../../platform/trace-table.ts'
import type { AppendGroup } from './append-group.ts'
import type { Checkpoint, RecoveryPoint } from './checkpoint.ts'
import { EpochHistory } from './epoch-history.ts'
import { writeFully } from './file-access.ts'
import { IndexAccumulator } from './index-accumulator.ts'
import { flushIndexes } from './index-files.ts'
import { LeftSegments } from './left-segments.ts'
import { rebuildIndexes } from './mend-indexes.ts'
import type { OpenedPartition } from './open-partition.ts'
import { SyncFailed } from './partition-errors.ts'
import { placeEpochs, writeCheckpoint } from './partition-files.ts'
import type { PartitionState } from './partition-state.ts'
import { recordProducers, removeStraySnapshots, writeSnapshot } from './producer-snapshot-files.ts'
import { resumeIndexes } from './resume-indexes.ts'
import { makeSegment, type Segment } from './segment.ts'
import { makeSegmentFiles, removeSegmentFiles } from './segment-files.ts'
import type { StorageContext } from './storage-context.ts'
import { SyncedEndHint } from './synced-end-hint.ts'

/** Index entries that are kept in memory before they are written (but not synced). */
const PENDING_ENTRIES_MAX = 1024

export class LogWriter {
  private readonly context: StorageContext
  private readonly state: PartitionState
  private point: RecoveryPoint
  /** What the checkpoint says of producers. */
  private snapshot: Checkpoint['producers']
  /** The checkpoint in the file says that the partition was closed at its end. */
  private isRecordedClean: boolean
  /** Bytes of a failed write may lie behind the end of the active segment. */
  private hasRemains = false
  /** A new segment could not be begun; its files have to go before the old one is written to again. */
  private hasFailedSegment = false
  private readonly hint: SyncedEndHint
  /** How far the last sync reached. */
  private synced: RecoveryPoint
  private readonly left: LeftSegments

  /** @param opened what its checkpoint says. */
  constructor(
    context: StorageContext,
    opened: Pick<OpenedPartition, 'state' | 'recoveryPoint' | 'snapshot' | 'isRecordedClean'>,
  ) {
    this.context = context
    this.state = opened.state
    this.point = opened.recoveryPoint
    this.snapshot = opened.snapshot
    this.isRecordedClean = opened.isRecordedClean
    this.synced = opened.state.endPoint
    this.hint = new SyncedEndHint(context, opened.state.directory, this.synced)
    this.left = new LeftSegments(context, opened.state)
  }

  get recoveryPoint(): RecoveryPoint {
    return this.point
  }

  /** Bytes of the active segment that recovery would read. */
  get bytesSinceCheckpoint(): number {
    const { active } = this.state
    if (active === undefined) return 0
    return active.bytes - (this.point.segment === active.baseOffset ? this.point.position : 0)
  }

  /** Bytes of the active segment behind the last sync. */
  get unsyncedBytes(): number {
    const { active } = this.state
    if (active === undefined) return 0
    return active.bytes - (this.synced.segment === active.baseOffset ? this.synced.position : 0)
  }

  /** Nothing is left to do for {@link prepare}, so that a sync may be under way meanwhile. */
  isReady(epoch: number): boolean {
    const { active, accumulator, epochs } = this.state
    return (
      this.hint.isThere &&
      !this.hasFailedSegment &&
      !this.hasRemains &&
      active !== undefined &&
      accumulator !== undefined &&
      epoch <= epochs.latestEpoch
    )
  }

  /**
   * Makes the active segment ready to be written to: it exists, its indexes go on where they ended, nothing lies behind its end, and
   * `epoch` is on stable storage as that of what follows.
   * @returns what is known of an index that had to be made anew.
   */
  async prepare(
    epoch: number,
    settings: TopicSettings,
  ): Promise<{ segment: Segment; accumulator: IndexAccumulator; rebuilt: string | undefined }> {
    const { state, context } = this
    let rebuilt: string | undefined
    if (this.hasFailedSegment) await this.removeFailedSegment()
    const isNew = state.active === undefined || !this.hint.isThere
    if (isNew || epoch > state.epochs.latestEpoch) await this.makeFiles(epoch)
    const segment = state.active
    if (segment === undefined) throw new RangeError('a partition with a segment has none')
    if (state.accumulator === undefined)
      rebuilt = await resumeIndexes(context, state, segment, settings)
    const { accumulator } = state
    if (accumulator === undefined)
      throw new RangeError('the indexes were resumed but are not there')
    if (this.hasRemains) await this.removeRemains()
    return { segment, accumulator, rebuilt }
  }

  /** Writes a group behind the end of the active segment. What it wrote counts as remains until {@link keep}. */
  async append(group: AppendGroup): Promise<void> {
    const segment = this.activeSegment()
    this.isRecordedClean = false
    await this.context.files.use(this.logPath(segment), 'write', (file) => {
      this.hasRemains = true
      return this.write(file, group, segment.bytes)
    })
  }

  /** The group that was just written is the end of the segment from now on. */
  keep(group: AppendGroup): void {
    this.activeSegment().bytes += group.bytes.length
    this.hasRemains = false
  }

  /** Makes durable what was written until now; a group may be written meanwhile. One at a time. */
  async sync(): Promise<void> {
    const { state } = this
    const segment = state.active
    if (segment === undefined || state.durableEnd === state.endOffset) return
    const point = state.endPoint
    await this.context.files.use(this.logPath(segment), 'write', (file) => this.syncLog(file))
    this.synced = point
    state.durableEnd = point.offset
  }

  /** Cuts off what a failed write left, so that it cannot come back after a power loss either. */
  async removeRemains(): Promise<void> {
    const segment = this.activeSegment()
    await this.context.files.use(this.logPath(segment), 'write', async (file) => {
      if ((await file.size()) > segment.bytes) {
        await file.truncate(segment.bytes)
        await this.syncLog(file)
      }
    })
    this.hasRemains = false
  }

  /**
   * Leaves the active segment, all of it durable, for a new one. What remains to be done for the old one is done by
   * {@link finishLeft}, beside the appends to the new one.
   */
  async roll(): Promise<void> {
    const { state, context } = this
    const left = this.activeSegment()
    const { accumulator } = state
    if (accumulator === undefined) throw new RangeError('a segment is left that was not written to')
    // Before there is a next one: only the last segment may be torn.
    await this.sync()
    this.hasFailedSegment = true
    const isEmptied = await makeSegmentFiles(context, state.directory, state.endOffset)
    await context.files.syncDirectory(state.directory.path)
    accumulator.finish()
    left.largest = accumulator.progress.largest
    left.modifiedMs = context.clock.wallMs()
    state.leaving.set(left, accumulator)
    this.beginSegment(isEmptied)
    this.left.add()
  }

  /** More segments were left than may wait for {@link finishLeft}. */
  get isBehind(): boolean {
    return this.left.isFull
  }

  /**
   * Does what remains to be done for segments that were left: their indexes become durable, the checkpoint moves up. What fails stays
   * for the next call.
   */
  async finishLeft(): Promise<void> {
    for (;;) {
      // Before the flush: a segment that is left meanwhile has not been flushed.
      const record = this.left.next
      await this.left.flush()
      if (record === undefined) return
      const { point, snapshot } = record
      const summary = await writeSnapshot(this.context, this.state, point.offset, snapshot)
      // Nothing before the point changes any more; what begins the log moves only when nothing is behind.
      await this.putCheckpoint(this.state.checkpointAt(point, summary, false))
      this.left.recorded(record)
    }
  }

  /**
   * Moves the recovery point to the end and puts the checkpoint in its place; with `clean` also the final index entries.
   * @param logStart a new log start that is to be recorded.
   */
  async checkpoint(clean = false): Promise<void> {
    const { state } = this
    if (clean && this.isRecordedClean) return
    await this.sync()
    await this.left.flush()
    if (state.accumulator !== undefined) {
      if (clean) state.accumulator.finish()
      await this.flushIndexes(true)
    }
    await this.record(state.endPoint, clean, state.startOffset)
    this.isRecordedClean = clean
  }

  /** Records a later log start, before anything below it is removed. */
  async recordStart(logStart: number): Promise<void> {
    const { active, producers } = this.state
    const isBehind = active !== undefined && this.point.segment < active.baseOffset
    await this.left.flush()
    let { point } = this
    if (logStart > point.offset || (isBehind && producers.size > 0)) {
      // What begins behind the recovery point would begin behind the end, were the rest lost. And what is known of
      // producers is known at the end.
      await this.sync()
      await this.flushIndexes(true)
      point = this.state.endPoint
    } else if (isBehind) {
      // Segments that are not written any more are durable, and so are their indexes.
      const { baseOffset } = active
      point = { offset: baseOffset, segment: baseOffset, position: 0 }
    }
    await this.record(point, false, logStart)
    this.isRecordedClean = false
  }

  /** Records the damage that was found. */
  async recordDamage(): Promise<void> {
    await this.recordStart(this.state.startOffset)
  }

  /** Writes index entries out when many of them wait. */
  async flushPending(pendingMax = PENDING_ENTRIES_MAX): Promise<void> {
    const pending = this.state.accumulator?.pendingEntries ?? 0
    if (pending > pendingMax) await this.flushIndexes(false)
  }

  /** Renews the hint how far the partition is synced, as {@link SyncedEndHint.renew} does. */
  renewSyncedEnd(isIdle: boolean): void {
    this.hint.renew(this.synced, isIdle)
  }

  /** Resolves when the hint is not being written. */
  async syncedEndRenewed(): Promise<void> {
    await this.hint.renewed()
  }

  /** Makes the indexes of a segment anew. */
  async rebuildIndexes(segment: Segment, settings: TopicSettings): Promise<void> {
    const { state, context } = this
    const isActive = segment === state.active
    const hadAccumulator = state.accumulator !== undefined
    if (isActive) state.accumulator = undefined
    const accumulator = await rebuildIndexes(
      context,
      state.directory,
      segment,
      settings.indexIntervalBytes,
      state,
    )
    if (isActive && hadAccumulator) state.accumulator = accumulator
    state.leaving.delete(segment)
  }

  private async write(file: FileHandle, group: AppendGroup, position: number): Promise<void> {
    const { clock, metrics } = this.context
    const startedMs = clock.monotonicMs()
    await TRACE_POINTS.storageWrite.run(
      () => ({
        directory: this.state.directory.path,
        bytes: group.bytes.length,
        batchCount: group.placed.length,
      }),
      () => writeFully(file, [group.bytes], position),
      () => ({}),
    )
    metrics.writeSeconds.observe((clock.monotonicMs() - startedMs) / 1e3)
    metrics.groupBatches.observe(group.placed.length)
    metrics.groupBytes.observe(group.bytes.length)
  }

  private async syncLog(file: FileHandle): Promise<void> {
    const { clock, metrics } = this.context
    const startedMs = clock.monotonicMs()
    try {
      await TRACE_POINTS.storageSync.run(
        () => ({ directory: this.state.directory.path }),
        () => file.syncData(),
        () => ({}),
      )
    } catch (error) {
      throw new SyncFailed(error)
    }
    metrics.syncSeconds.observe((clock.monotonicMs() - startedMs) / 1e3)
  }

  /** What is known of producers goes first: the checkpoint says that it is there. */
  private async record(point: RecoveryPoint, clean: boolean, logStart: number): Promise<void> {
    const { state, context } = this
    let { snapshot } = this
    if (point.offset !== this.point.offset) snapshot = await recordProducers(context, state, point)
    await this.putCheckpoint(state.checkpointAt(point, snapshot, clean, logStart))
    this.left.forgetRecords()
  }

  private async putCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { state, context } = this
    const { recoveryPoint: point } = checkpoint
    await writeCheckpoint(context, state.directory, checkpoint)
    context.metrics.checkpoints.add()
    this.point = point
    this.snapshot = checkpoint.producers
    await removeStraySnapshots(context, state, point)
  }

  private async flushIndexes(sync: boolean): Promise<void> {
    const { active, accumulator, directory } = this.state
    if (active === undefined || accumulator === undefined) return
    await flushIndexes(this.context, directory, active, accumulator, sync)
  }

  /**
   * Makes what an append relies on and is not there: the first segment, the entry of its epoch, the hint of how far the partition is
   * synced, with a whole slot before the first byte that it could speak of. One sync of the folder makes all of it durable.
   */
  private async makeFiles(epoch: number): Promise<void> {
    const { state, context } = this
    const { directory } = state
    const isHintMissing = await this.hint.isMissing()
    if (isHintMissing) await this.hint.make({ ...state.endPoint, offset: state.durableEnd })
    let epochs: EpochHistory | undefined
    if (epoch > state.epochs.latestEpoch) {
      epochs = new EpochHistory(state.epochs.entries)
      epochs.begin(epoch, state.endOffset)
      await placeEpochs(context, directory, epochs)
    }
    const isFirst = state.active === undefined
    let isEmptied = false
    if (isFirst) {
      this.hasFailedSegment = true
      isEmptied = await makeSegmentFiles(context, directory, state.endOffset)
    }
    const isChanged = isHintMissing || isFirst || epochs !== undefined
    if (isChanged) await this.syncFolder(epochs !== undefined)
    this.hint.isThere = true
    if (epochs !== undefined) state.epochs = epochs
    if (isFirst) this.beginSegment(isEmptied)
  }

  /** @param isReplaced a file was replaced: then no failure may claim that nothing happened. */
  private async syncFolder(isReplaced: boolean): Promise<void> {
    const { state, context } = this
    try {
      await context.files.syncDirectory(state.directory.path)
    } catch (error) {
      if (!isReplaced) throw error
      throw new VarveError('STORAGE_FAILED', 'a replaced file may not last', { cause: error })
    }
  }

  /** The files of the segment at the end of the log are there, durably; `isEmptied` as {@link makeSegmentFiles} says. */
  private beginSegment(isEmptied: boolean): void {
    const { state, context } = this
    this.hasFailedSegment = false
    const segment = makeSegment(state.endOffset, 0, context.clock.wallMs())
    segment.offsetIndexBytes = 0
    segment.timeIndexBytes = 0
    const accumulator = new IndexAccumulator()
    accumulator.isOffsetFileUnsynced = isEmptied
    accumulator.isTimeFileUnsynced = isEmptied
    state.accumulator = accumulator
    state.segments.push(segment)
    context.metrics.segmentsCreated.add()
  }

  /** Removes the empty files of a segment that could not be begun: the log goes on in the old one, or tries again. */
  private async removeFailedSegment(): Promise<void> {
    const { directory, endOffset } = this.state
    await removeSegmentFiles(this.context, directory, endOffset)
    this.hasFailedSegment = false
  }

  private activeSegment(): Segment {
    const { active } = this.state
    if (active === undefined) throw new RangeError('the partition has no segment yet')
    return active
  }

  private logPath(segment: Segment): string {
    return this.state.directory.segmentFile(segment.baseOffset, 'log')
  }
}
