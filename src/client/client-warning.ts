// What a producer or consumer tells beside its results: something went wrong and it goes on. Nothing is handled in
// silence; who does not listen loses only the words.
import type { VarveError } from '../domain/error.ts'

export type ClientWarningKind =
  /** The broker cannot be reached or is not ready; it is tried again. */
  | 'retrying'
  /** The broker cannot serve a consumer by a subscription; it reads by fetches. */
  | 'subscription-refused'
  /** A batch was larger than its topic allows and goes on in halves. */
  | 'batch-split'
  /** The broker lost what it knew of an idempotent producer in a partition. */
  | 'producer-forgotten'
  /** An idempotent producer numbers its batches in a partition anew, because it is not known what became of one. */
  | 'epoch-raised'
  /** The headers of the active trace could not be had; records go without. Told once. */
  | 'propagation-failed'
  /** Damaged records were passed over, because `onCorrupt` says so. */
  | 'damage-skipped'
  /** A damaged batch arrived; it is fetched once more. */
  | 'damage-refetched'
  /** The position lay outside the log and was moved, because `onOutOfRange` says so. */
  | 'offset-reset'
  /**
   * The log was cut: below the position, so that records which were read are gone and reading goes on at the cut; or below the end
   * of a bounded read, which then ends where the log does.
   */
  | 'log-cut'
  /** A topic grew; its new partitions are read from their beginning. */
  | 'partitions-added'
  /** The handler of a record or batch failed, and it is tried again. */
  | 'handler-failed'
  /** A record or batch whose handler failed was passed over, because `onFailure` says so: it is committed as if it were finished. */
  | 'record-skipped'
  /** A consumer was put out of its group: all its partitions are lost. It joins again. */
  | 'membership-lost'
  /** A partition was taken from a consumer that had not given it up. */
  | 'partition-lost'
  /** The broker refused to commit an offset. */
  | 'commit-refused'
  /** A callback of a rebalance took longer than the group waits. */
  | 'callback-overdue'
  /** The program left its loop and did not come back, nor close the consumer: its partitions wait. */
  | 'loop-left'
  /** A consumer was closed before the program had finished what it had in its hands. */
  | 'close-unfinished'

export interface ClientWarning {
  readonly kind: ClientWarningKind
  /** For people. */
  readonly message: string
  readonly topic?: string
  readonly partition?: number
  readonly error?: VarveError
}

export type WarningListener = (warning: ClientWarning) => void

/** The listeners of one producer or consumer. */
export class WarningListeners {
  private readonly listeners = new Set<WarningListener>()

  add(listener: WarningListener): void {
    this.listeners.add(listener)
  }

  remove(listener: WarningListener): void {
    this.listeners.delete(listener)
  }

  /** What a listener throws is its own affair and reaches the process as an unhandled rejection, not our loops. */
  tell(warning: ClientWarning): void {
    for (const listener of this.listeners) {
      void Promise.resolve(warning).then(listener)
    }
  }
}
