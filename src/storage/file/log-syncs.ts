// The syncs of one log, beside its writes: while one is under way the next group is written, and one sync covers all that was written
// when it began. Invariants: one sync at a time; nobody is told that records are durable before a sync that began behind their
// write has succeeded (D1); after one that failed the partition is fenced and nothing is synced any more (D7).
import type { VarveError } from '../../domain/error.ts'
import type { LogWriter } from './log-writer.ts'
import { storageFailed } from './partition-errors.ts'
import type { PartitionHealth } from './partition-health.ts'
import type { PartitionState } from './partition-state.ts'
import type { StorageMetrics } from './storage-metrics.ts'

export interface LogSyncsParts {
  readonly state: PartitionState
  readonly writer: LogWriter
  readonly health: PartitionHealth
  readonly metrics: StorageMetrics
  /** Nothing waits to be written. */
  readonly isIdle: () => boolean
  /** The durable end has moved. */
  readonly onSynced: () => void
}

/** Called when all before `endOffset` is durable, or may never be. Exactly one of the two is called, once. */
export interface SyncWait {
  readonly endOffset: number
  readonly onSynced: () => void
  readonly onFailed: (error: VarveError) => void
}

export class LogSyncs {
  private readonly parts: LogSyncsParts
  /** In the order of their ends. */
  private waits: SyncWait[] = []
  private requestedEnd = 0
  private running: Promise<void> | undefined
  /** The one sync that is under way. */
  private current: Promise<void> | undefined

  constructor(parts: LogSyncsParts) {
    this.parts = parts
  }

  /** Before it everything is durable or will be without a further request. */
  get coveredEnd(): number {
    return Math.max(this.parts.state.durableEnd, this.requestedEnd)
  }

  /** All that was written is to be synced: at once, or behind the sync that is under way. */
  request(wait?: SyncWait): void {
    if (wait !== undefined) this.waits.push(wait)
    this.requestedEnd = this.parts.state.endOffset
    if (this.running !== undefined) return
    if (this.mustSync) this.running = this.run()
    else this.failAll()
  }

  /** Resolves when a sync has ended, or at once when none is under way. Never rejects. */
  async progress(): Promise<void> {
    await this.current
  }

  /** Resolves when nothing is under way and nothing is requested. Never rejects. */
  async settled(): Promise<void> {
    while (this.running !== undefined) await this.running
    await this.parts.writer.syncedEndRenewed()
  }

  private get mustSync(): boolean {
    const { state, health } = this.parts
    return this.requestedEnd > state.durableEnd && !health.isFenced
  }

  private async run(): Promise<void> {
    const { state, writer, isIdle } = this.parts
    while (this.mustSync) {
      this.current = this.syncOnce()
      await this.current
      this.current = undefined
      writer.renewSyncedEnd(isIdle() && this.requestedEnd <= state.durableEnd)
    }
    this.running = undefined
    this.failAll()
  }

  private async syncOnce(): Promise<void> {
    const { state, writer, health, metrics, onSynced } = this.parts
    try {
      await writer.sync()
    } catch (error) {
      metrics.countFailure('sync', error)
      health.fence('written records could not be synced', error)
      this.failAll(error)
      return
    }
    onSynced()
    let count = 0
    for (const { endOffset } of this.waits) {
      if (endOffset > state.durableEnd) break
      count++
    }
    for (const wait of this.waits.splice(0, count)) wait.onSynced()
  }

  /** Who still waits will wait in vain: the partition is fenced. The records are in the file; whether they stay nobody knows. */
  private failAll(cause: unknown = this.parts.health.readOnlyReason): void {
    const { waits } = this
    this.waits = []
    for (const wait of waits) wait.onFailed(storageFailed(cause))
  }
}
