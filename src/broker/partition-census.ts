// How many partitions are in which state. One look at each; nothing is kept.
import type { PartitionSlot } from './live-topic.ts'

/**
 * `read-only`: fenced after a failed disk operation, or damaged. `opening`, `missing`, `failed`: nothing of it can be had; see
 * SlotTrouble.
 */
type PartitionState = 'healthy' | 'read-only' | 'opening' | 'missing' | 'failed'

export interface PartitionCensus {
  readonly total: number
  readonly states: Readonly<Record<PartitionState, number>>
  /** Of stored batches. */
  readonly bytes: number
}

/** Counts the partitions; those that are being closed count as `opening`: they are not there for now. */
export function countStates(slots: Iterable<PartitionSlot>): PartitionCensus {
  const states = { healthy: 0, 'read-only': 0, opening: 0, missing: 0, failed: 0 }
  let [total, bytes] = [0, 0]
  for (const { log, trouble, topic } of slots) {
    total++
    if (log === undefined) {
      states[trouble]++
      continue
    }
    const statistics = log.statistics()
    bytes += statistics.bytes
    if (statistics.condition === 'closed') states.opening++
    else if (topic.degraded === undefined) states[statistics.condition]++
    else states['read-only']++
  }
  return { total, states, bytes }
}
