// Applies to every partition what time alone brings about (retention, removal of deleted files), and tries again what
// failed before. Invariant: each open partition gets its turn about once in LIMITS.maintenanceIntervalMs, spread over short
// steps, so that a thousand partitions never do it at once; one timer in all, and few wake-ups where there is little to do.
import { isVarveError } from '../domain/error.ts'
import type { Limits } from '../domain/limits.ts'
import type { Cancel, Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { forEachBounded } from './for-each-bounded.ts'
import type { PartitionSlot } from './live-topic.ts'
import type { PartitionOpener } from './partition-opener.ts'
import type { TopicCatalog } from './topic-catalog.ts'
import type { TopicLifecycle } from './topic-lifecycle.ts'

/** Steps in one round over all partitions, at most. */
const STEPS_MAX = 30
/** Partitions of a step, unless there are so many that steps have to be larger. */
const STEP_PARTITIONS = 32
/** Partitions that are maintained at a time. */
const CONCURRENCY = 4

/** What maintenance works with. */
export interface MaintenanceParts {
  readonly catalog: TopicCatalog
  readonly lifecycle: TopicLifecycle
  readonly opener: PartitionOpener
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
}

export class Maintenance {
  readonly #parts: MaintenanceParts
  #round: Generator<PartitionSlot>
  /** Steps of this round, and how many of them are done. */
  #steps = 1
  #stepsDone = 0
  #stopTimer: Cancel | undefined
  #running: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(parts: MaintenanceParts) {
    this.#parts = parts
    this.#round = parts.catalog.slots()
  }

  start(): void {
    this.#beginRound()
    this.#schedule()
  }

  /** No step begins any more; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stopTimer?.()
    await this.#running
  }

  /** The next step begins a while after this one has ended: steps never overlap. */
  #schedule(): void {
    if (this.#isStopped) return
    const { clock, limits } = this.#parts
    this.#stopTimer = clock.after(limits.maintenanceIntervalMs / this.#steps, () => {
      this.#running = this.#runStep().finally(() => {
        this.#schedule()
      })
    })
  }

  async #runStep(): Promise<void> {
    const { catalog, lifecycle } = this.#parts
    if (this.#stepsDone === 0) await lifecycle.removeLeftovers()
    this.#stepsDone++
    const isLast = this.#stepsDone === this.#steps
    const share = isLast ? Infinity : Math.ceil(catalog.partitionCount / this.#steps)
    const slots: PartitionSlot[] = []
    while (slots.length < share) {
      const next = this.#round.next()
      if (next.done === true) break
      slots.push(next.value)
    }
    await forEachBounded(slots, CONCURRENCY, (slot) => this.#maintain(slot))
    if (isLast) this.#beginRound()
  }

  #beginRound(): void {
    const { catalog } = this.#parts
    this.#round = catalog.slots()
    this.#steps = Math.min(
      Math.max(1, Math.ceil(catalog.partitionCount / STEP_PARTITIONS)),
      STEPS_MAX,
    )
    this.#stepsDone = 0
  }

  async #maintain(slot: PartitionSlot): Promise<void> {
    const { topic, log } = slot
    if (this.#isStopped || topic.state !== 'active') return
    if (log === undefined) {
      if (slot.trouble === 'failed') await this.#parts.opener.open(slot)
      return
    }
    // Nothing goes away from a topic of which nobody knows what it was meant to keep.
    if (topic.degraded !== undefined) return
    try {
      await log.maintain()
    } catch (error) {
      if (isVarveError(error, 'NOT_READY')) return
      const fields = { topic: topic.name, topicId: topic.id, partition: slot.number, error }
      this.#parts.log.error('maintenance_failed', fields)
      if (!isVarveError(error)) throw error
    }
  }
}
