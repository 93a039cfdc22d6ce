// Everything that changes the files of an open partition. Only the disk loop calls it, one call at a time, but for `sync`, which may
// run beside `append`. It throws what the file system throws and keeps the state as it was before the failed step; the caller decides
// what a failure means.

import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import { isSystemError } from '../../platform/system-error.ts'
import { TRACE_POINTS } from '../../platform/trace-table.ts'
import type { AppendGroup } from './append-group.ts'
import type { Checkpoint, RecoveryPoint } from './checkpoint.ts'
import { EpochHistory } from './epoch-history.ts'
import { writeFully, writeNewFile } from './file-access.ts'
import { IndexAccumulator } from './index-accumulator.ts'
import { flushIndexes, forgetIndexes, loadIndexes, resumeAccumulator } from './index-files.ts'
import { rebuildIndexes } from './mend-indexes.ts'
import type { OpenedPartition } from './open-partition.ts'
import { SYNCED_END_FILE } from './partition-directory.ts'
import { SyncFailed } from './partition-errors.ts'
import { readSyncedEndHint, writeCheckpoint, writeEpochs } from './partition-files.ts'
import type { PartitionState } from './partition-state.ts'
import { recordProducers, removeStraySnapshots } from './producer-snapshot-files.ts'
import { makeSegment, type Segment } from './segment.ts'
import { SEGMENT_FILE_KINDS } from './segment-file-name.ts'
import type { StorageContext } from './storage-context.ts'
import { initialSyncedEnd, writeSyncedEnd } from './synced-end.ts'

