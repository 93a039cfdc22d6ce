// The rounds of the disk loop: takes a group from the queue, writes it, syncs it where that is promised, and answers those who wait,
// nobody before it is as durable as they were promised (invariants D1 to D3, D6 to D8).
import type { VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel } from '../../platform/clock.ts'
import type { AppendResult } from '../engine.ts'
import { duplicateResult } from '../producer-states.ts'
import { type AppendGroup, formGroup, type PlacedAppend } from './append-group.ts'
import type { AppendQueue } from './append-queue.ts'
import { isNoSpace, isOutOfDescriptors } from './file-access.ts'
import type { LogWriter } from './log-writer.ts'
import { diskFull, outOfDescriptors, readOnly, storageFailed } from './partition-errors.ts'
import type { PartitionHealth } from './partition-health.ts'
import type { PartitionState } from './partition-state.ts'
import type { StorageContext } from './storage-context.ts'
import { TailCache } from './tail-cache.ts'

export interface AppendRoundsParts {
  readonly context: StorageContext
  readonly state: PartitionState
  readonly queue: AppendQueue
  readonly writer: LogWriter
  readonly health: PartitionHealth
  /** Under which records are appended. */
  readonly epoch: number
  readonly settings: () => TopicSettings
  /** The log end or the readable end has moved. */
  readonly onMoved: () => void
  /** Written records have waited for long enough: {@link AppendRounds.sync} is to be called in the disk loop. */
  readonly onFlushDue: () => void
}

export class AppendRounds {
  private readonly parts: AppendRoundsParts
  private newest: TailCache | undefined
  private unsyncedRecords = 0
  private stopFlushTimer: Cancel | undefined
  private wasIdle = true

  constructor(parts: AppendRoundsParts) {
    this.parts = parts
  }

  /** The newest batches in memory; undefined while there are none. */
  get tail(): TailCache | undefined {
    return this.newest
  }

  /** Writes one group. Never throws. @returns whether there is more to do. */
  async round(): Promise<boolean> {
    const { queue, health } = this.parts
    if (queue.isEmpty) return false
    const reason = health.readOnlyReason
    if (reason !== undefined) {
      queue.rejectAll(readOnly(reason))
      return false
    }
    this.wasIdle = false
    let group: AppendGroup | undefined
    try {
      group = await this.nextGroup()
    } catch (error) {
      // Nothing of what waits was written.
      queue.rejectAll(this.refusal(error))
      return false
    }
    if (group === undefined) return true
    queue.take(group.taken)
    for (const { append, error } of group.refused) append.reject(error)
    const failure = group.placed.length > 0 ? await this.write(group) : undefined
    await this.answerRepeated(group, failure)
    queue.release(
      [...group.placed, ...group.repeated, ...group.refused].map(({ append }) => append),
    )
    return !queue.isEmpty
  }

  /** Makes all that was written durable, or fences the partition. */
  async sync(): Promise<void> {
    const { health, writer, queue } = this.parts
    if (health.isFenced) return
    try {
      await writer.sync()
      this.synced()
      if (queue.isEmpty) await writer.renewSyncedEnd()
    } catch (error) {
      this.parts.context.metrics.countFailure('sync', error)
      health.fence('written records could not be synced', error)
    }
  }

  /** Brings a partition that has come to rest into the state in which it costs least, now and at the next start. */
  async tidy(): Promise<void> {
    if (!this.wasIdle) {
      this.wasIdle = true
      return
    }
    this.dropTail()
    const { state, writer, health } = this.parts
    try {
      await writer.flushPending(0)
      const isDurable = state.durableEnd === state.endOffset
      if (isDurable && writer.bytesSinceCheckpoint > 0) await writer.checkpoint()
    } catch (error) {
      health.backgroundFailed(error)
    }
  }

  /** Lets go of timer and memory. */
  close(): void {
    this.stopTimer()
    this.dropTail()
  }

  /** @returns undefined when a new segment had to be begun first. */
  private async nextGroup(): Promise<AppendGroup | undefined> {
    const { context, state, queue, writer, health, epoch } = this.parts
    const settings = this.parts.settings()
    const { segment, accumulator, rebuilt } = await writer.prepare(epoch, settings)
    if (rebuilt !== undefined) health.indexRebuilt(segment.baseOffset, rebuilt)
    const { endOffset, producers } = state
    const nowMs = context.clock.wallMs()
    const target = { segment, accumulator, endOffset, epoch, settings, producers, nowMs }
    const group = formGroup(queue.entries, target)
    if (!group.mustRoll || group.taken > 0) return group
    await writer.roll()
    await this.tryCheckpoint()
    return undefined
  }

  /** @returns why the group was not stored, or cannot be said to be; those in it were told. */
  private async write(group: AppendGroup): Promise<VarveError | undefined> {
    const { state, context, writer, onMoved } = this.parts
    const records = group.endOffset - group.baseOffset
    const sync = this.mustSync(group, records)
    let isWritten = false
    try {
      await writer.append(group, sync, () => {
        isWritten = true
        state.endOffset = group.endOffset
        state.producers.keep()
        this.unsyncedRecords += records
        this.newest ??= new TailCache(context.tails, context.limits.tailBytesPerPartitionMax)
        this.newest.append(group.baseOffset, group.endOffset, group.bytes)
        this.answer(group, 'written')
        onMoved()
      })
    } catch (error) {
      const refusal = await this.failure(group, isWritten, error)
      this.refuse(group.placed, refusal)
      return refusal
    }
    if (sync) {
      this.synced()
      this.answer(group, 'synced')
    } else {
      this.startTimer()
    }
    await this.afterGroup()
    return undefined
  }

