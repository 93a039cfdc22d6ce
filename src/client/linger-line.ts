// The partitions whose open batch waits for more records, in the order in which their waits end. All wait equally long, so
// one timer, for the first of them, is enough.
import type { Cancel, Clock } from '../platform/clock.ts'
import type { PartitionQueue } from './partition-queue.ts'

export class LingerLine {
  private readonly clock: Clock
  private readonly onDue: (queue: PartitionQueue) => void
  private readonly queues = new Set<PartitionQueue>()
  private stopTimer: Cancel | undefined
  private isTurnPlanned = false

  /** @param onDue called once for each queue whose wait is over */
  constructor(clock: Clock, onDue: (queue: PartitionQueue) => void) {
    this.clock = clock
    this.onDue = onDue
  }

  /** The next batch of the queue waits until its linger time is over. */
  add(queue: PartitionQueue): void {
    this.queues.add(queue)
    this.plan()
  }

  delete(queue: PartitionQueue): void {
    this.queues.delete(queue)
    if (this.queues.size === 0) this.clear()
  }

  clear(): void {
    this.queues.clear()
    this.stopTimer?.()
    this.stopTimer = undefined
  }

  private plan(): void {
    if (this.stopTimer !== undefined || this.isTurnPlanned) return
    const [first] = this.queues
    if (first === undefined) return
    const waitMs = dueMsOf(first) - this.clock.monotonicMs()
    if (waitMs > 0) {
      this.stopTimer = this.clock.after(waitMs, () => {
        this.stopTimer = undefined
        this.release()
      })
      return
    }
    // Not at once: what is sent in the same turn may still join.
    this.isTurnPlanned = true
    queueMicrotask(() => {
      this.isTurnPlanned = false
      this.release()
    })
  }

  private release(): void {
    const nowMs = this.clock.monotonicMs()
    for (const queue of this.queues) {
      if (dueMsOf(queue) > nowMs) break
      this.queues.delete(queue)
      this.onDue(queue)
    }
    this.plan()
  }
}

function dueMsOf(queue: PartitionQueue): number {
  return queue.next?.options.lingerDueMs ?? -Infinity
}
