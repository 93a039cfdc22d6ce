// The rounds of the disk loop: takes a group from the queue, writes it, has it synced where that is promised, and answers those who wait,
// nobody before it is as durable as they were promised (invariants D1 to D3, D6 to D8). The next group is written while the sync is
// under way, but where readers see durable records alone never more than LIMITS.appendGroupBytesMax ahead of it: what a power cut can
// leave torn is no more than that (docs/adr/0003-what-a-start-trusts.md).
import { isVarveError, type VarveError } from '../../domain/error.ts'
import type { Offset } from '../../domain/offset.ts'
import type { TopicSettings } from '../../domain/topic-settings.ts'
import type { Cancel } from '../../platform/clock.ts'
import type { AppendResult } from '../engine.ts'
import { duplicateResult } from '../producer-states.ts'
import { type AppendGroup, formGroup, type PlacedAppend } from './append-group.ts'
import type { AppendQueue, WaitingAppend } from './append-queue.ts'
import { isNoSpace, isOutOfDescriptors } from './file-access.ts'
import { LogSyncs } from './log-syncs.ts'
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
  /** Of a topic of the broker itself, which the reserve of the disk is for. */
  readonly isInternal: boolean
  /** The log end or the readable end has moved. */
  readonly onMoved: () => void
  /** Written records have waited for long enough: {@link AppendRounds.sync} is to be called in the disk loop. */
  readonly onFlushDue: () => void
}

export class AppendRounds {
  private readonly parts: AppendRoundsParts
  private readonly syncs: LogSyncs
  private newest: TailCache | undefined
  private stopFlushTimer: Cancel | undefined
  private wasIdle = true
  /** What remains to be done for segments that were left is under way. */
  private finishing: Promise<void> | undefined