  /**
   * Answers those whose batches are stored already, by an earlier group or by the one that was just written: with what the first append
   * has reached by now, after a sync where that is less than was asked for.
   * @param failure of the group that they came with. It speaks of the batches of this group alone: those of an earlier one are in the
   *   file, and when they cannot be synced, nobody may be told that they had no effect.
   */
  private async answerRepeated(
    { repeated, baseOffset }: AppendGroup,
    failure: VarveError | undefined,
  ): Promise<void> {
    const { state, health } = this.parts
    const isWaiting = repeated.some(
      ({ append, kept }) =>
        append.request.durability === 'synced' &&
        kept.lastOffset >= state.durableEnd &&
        kept.lastOffset < state.endOffset,
    )
    if (isWaiting) await this.sync()
    for (const { append, kept } of repeated) {
      const isWritten = kept.lastOffset < state.endOffset && !health.isFenced
      if (kept.lastOffset < state.durableEnd) append.resolve(duplicateResult(kept, 'synced'))
      else if (isWritten && append.request.durability === 'written') {
        append.resolve(duplicateResult(kept, 'written'))
      } else {
        const isOfGroup = kept.lastOffset >= baseOffset
        append.reject((isOfGroup ? failure : undefined) ?? storageFailed(health.readOnlyReason))
      }
    }
  }

  private mustSync(group: AppendGroup, records: number): boolean {
    const { durability, flushMs, flushMessages } = this.parts.settings()
    return (
      durability === 'synced' ||
      flushMs === 0 ||
      this.unsyncedRecords + records >= flushMessages ||
      group.placed.some(({ append }) => append.request.durability === 'synced')
    )
  }

  /** Checkpoint, index entries and the hint how far the log is synced: nobody waits for them any more. */
  private async afterGroup(): Promise<void> {
    const { state, queue, writer, health, context } = this.parts
    try {
      const isDurable = state.durableEnd === state.endOffset
      if (isDurable && writer.bytesSinceCheckpoint >= context.limits.checkpointIntervalBytes) {
        await this.tryCheckpoint()
      }
      await writer.flushPending()
      if (queue.isEmpty) await writer.renewSyncedEnd()
    } catch (error) {
      health.backgroundFailed(error)
    }
  }

  /** Brings the log back to what it was before the group, if that can be. @returns what those in the group are told. */
  private async failure(
    group: AppendGroup,
    isWritten: boolean,
    error: unknown,
  ): Promise<VarveError> {
    const { context, state, writer, health } = this.parts
    context.metrics.countFailure(isWritten ? 'sync' : 'write', error)
    if (isWritten) {
      health.fence('written records could not be synced', error)
      return storageFailed(error)
    }
    state.accumulator?.restore(group.before)
    state.producers.takeBack()
    if (isOutOfDescriptors(error)) return outOfDescriptors(error)
    if (!isNoSpace(error)) {
      health.fence('records could not be written', error)
      return storageFailed(error)
    }
    try {
      // What could not be written whole must not come back, not even after a power loss.
      await writer.removeRemains()
      return diskFull(error)
    } catch (second) {
      health.fence('the remains of a write could not be removed', second)
      return storageFailed(second)
    }
  }

  /** What a failure before the first byte means to those who wait. */
  private refusal(error: unknown): VarveError {
    this.parts.context.metrics.countFailure('record', error)
    if (isNoSpace(error)) return diskFull(error)
    if (isOutOfDescriptors(error)) return outOfDescriptors(error)
    const reason = 'the log could not be made ready for writing'
    this.parts.health.fence(reason, error)
    return readOnly(reason, error)
  }

  private answer(group: AppendGroup, durability: AppendResult['durability']): void {
    for (const { append, baseOffset, lastOffset } of group.placed) {
      if (durability === 'written' && append.request.durability === 'synced') continue
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

  private synced(): void {
    this.unsyncedRecords = 0
    this.stopTimer()
    this.parts.onMoved()
  }

  private startTimer(): void {
    const { flushMs } = this.parts.settings()
    if (flushMs === Infinity || this.stopFlushTimer !== undefined) return
    this.stopFlushTimer = this.parts.context.clock.after(flushMs, () => {
      this.stopFlushTimer = undefined
      this.parts.onFlushDue()
    })
  }

  private stopTimer(): void {
    this.stopFlushTimer?.()
    this.stopFlushTimer = undefined
  }

  private dropTail(): void {
    this.newest?.clear()
    this.newest = undefined
  }

  /** A checkpoint that has no room is made later. */
  private async tryCheckpoint(): Promise<void> {
    try {
      await this.parts.writer.checkpoint()
    } catch (error) {
      this.parts.health.backgroundFailed(error)
    }
  }
}
