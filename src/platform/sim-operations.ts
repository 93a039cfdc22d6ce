// The operations of a simulated file system, one after the other: numbered, watched, made to fail, and brought to an end.
import type { Random } from './random.ts'
import { systemError } from './system-error.ts'

export type SimOperationKind =
  | 'open'
  | 'create'
  | 'read'
  | 'write'
  | 'sync-data'
  | 'truncate'
  | 'size'
  | 'close'
  | 'make-directory'
  | 'list'
  | 'status'
  | 'space'
  | 'rename'
  | 'link'
  | 'remove'
  | 'sync-directory'
  | 'lock'
  | 'unlock'

const CHANGING = new Set<SimOperationKind>([
  'create',
  'write',
  'sync-data',
  'truncate',
  'make-directory',
  'rename',
  'link',
  'remove',
  'sync-directory',
])

export interface SimOperation {
  /** Counts all operations, from 1. */
  readonly number: number
  /** Counts those that change something or make it durable, from 1; undefined for the others. */
  readonly change: number | undefined
  readonly kind: SimOperationKind
  readonly path: string
  /** Of a read or a write. */
  readonly bytes: number
}

/**
 * What happens to an operation. `error`: it fails with the system's `code` and has no effect, but for `sync-data`, which
 * loses what it should have made durable. `short`: a read or write of only so many bytes. `wait`: it begins later.
 * `stop`: the machine stops before or after it, or (writes, syncs) in the middle.
 */
export type SimFault =
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'short'; readonly bytes: number }
  | { readonly kind: 'wait'; readonly until: Promise<void> }
  | { readonly kind: 'stop'; readonly moment: 'before' | 'during' | 'after' }

const TURNS_MAX = 4
const RECENT_CHANGES_MAX = 64

export class SimOperations {
  /** All operations so far. */
  count = 0
  /** Those that changed something or made it durable. */
  changeCount = 0
  /** True once the machine has stopped: every operation rejects with ECRASHED. */
  isStopped = false
  /** The latest changes, oldest first: to explain a failure. */
  readonly recentChanges: SimOperation[] = []
  private readonly faults = new Set<(operation: SimOperation) => SimFault | undefined>()
  private readonly scheduling: Random | undefined

  constructor(scheduling: Random | undefined) {
    this.scheduling = scheduling
  }

  /** Asks `decide` before each operation what shall happen to it; undefined for nothing. @returns its end. */
  inject(decide: (operation: SimOperation) => SimFault | undefined): () => void {
    this.faults.add(decide)
    return () => {
      this.faults.delete(decide)
    }
  }

  /** Stops the machine at the change of this number (see SimOperation.change). */
  stopAtChange(change: number, moment: 'before' | 'during' | 'after'): () => void {
    return this.inject((operation) =>
      operation.change === change ? { kind: 'stop', moment } : undefined,
    )
  }

  /** Stops the machine now: operations under way have no effect, and all reject. */
  stop(): void {
    this.isStopped = true
  }

  /**
   * Runs an operation: counts it, asks for faults, waits its turns, and lets it take effect all at once.
   * @param partial what it does when the machine stops in its middle, or when it fails.
   */
  async run<T>(
    kind: SimOperationKind,
    path: string,
    bytes: number,
    effect: (bytes: number) => T,
    partial?: (outcome: 'stop' | 'error') => void,
  ): Promise<T> {
    this.checkRunning(path)
    const change = CHANGING.has(kind) ? ++this.changeCount : undefined
    const operation: SimOperation = { number: ++this.count, change, kind, path, bytes }
    if (change !== undefined) {
      this.recentChanges.push(operation)
      if (this.recentChanges.length > RECENT_CHANGES_MAX) this.recentChanges.shift()
    }
    let allowedBytes = bytes
    let stopsAfter = false
    for (const decide of this.faults) {
      const fault = decide(operation)
      if (fault === undefined) continue
      if (fault.kind === 'error') {
        partial?.('error')
        throw systemError(fault.code, kind, path)
      }
      if (fault.kind === 'short') {
        allowedBytes = Math.min(allowedBytes, Math.max(0, fault.bytes))
      } else if (fault.kind === 'wait') {
        await fault.until
      } else {
        if (fault.moment === 'during') partial?.('stop')
        stopsAfter = fault.moment === 'after'
        if (!stopsAfter) this.stop()
      }
    }
    const { scheduling } = this
    if (scheduling !== undefined) {
      for (let turns = scheduling.integer(TURNS_MAX); turns > 0; turns--) await Promise.resolve()
    }
    this.checkRunning(path)
    const result = effect(allowedBytes)
    if (stopsAfter) {
      this.stop()
      this.checkRunning(path)
    }
    return result
  }

  checkRunning(path: string): void {
    if (this.isStopped) throw systemError('ECRASHED', 'the simulated machine has stopped', path)
  }
}
