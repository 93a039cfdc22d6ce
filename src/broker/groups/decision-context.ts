// What the decisions about a group are made from, besides the group: the time, the topics, and how much there is to read.
import type { DecisionContext } from '../../coordinator/decision.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import { partitionKey } from '../../coordinator/partition-key.ts'
import { isVarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { PartitionLookup } from './partition-lookup.ts'

export interface ContextParts {
  readonly lookup: PartitionLookup
  readonly clock: Clock
  readonly limits: Limits
}

/** For one decision about a group that is in this state. */
export function decisionContext(
  { clock, lookup, limits }: ContextParts,
  state: GroupState | undefined,
): DecisionContext {
  return {
    wallMs: clock.wallMs(),
    monotonicMs: clock.monotonicMs(),
    topics: lookup.topics,
    limits,
    backlogOf: ({ id }, partition) => {
      try {
        const { start, readableEnd } = lookup.bounds(id, partition)
        const committed = state?.offsets.get(partitionKey(id, partition))?.offset
        return Math.max(0, readableEnd - Math.max(start, committed ?? start))
      } catch (error) {
        // It cannot be said now: the assignment is made without it.
        if (isVarveError(error)) return 0
        throw error
      }
    },
  }
}
