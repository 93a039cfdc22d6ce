// Removes segments that lie wholly below the log start. The log start is on stable storage before the first file goes (invariant
// D5), so an interrupted removal is finished at the next start. Files are renamed first and stay for a while, for readers
// that are under way; never the active segment (invariant L8).
import type { TopicSettings } from '../../domain/topic-settings.ts'
import { isSystemError } from '../../platform/system-error.ts'
import { expiredSegments } from '../retention-rule.ts'
import { forgetIndexes } from './index-files.ts'
import type { PartitionState } from './partition-state.ts'
import { removeSnapshot } from './producer-snapshot-files.ts'
import type { Segment } from './segment.ts'
import { DELETED_SUFFIX, SEGMENT_FILE_KINDS } from './segment-file-name.ts'
import type { SegmentReader } from './segment-reader.ts'
import type { StorageContext } from './storage-context.ts'

interface PendingRemoval {
  readonly path: string
  readonly dueMs: number
}

export class SegmentRemover {
  private readonly context: StorageContext
  private readonly state: PartitionState
  private pending: PendingRemoval[] = []

  constructor(context: StorageContext, state: PartitionState) {
    this.context = context
    this.state = state
  }

  /** The log start that retention asks for now; the present one when nothing is to go. */
  async startByRetention(settings: TopicSettings, reader: SegmentReader): Promise<number> {
    const { startOffset } = this.state
    const segments = [...this.state.segments]
    const request = { settings, nowMs: this.context.clock.wallMs(), startOffset }
    const retained = segments.map(({ baseOffset, bytes }) => ({
      baseOffset,
      bytes,
      largestTimestampMs: Infinity,
    }))
    // Times have to be looked up: only of what does not go anyway, and only until one is young enough to stay.
    let count = expiredSegments(retained, request)
    while (settings.retentionMs !== Infinity && count < segments.length - 1) {
      const [segment, oldest] = [segments[count], retained[count]]
      if (segment === undefined || oldest === undefined) break
      oldest.largestTimestampMs = await newestMs(segment, reader)
      const next = expiredSegments(retained, request)
      if (next <= count) break
      count = next
    }
    return Math.max(startOffset, retained[count]?.baseOffset ?? startOffset)
  }

  /** Takes the segments below the log start out of the log. */
  async removeBelowStart(delayMs: number): Promise<void> {
    const { state } = this
    const { segmentsDeleted, deletedBytes } = this.context.metrics
    while ((state.segments[1]?.baseOffset ?? Infinity) <= state.startOffset) {
      const segment = state.segments.shift()
      if (segment === undefined) break
      segmentsDeleted.add()
      deletedBytes.add(segment.bytes)
      await this.rename(segment, delayMs)
    }
    if (delayMs === 0) await this.removeDue()
  }

  /** Removes the files whose time has come. */
  async removeDue(): Promise<void> {
    if (this.pending.length === 0) return
    const nowMs = this.context.clock.monotonicMs()
    const due = this.pending.filter(({ dueMs }) => dueMs <= nowMs)
    this.pending = this.pending.filter(({ dueMs }) => dueMs > nowMs)
    for (const { path } of due) await this.tolerate(() => this.context.fileSystem.removeFile(path))
  }

  private async rename(segment: Segment, delayMs: number): Promise<void> {
    const { fileSystem, files, clock } = this.context
    const { directory } = this.state
    this.state.leaving.delete(segment)
    forgetIndexes(this.context, directory, segment)
    const dueMs = clock.monotonicMs() + delayMs
    for (const kind of SEGMENT_FILE_KINDS) {
      const path = directory.segmentFile(segment.baseOffset, kind)
      const renamed = path + DELETED_SUFFIX
      await this.tolerate(async () => {
        await fileSystem.rename(path, renamed)
        this.pending.push({ path: renamed, dueMs })
        await files.close(path)
      })
    }
    // Nobody reads it but a start.
    if (this.state.snapshots.delete(segment.baseOffset)) {
      await removeSnapshot(this.context, directory, segment.baseOffset)
    }
  }

  /** What cannot be removed now is removed at the next start. */
  private async tolerate(action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return
      this.context.log.warn('removal_failed', { reason: String(error) })
    }
  }
}

async function newestMs(segment: Segment, reader: SegmentReader): Promise<number> {
  const largest = await reader.largestTimestamp(segment)
  return largest === undefined || largest.timestampMs < 0 ? segment.modifiedMs : largest.timestampMs
}