/** Index entries that are kept in memory before they are written (but not synced). */
const PENDING_ENTRIES_MAX = 1024
/** How far the hint may be behind while there is more to write. */
const SYNCED_END_INTERVAL_BYTES = 1024 * 1024

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
  private hasSyncedEnd = false
  private syncedEndTurn = 0
  /** How far the last sync reached. */
  private synced: RecoveryPoint
  /** What the hint says, or will say. */
  private marked: RecoveryPoint
  private marking: Promise<void> | undefined

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
    this.marked = this.synced
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
      this.hasSyncedEnd &&
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
    const { state } = this
    let rebuilt: string | undefined
    if (!this.hasSyncedEnd) await this.ensureSyncedEnd()
    if (this.hasFailedSegment) await this.removeFailedSegment()
    if (state.active === undefined) await this.createSegment()
    const segment = state.active
    if (segment === undefined) throw new RangeError('a partition with a segment has none')
    if (state.accumulator === undefined) rebuilt = await this.resumeIndexes(segment, settings)
    const { accumulator } = state
    if (accumulator === undefined)
      throw new RangeError('the indexes were resumed but are not there')
    if (this.hasRemains) await this.removeRemains()
    if (epoch > state.epochs.latestEpoch) {
      const epochs = new EpochHistory(state.epochs.entries)
      epochs.begin(epoch, state.endOffset)
      await writeEpochs(this.context, state.directory, epochs)
      state.epochs = epochs
    }
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

  /** Leaves the active segment, all of it durable, for a new one. */
  async roll(): Promise<void> {
    const { state } = this
    const segment = this.activeSegment()
    await this.sync()
    state.accumulator?.finish()
    await this.flushIndexes(true)
    segment.largest = state.accumulator?.progress.largest
    segment.modifiedMs = this.context.clock.wallMs()
    await this.createSegment()
    await this.context.files.close(this.logPath(segment))
  }

  /**
   * Moves the recovery point to the end and puts the checkpoint in its place; with `clean` also the final index entries.
   * @param logStart a new log start that is to be recorded.
   */
  async checkpoint(clean = false): Promise<void> {
    const { state } = this
    if (clean && this.isRecordedClean) return
    await this.sync()
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

  /**
   * Renews the hint how far the partition is synced, beside everything else, when it is far behind, or behind at all.
   * Never fails: it is a hint.
   */
  renewSyncedEnd(isIdle: boolean): void {
    const { synced, marked } = this
    if (this.marking !== undefined || synced.offset === marked.offset || !this.hasSyncedEnd) return
    const isFar =
      synced.segment !== marked.segment ||
      synced.position - marked.position >= SYNCED_END_INTERVAL_BYTES
    if (!isIdle && !isFar) return
    this.marked = synced
    this.marking = this.markSyncedEnd(synced).finally(() => {
      this.marking = undefined
    })
  }

  /** Resolves when the hint is not being written. */
  async syncedEndRenewed(): Promise<void> {
    await this.marking
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
    const checkpoint = state.checkpointAt(point, snapshot, clean, logStart)
    await writeCheckpoint(context, state.directory, checkpoint)
    context.metrics.checkpoints.add()
    this.point = point
    this.snapshot = snapshot
    await removeStraySnapshots(context, state, point)
  }

  private async markSyncedEnd(end: RecoveryPoint): Promise<void> {
    const path = this.state.directory.file(SYNCED_END_FILE)
    const turn = this.syncedEndTurn++
    try {
      await this.context.files.use(path, 'write', (file) => writeSyncedEnd(file, turn, end))
    } catch (error) {
      this.context.log.warn('synced_end_not_renewed', { reason: String(error) })
    }
  }

  private async flushIndexes(sync: boolean): Promise<void> {
    const { active, accumulator, directory } = this.state
    if (active === undefined || accumulator === undefined) return
    await flushIndexes(this.context, directory, active, accumulator, sync)
  }

  private async resumeIndexes(
    segment: Segment,
    settings: TopicSettings,
  ): Promise<string | undefined> {
    const { context, state } = this
    const { baseOffset, bytes } = segment
    const { directory, endOffset } = state
    const loaded = await loadIndexes(context, directory, baseOffset, bytes, endOffset)
    const resumed =
      typeof loaded === 'string'
        ? loaded
        : await resumeAccumulator(context, directory, baseOffset, bytes, loaded)
    if (typeof resumed === 'string' || typeof loaded === 'string') {
      state.accumulator = await rebuildIndexes(
        context,
        directory,
        segment,
        settings.indexIntervalBytes,
        state,
      )
      return typeof resumed === 'string' ? resumed : undefined
    }
    forgetIndexes(context, directory, segment)
    segment.offsetIndexBytes = loaded.offsetEntries.length * 8
    segment.timeIndexBytes = loaded.timeEntries.length * 12
    for (const [kind, size] of [
      ['index', segment.offsetIndexBytes],
      ['timeindex', segment.timeIndexBytes],
    ] as const) {
      await context.files.use(directory.segmentFile(baseOffset, kind), 'write', async (file) => {
        if ((await file.size()) !== size) await file.truncate(size)
      })
    }
    state.accumulator = resumed
    return undefined
  }

  /** The hint exists, with a whole slot, before the first byte that it could speak of. */
  private async ensureSyncedEnd(): Promise<void> {
    const { state, context } = this
    const path = state.directory.file(SYNCED_END_FILE)
    if ((await readSyncedEndHint(context.files, state.directory)) === undefined) {
      const { segment, position } = state.endPoint
      const end = { offset: state.durableEnd, segment, position }
      await writeNewFile(context.fileSystem, context.files, path, initialSyncedEnd(end))
      await context.fileSystem.syncDirectory(state.directory.path)
    }
    this.hasSyncedEnd = true
  }

  /** Makes the files of the segment that begins at the end of the log; their names are durable when it resolves. */
  private async createSegment(): Promise<void> {
    const { state, context } = this
    const { directory, endOffset } = state
    this.hasFailedSegment = true
    for (const kind of SEGMENT_FILE_KINDS) {
      const path = directory.segmentFile(endOffset, kind)
      try {
        await context.files.use(path, 'create', () => Promise.resolve())
      } catch (error) {
        if (!isSystemError(error, 'EEXIST')) throw error
        await this.emptyRemains(path, kind === 'log')
      }
    }
    await context.fileSystem.syncDirectory(directory.path)
    this.hasFailedSegment = false
    const segment = makeSegment(endOffset, 0, context.clock.wallMs())
    segment.offsetIndexBytes = 0
    segment.timeIndexBytes = 0
    state.accumulator = new IndexAccumulator()
    state.segments.push(segment)
    context.metrics.segmentsCreated.add()
  }

  /** Removes the empty files of a segment that could not be begun: the log goes on in the old one, or tries again. */
  private async removeFailedSegment(): Promise<void> {
    const { fileSystem, files } = this.context
    const { directory, endOffset } = this.state
    for (const kind of SEGMENT_FILE_KINDS) {
      const path = directory.segmentFile(endOffset, kind)
      await files.close(path)
      if ((await fileSystem.status(path)) !== undefined) await fileSystem.removeFile(path)
    }
    await fileSystem.syncDirectory(directory.path)
    this.hasFailedSegment = false
  }

  /** A file of an attempt that failed half way: a log must be empty, an index is emptied. */
  private async emptyRemains(path: string, isLog: boolean): Promise<void> {
    await this.context.files.use(path, 'write', async (file) => {
      const size = await file.size()
      if (size === 0) return
      if (isLog) throw new RangeError('there are bytes where a new segment should begin')
      await file.truncate(0)
    })
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