  constructor(parts: AppendRoundsParts) {
    this.parts = parts
    const { state, writer, health, context, queue } = parts
    this.syncs = new LogSyncs({
      state,
      writer,
      health,
      metrics: context.metrics,
      isIdle: () => queue.isEmpty,
      onSynced: () => {
        if (state.durableEnd === state.endOffset) this.stopTimer()
        parts.onMoved()
      },
    })
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
      if (await this.isRoomGiven(error)) return true
      queue.rejectAll(this.refusal(error))
      return false
    }
    if (group === undefined) return true
    queue.take(group.taken)
    for (const { append, error } of group.refused) this.reject(append, error)
    const failure = group.placed.length > 0 ? await this.write(group) : undefined
    if (group.repeated.length > 0) await this.answerRepeated(group, failure)
    return !queue.isEmpty
  }

  /** Resolves when nothing is under way or requested: no sync, and nothing of the segments that were left. Never throws. */
  async settled(): Promise<void> {
    await this.syncs.settled()
    while (this.finishing !== undefined) await this.finishing
  }

  /** Makes all that was written durable, or fences the partition. */
  async sync(): Promise<void> {
    if (this.parts.health.isFenced) return
    this.syncs.request()
    await this.syncs.settled()
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
      // What failed when its segment was left.
      await writer.finishLeft()
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

  /** @returns undefined when something else had to be done first. */
  private async nextGroup(): Promise<AppendGroup | undefined> {
    const { context, state, queue, writer, health, epoch } = this.parts
    const settings = this.parts.settings()
    context.reserve.check(this.parts.isInternal)
    if (!writer.isReady(epoch) && !(await this.settledWell())) return undefined
    const { segment, accumulator, rebuilt } = await writer.prepare(epoch, settings)
    if (rebuilt !== undefined) health.indexRebuilt(segment.baseOffset, rebuilt)
    const { endOffset, producers } = state
    const nowMs = context.clock.wallMs()
    const unsyncedBytes = state.isSynced ? writer.unsyncedBytes : 0
    const target = {
      segment,
      accumulator,
      endOffset,
      epoch,
      settings,
      producers,
      nowMs,
      unsyncedBytes,
    }
    const group = formGroup(queue.entries, target)
    if (group.taken > 0) return group
    if (!group.mustRoll) {
      // As much as a sync may be behind is written.
      this.syncs.request()
      await this.syncs.progress()
      return undefined
    }
    if (!(await this.settledWell())) return undefined
    if (writer.isBehind) {
      await this.finishing
      // What failed there is tried again, and fails for those who wait.
      await writer.finishLeft()
    }
    await writer.roll()
    this.finishing ??= this.finishLeft()
    return undefined
  }

  /** Beside the appends to the new segment. Never throws. */
  private async finishLeft(): Promise<void> {
    const { writer, health } = this.parts
    try {
      await writer.finishLeft()
    } catch (error) {
      health.backgroundFailed(error)
    } finally {
      this.finishing = undefined
    }
  }

  /** Waits for the syncs. @returns whether the log may still be written to. */
  private async settledWell(): Promise<boolean> {
    await this.syncs.settled()
    return !this.parts.health.isFenced
  }

  /** @returns why the group was not stored, or cannot be said to be; those in it were told. */
  private async write(group: AppendGroup): Promise<VarveError | undefined> {
    const { state, context, writer, health, onMoved } = this.parts
    const mustSync = this.mustSync(group)
    try {
      await writer.append(group)
      // Its sync may have failed meanwhile, and this group lies behind what was lost.
      if (health.isFenced) throw new Error(health.readOnlyReason)
    } catch (error) {
      await this.syncs.settled()
      const refusal = await this.failure(group, error)
      for (const { append } of group.placed) this.reject(append, refusal)
      return refusal
    }
    writer.keep(group)
    state.endOffset = group.endOffset
    state.producers.keep()
    this.newest ??= new TailCache(context.tails, context.limits.tailBytesPerPartitionMax)
    this.newest.append(group.baseOffset, group.endOffset, group.bytes)
    const waiting: PlacedAppend[] = []
    for (const placed of group.placed) {
      if (placed.append.request.durability === 'synced') waiting.push(placed)
      else this.answer(placed, 'written')
    }
    onMoved()
    if (mustSync) this.requestSync(group, waiting)
    else this.startTimer()
    await this.afterGroup()
    return undefined
  }

  private requestSync({ endOffset }: AppendGroup, waiting: readonly PlacedAppend[]): void {
    if (waiting.length === 0) {
      this.syncs.request()
      return
    }
    this.syncs.request({
      endOffset,
      onSynced: () => {
        for (const placed of waiting) this.answer(placed, 'synced')
      },
      onFailed: (error) => {
        for (const { append } of waiting) this.reject(append, error)
      },
    })
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
      if (kept.lastOffset < state.durableEnd) {
        this.resolve(append, duplicateResult(kept, 'synced'))
      } else if (isWritten && append.request.durability === 'written') {
        this.resolve(append, duplicateResult(kept, 'written'))
      } else {
        const isOfGroup = kept.lastOffset >= baseOffset
        const error = (isOfGroup ? failure : undefined) ?? storageFailed(health.readOnlyReason)
        this.reject(append, error)
      }
    }
  }

  private mustSync(group: AppendGroup): boolean {
    const { durability, flushMs, flushMessages } = this.parts.settings()
    return (
      durability === 'synced' ||
      flushMs === 0 ||
      group.endOffset - this.syncs.coveredEnd >= flushMessages ||
      group.placed.some(({ append }) => append.request.durability === 'synced')
    )
  }

  /** Checkpoint and index entries: nobody waits for them any more. */
  private async afterGroup(): Promise<void> {
    const { state, writer, health, context } = this.parts
    try {
      const isCovered = this.syncs.coveredEnd === state.endOffset
      if (isCovered && writer.bytesSinceCheckpoint >= context.limits.checkpointIntervalBytes) {
        if (await this.settledWell()) await this.tryCheckpoint()
      }
      await writer.flushPending()
    } catch (error) {
      health.backgroundFailed(error)
    }
  }

  /** Brings the log back to what it was before the group, if that can be. @returns what those in the group are told. */
  private async failure(group: AppendGroup, error: unknown): Promise<VarveError> {
    const { context, state, writer, health } = this.parts
    state.accumulator?.restore(group.before)
    state.producers.takeBack()
    if (health.isFenced) return storageFailed(error)
    context.metrics.countFailure('write', error)
    if (isOutOfDescriptors(error)) return outOfDescriptors(error)
    if (!isNoSpace(error)) {
      health.fence('records could not be written', error)
      return storageFailed(error)
    }
    try {
      // What could not be written whole must not come back, not even after a power loss.
      await writer.removeRemains()
      await context.reserve.give(error)
      return diskFull(error)
    } catch (second) {
      health.fence('the remains of a write could not be removed', second)
      return storageFailed(second)
    }
  }

  /** @returns whether what failed for want of space is worth another attempt */
  private async isRoomGiven(error: unknown): Promise<boolean> {
    if (!isNoSpace(error)) return false
    const { context, isInternal } = this.parts
    return (await context.reserve.give(error)) && isInternal
  }

  /** What a failure before the first byte means to those who wait. */
  private refusal(error: unknown): VarveError {
    if (isVarveError(error, 'DISK_FULL')) return error
    this.parts.context.metrics.countFailure('record', error)
    if (isNoSpace(error)) return diskFull(error)
    if (isOutOfDescriptors(error)) return outOfDescriptors(error)
    const reason = 'the log could not be made ready for writing'
    this.parts.health.fence(reason, error)
    return readOnly(reason, error)
  }

  private answer(placed: PlacedAppend, durability: AppendResult['durability']): void {
    const { append, baseOffset, lastOffset } = placed
    this.resolve(append, {
      baseOffset: baseOffset as Offset,
      lastOffset: lastOffset as Offset,
      durability,
      duplicate: false,
    })
  }

  private resolve(append: WaitingAppend, result: AppendResult): void {
    append.resolve(result)
    this.parts.queue.release(append)
  }

  private reject(append: WaitingAppend, error: VarveError): void {
    append.reject(error)
    this.parts.queue.release(append)
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
      await this.settled()
      await this.parts.writer.checkpoint()
    } catch (error) {
      this.parts.health.backgroundFailed(error)
    }
  }
}
